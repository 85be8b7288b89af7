import NablaBasics
import Testing

@testable import NablaAlgebra

private let (a, x, y) = (Expr("a"), Expr("x"), Expr("y"))
private func call(_ name: String, _ u: Expr) -> Expr { .call(Function.named(name) ?? .sin, [u]) }
private func sin(_ u: Expr) -> Expr { .call(.sin, [u]) }
private func cos(_ u: Expr) -> Expr { .call(.cos, [u]) }
private func sinh(_ u: Expr) -> Expr { .call(.sinh, [u]) }
private func cosh(_ u: Expr) -> Expr { .call(.cosh, [u]) }

/// The ways by which circular and hyperbolic functions meet, each by itself.
@Suite struct SinesAndCosinesTests {
  static let squares: [(Expr, Expr?)] = [
    (a * sin(x).squared + a * cos(x).squared, a), (sin(x).squared + cos(x).squared + y, y + 1),
    (cosh(x).squared - sinh(x).squared, 1), (y * cosh(2 * x).squared - y * sinh(2 * x).squared, y),
    (pow(sin(x), 4) + 2 * sin(x).squared * cos(x).squared + pow(cos(x), 4), 1),
    (pow(sin(x), 3) + sin(x) * cos(x).squared, sin(x)), (sin(x).squared + cos(y).squared, nil),
    (sin(x).squared, nil), (sin(x) + cos(x), nil), (x + y, nil),
  ]

  @Test("Squares that are 1 together", arguments: squares.indices)
  func squaresJoined(row: Int) {
    let (before, after) = Self.squares[row]
    #expect(before.withSquaresJoined == after, "\(before.debugText)")
  }

  @Test("Functions of an angle and of twice or half of it meet, in whichever order they stand")
  func anglesMeet() {
    for (u, v) in [(x, 2 * x), (2 * x, x), (x / 2, x), (x, x / 2), (x * y, 2 * x * y), (x, x)] {
      for (f, g) in [("tan", "cos"), ("sec", "sin"), ("sinh", "coth"), ("sin", "tan")] {
        let whole = call(f, u) + call(g, v)
        #expect(whole.inSinesAndCosines != nil, "\(whole.debugText)")
      }
    }
    for (u, v) in [(x, 3 * x), (x, y), (x, x + 2), (2 + x, x), (x, x * y), (x / 3, x)] {
      let whole = call("tan", u) + cos(v)
      #expect(whole.inSinesAndCosines == nil, "\(whole.debugText)")
    }
    #expect((sin(x) + cos(x)).inSinesAndCosines == nil && (sin(x / 2) + cos(x / 2)).inSinesAndCosines != nil)
    #expect((call("tan", x) * call("sec", x)).inSinesAndCosines == sin(x) / cos(x).squared)
    #expect((call("coth", x) + call("csch", x)).inSinesAndCosines == cosh(x) / sinh(x) + 1 / sinh(x))
  }

  static let halves: [(Expr, Expr)] = [
    (2 * sin(x / 2) * cos(x / 2), sin(x)), (a * cos(x / 2).squared, a / 2 + a * cos(x) / 2),
    (sin(x / 2).squared, (1 - cos(x)) / 2), (sinh(x / 2) * cosh(x / 2), sinh(x) / 2),
    (sinh(x / 2).squared, (cosh(x) - 1) / 2), (cosh(x / 2).squared, (cosh(x) + 1) / 2),
    (sin(x / 2) * cos(y / 2), sin(x / 2) * cos(y / 2)), (sin(x).squared, sin(x).squared),
    (1 / (sin(x / 2) * cos(x / 2)), 2 / sin(x)),
  ]

  @Test("Even products of half angles have the whole one", arguments: halves.indices)
  func halfAngles(row: Int) {
    let (before, after) = Self.halves[row]
    let joined = before.withHalfAnglesJoined
    #expect(
      (joined.expanded() ?? joined) == (after.expanded() ?? after), "\(before.debugText): \(joined.debugText)"
    )
  }

  @Test("Exponentials join hyperbolic functions of their exponent, and no others")
  func exponentials() {
    let (up, down) = (exp(x), exp(-x))
    #expect((sinh(x) + up + down).withExponentialsJoined == sinh(x) + 2 * cosh(x))
    #expect((cosh(x) * (up - down)).withExponentialsJoined == 2 * cosh(x) * sinh(x))
    #expect((sin(x) + up + down).withExponentialsJoined == nil)
    #expect((cosh(y) + up + down).withExponentialsJoined == nil)
    #expect((sinh(x) + up).withExponentialsJoined == nil)
  }

  /// (tan x)²⁰ comes of its quotient factor by factor; where that takes too many steps nothing is done at all, and the rest
  /// of the formula is made simple all the same.
  @Test func longQuotientsStay() throws {
    for n in [20, 59, 60, 200] {
      var budget = Budget()
      let quotient = pow(sin(x), .integer(n)) * pow(cos(x), .integer(-n))
      let form = try TextbookForm().form(of: quotient + call("ln", exp(y)), budget: &budget).expression
      #expect(form == (n == 20 ? pow(call("tan", x), 20) : quotient) + y, "\(n): \(form.debugText)")
    }
  }
}
