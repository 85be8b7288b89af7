import NablaBasics

// Roots; all but the cube root are powers from the start.
extension Function {
  static let roots: [Function] = [sqrt, cbrt, root, power]

  package static let sqrt: Function = .init(
    "sqrt", .unary { $0.squareRoot() },
    derivative: .slope { _, v in 1 / (2 * v) }, domain: [.init(.nonnegative)], range: .nonnegative,
    canonical: { $0[0].squareRoot },
    summary: "The square root.", example: ("sqrt(8)", "2sqrt(2)"))

  package static let cbrt: Function = .init(
    "cbrt", .unary { RealMath.cbrt($0) },
    derivative: .slope { _, v in 1 / (3 * v.squared) }, parity: .odd,
    canonical: { u in
      let third = Number(Rational(lowest: 1, 3))
      guard case .number(let number) = u[0].shape, number.isExact else { return .powerOfSurd(u[0], third) }
      return number.power(third).map { .number($0) }
    },
    summary: "The cube root, real for negative numbers too.", example: ("cbrt(-8)", "-2"))

  /// Odd roots of negative numbers are real where n is a number; an n that varies needs x ≥ 0, as x^(1/n) does.
  package static let root: Function = .init(
    "root", .binary { RealMath.root($0, $1) },
    derivative: .partials { u, v in [v / (u[1] * u[0]), -v * ln(u[0]) / u[1].squared] },
    domain: [.init(.nonzero, argument: 1)],
    canonical: { .power($0[0], $0[1].reciprocal) },
    arguments: ["x", "n"], summary: "The n-th root of x, x^(1/n).", example: ("root(32, 5)", "2"))

  /// x^n in the spelling of programs.
  package static let power: Function = .init(
    "pow", .binary { $0 < 0 ? .nan : Libm.pow($0, $1) },
    derivative: .partials { u, v in [u[1] * v / u[0], v * ln(u[0])] },
    domain: [.init(.nonnegative)], canonical: { .power($0[0], $0[1]) },
    arguments: ["x", "n"], summary: "x to the power of n, x^n.", example: ("pow(2, 10)", "1024"))
}
