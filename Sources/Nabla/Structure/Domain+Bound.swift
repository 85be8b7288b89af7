import NablaAlgebra
import NablaBasics

extension Domain {
  /// A difference compared with 0.
  struct Bound: Hashable {
    let difference: Expr
    let relation: SignChart.Relation
    /// What was taken off the subject: u ≥ 1 is u − 1 ≥ 0.
    var limit = Expr.zero

    init(difference: Expr, relation: SignChart.Relation, limit: Expr = .zero) {
      self.difference = limit == .zero ? difference.withoutPositiveConstants : difference
      (self.relation, self.limit) = (relation, limit)
    }

    /// What holds nowhere.
    static let never = Bound(difference: .minusOne, relation: .above)

    init(_ condition: Rule.Condition) {
      difference = condition.subject.withoutPositiveConstants
      relation =
        switch condition.kind {
        case .nonzero: .not
        case .positive: .above
        case .nonnegative: .atLeast
        }
    }

    /// What a node asks of its parts.
    static func all(of part: Expr, _ variables: Set<Variable>?) -> [Bound] {
      switch part.shape {
      case .power(let base, let exponent):
        guard case .number(let number) = exponent.shape, let power = number.rational else {
          // x^π has no value below 0.
          if exponent.freeVariables.isEmpty, exponent.foldLevel == 0, let value = exponent.constantValue,
            base.constantValue == nil
          {
            return [Bound(difference: base, relation: value > 0 ? .atLeast : .above)].filter {
              !$0.alwaysHolds
            }
          }
          let isVaried = exponent.freeVariables.contains { variables?.contains($0) ?? true }
          guard isVaried, base.constantValue == nil else { return [] }
          return [Bound(difference: base, relation: .above)].filter { !$0.alwaysHolds }
        }
        if power.denominator.isOdd {
          // A pole is left to the eye, but 1/0 is none.
          return power.isNegative && !base.varies && base.foldLevel == 0
            ? [Bound(difference: base, relation: .not)] : []
        }
        let bound = Bound(difference: base, relation: power.isNegative ? .above : .atLeast)
        return bound.byFactors.filter { !$0.alwaysHolds }
      case .call where part.isExactPole: return [.never]
      case .call(let function, let arguments):
        return function.domain.flatMap { of($0, arguments[$0.argument]) }.flatMap(\.byFactors).filter {
          !$0.alwaysHolds
        }
      case .number, .constant, .variable, .element, .sum, .product, .fold: return []
      }
    }

    /// Where a node has poles: a divisor, the cosine under a tangent.
    static func poles(of part: Expr) -> [Bound] {
      var vanishing: [Expr] = []
      switch part.shape {
      case .power(let base, let exponent):
        guard case .number(let number) = exponent.shape, let power = number.rational, power.isNegative,
          power.denominator.isOdd, base.constantValue == nil
        else { return [] }
        vanishing = [base]
      case .call(let function, let arguments):
        for condition in function.domain {
          let u = arguments[condition.argument]
          guard u.constantValue == nil else { continue }
          switch condition.kind {
          case .notOddHalfPi: vanishing.append(.call(.cos, [u]))
          case .notWholePi: vanishing.append(.call(.sin, [u]))
          case .nonzero: vanishing.append(u)
          default: break
          }
        }
      case .number, .constant, .variable, .element, .sum, .product, .fold: return []
      }
      return vanishing.map { part in
        // The cosine of arccos x is x.
        var budget = Budget(10_000)
        let simple = try? Simplifier().simplify(part, budget: &budget).expression
        return Bound(difference: simple ?? part, relation: .not)
      }.filter { !$0.alwaysHolds }
    }

