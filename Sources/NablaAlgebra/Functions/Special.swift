import NablaBasics

// The error function, the gamma function and its relatives, Lambert's W, and the two functions of a right angle.
extension Function {
  static let special: [Function] = [
    erf, erfc, erfi, erfinv, gamma, lnGamma, digamma, trigamma, polygamma, factorial, beta, lambertW, hypot,
    atan2,
  ]

  package static let erf: Function = .init(
    "erf", .unary { Libm.erf($0) },
    derivative: .slope { u, _ in 2 / Expr.constant(.pi).squareRoot * exp(-u.squared) }, parity: .odd,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The error function, 2/√π times the integral of e^(−t²) from 0 to x.", example: ("erf(0)", "0"))

  package static let erfc: Function = .init(
    "erfc", .unary { Libm.erfc($0) },
    derivative: .slope { u, _ in -2 / Expr.constant(.pi).squareRoot * exp(-u.squared) }, range: .positive,
    canonical: { $0[0] == .zero ? .one : nil },
    summary: "1 − erf(x), accurate for large x.", example: ("erfc(0)", "1"))

  package static let erfi: Function = .init(
    "erfi", .unary { RealMath.erfi($0) },
    derivative: .slope { u, _ in 2 / Expr.constant(.pi).squareRoot * exp(u.squared) }, parity: .odd,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The imaginary error function, 2/√π times the integral of e^(t²) from 0 to x.",
    example: ("erfi(0)", "0"))

  package static let erfinv: Function = .init(
    "erfinv", aliases: ["inverf"], .unary { RealMath.inverseErf($0) },
    derivative: .slope { _, v in Expr.constant(.pi).squareRoot / 2 * exp(v.squared) },
    domain: [.init(.strictlyWithinOne)], parity: .odd,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The inverse of the error function.", example: ("erfinv(0)", "0"))

  package static let gamma: Function = .init(
    "gamma", aliases: ["Gamma"], .unary { RealMath.gamma($0) },
    derivative: .slope { u, v in v * digamma(u) }, domain: [.init(.notNonpositiveInteger)],
    logarithmOfSize: { $0 > 100 ? RealMath.lnGamma($0) : .nan },
    canonical: { $0[0].exactNumber.flatMap(exactGamma) },
    summary: "Euler's gamma function; gamma(n + 1) is n factorial.", example: ("gamma(5)", "24"))

  package static let lnGamma: Function = .init(
    "lnGamma", aliases: ["lgamma", "loggamma", "gammaln"], .unary { RealMath.lnGamma($0) },
    derivative: .slope { u, _ in digamma(u) }, domain: [.init(.notNonpositiveInteger)],
    canonical: { $0[0] == 1 || $0[0] == 2 ? .zero : nil },
    summary: "The natural logarithm of the absolute value of gamma(x).", example: ("lnGamma(1)", "0"))

  package static let digamma: Function = .init(
    "psi", aliases: ["digamma"], .unary { RealMath.digamma($0) },
    derivative: .slope { u, _ in polygamma(1, u) }, domain: [.init(.notNonpositiveInteger)],
    summary: "The digamma function, the derivative of ln(gamma(x)).", example: ("psi(x)", "psi(x)"))

  package static let trigamma: Function = .init(
    "trigamma", .unary { RealMath.polygamma(1, $0) },
    derivative: .slope { u, _ in polygamma(2, u) }, domain: [.init(.notNonpositiveInteger)],
    range: .positive,
    canonical: { polygamma(1, $0[0]) },
    summary: "The derivative of psi(x), polygamma(1, x).", example: ("trigamma(1)", "pi^2/6"))

  /// The order must be a whole number, so there is no derivative by it: the partial is 1/0, which has no value.
  package static let polygamma: Function = .init(
    "polygamma", .binary { RealMath.polygamma($0, $1) },
    derivative: .partials { u, _ in [Expr.zero.reciprocal, polygamma(u[0] + 1, u[1])] },
    domain: [.init(.nonnegativeInteger), .init(.notNonpositiveInteger, argument: 1)], order: 0,
    canonical: { u in
      if u[0] == 0 { return digamma(u[1]) }
      guard u[0] == 1 else { return nil }
      if u[1] == 1 { return .rational(1, 6) * Expr.constant(.pi).squared }
      return u[1] == .number(.half) ? .rational(1, 2) * Expr.constant(.pi).squared : nil
    },
    arguments: ["n", "x"], summary: "The n-th derivative of psi(x), for a whole number n.",
    example: ("polygamma(1, 1)", "pi^2/6"))

  package static let factorial: Function = .init(
    "factorial", .unary { RealMath.factorial($0) },
    derivative: .slope { u, v in v * digamma(u + 1) }, domain: [.init(.notNegativeInteger)],
    canonical: { u in u[0].exactNumber.flatMap { exactGamma($0 + 1) } },
    summary: "The factorial, gamma(x + 1) where x is not whole.", example: ("5!", "120"))

  package static let beta: Function = .init(
    "beta", aliases: ["Beta"], .binary { RealMath.beta($0, $1) },
    derivative: .partials { u, v in
      let ofSum = digamma(u[0] + u[1])
      return [v * (digamma(u[0]) - ofSum), v * (digamma(u[1]) - ofSum)]
    },
    domain: [.init(.positive), .init(.positive, argument: 1)], range: .positive,
    canonical: { u in
      guard let a = u[0].exactNumber, let b = u[1].exactNumber, a.signum > 0, b.signum > 0,
        let left = exactGamma(a), let right = exactGamma(b), let whole = exactGamma(a + b)
      else { return nil }
      return left * right / whole
    },
    arguments: ["a", "b"],
    summary: "Euler's beta function, gamma(a)*gamma(b)/gamma(a + b), for positive numbers.",
    example: ("beta(2, 3)", "1/12"))

  package static let lambertW: Function = .init(
    "lambertW", aliases: ["LambertW", "productlog"], .unary { RealMath.lambertW($0) },
    derivative: .slope { _, v in exp(-v) / (1 + v) }, domain: [.init(.atLeastMinusOneOverE)],
    canonical: { $0[0] == .zero ? .zero : $0[0] == .constant(.e) ? .one : nil },
    summary: "Lambert's W: the number w ≥ −1 with w·e^w = x.", example: ("lambertW(e)", "1"))

  package static let hypot: Function = .init(
    "hypot", .binary { Libm.hypot($0, $1) },
    derivative: .partials { u, v in [u[0] / v, u[1] / v] },
    curvedPartials: { u in [shareOfHypotenuse(u[0], u[1]), shareOfHypotenuse(u[1], u[0])] },
    range: .nonnegative,
    curvature: .init(.convex, .risingFromZero),
    canonical: { u in
      guard u[0].exactNumber != nil, u[1].exactNumber != nil else { return nil }
      return (u[0].squared + u[1].squared).squareRoot
    },
    summary: "√(x² + y²), without overflow.", example: ("hypot(3, 4)", "5"))

  /// At the origin the angle is 0, as everywhere in programming; it has no slope there.
  package static let atan2: Function = .init(
    "atan2", aliases: ["arctan2"], .binary { Libm.atan2($0, $1) },
    derivative: .partials { u, _ in
      let square = u[0].squared + u[1].squared
      return [u[1] / square, -u[0] / square]
    },
    canonical: { u in exactAngle(y: u[0], x: u[1]) },
    arguments: ["y", "x"], summary: "The angle of the point (x, y), between −π and π; y comes first.",
    example: ("atan2(1, -1)", "3pi/4"))

  /// Γ at a whole number above 0 or half of an odd one, while it is not too long.
  private static func exactGamma(_ x: Rational) -> Expr? {
    if x.isInteger {
      guard let n = x.numerator.small, n > 0, n <= longestFactorial else { return nil }
      return .number(Number(product(from: 2, through: n - 1)))
    }
    guard x.denominator == 2, let odd = x.numerator.small, odd.magnitude <= 200 else { return nil }
    // Γ(m + 1/2) = 1·3·…·(2m − 1)/2ᵐ · √π, and downwards by Γ(x) = Γ(x + 1)/x.
    var factor: Rational = 1
    for k in stride(from: 1, to: odd, by: 2) { factor = factor * Rational(lowest: k, 2) }
    for k in stride(from: -1, through: odd, by: -2) {
      factor = factor * (Rational(lowest: k, 2).inverse ?? 1)
    }
    return .number(Number(factor)) * Expr.constant(.pi).squareRoot
  }

  /// The largest n whose (n − 1)! has at most `Limits.exactDigits` digits.
  private static let longestFactorial: Int = {
    var digits = 0.0
    var n = 1
    while digits + Libm.log10(Double(n)) < Double(Limits.standard.exactDigits) - 1 {
      digits += Libm.log10(Double(n))
      n += 1
    }
    return n
  }()

  private static func product(from first: Int, through last: Int) -> Integer {
    first > last ? 1 : (first...last).reduce(1) { $0 * Integer($1) }
  }

  private static func exactAngle(y: Expr, x: Expr) -> Expr? {
    guard let height = y.exactNumber, let width = x.exactNumber else { return nil }
    if width.isZero { return height.isZero ? nil : .multiple(Rational(lowest: height.signum, 2)) }
    guard let slope = height.divided(by: width) else { return nil }
    let angle = arctan(.number(Number(slope)))
    if !width.isNegative { return angle }
    return height.isNegative ? angle - .constant(.pi) : angle + .constant(.pi)
  }
}
