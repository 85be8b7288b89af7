import NablaBasics

// Exponentials, logarithms, and the soft steps of statistics and learning.
extension Function {
  static let exponentials: [Function] = [
    exp, ln, log10, log2, log, log1p, expm1, sigmoid, logit, softplus, gelu, relu,
  ]

  package static let exp: Function = .init(
    "exp", .unary { Libm.exp($0) },
    derivative: .slope { _, v in v }, range: .positive,
    canonical: { .power(.constant(.e), $0[0]) },
    summary: "The exponential function, e to the power of x.", example: ("exp(2x)", "e^(2x)"))

  package static let ln: Function = .init(
    "ln", aliases: ["log"], .unary { $0 > 0 ? Libm.log($0) : .nan },
    derivative: .slope { u, _ in u.reciprocal }, domain: [.init(.positive)],
    curvature: .init(.concave, logarithmOf: .argument), isLogarithm: true,
    takesBareArgument: true,
    canonical: { exactLogarithm($0[0]) },
    summary: "The natural logarithm, the power to which e gives x.", example: ("ln(e)", "1"))

  package static let log10: Function = .init(
    "log10", aliases: ["lg"], .unary { $0 > 0 ? Libm.log10($0) : .nan },
    derivative: .slope { u, _ in 1 / (u * ln(10)) }, domain: [.init(.positive)],
    curvature: .init(.concave, logarithmOf: .argument), isLogarithm: true,
    canonical: { exactLogarithm($0[0], base: 10) },
    summary: "The common logarithm, to base 10.", example: ("log10(1000)", "3"))

  package static let log2: Function = .init(
    "log2", .unary { $0 > 0 ? Libm.log2($0) : .nan },
    derivative: .slope { u, _ in 1 / (u * ln(2)) }, domain: [.init(.positive)],
    curvature: .init(.concave, logarithmOf: .argument), isLogarithm: true,
    canonical: { exactLogarithm($0[0], base: 2) },
    summary: "The binary logarithm, to base 2.", example: ("log2(8)", "3"))

  package static let log: Function = .init(
    "log", .binary { RealMath.log($0, base: $1) },
    derivative: .partials { u, v in [1 / (u[0] * ln(u[1])), -v / (u[1] * ln(u[1]))] },
    domain: [.init(.positive), .init(.positive, argument: 1), .init(.notOne, argument: 1)],
    canonical: { u in
      switch u[1] {
      case .constant(.e): ln(u[0])
      case 2: log2(u[0])
      case 10: log10(u[0])
      // e²⁵⁰⁰⁰ is no `Double`.
      case _ where u[1].exponentOfE?.asNumber?.isZero == false: u[1].exponentOfE.map { ln(u[0]) / $0 }
      default: u[1].exactNumber.flatMap { exactLogarithm(u[0], base: $0) }
      }
    },
    arguments: ["x", "b"], summary: "The logarithm of x to the base b.", example: ("log(9, 3)", "2"))

  package static let log1p: Function = .init(
    "log1p", .unary { $0 > -1 ? Libm.log1p($0) : .nan },
    derivative: .slope { u, _ in 1 / (1 + u) }, domain: [.init(.greaterThanMinusOne)],
    curvature: .init(.concave, logarithmOf: .onePlusArgument),
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "ln(1 + x), accurate for small x.", example: ("log1p(0)", "0"))

  package static let expm1: Function = .init(
    "expm1", .unary { Libm.expm1($0) },
    derivative: .slope { u, _ in exp(u) }, logarithmOfSize: { $0 > 700 ? $0 : .nan },
    curvature: .init(.convex),
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "e^x − 1, accurate for small x.", example: ("expm1(0)", "0"))

