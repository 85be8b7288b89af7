import NablaAlgebra
import NablaBasics

/// Where a formula has a real value, as comparisons a reader can check; poles are left to the eye.
///
///     ½x² + ln x            has the domain    x > 0
///     ln((x + 1)/(x − 1))   has the domain    x < −1 or x > 1
///
/// A condition that always holds, such as x² + 1 ≥ 0 under a root, is left out. Conditions on a fraction of polynomials
/// in one variable are solved and put together; the others stand as they are.
struct Domain {
  /// The comparisons, in the order in which the formula asks for them.
  let conditions: [Expr]
  /// Whether a constant part, or what is asked of one variable, leaves no point at all.
  let isEmpty: Bool

  private let stretches: [Variable: [SignChart.Stretch]]
  private let open: [Bound]

  /// The conditions of the functions and roots in an expression that are inequalities.
  init(of expression: Expr) {
    var bounds: [Bound] = []
    for part in expression.distinctSubexpressions() where !part.isDefinedEverywhere {
      for bound in Bound.all(of: part) where !bounds.contains(bound) { bounds.append(bound) }
    }
    var stretches: [Variable: [SignChart.Stretch]] = [:]
    var order: [Condition] = []
    var isEmpty = false
    for bound in bounds {
      if let value = bound.difference.constantValue {
        isEmpty = isEmpty || !bound.holds(for: value)
      } else if let (variable, solution) = bound.solution {
        if stretches[variable] == nil { order.append(.solved(variable)) }
        stretches[variable] = Self.intersection(stretches[variable] ?? [.init()], solution)
      } else {
        order.append(.open(bound))
      }
    }
    isEmpty = isEmpty || stretches.values.contains(where: \.isEmpty)
    self.isEmpty = isEmpty
    self.stretches = stretches
    open = order.compactMap { if case .open(let bound) = $0 { bound } else { nil } }
    let positive = Set(stretches.filter { $0.value.allSatisfy(\.isPositive) }.keys)
    conditions = order.flatMap { condition -> [Expr] in
      switch condition {
      case .solved(let variable): return Self.comparisons(.variable(variable), stretches[variable] ?? [])
      case .open(let bound):
        return bound.relation == .atLeast && bound.difference.isSumOfPowers(of: positive)
          ? [] : [bound.comparison]
      }
    }
  }

  /// Whether a condition of a simplification holds at every point of the domain.
  func implies(_ condition: Rule.Condition) -> Bool {
    let bound = Bound(condition)
    if let (variable, solution) = bound.solution, let known = stretches[variable] {
      return Self.intersection(known, solution) == known
    }
    return open.contains { own in
      if own.difference == bound.difference {
        return own.relation == .above || own.relation == bound.relation
      }
      guard own.relation == .above || own.relation == .not, bound.relation == .not,
        case .product(let factors) = own.difference.shape
      else { return false }
      return factors.contains(bound.difference)
    }
  }

  private enum Condition {
    case solved(Variable)
    case open(Bound)
  }

  /// A condition of a simplification as a comparison, solved where it can be: x ≠ 1 for x − 1 ≠ 0.
  static func comparison(of condition: Rule.Condition) -> Expr {
    let bound = Bound(condition)
    guard let (variable, solution) = bound.solution else { return bound.comparison }
    let comparisons = comparisons(.variable(variable), solution)
    guard var result = comparisons.first else { return bound.comparison }
    for other in comparisons.dropFirst() { result = .call(.and, [result, other]) }
    return result
  }

  /// The points that two lists of stretches have in common.
  private static func intersection(
    _ first: [SignChart.Stretch], _ second: [SignChart.Stretch]
  ) -> [SignChart.Stretch] {
    var result: [SignChart.Stretch] = []
    for a in first {
      for b in second {
        let low = tighter(a.low, b.low) { $0 > $1 }
        let high = tighter(a.high, b.high) { $0 < $1 }
        if let low, let high {
          if low.value > high.value { continue }
          if low.value == high.value, !(low.isIncluded && high.isIncluded) { continue }
        }
        result.append(.init(low: low, high: high))
      }
    }
    return result
  }

  private static func tighter(
    _ a: SignChart.End?, _ b: SignChart.End?, _ isInside: (Double, Double) -> Bool
  ) -> SignChart.End? {
    guard let a, let b else { return a ?? b }
    if a.value == b.value { return a.isIncluded ? b : a }
    return isInside(a.value, b.value) ? a : b
  }

