import NablaBasics

// The six circular functions, of angles in radians, and sinc with its derivatives.
extension Function {
  static let trigonometric: [Function] = [sin, cos, tan, cot, sec, csc, sinc, polysinc]

  package static let sin: Function = .init(
    "sin", .unary { Libm.sin($0) },
    derivative: .slope { u, _ in cos(u) }, parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0].multipleOfPi.flatMap(ExactAngle.sine) },
    summary: "The sine of an angle in radians.", example: ("sin(pi/6)", "1/2"))

  package static let cos: Function = .init(
    "cos", .unary { Libm.cos($0) },
    derivative: .slope { u, _ in -sin(u) }, parity: .even,
    takesBareArgument: true,
    canonical: { $0[0].multipleOfPi.flatMap(ExactAngle.cosine) },
    summary: "The cosine of an angle in radians.", example: ("cos(pi/3)", "1/2"))

  package static let tan: Function = .init(
    "tan", .unary { Libm.tan($0) },
    derivative: .slope { u, _ in sec(u).squared }, domain: [.init(.notOddHalfPi)], parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0].multipleOfPi.flatMap(ExactAngle.tangent) },
    summary: "The tangent, sin(x)/cos(x).", example: ("tan(pi/4)", "1"))

  package static let cot: Function = .init(
    "cot", .unary { RealMath.cot($0) },
    derivative: .slope { u, _ in -csc(u).squared }, domain: [.init(.notWholePi)], parity: .odd,
    takesBareArgument: true,
    canonical: { u in
      u[0].multipleOfPi.flatMap { ExactAngle.tangent(Rational(lowest: 1, 2) - $0) }
    },
    summary: "The cotangent, cos(x)/sin(x).", example: ("cot(pi/4)", "1"))

  package static let sec: Function = .init(
    "sec", .unary { RealMath.sec($0) },
    derivative: .slope { u, v in v * tan(u) }, domain: [.init(.notOddHalfPi)], parity: .even,
    takesBareArgument: true,
    canonical: { $0[0].multipleOfPi.flatMap(ExactAngle.cosine).flatMap(exactReciprocal) },
    summary: "The secant, 1/cos(x).", example: ("sec(pi/3)", "2"))

  package static let csc: Function = .init(
    "csc", aliases: ["cosec"], .unary { RealMath.csc($0) },
    derivative: .slope { u, v in -v * cot(u) }, domain: [.init(.notWholePi)], parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0].multipleOfPi.flatMap(ExactAngle.sine).flatMap(exactReciprocal) },
    summary: "The cosecant, 1/sin(x).", example: ("csc(pi/6)", "2"))

  /// One over an exact value; nil for 0, where the function has a pole.
  private static func exactReciprocal(_ value: Expr) -> Expr? { value == .zero ? nil : value.reciprocal }

  package static let sinc: Function = .init(
    "sinc", .unary { RealMath.sinc($0) },
    derivative: .slope { u, _ in polysinc(1, u) }, parity: .even,
    canonical: { u in
      guard let turns = u[0].multipleOfPi else { return nil }
      return turns.isZero ? .one : sin(u[0]) / u[0]
    },
    summary: "sin(x)/x, and 1 at 0.", example: ("sinc(pi/2)", "2/pi"))

  /// The derivatives of sinc have a row of their own: (cos x − sinc x)/x has no value at 0, where they have one.
  package static let polysinc: Function = .init(
    "polysinc", .binary { RealMath.polysinc($0, $1) },
    derivative: .partials { u, _ in [Expr.zero.reciprocal, polysinc(u[0] + 1, u[1])] },
    domain: [.init(.nonnegativeInteger)], order: 0,
    oscillationError: { _, x in x.magnitude > 1 ? 4 * Double.ulpOfOne : 0 },
    canonical: { u in
      if u[0] == .zero { return sinc(u[1]) }
      guard u[1] == .zero, let n = u[0].asNumber?.small, n > 0, n < 1 << 40 else { return nil }
      if n % 2 == 1 { return .zero }
      return .integer(n % 4 == 0 ? 1 : -1) / .integer(n + 1)
    },
    arguments: ["n", "x"], summary: "The n-th derivative of sinc(x), for a whole number n.",
    example: ("polysinc(2, 0)", "-1/3"))
}
