import NablaBasics

extension Function {
  static let ln: Function = .init(
    "ln", aliases: ["log"], .unary { Libm.log($0) }, derivative: .partials { u, _ in [u[0].reciprocal] },
    domain: [.init(argument: 0, kind: .positive)],
    canonical: { $0[0] == .one ? .zero : $0[0] == .constant(.e) ? .one : nil },
    summary: "The natural logarithm.", example: ("ln(e)", "1"))
  static let abs: Function = .init(
    "abs", .unary { $0.magnitude }, derivative: .partials { u, _ in [.call(.sign, [u[0]])] }, parity: .even,
    range: .nonnegative, summary: "The absolute value.", example: ("abs(-2)", "2"))
  static let sign: Function = .init(
    "sign", .unary { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }, derivative: .zero, parity: .odd,
    summary: "The sign: −1, 0 or 1.", example: ("sign(-2)", "-1"))
  static let `if`: Function = .init(
    "if", .ternary { $0 != 0 ? $1 : $2 }, derivative: .selects(condition: { $0[0] }, then: 1, otherwise: 2),
    summary: "One of two values.", example: ("if(1 > 0, 2, 3)", "2"))
  static let sin: Function = .init(
    "sin", .unary { Libm.sin($0) }, derivative: .partials { u, _ in [.call(.cos, [u[0]])] }, parity: .odd,
    summary: "The sine.", example: ("sin(pi/6)", "1/2"))
  static let cos: Function = .init(
    "cos", .unary { Libm.cos($0) }, derivative: .partials { u, _ in [-Expr.call(.sin, [u[0]])] },
    parity: .even,
    summary: "The cosine.", example: ("cos(0)", "1"))

  /// All rows.
  public static let all: [Function] = [.ln, .abs, .sign, .if, .sin, .cos]
}
