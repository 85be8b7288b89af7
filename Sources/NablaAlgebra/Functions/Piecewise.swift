import NablaBasics

// Functions with kinks and jumps. At a kink the slope is that of the branch the value is taken from.
extension Function {
  static let piecewise: [Function] = [abs, sign, floor, ceil, round, mod, min, max, clamp]

  package static let abs: Function = .init(
    "abs", .unary { $0.magnitude },
    derivative: .slope { u, _ in sign(u) }, parity: .even, range: .nonnegative,
    curvature: .init(.convex, .risingFromZero, isPiecewiseLinear: true),
    canonical: { u in
      switch u[0].shape {
      case .number(let number): .number(number.magnitude)
      case .constant: u[0]
      default: nil
      }
    },
    summary: "The absolute value, the distance from 0.", example: ("abs(-2)", "2"))

  package static let sign: Function = .init(
    "sign", aliases: ["sgn", "signum"], .unary { RealMath.sign($0) },
    derivative: .zero, parity: .odd,
    canonical: { u in Expr.order(u[0], 0).map { .integer($0) } },
    summary: "The sign of a number: −1, 0 or 1.", example: ("sign(-2)", "-1"))

  package static let floor: Function = .init(
    "floor", .unary { $0.rounded(.down) },
    derivative: .zero,
    canonical: { exactFloor($0[0]).map { .number(Number($0)) } },
    summary: "The greatest whole number not above x.", example: ("floor(-5/2)", "-3"))

  package static let ceil: Function = .init(
    "ceil", aliases: ["ceiling"], .unary { RealMath.ceil($0) },
    derivative: .zero,
    canonical: { exactFloor(-$0[0]).map { .number(Number(-$0)) } },
    summary: "The least whole number not below x.", example: ("ceil(-5/2)", "-2"))

  package static let round: Function = .init(
    "round", .unary { RealMath.round($0) },
    derivative: .zero, parity: .odd,
    canonical: { u in
      guard let sign = Expr.order(u[0], 0) else { return nil }
      return exactFloor((sign < 0 ? -u[0] : u[0]), plusHalf: true).map {
        .number(Number(sign < 0 ? -$0 : $0))
      }
    },
    summary: "The nearest whole number, halves away from zero.", example: ("round(-5/2)", "-3"))

  package static let mod: Function = .init(
    "mod", .binary { RealMath.mod($0, $1) },
    derivative: .partials { u, _ in [.one, -floor(u[0] / u[1])] },
    domain: [.init(.nonzero, argument: 1)],
    canonical: { u in
      guard case .number(let x) = u[0].shape, case .number(let y) = u[1].shape, x.isExact, y.isExact,
        let quotient = x.divided(by: y)?.rational
      else { return nil }
      return .number(x - y * Number(quotient.floor))
    },
    summary: "The remainder x − y·⌊x/y⌋, which has the sign of y.", example: ("mod(-7, 3)", "2"))

  package static let min: Function = .init(
    "min", .binary { RealMath.min($0, $1) },
    derivative: .selects(condition: { lessOrEqual($0[0], $0[1]) }, then: 0, otherwise: 1),
    curvature: .init(.concave, isPiecewiseLinear: true),
    canonical: { u in
      if u[0] == u[1] { return u[0] }
      return Expr.order(u[0], u[1]).map { $0 <= 0 ? u[0] : u[1] }
    },
    summary: "The smaller of two numbers.", example: ("min(2, 3)", "2"))

  package static let max: Function = .init(
    "max", .binary { RealMath.max($0, $1) },
    derivative: .selects(condition: { greaterOrEqual($0[0], $0[1]) }, then: 0, otherwise: 1),
    curvature: .init(.convex, isPiecewiseLinear: true),
    canonical: { u in
      if u[0] == u[1] { return u[0] }
      return Expr.order(u[0], u[1]).map { $0 >= 0 ? u[0] : u[1] }
    },
    summary: "The larger of two numbers.", example: ("max(2, 3)", "3"))

  package static let clamp: Function = .init(
    "clamp", .ternary { RealMath.min(RealMath.max($0, $1), $2) },
    derivative: .partials { u, _ in
      let isAboveLower = greaterOrEqual(u[0], u[1])
      let isBelowUpper = lessOrEqual(max(u[0], u[1]), u[2])
      return [
        `if`(isBelowUpper, `if`(isAboveLower, 1, 0), 0), `if`(isBelowUpper, `if`(isAboveLower, 0, 1), 0),
        `if`(isBelowUpper, 0, 1),
      ]
    },
    canonical: { min(max($0[0], $0[1]), $0[2]) },
    arguments: ["x", "lo", "hi"], summary: "x, or the nearer end of the range from lo to hi.",
    example: ("clamp(7, 0, 5)", "5"))

  /// ⌊u⌋ or ⌊u + 1/2⌋ of an exact number, π or e.
  private static func exactFloor(_ u: Expr, plusHalf: Bool = false) -> Integer? {
    let shift = plusHalf ? Rational(lowest: 1, 2) : 0
    switch u.shape {
    case .number(let number): return number.rational.map { ($0 + shift).floor }
    case .constant(let constant): return Integer(Int((constant.value + shift.double).rounded(.down)))
    case .product(let factors) where factors.count == 2 && factors[0] == .minusOne:
      guard case .constant(let constant) = factors[1].shape else { return nil }
      return Integer(Int((shift.double - constant.value).rounded(.down)))
    default: return nil
    }
  }
}
