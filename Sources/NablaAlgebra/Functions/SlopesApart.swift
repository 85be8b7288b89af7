import NablaBasics

// Slopes as functions of their own, whose slopes in turn keep their digits. They stand in programs alone: nobody types
// or reads them.
extension Function {
  /// σ(u)·σ(−u), the slope of the sigmoid: of σ(1 − σ)(1 − 2σ), its own, nothing is left near 0 nor far on the right.
  package static let slopeOfSigmoid: Function = .init(
    "slopeOfSigmoid", .unary { RealMath.sigmoid($0) * RealMath.sigmoid(-$0) },
    derivative: .slope { u, v in -v * tanh(u / 2) }, parity: .even, range: .positive,
    summary: "The slope of the logistic function.", example: ("", ""))

  /// a/√(a² + b²), the slope of the hypotenuse, whose own are b²/r³ and −ab/r³.
  package static let shareOfHypotenuse: Function = .init(
    "shareOfHypotenuse", .binary { $0 / Libm.hypot($0, $1) },
    derivative: .partials { u, v in
      let (other, length) = (shareOfHypotenuse(u[1], u[0]), hypot(u[0], u[1]))
      return [other.squared / length, -v * other / length]
    },
    summary: "A leg of a right-angled triangle over its hypotenuse.", example: ("", ""))

  /// ψ⁽ⁿ⁾(a) − ψ⁽ⁿ⁾(a + b), of which little is left for small b.
  package static let polygammaDifference: Function = .init(
    "polygammaDifference", .ternary { RealMath.polygammaDifference($0, $1, $2) },
    derivative: .partials { u, _ in
      [
        Expr.zero.reciprocal, polygammaDifference(u[0] + 1, u[1], u[2]), -polygamma(u[0] + 1, u[1] + u[2]),
      ]
    },
    domain: [.init(.nonnegativeInteger)], order: 0,
    summary: "How much a derivative of psi falls over a step.", example: ("", ""))
}