  /// x ≥ 0; −1 ≤ x and x ≤ 1 as two; x < −1 or x > 1 as one; x ≠ 1 where only that is left out.
  private static func comparisons(_ x: Expr, _ stretches: [SignChart.Stretch]) -> [Expr] {
    guard let first = stretches.first, let last = stretches.last else { return [] }
    let gaps = zip(stretches, stretches.dropFirst()).map { ($0.high, $1.low) }
    let isPunctured =
      !gaps.isEmpty
      && gaps.allSatisfy { left, right in
        left?.value == right?.value && left?.isIncluded == false && right?.isIncluded == false
      }
    if isPunctured {
      let points = gaps.compactMap { $0.0?.expression }.map { Expr.call(.notEqual, [x, $0]) }
      return ends(x, .init(low: first.low, high: last.high)) + points
    }
    if stretches.count == 1 { return ends(x, first) }
    let parts = stretches.map { stretch -> Expr in
      let ends = ends(x, stretch)
      return ends.count == 2 ? .call(.and, ends) : ends.first ?? .one
    }
    guard var whole = parts.first else { return [] }
    for part in parts.dropFirst() { whole = .call(.or, [whole, part]) }
    return [whole]
  }

  private static func ends(_ x: Expr, _ stretch: SignChart.Stretch) -> [Expr] {
    if let low = stretch.low, low == stretch.high { return [.call(.equal, [x, low.expression])] }
    let low = stretch.low.map { Expr.call($0.isIncluded ? .greaterOrEqual : .greater, [x, $0.expression]) }
    let high = stretch.high.map { Expr.call($0.isIncluded ? .lessOrEqual : .less, [x, $0.expression]) }
    return [low, high].compactMap { $0 }
  }
}

/// A difference compared with 0.
private struct Bound: Hashable {
  let difference: Expr
  let relation: SignChart.Relation
  /// What was taken off the subject: u ≥ 1 is u − 1 ≥ 0.
  var limit = Expr.zero

  init(difference: Expr, relation: SignChart.Relation, limit: Expr = .zero) {
    (self.difference, self.relation, self.limit) = (difference, relation, limit)
  }

  init(_ condition: Rule.Condition) {
    difference = condition.subject
    relation =
      switch condition.kind {
      case .nonzero: .not
      case .positive: .above
      case .nonnegative: .atLeast
      }
  }

  /// What a node asks of its parts.
  static func all(of part: Expr) -> [Bound] {
    switch part.shape {
    case .power(let base, let exponent):
      guard case .number(let number) = exponent.shape, let power = number.rational else { return [] }
      if power.denominator.isOdd {
        // A pole is left to the eye, but 1/0 is none.
        return power.isNegative && base.constantValue != nil ? [Bound(difference: base, relation: .not)] : []
      }
      return [Bound(difference: base, relation: power.isNegative ? .above : .atLeast)].filter {
        !$0.alwaysHolds
      }
    case .call(let function, let arguments):
      return function.domain.flatMap { of($0, arguments[$0.argument]) }.filter { !$0.alwaysHolds }
    case .number, .constant, .variable, .element, .sum, .product, .fold: return []
    }
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

  /// Whether no point can violate it.
  private var alwaysHolds: Bool {
    switch relation {
    case .above: difference.isPositive
    case .atLeast: difference.isNonnegative
    case .not: difference.isPositive
    case .atMost, .below: false
    }
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
    guard letters.count == 1, difference.foldLevel == 0,
      let chart = SignChart(of: difference, in: letters[0])
    else { return nil }
    return (letters[0], chart.solutions(of: relation))
  }

  /// ln u > 0 as u > 1; |u| > 0, √u > 0 and u² > 0 as u ≠ 0.
  private static func inside(
    _ difference: Expr, _ relation: SignChart.Relation
  ) -> (Expr, SignChart.Relation)? {
    switch difference.shape {
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

  /// The comparison as it stands: u > 0, or u ≥ 1 where a number was taken off.
  var comparison: Expr {
    let function: Function =
      switch relation {
      case .above: .greater
      case .atLeast: .greaterOrEqual
      case .atMost: .lessOrEqual
      case .below: .less
      case .not: .notEqual
      }
    return .call(function, [difference + limit, limit])
  }
}

extension SignChart.Stretch {
  /// Whether no point of it is below zero.
  fileprivate var isPositive: Bool { low.map { $0.value >= 0 } ?? false }
}

extension Expr {
  /// Whether it is a sum of products of roots and powers of variables that are not negative, with positive numbers.
  fileprivate func isSumOfPowers(of variables: Set<Variable>) -> Bool {
    switch shape {
    case .number(let number): return !number.isNegative
    case .constant: return true
    case .variable(let variable): return variables.contains(variable)
    case .sum(let parts), .product(let parts): return parts.allSatisfy { $0.isSumOfPowers(of: variables) }
    case .power(let base, _): return base.isSumOfPowers(of: variables)
    case .element, .call, .fold: return isNonnegative
    }
  }
}