  package static let sigmoid: Function = .init(
    "sigmoid", aliases: ["logistic", "expit"], .unary { RealMath.sigmoid($0) },
    derivative: .slope { _, v in v * (1 - v) }, stableSlope: { u, v in v * sigmoid(-u) },
    curvedPartials: { u in [slopeOfSigmoid(u[0])] }, range: .positive,
    logarithmOfSize: { $0 < -700 ? $0 : .nan },
    curvature: .init(nil, logarithm: .concave),
    canonical: { $0[0] == .zero ? .number(.half) : nil },
    summary: "The logistic function 1/(1 + e^(−x)).", example: ("sigmoid(0)", "1/2"))

  package static let softplus: Function = .init(
    "softplus", .unary { RealMath.softplus($0) },
    derivative: .slope { u, _ in sigmoid(u) }, range: .positive,
    logarithmOfSize: { $0 < -700 ? $0 : .nan }, curvature: .init(.convex),
    canonical: { $0[0] == .zero ? ln(2) : nil },
    summary: "ln(1 + e^x), a smooth form of max(x, 0).", example: ("softplus(0)", "ln(2)"))

  package static let logit: Function = .init(
    "logit", .unary { RealMath.logit($0) },
    derivative: .slope { u, _ in 1 / (u * (1 - u)) }, domain: [.init(.betweenZeroAndOne)],
    canonical: { $0[0] == .number(.half) ? .zero : nil },
    summary: "ln(x/(1 − x)), the inverse of the logistic function.", example: ("logit(1/2)", "0"))

  package static let gelu: Function = .init(
    "gelu", .unary { RealMath.gelu($0) },
    derivative: .slope { u, _ in
      let root = Expr.integer(2).squareRoot
      return erfc(-u / root) / 2 + u * exp(-u.squared / 2) / (2 * Expr.constant(.pi)).squareRoot
    },
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "x times the distribution function of the normal distribution, a smooth form of max(x, 0).",
    example: ("gelu(0)", "0"))

  package static let relu: Function = .init(
    "relu", .unary { RealMath.max($0, 0) },
    derivative: .slope { u, _ in `if`(greater(u, 0), 1, 0) }, range: .nonnegative,
    curvature: .init(.convex, isPiecewiseLinear: true),
    canonical: { u in Expr.order(u[0], 0).map { $0 > 0 ? u[0] : .zero } },
    summary: "max(x, 0); its slope at the kink 0 is taken as 0.", example: ("relu(-3)", "0"))

  /// ln 1 and ln eⁿ for a number n.
  private static func exactLogarithm(_ u: Expr) -> Expr? {
    if u.exactNumber?.isOne == true { return .zero }
    if u == .constant(.e) { return .one }
    guard case .power(.constant(.e), let exponent) = u.shape, case .number = exponent.shape else {
      return nil
    }
    return exponent
  }

  /// The k or 1/k with bᵏ = u, or with uᵏ = b, for whole k.
  ///
  /// Of decimals, those that are powers of ten have theirs: lg 0.001 is −3.
  private static func exactLogarithm(_ u: Expr, base: Rational) -> Expr? {
    if base == 10, case .number(let number) = u.shape, number.isDecimal, let x = number.rational, x.signum > 0
    {
      return wholeLogarithm(x, base: base).map { .integer($0) }
    }
    guard let x = u.exactNumber, x.signum > 0, base.signum > 0, !base.isOne else { return nil }
    if x.isOne { return .zero }
    if let k = wholeLogarithm(x, base: base) { return .integer(k) }
    return wholeLogarithm(base, base: x).flatMap { Rational($0).inverse }.map { .number(Number($0)) }
  }

  private static func wholeLogarithm(_ x: Rational, base: Rational) -> Int? {
    let estimate = (binaryLogarithm(x) / binaryLogarithm(base)).rounded()
    guard estimate.magnitude < 10_000 else { return nil }
    return (-1...1).map { Int(estimate) + $0 }.first { base.power($0) == x }
  }

  /// log₂ of a positive number of any size, to within one unit where it is beyond a `Double`.
  private static func binaryLogarithm(_ x: Rational) -> Double {
    let value = x.double
    return value.isNormal ? Libm.log2(value) : Double(x.numerator.bitLength - x.denominator.bitLength)
  }
}
