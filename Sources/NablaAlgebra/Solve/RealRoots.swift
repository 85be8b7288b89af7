import NablaBasics

/// The real roots of a polynomial in one variable with rational coefficients: all of them, each exact where it is
/// rational, a square root, or an n-th root of a number, and to full precision otherwise.
///
///     x³ − 2x       has the roots   −√2, 0, √2
///     45y³ + 32     has the root    −(32/45)^(1/3)
///     x⁵ − x − 1    has the root    1.16730397826142 (≈)
///
/// Their number is proved by Sturm's theorem, so that none is missing.
struct RealRoots {
  /// One root.
  struct Root {
    /// The root; an approximate number where no exact form is known.
    let expression: Expr
    /// The nearest number.
    let value: Double

    /// Whether the expression is the root itself.
    let isExact: Bool
  }

  /// The roots, ascending, each once.
  let roots: [Root]

  /// The roots of Σ cₖ·xᵏ; nil for the zero polynomial and for a degree over 60, two terms apart.
  init?(_ coefficients: [Rational]) {
    let polynomial = UnivariatePolynomial(coefficients)
    guard !polynomial.isZero else { return nil }
    let lowest = polynomial.coefficients.firstIndex { !$0.isZero } ?? 0
    if let binomial = Self.binomialRoots(of: UnivariatePolynomial(Array(polynomial.coefficients[lowest...])))
    {
      let zero = lowest > 0 && !binomial.contains { $0.value == 0 } ? [Root(0)] : []
      roots = (zero + binomial).sorted { $0.value < $1.value }
      return
    }
    guard polynomial.degree <= 60 else { return nil }
    roots = Self.roots(of: polynomial.squareFree).sorted { $0.value < $1.value }
  }

  private static func roots(of polynomial: UnivariatePolynomial) -> [Root] {
    guard polynomial.degree > 0 else { return [] }
    if let binomial = binomialRoots(of: polynomial) { return binomial }
    if let deflated = rootsOfPowers(of: polynomial) { return deflated }
    if polynomial.degree == 2 { return quadraticRoots(of: polynomial) }
    let values = polynomial.isolatedRoots
    for value in values {
      guard let rational = polynomial.rationalRoot(near: value) else { continue }
      let factor = UnivariatePolynomial([-rational, 1])
      return [Root(rational)] + roots(of: polynomial.quotient(by: factor))
    }
    for (place, first) in values.enumerated() {
      for second in values[(place + 1)...] {
        guard let factor = polynomial.quadraticFactor(first, second) else { continue }
        return quadraticRoots(of: factor) + roots(of: polynomial.quotient(by: factor))
      }
    }
    for value in values {
      guard let factor = polynomial.binomialFactor(near: value), factor.degree < polynomial.degree else {
        continue
      }
      return (binomialRoots(of: factor) ?? []) + roots(of: polynomial.quotient(by: factor))
    }
    return values.map { Root(expression: .number(Number(approximate: $0)), value: $0, isExact: false) }
  }

  /// a·xⁿ + b: no root, one or two.
  private static func binomialRoots(of polynomial: UnivariatePolynomial) -> [Root]? {
    let n = polynomial.degree
    if n == 0 { return [] }
    guard polynomial.coefficients.dropFirst().dropLast().allSatisfy(\.isZero),
      let ratio = (-polynomial.coefficients[0]).divided(by: polynomial.leading)
    else { return nil }
    if ratio.isZero { return [Root(0)] }
    if n % 2 == 0, ratio.isNegative { return [] }
    let size = Expr.surd(ratio.magnitude, n)
    let root = Root(exact: size)
    if n % 2 == 1 { return [ratio.isNegative ? Root(exact: -size) : root] }
    return [Root(exact: -size), root]
  }

  /// q(xᵏ) for the greatest k > 1 that divides all exponents: the k-th roots of the roots of q.
  private static func rootsOfPowers(of polynomial: UnivariatePolynomial) -> [Root]? {
    var k = 0
    for (exponent, coefficient) in polynomial.coefficients.enumerated() where !coefficient.isZero {
      k = Integer.gcd(of: k, exponent)
    }
    guard k > 1 else { return nil }
    let inner = UnivariatePolynomial(
      stride(from: 0, through: polynomial.degree, by: k).map { polynomial.coefficients[$0] })
    var found: [Root] = []
    for root in roots(of: inner) {
      let isNegative = root.value < 0
      if isNegative, k % 2 == 0 { continue }
      let size = isNegative ? -root.expression : root.expression
      let power: Expr
      if root.isExact {
        if case .number(let number) = size.shape, let rational = number.rational {
          power = .surd(rational, k)
        } else {
          power = .power(size, Expr.one / .integer(k))
        }
      } else {
        power = .number(Number(approximate: Libm.pow(root.value.magnitude, 1 / Double(k))))
      }
      let signed: [Expr] = isNegative ? [-power] : root.value == 0 || k % 2 == 1 ? [power] : [-power, power]
      found += signed.map { Root(expression: $0, value: $0.constantValue ?? .nan, isExact: root.isExact) }
    }
    return found
  }

  /// −b/2a ± √(b² − 4ac)/2a.
  private static func quadraticRoots(of polynomial: UnivariatePolynomial) -> [Root] {
    let (c, b, a) = (polynomial.coefficients[0], polynomial.coefficients[1], polynomial.coefficients[2])
    let discriminant = b * b - 4 * a * c
    guard !discriminant.isNegative, let half = (-b).divided(by: 2 * a),
      let square = discriminant.divided(by: 4 * a * a)
    else { return [] }
    let distance = Expr.surd(square, 2)
    let middle = Expr.number(Number(half))
    if square.isZero { return [Root(exact: middle)] }
    return [Root(exact: middle - distance), Root(exact: middle + distance)]
  }
}

extension RealRoots.Root {
  fileprivate init(_ value: Rational) {
    self.init(expression: .number(Number(value)), value: value.double, isExact: true)
  }

  fileprivate init(exact expression: Expr) {
    self.init(expression: expression, value: expression.constantValue ?? .nan, isExact: true)
  }
}

extension Expr {
  /// The n-th root of a number that is not negative: exact, or with what comes out of the root in front.
  ///
  ///     surd(8, 2)      2√2
  ///     surd(3/4, 2)    √3/2
  ///     surd(32/45, 3)  (32/45)^(1/3)
  static func surd(_ value: Rational, _ n: Int) -> Expr {
    guard let exponent = Rational(1, over: Integer(n)) else { return .number(Number(value)) }
    let root = Number(exponent)
    if let exact = Number(value).power(root) { return .number(exact) }
    // √(p/q) = √(pq)/q; higher roots stay as they are unless one side is exact.
    if value.isInteger { return .power(.number(Number(value)), .number(root)) }
    if n == 2 {
      let inside = Expr.power(.number(Number(Rational(value.numerator * value.denominator))), .number(root))
      return inside * .number(Number(Rational(1, over: value.denominator) ?? 1))
    }
    return .power(.number(Number(value)), .number(root))
  }
}
