import NablaBasics

// The inverses of the hyperbolic functions; each is a logarithm, written so that no digits are lost.
extension Function {
  static let inverseHyperbolic: [Function] = [asinh, acosh, atanh, acoth, asech, acsch]

  package static let asinh: Function = .init(
    "asinh", aliases: ["arsinh", "arcsinh"], .unary { Libm.asinh($0) },
    derivative: .slope { u, _ in 1 / (u.squared + 1).squareRoot }, parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The number whose hyperbolic sine is x, ln(x + √(x² + 1)).", example: ("asinh(0)", "0"))

  package static let acosh: Function = .init(
    "acosh", aliases: ["arcosh", "arccosh"], .unary { Libm.acosh($0) },
    derivative: .slope { u, _ in 1 / (u.squared - 1).squareRoot },
    domain: [.init(.atLeastOne)], range: .nonnegative,
    takesBareArgument: true,
    canonical: { $0[0] == .one ? .zero : nil },
    summary: "The number not below 0 whose hyperbolic cosine is x.", example: ("acosh(1)", "0"))

  package static let atanh: Function = .init(
    "atanh", aliases: ["artanh", "arctanh"],
    .unary { $0 > -1 && $0 < 1 ? Libm.atanh($0) : .nan },
    derivative: .slope { u, _ in 1 / (1 - u.squared) }, domain: [.init(.strictlyWithinOne)], parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The number whose hyperbolic tangent is x, ln((1 + x)/(1 − x))/2.", example: ("atanh(0)", "0"))

  package static let acoth: Function = .init(
    "acoth", aliases: ["arcoth", "arccoth"], .unary { RealMath.acoth($0) },
    derivative: .slope { u, _ in 1 / (1 - u.squared) }, domain: [.init(.strictlyOutsideOne)], parity: .odd,
    takesBareArgument: true,
    summary: "The number whose hyperbolic cotangent is x, artanh(1/x).", example: ("acoth(-x)", "-acoth(x)"))

  package static let asech: Function = .init(
    "asech", aliases: ["arsech", "arcsech"], .unary { RealMath.asech($0) },
    derivative: .slope { u, _ in -1 / (u * (1 - u.squared).squareRoot) },
    domain: [.init(.aboveZeroToOne)], range: .nonnegative,
    takesBareArgument: true,
    canonical: { $0[0] == .one ? .zero : nil },
    summary: "The number not below 0 whose hyperbolic secant is x.", example: ("asech(1)", "0"))

  package static let acsch: Function = .init(
    "acsch", aliases: ["arcsch", "arccsch"], .unary { RealMath.acsch($0) },
    derivative: .slope { u, _ in -1 / (abs(u) * (1 + u.squared).squareRoot) },
    domain: [.init(.nonzero)], parity: .odd,
    takesBareArgument: true,
    summary: "The number whose hyperbolic cosecant is x, arsinh(1/x).", example: ("acsch(-x)", "-acsch(x)"))
}