    private static func of(_ condition: DomainCondition, _ u: Expr) -> [Bound] {
      let bound: (SignChart.Relation, Expr) -> Bound = { Bound(difference: u - $1, relation: $0, limit: $1) }
      switch condition.kind {
      case .positive: return [bound(.above, 0)]
      case .nonnegative: return [bound(.atLeast, 0)]
      case .nonzero: return u.constantValue == nil ? [] : [bound(.not, 0)]
      case .withinOne: return [bound(.atLeast, -1), bound(.atMost, 1)]
      case .strictlyWithinOne: return [bound(.above, -1), bound(.below, 1)]
      case .outsideOne: return [Bound(difference: u.squared - 1, relation: .atLeast)]
      case .strictlyOutsideOne: return [Bound(difference: u.squared - 1, relation: .above)]
      case .atLeastOne: return [bound(.atLeast, 1)]
      case .greaterThanMinusOne: return [bound(.above, -1)]
      case .aboveZeroToOne: return [bound(.above, 0), bound(.atMost, 1)]
      case .betweenZeroAndOne: return [bound(.above, 0), bound(.below, 1)]
      case .notOne: return [bound(.not, 1)]
      case .atLeastMinusOneOverE: return [bound(.atLeast, -exp(-1))]
      case .notNonpositiveInteger, .notNegativeInteger, .nonnegativeInteger, .wholeNumber, .notOddHalfPi,
        .notWholePi:
        return []
      }
    }

    /// What a product that is above 0 asks of its factors, where none but one of them can be below: x ≠ 0 and y > 0
    /// for x²/y > 0.
    private var byFactors: [Bound] {
      guard relation == .above, limit == .zero, case .product(let factors) = difference.shape else {
        return [self]
      }
      let open = factors.filter { !$0.isNonnegative }
      guard open.count <= 1, factors.count > 1 else { return [self] }
      return factors.filter { !$0.isPositive }.map { factor in
        // 1/y is above 0 where y is.
        if case .power(let base, let exponent) = factor.shape, !factor.isNonnegative,
          case .number(let number) = exponent.shape, number == -1
        {
          return Bound(difference: base, relation: .above)
        }
        return Bound(difference: factor, relation: .above)
      }
    }

    /// Whether it asks that a square is not below 0: x² − 2xy + y².
    private var isOfASquare: Bool {
      guard relation == .atLeast, difference.size <= 60, difference.freeVariables.count > 1,
        case .sum = difference.shape
      else { return false }
      var budget = Budget(20_000)
      return (try? difference.factored(budget: &budget))?.0.isNonnegative ?? false
    }

    /// Whether no point can violate it.
    var alwaysHolds: Bool { alwaysHolds(knowing: [:]) || isOfASquare }

    /// Whether no point can violate it at which what is known of some expressions holds.
    func alwaysHolds(knowing known: [Expr: Extent]) -> Bool {
      if difference.size <= 200, difference.extent(knowing: known).all(relation) { return true }
      return relation != .atMost && relation != .below && difference.isBelowARoot
    }

    func holds(for value: Double) -> Bool {
      switch relation {
      case .above: value > 0
      case .atLeast: value >= 0
      case .atMost: value <= 0
      case .below: value < 0
      case .not: value != 0
      }
    }

    /// The variable and where it must lie, where the difference is a fraction of polynomials in it; what must vanish
    /// for |u|, u² or ln u − 0 is looked into.
    var solution: (Variable, [SignChart.Stretch])? {
      var (difference, relation) = (difference, relation)
      while let simpler = Self.inside(difference, relation) { (difference, relation) = simpler }
      let letters = difference.freeVariables
      guard letters.count == 1, difference.foldLevel == 0, difference.size <= 200,
        let stretches = Self.stretches(difference, relation, in: letters[0])
      else { return nil }
      return (letters[0], stretches)
    }

