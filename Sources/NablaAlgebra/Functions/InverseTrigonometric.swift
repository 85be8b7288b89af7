import NablaBasics

// The inverses of the circular functions, in radians. Those of the reciprocal functions are the inverse of the
// reciprocal argument: arccot x = arctan(1/x), between −π/2 and π/2.
extension Function {
  static let inverseTrigonometric: [Function] = [arcsin, arccos, arctan, arccot, arcsec, arccsc]

  package static let arcsin: Function = .init(
    "arcsin", aliases: ["asin"], .unary { Libm.asin($0) },
    derivative: .slope { u, _ in 1 / (1 - u.squared).squareRoot },
    domain: [.init(.withinOne)], parity: .odd,
    takesBareArgument: true,
    canonical: { ExactAngle.arcsine($0[0]).map(Expr.multiple) },
    summary: "The angle between −π/2 and π/2 whose sine is x.", example: ("arcsin(1/2)", "pi/6"))

  package static let arccos: Function = .init(
    "arccos", aliases: ["acos"], .unary { Libm.acos($0) },
    derivative: .slope { u, _ in -1 / (1 - u.squared).squareRoot },
    domain: [.init(.withinOne)], range: .nonnegative,
    takesBareArgument: true,
    canonical: { ExactAngle.arcsine($0[0]).map { .multiple(Rational(lowest: 1, 2) - $0) } },
    summary: "The angle between 0 and π whose cosine is x.", example: ("arccos(-1)", "pi"))

  package static let arctan: Function = .init(
    "arctan", aliases: ["atan"], .unary { Libm.atan($0) },
    derivative: .slope { u, _ in 1 / (1 + u.squared) }, parity: .odd,
    takesBareArgument: true,
    canonical: { ExactAngle.arctangent($0[0]).map(Expr.multiple) },
    summary: "The angle between −π/2 and π/2 whose tangent is x.", example: ("arctan(1)", "pi/4"))

  package static let arccot: Function = .init(
    "arccot", aliases: ["acot"], .unary { RealMath.acot($0) },
    derivative: .slope { u, _ in -1 / (1 + u.squared) }, domain: [.init(.nonzero)], parity: .odd,
    takesBareArgument: true,
    canonical: { reciprocal($0[0]).flatMap(ExactAngle.arctangent).map(Expr.multiple) },
    summary: "The angle arctan(1/x).", example: ("arccot(1)", "pi/4"))

  package static let arcsec: Function = .init(
    "arcsec", aliases: ["asec"], .unary { RealMath.asec($0) },
    derivative: .slope { u, _ in 1 / (abs(u) * (u.squared - 1).squareRoot) },
    domain: [.init(.outsideOne)], range: .nonnegative,
    takesBareArgument: true,
    canonical: {
      reciprocal($0[0]).flatMap(ExactAngle.arcsine).map { .multiple(Rational(lowest: 1, 2) - $0) }
    },
    summary: "The angle between 0 and π whose secant is x.", example: ("arcsec(2)", "pi/3"))

  package static let arccsc: Function = .init(
    "arccsc", aliases: ["acsc", "arccosec"], .unary { RealMath.acsc($0) },
    derivative: .slope { u, _ in -1 / (abs(u) * (u.squared - 1).squareRoot) },
    domain: [.init(.outsideOne)], parity: .odd,
    takesBareArgument: true,
    canonical: { reciprocal($0[0]).flatMap(ExactAngle.arcsine).map(Expr.multiple) },
    summary: "The angle between −π/2 and π/2 whose cosecant is x.", example: ("arccsc(2)", "pi/6"))

  private static func reciprocal(_ u: Expr) -> Expr? { u.signAndSquare?.sign == 0 ? nil : u.reciprocal }
}
