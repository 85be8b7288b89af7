import NablaBasics

// The six hyperbolic functions.
extension Function {
  static let hyperbolic: [Function] = [sinh, cosh, tanh, coth, sech, csch]

  package static let sinh: Function = .init(
    "sinh", .unary { Libm.sinh($0) },
    derivative: .slope { u, _ in cosh(u) }, parity: .odd,
    logarithmOfSize: logarithmOfHalf,
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The hyperbolic sine, (e^x − e^(−x))/2.", example: ("sinh(0)", "0"))

  package static let cosh: Function = .init(
    "cosh", .unary { Libm.cosh($0) },
    derivative: .slope { u, _ in sinh(u) }, parity: .even, range: .positive,
    logarithmOfSize: logarithmOfHalf,
    curvature: .init(.convex, .risingFromZero, logarithm: .convex),
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .one : nil },
    summary: "The hyperbolic cosine, (e^x + e^(−x))/2.", example: ("cosh(0)", "1"))

  package static let tanh: Function = .init(
    "tanh", .unary { Libm.tanh($0) },
    derivative: .slope { u, _ in sech(u).squared }, parity: .odd,
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .zero : nil },
    summary: "The hyperbolic tangent, sinh(x)/cosh(x).", example: ("tanh(0)", "0"))

  package static let coth: Function = .init(
    "coth", .unary { RealMath.coth($0) },
    derivative: .slope { u, _ in -csch(u).squared }, domain: [.init(.nonzero)], parity: .odd,
    takesBareArgument: true,
    summary: "The hyperbolic cotangent, cosh(x)/sinh(x).", example: ("coth(-x)", "-coth(x)"))

  package static let sech: Function = .init(
    "sech", .unary { RealMath.sech($0) },
    derivative: .slope { u, v in -v * tanh(u) }, parity: .even, range: .positive,
    logarithmOfSize: { -logarithmOfHalf($0) },
    takesBareArgument: true,
    canonical: { $0[0] == .zero ? .one : nil },
    summary: "The hyperbolic secant, 1/cosh(x).", example: ("sech(0)", "1"))

  package static let csch: Function = .init(
    "csch", aliases: ["cosech"], .unary { RealMath.csch($0) },
    derivative: .slope { u, v in -v * coth(u) }, domain: [.init(.nonzero)], parity: .odd,
    logarithmOfSize: { -logarithmOfHalf($0) },
    takesBareArgument: true,
    summary: "The hyperbolic cosecant, 1/sinh(x).", example: ("csch(-x)", "-csch(x)"))

  /// The logarithm of half of e^|x|, which is that of sinh and cosh far from 0.
  private static let logarithmOfHalf: @Sendable (Double) -> Double = {
    $0.magnitude > 700 ? $0.magnitude - Libm.log(2) : .nan
  }
}
