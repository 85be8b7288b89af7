extension Expr {
  /// Zero.
  public static let zero = Expr(canonical: .number(.zero))
  /// One.
  public static let one = Expr(canonical: .number(.one))
  /// Minus one.
  public static let minusOne = Expr(canonical: .number(.minusOne))

  /// A number.
  public static func number(_ number: Number) -> Expr {
    number.exactWord.flatMap { small($0) } ?? Expr(canonical: .number(number))
  }

  /// A whole number.
  public static func integer(_ value: Int) -> Expr {
    small(value) ?? Expr(canonical: .number(Number(value)))
  }

  /// The whole numbers from −`smallest` on that most formulas hold, each one node for all.
  private static func small(_ value: Int) -> Expr? {
    small.indices.contains(value &+ smallest) ? small[value &+ smallest] : nil
  }

  private static let small: [Expr] = (-smallest...100).map { Expr(canonical: .number(Number($0))) }
  private static let smallest = 8

  /// A named constant.
  public static func constant(_ constant: Constant) -> Expr { Expr(canonical: .constant(constant)) }

  /// A variable.
  public static func variable(_ variable: Variable) -> Expr { Expr(canonical: .variable(variable)) }

  /// The element of a family at the place of a fold's index.
  public static func element(_ family: Family, _ index: Index) -> Expr {
    Expr(canonical: .element(family, index))
  }

  /// The sum of terms: flat, like terms collected, in order, exact numbers added.
  ///
  ///     Expr.sum([x, 2 * x, 1])   // 3x + 1
  ///
  /// Terms that cancel leave 0 only where they are defined everywhere; 1/x − 1/x stays as 0·x⁻¹.
  public static func sum(_ terms: [Expr]) -> Expr {
    var constant = Number.zero
    var flat = terms
    if terms.contains(where: { $0.node.facts.joinsSums }) {
      flat = []
      flat.reserveCapacity(terms.count + 1)
      for term in terms { flatten(term, into: &flat, constant: &constant) }
    }
    if flat.count > 1 { flat = collected(flat) }
    if !constant.isZero || (constant.isDecimal && flat.isEmpty) || flat.isEmpty {
      flat.insert(.number(constant), at: 0)
    }
    return flat.count == 1 ? flat[0] : Expr(canonical: .sum(flat))
  }

  private static func flatten(_ term: Expr, into flat: inout [Expr], constant: inout Number) {
    switch term.shape {
    case .number(let number): constant = constant + number
    case .sum(let parts):
      for part in parts {
        if case .number(let number) = part.shape { constant = constant + number } else { flat.append(part) }
      }
    case .product(let factors) where factors.count == 2 && factors[0] == .minusOne:
      // −(a + b) inside a sum: the bracket opens.
      if case .sum(let parts) = factors[1].shape {
        for part in parts { flatten(part.negated, into: &flat, constant: &constant) }
      } else {
        flat.append(term)
      }
    default: flat.append(term)
    }
  }

  /// Whether a sum takes in the terms of this instead: of a + b and of −(a + b).
  @inlinable package var opensInSums: Bool {
    guard node.facts.joinsSums else { return false }
    if case .number = shape { return false }
    return true
  }

  /// The order of terms without their coefficients.
  private static func compareTerms(_ left: Expr, _ right: Expr) -> Int {
    let (first, second) = (left.node.facts.lead, right.node.facts.lead)
    if first != second { return first < second ? -1 : 1 }
    if let left = left.onlyFactor, let right = right.onlyFactor { return compare(left, right) }
    return compareFactors(left.coefficientAndFactors.1, right.coefficientAndFactors.1)
  }

  /// The only factor beside the coefficient; nil where there are several.
  private var onlyFactor: Expr? {
    guard case .product(let factors) = shape else { return self }
    if factors.count == 2, case .number = factors[0].shape { return factors[1] }
    return nil
  }

  /// The terms in order, those that differ only in their coefficient added up.
  private static func collected(_ terms: [Expr]) -> [Expr] {
    if terms.count == 2, case let (left, right) = (terms[0].node.facts.lead, terms[1].node.facts.lead),
      left != right
    {
      return left < right ? terms : [terms[1], terms[0]]
    }
    let isInOrder = terms.indices.dropFirst().allSatisfy { compareTerms(terms[$0 - 1], terms[$0]) < 0 }
    if isInOrder { return terms }
    let order = terms.indices.sorted { i, j in
      let result = compareTerms(terms[i], terms[j])
      return result != 0 ? result < 0 : i < j
    }
    var result: [Expr] = []
    result.reserveCapacity(terms.count)
    var needsAnotherPass = false
    var place = 0
    while place < order.count {
      let first = terms[order[place]]
      var next = place + 1
      while next < order.count, compareTerms(first, terms[order[next]]) == 0 { next += 1 }
      if next == place + 1 {
        result.append(first)
      } else {
        var (coefficient, rest) = first.coefficientAndRest
        for other in order[(place + 1)..<next] {
          coefficient = coefficient + terms[other].coefficientAndFactors.0
        }
        let whole = scaled(rest, by: coefficient)
        if coefficient.isZero {
          // What is defined everywhere goes, so that the term may have another place: 0·x/y is 0·y⁻¹.
          let kept = product([.number(coefficient), rest])
          if case .number = kept.shape {} else { result.append(kept) }
          needsAnotherPass = needsAnotherPass || kept != whole
        } else {
          result.append(whole)
        }
      }
      place = next
    }
    return needsAnotherPass && result.count > 1 ? collected(result) : result
  }

  /// The order of terms without their coefficients.
  static func compareFactors(_ left: ArraySlice<Expr>, _ right: ArraySlice<Expr>) -> Int {
    if left.count == 1, right.count == 1 { return compare(left[left.startIndex], right[right.startIndex]) }
    return compare(left, right)
  }

  /// A coefficient before what has none.
  static func scaled(_ rest: Expr, by coefficient: Number) -> Expr {
    if coefficient.isOne { return rest }
    switch rest.shape {
    case .number(let number): return .number(number * coefficient)
    case .product(let factors): return Expr(canonical: .product([.number(coefficient)] + factors))
    default: return Expr(canonical: .product([.number(coefficient), rest]))
    }
  }

  /// Minus the expression; the sign goes into the coefficient, and into the terms of a sum.
  package var negated: Expr {
    if case .sum(let terms) = shape { return .sum(terms.map { .product([.minusOne, $0]) }) }
    return .product([.minusOne, self])
  }

  /// The product of factors: flat, exact numbers multiplied, like bases together where no domain grows.
  ///
  ///     Expr.product([x, x, 2])   // 2x²
  ///
  /// x·x⁻¹ stays: at x = 0 it has no value.
  public static func product(_ factors: [Expr]) -> Expr {
    if factors.count == 2, case .number(let number) = factors[0].shape, !number.isZero, !number.isOne {
      switch factors[1].shape {
      case .number, .product: break
      default: return Expr(canonical: .product(factors))
      }
    }
    var coefficient = Number.one
    var flat: [Expr] = []
    flat.reserveCapacity(factors.count)
    for factor in factors {
      switch factor.shape {
      case .number(let number): coefficient = coefficient * number
      case .product(let parts):
        for part in parts {
          if case .number(let number) = part.shape {
            coefficient = coefficient * number
          } else {
            flat.append(part)
          }
        }
      default: flat.append(factor)
      }
    }
    if flat.count > 1 { flat = merged(flat, coefficient: &coefficient) }
    if coefficient.isZero {
      flat = flat.map(\.withoutTotalExponents)
      flat.removeAll(where: \.isDefinedEverywhere)
      if flat.isEmpty { return .number(coefficient) }
    }
    if flat.isEmpty { return .number(coefficient) }
    if !coefficient.isOne { flat.insert(.number(coefficient), at: 0) }
    return flat.count == 1 ? flat[0] : Expr(canonical: .product(flat))
  }

  /// The factors in order, those of one base multiplied where the exponents may be added.
  private static func merged(_ factors: [Expr], coefficient: inout Number) -> [Expr] {
    let powers = factors.map(\.baseAndExponentToAdd)
    let isInOrder = powers.indices.dropFirst().allSatisfy {
      compare(powers[$0 - 1].base, powers[$0].base) < 0
    }
    if isInOrder { return factors }
    let order = factors.indices.sorted { i, j in
      let byBase = compare(powers[i].base, powers[j].base)
      if byBase != 0 { return byBase < 0 }
      let byPower = compare(powers[i].exponent, powers[j].exponent)
      return byPower != 0 ? byPower < 0 : i < j
    }
    var result: [Expr] = []
    result.reserveCapacity(factors.count)
    var needsAnotherPass = false
    var place = 0
    while place < order.count {
      let base = powers[order[place]].base
      var next = place + 1
      while next < order.count, powers[order[next]].base == base { next += 1 }
      if next == place + 1 {
        result.append(factors[order[place]])
      } else {
        let group = order[place..<next]
        for power in added(group.map { (powers[$0].exponent, factors[$0]) }, base: base) {
          switch power.shape {
          case .number(let number): coefficient = coefficient * number
          case .product:
            needsAnotherPass = true
            result.append(power)
          default: result.append(power)
          }
        }
      }
      place = next
    }
    guard needsAnotherPass else { return result }
    let again = product(result)
    let (number, rest) = again.coefficientAndFactors
    coefficient = coefficient * number
    return Array(rest)
  }

  /// Powers of one base, in order of their exponents, multiplied where uᵃ·uᵇ is uᵃ⁺ᵇ with the same domain.
  private static func added(_ powers: [(exponent: Expr, factor: Expr)], base: Expr) -> [Expr] {
    var kept: [(exponent: Expr, factor: Expr)] = []
    var rising: [(exponent: Expr, factor: Expr)] = []
    var falling: [(exponent: Expr, factor: Expr)] = []
    for power in powers {
      switch power.exponent.direction(above: base) {
      case .rising: rising.append(power)
      case .falling: falling.append(power)
      case nil: kept.append(power)
      }
    }
    for group in [rising, falling] where !group.isEmpty {
      if group.count == 1 {
        kept.append(group[0])
      } else {
        let exponent = Expr.sum(group.map(\.exponent))
        kept.append((exponent, .power(base, exponent)))
      }
    }
    if kept.count == 1 { return [kept[0].factor] }
    return kept.sorted { compare($0.exponent, $1.exponent) < 0 }.map(\.factor)
  }

  /// Beside 0 only the domain counts: of e^(x + ln y) only e^(ln y) stays, as where e^x had met the 0 before.
  private var withoutTotalExponents: Expr {
    guard case .power(let base, let exponent) = shape, base.isPositiveLiteral,
      case .sum(let terms) = exponent.shape, terms.contains(where: \.isDefinedEverywhere)
    else { return self }
    return .power(base, .sum(terms.filter { !$0.isDefinedEverywhere }))
  }

  private enum Direction { case rising, falling }

  /// Exponents of one direction may be added without a change of the domain, above a positive number all of them; nil for
  /// one that stays alone.
  private func direction(above base: Expr) -> Direction? {
    switch base.shape {
    case .number(let number) where !number.isNegative && !number.isZero: return .rising
    case .constant: return .rising
    default: break
    }
    guard case .number(let number) = shape, number.isInteger, !number.isZero else { return nil }
    return number.isNegative ? .falling : .rising
  }

  /// The base and the exponent of a factor; those of (u⁻²)⁻¹ are 1/u and −2, so that (u⁻²)⁻¹·(u⁻¹)⁻¹ is (u⁻³)⁻¹.
  private var baseAndExponentToAdd: (base: Expr, exponent: Expr) {
    let (base, exponent) = baseAndExponent
    guard exponent == .minusOne, case .power(let inner, let first) = base.shape,
      case .number(let number) = first.shape, number.isInteger, number.isNegative, !number.isMinusOne
    else { return (base, exponent) }
    return (inner.reciprocal, first)
  }
}
