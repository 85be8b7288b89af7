extension Expr {
  /// A base to an exponent; exact numbers are worked out while they are small.
  ///
  ///     Expr.power(8, 1/2)   // 2·√2
  ///
  /// 0⁰ is 1; a negative base has real roots of odd order: (−8)^(1/3) = −2.
  public static func power(_ base: Expr, _ exponent: Expr) -> Expr {
    if let known = powerOfNumbers(base, exponent) { return known }
    if case .number(let number) = exponent.shape {
      if number.isOne { return base }
      if number.isZero, number.isExact, base.isDefinedEverywhere { return .one }
      if let inner = powerOfPower(base, number) { return inner }
      if let split = powerOfProduct(base, number) { return split }
    } else if case .power(let inner, let first) = base.shape, inner.isPositiveLiteral {
      return .power(inner, .product([first, exponent]))
    }
    if case .number(let number) = base.shape, number.isOne, number.isExact, exponent.isDefinedEverywhere {
      return base
    }
    return Expr(canonical: .power(base, exponent))
  }

  /// Whether this is e.
  package var isE: Bool { if case .constant(.e) = shape { true } else { false } }

  /// A positive number, e or π.
  var isPositiveLiteral: Bool {
    switch shape {
    case .number(let number): number.isExact && !number.isNegative && !number.isZero
    case .constant: true
    default: false
    }
  }

  /// nᵖ worked out: exactly, or as c·mʳ with the perfect powers out of the root; 1/√8 is ½·1/√2, √(3/4) is ½·√3.
  private static func powerOfNumbers(_ base: Expr, _ exponent: Expr) -> Expr? {
    guard case .number(let n) = base.shape, case .number(let p) = exponent.shape else { return nil }
    if let value = n.power(p) { return .number(value) }
    guard n.isExact, p.isExact, let radicand = n.rational, !radicand.isZero,
      radicand.isInteger || !n.isDecimal, let root = p.rational?.magnitude,
      let order = root.denominator.small, order > 1, order <= 64
    else { return nil }
    let isFlipped = radicand.isNegative
    guard !isFlipped || root.denominator.isOdd, let whole = root.floor.small else { return nil }
    let fraction = root - Rational(root.floor)
    let size = Number(radicand.magnitude)
    guard let wholePart = size.power(Number(whole)), let rest = fraction.numerator.small,
      let powered = size.power(Number(rest))?.rational,
      case let (above, below) = (
        powered.numerator.extractingRoot(order), powered.denominator.extractingRoot(order)
      ),
      let outside = Rational(above.outside, over: below.outside),
      let inside = Rational(above.inside, over: below.inside)
    else { return nil }
    let isReciprocal = radicand.numerator.magnitude == 1
    if whole == 0, outside.isOne, !isFlipped, !isReciprocal { return nil }
    // A fraction stays under its root where no root of its denominator comes out whole: ∛(32/45).
    if !radicand.isInteger, !isReciprocal, below.inside != 1 {
      guard isFlipped else { return nil }
      let positive = Expr(canonical: .power(.number(size), exponent))
      return root.numerator.isOdd ? positive.negated : positive
    }
    var coefficient = wholePart * Number(outside)
    if isFlipped, root.numerator.isOdd { coefficient = -coefficient }
    var (surdBase, surdExponent) = (size, fraction)
    if !outside.isOne {
      (surdBase, surdExponent) = (Number(inside), Rational(1, over: fraction.denominator) ?? fraction)
    }
    // √(1/2) is 1/√2.
    if let under = surdBase.rational, under.numerator.isOne, !under.isInteger {
      (surdBase, surdExponent) = (Number(under.denominator), -surdExponent)
    }
    if p.isNegative {
      coefficient = Number.one.divided(by: coefficient) ?? coefficient
      surdExponent = -surdExponent
    }
    if surdBase.isOne { return .number(coefficient) }
    return scaled(Expr(canonical: .power(.number(surdBase), .number(Number(surdExponent)))), by: coefficient)
  }

  /// (uᵃ)ⁿ as uᵃⁿ where both have the same domain and the same value.
  private static func powerOfPower(_ base: Expr, _ outer: Number) -> Expr? {
    guard case .power(let inner, let first) = base.shape else { return nil }
    if inner.isPositiveLiteral { return .power(inner, .product([first, .number(outer)])) }
    guard case .number(let a) = first.shape, a.isExact, let p = a.rational, let n = outer.rational,
      outer.isExact
    else { return nil }
    let combined = p * n
    // (u⁴)^(1/2) = u²: an even power has no sign to lose.
    if p.isInteger, !p.isNegative, !p.isZero, combined.isInteger, !p.numerator.isOdd,
      !combined.numerator.isOdd
    {
      return .power(inner, .number(a * outer))
    }
    let sameRoots = p.denominator.isOdd == combined.denominator.isOdd
    // (1/x)⁰ has no value at 0, where x⁰ is 1.
    if n.isInteger, sameRoots, !p.isNegative || (!n.isNegative && !n.isZero) {
      return .power(inner, .number(a * outer))
    }
    // (u⁻²)⁻³ is (u⁻⁶)⁻¹: without a value at 0, as it was.
    if p.isInteger, p.isNegative, n.isInteger, n.isNegative, !outer.isMinusOne {
      return .power(.power(inner, .number(a * -outer)), .minusOne)
    }
    return nil
  }

  /// (c·u·v)ⁿ as cⁿ·uⁿ·vⁿ for whole n; for a root, what is exact of the coefficient comes out.
  private static func powerOfProduct(_ base: Expr, _ exponent: Number) -> Expr? {
    guard case .product(let factors) = base.shape else { return nil }
    if exponent.isInteger { return .product(factors.map { .power($0, .number(exponent)) }) }
    if let power = powerOfSurd(base, exponent) { return power }
    let (coefficient, rest) = base.coefficientAndRest
    guard !coefficient.isOne, coefficient.isExact, !coefficient.isNegative, !coefficient.isZero else {
      return nil
    }
    let outside = Expr.power(.number(coefficient), .number(exponent))
    switch outside.shape {
    case .number: return .product([outside, .power(rest, .number(exponent))])
    case .product(let parts):
      // c = o²·i under a root: the o leaves, the i stays inside.
      guard case .number(let left) = parts[0].shape, case .power(let stays, let root) = parts[1].shape,
        parts.count == 2, root == .number(exponent)
      else { return nil }
      return .product([.number(left), .power(.product([stays, rest]), root)])
    default: return nil
    }
  }

  /// (mᵏ·mʳ)ⁿ as one power of the number m, where no deeper root comes of it: ∛(3√3) = √3, ∛(−3√3) = −√3.
  static func powerOfSurd(_ base: Expr, _ exponent: Number) -> Expr? {
    guard case .product(let factors) = base.shape, factors.count == 2,
      case .number(let outside) = factors[0].shape, outside.isExact, outside.isInteger
    else { return nil }
    if outside.isNegative {
      guard let power = exponent.rational, power.denominator.isOdd,
        let positive = powerOfSurd(.product([.number(-outside), factors[1]]), exponent)
      else { return nil }
      return power.numerator.isOdd ? positive.negated : positive
    }
    guard
      case .power(let inner, let first) = factors[1].shape, case .number(let number) = inner.shape,
      let count = (1...64).first(where: { number.power(Number($0)) == outside }),
      case .number(let root) = first.shape, let order = root.rational?.denominator,
      let combined = ((Number(count) + root) * exponent).rational, combined.denominator <= order
    else { return nil }
    return .power(inner, .number(Number(combined)))
  }
}
