import NablaBasics

/// A polynomial in one variable with rational coefficients, the constant first.
struct UnivariatePolynomial: Hashable {
  /// The coefficients by rising power; the last one is not zero, the zero polynomial has none.
  let coefficients: [Rational]

  init(_ coefficients: [Rational]) {
    var coefficients = coefficients
    while coefficients.last?.isZero == true { coefficients.removeLast() }
    self.coefficients = coefficients
  }

  var isZero: Bool { coefficients.isEmpty }
  var degree: Int { max(0, coefficients.count - 1) }
  var leading: Rational { coefficients.last ?? 0 }

  /// The value by Horner's scheme.
  func value(at x: Rational) -> Rational {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }

  var derivative: UnivariatePolynomial {
    UnivariatePolynomial(coefficients.enumerated().dropFirst().map { Rational($0.offset) * $0.element })
  }

  /// Whole coefficients without a common factor, the sign kept.
  var primitive: UnivariatePolynomial {
    var (numerator, denominator) = (Integer(0), Integer(1))
    for coefficient in coefficients {
      numerator = Integer.gcd(numerator, coefficient.numerator)
      let shared = Integer.gcd(denominator, coefficient.denominator)
      denominator = denominator * coefficient.denominator.exactlyDivided(by: shared)
    }
    guard let scale = Rational(denominator, over: numerator) else { return self }
    return UnivariatePolynomial(coefficients.map { $0 * scale.magnitude })
  }

  /// Quotient and remainder; the divisor is not zero.
  func divided(by divisor: UnivariatePolynomial) -> (
    quotient: UnivariatePolynomial, remainder: UnivariatePolynomial
  ) {
    guard !divisor.isZero, coefficients.count >= divisor.coefficients.count else {
      return (UnivariatePolynomial([]), self)
    }
    var rest = coefficients
    var quotient = [Rational](repeating: 0, count: coefficients.count - divisor.coefficients.count + 1)
    for place in quotient.indices.reversed() {
      let share = rest[place + divisor.degree].divided(by: divisor.leading) ?? 0
      quotient[place] = share
      for (offset, coefficient) in divisor.coefficients.enumerated() {
        rest[place + offset] = rest[place + offset] - share * coefficient
      }
    }
    return (UnivariatePolynomial(quotient), UnivariatePolynomial(Array(rest.prefix(divisor.degree))))
  }

  func quotient(by divisor: UnivariatePolynomial) -> UnivariatePolynomial { divided(by: divisor).quotient }

  /// The polynomial with each root once.
  var squareFree: UnivariatePolynomial {
    var (a, b) = (primitive, derivative.primitive)
    while !b.isZero { (a, b) = (b, a.divided(by: b).remainder.primitive) }
    return a.degree == 0 ? primitive : quotient(by: a).primitive
  }

  // MARK: Where the roots are

  /// The chain of Sturm: the polynomial, its derivative, and the remainders with the opposite sign.
  private var chain: [UnivariatePolynomial] {
    var chain = [primitive, derivative.primitive]
    while let last = chain.last, !last.isZero, last.degree > 0 {
      let rest = chain[chain.count - 2].divided(by: last).remainder
      let opposite = UnivariatePolynomial(rest.coefficients.map { -$0 }).primitive
      if opposite.isZero { break }
      chain.append(opposite)
    }
    return chain
  }

  /// The real roots of a polynomial that has each once, to full precision, ascending.
  var isolatedRoots: [Double] {
    guard degree > 0 else { return [] }
    let chain = chain
    let changes: (Rational) -> Int = { x in
      let signs = chain.map { $0.value(at: x).signum }.filter { $0 != 0 }
      return zip(signs, signs.dropFirst()).count { $0 != $1 }
    }
    let bound = rootBound
    var pending = [(low: -bound, high: bound, atLow: changes(-bound), atHigh: changes(bound))]
    var found: [Double] = []
    while let piece = pending.popLast() {
      let count = piece.atLow - piece.atHigh
      guard count > 0 else { continue }
      guard count > 1 else {
        found.append(root(from: piece.low, to: piece.high))
        continue
      }
      // Sturm counts the roots in (low, high], so that a root in the middle belongs to one half only.
      let middle = (piece.low + piece.high) * (Rational(1, over: 2) ?? 1)
      let between = changes(middle)
      pending.append((piece.low, middle, piece.atLow, between))
      pending.append((middle, piece.high, between, piece.atHigh))
    }
    return found.sorted()
  }

  /// A power of two that is above all roots (Cauchy's bound).
  private var rootBound: Rational {
    let largest = coefficients.dropLast().map { ($0.divided(by: leading) ?? 0).magnitude }.max() ?? 0
    var bound = Rational(2)
    while bound <= largest + 1 { bound = bound * 2 }
    return bound
  }

  /// The one root in (low, high], by halving with exact signs.
  private func root(from low: Rational, to high: Rational) -> Double {
    var (low, high) = (low, high)
    let half = Rational(1, over: 2) ?? 1
    let signAbove = value(at: high).signum
    if signAbove == 0 { return high.double }
    for _ in 0..<1_200 {
      let middle = (low + high) * half
      let sign = value(at: middle).signum
      if sign == 0 { return middle.double }
      if sign == signAbove { high = middle } else { low = middle }
      let (a, b) = (low.double, high.double)
      if a == b || a.nextUp == b, (high - low).double <= 0x1p-60 * max(a.magnitude, b.magnitude) { break }
    }
    return ((low + high) * half).double
  }

  // MARK: Exact factors

  /// The rational root beside a number; its denominator divides the leading coefficient.
  func rationalRoot(near value: Double) -> Rational? {
    let whole = primitive
    guard let numerator = Integer.nearest(to: value * whole.leading.double),
      let candidate = Rational(numerator).divided(by: whole.leading)
    else { return nil }
    return whole.value(at: candidate).isZero ? candidate : nil
  }

  /// The factor a·x² + b·x + c with two given roots, where one with whole coefficients divides.
  func quadraticFactor(_ first: Double, _ second: Double) -> UnivariatePolynomial? {
    let a = primitive.leading
    guard let b = Integer.nearest(to: -(first + second) * a.double),
      let c = Integer.nearest(to: first * second * a.double)
    else { return nil }
    let factor = UnivariatePolynomial([Rational(c), Rational(b), a])
    return divided(by: factor).remainder.isZero ? factor : nil
  }

  /// The factor a·xᵏ − b with a given root, where one with whole coefficients divides.
  func binomialFactor(near value: Double) -> UnivariatePolynomial? {
    let a = primitive.leading
    guard degree > 2 else { return nil }
    for k in 3...degree {
      guard
        let b = Integer.nearest(
          to: Libm.pow(value.magnitude, Double(k)) * (value < 0 && k % 2 == 1 ? -1 : 1) * a.double)
      else { continue }
      let factor = UnivariatePolynomial([-Rational(b)] + [Rational](repeating: 0, count: k - 1) + [a])
      if divided(by: factor).remainder.isZero { return factor }
    }
    return nil
  }
}

extension Integer {
  /// The nearest integer, where a `Double` says it to the unit.
  fileprivate static func nearest(to value: Double) -> Integer? {
    guard value.magnitude < 0x1p50 else { return nil }
    return Integer(exactly: value.rounded())
  }
}