    /// ln u > 0 as u > 1; |u| > 0, √u > 0 and u² > 0 as u ≠ 0.
    private static func inside(
      _ difference: Expr, _ relation: SignChart.Relation
    ) -> (Expr, SignChart.Relation)? {
      switch difference.shape {
      case .sum(let terms):
        // √u − c against 0 is u against c², where u ≥ 0 is asked for anyway.
        guard terms.count == 2, case .number(let number) = terms[0].shape, number.isNegative,
          case .power(let radicand, let exponent) = terms[1].shape, exponent == .number(.half)
        else { return nil }
        return (radicand - .number(number * number), relation)
      case .call(.ln, let parts): return (parts[0] - 1, relation)
      case .call(.abs, let parts) where relation == .above || relation == .not: return (parts[0], .not)
      case .power(let base, let exponent) where relation == .above || relation == .not:
        guard case .number(let number) = exponent.shape, !number.isNegative, difference.isNonnegative else {
          return nil
        }
        return (base, .not)
      default: return nil
      }
    }

    /// The comparison with its sides as a reader has them: u ≥ 1 where a number was taken off, x ≥ y for x − y ≥ 0.
    var comparison: Expr {
      if limit != .zero { return .call(relation.function, [difference + limit, limit]) }
      var (difference, relation) = (difference, relation)
      while let simpler = Self.inside(difference, relation) { (difference, relation) = simpler }
      let (left, right, isTurned) = difference.sides
      return .call(isTurned ? relation.turned.function : relation.function, [left, right])
    }
  }
}

extension SignChart.Relation {
  /// The row of the function table.
  var function: Function {
    switch self {
    case .above: .greater
    case .atLeast: .greaterOrEqual
    case .atMost: .lessOrEqual
    case .below: .less
    case .not: .notEqual
    }
  }

  /// The relation with the sides exchanged.
  var turned: SignChart.Relation {
    switch self {
    case .above: .below
    case .atLeast: .atMost
    case .atMost: .atLeast
    case .below: .above
    case .not: .not
    }
  }
}

extension Expr {
  /// The difference as two sides, and whether they are exchanged: x and y for x − y, x² + y² and 9 for 9 − x² − y²,
  /// exchanged. What has more terms of either sign stays, beside 0.
  var sides: (left: Expr, right: Expr, isTurned: Bool) {
    let (number, rest) = coefficientAndRest
    // (x − 2)/2 ≥ 0 is x − 2 ≥ 0.
    if !number.isOne, !number.isZero, number.isExact, varies {
      let (left, right, isTurned) = rest.sides
      return (left, right, isTurned != number.isNegative)
    }
    guard case .sum(let terms) = shape else { return (self, .zero, false) }
    let numbers = terms.filter { !$0.varies }
    let others = terms.filter(\.varies)
    let negative = others.filter { $0.coefficientAndFactors.0.isNegative }
    if negative.isEmpty { return (.sum(others), Expr.sum(numbers).negated, false) }
    if negative.count == others.count { return (Expr.sum(others).negated, .sum(numbers), true) }
    guard others.count == 2, numbers.isEmpty else { return (self, .zero, false) }
    let positive = others[0] == negative[0] ? others[1] : others[0]
    return (positive, negative[0].negated, false)
  }
}

extension Expr {
  /// σ² for πσ², as π is positive.
  fileprivate var withoutPositiveConstants: Expr {
    guard case .product(let factors) = shape else { return self }
    let rest = factors.filter { factor in
      if case .number = factor.shape { return true }
      return !factor.freeVariables.isEmpty || factor.foldLevel > 0 || !factor.isPositive
    }
    return rest.count == factors.count || rest.isEmpty ? self : .product(rest)
  }

  /// Whether it is u + √v with v − u² positive, as x + √(x² + 1) is: the root is longer than u.
  fileprivate var isBelowARoot: Bool {
    guard case .sum(let terms) = shape, size <= 200 else { return false }
    return terms.contains { term in
      guard case .power(let radicand, let exponent) = term.shape, exponent == .number(.half) else {
        return false
      }
      let rest = Expr.sum(terms.filter { $0 != term })
      return (radicand - rest.squared).expanded(highestPower: 2, maximumTerms: 40)?.isPositive ?? false
    }
  }
}
