import Nabla
import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation
import Testing

struct NonFiniteSentenceTests {
  struct Row: Sendable {
    let expression: Expr
    let point: [Double]
    let reason: String?
  }

  private static let x = Expr("x")
  private static let y = Expr("y")

  private static func call(_ name: String, _ arguments: Expr...) -> Expr {
    Function.named(name).map { .call($0, arguments) } ?? .zero
  }

  static let rows: [Row] = [
    Row(expression: call("ln", x) + y, point: [-1, 2], reason: "ln x needs x > 0; here x = −1"),
    Row(expression: call("ln", x) + y, point: [1, 2], reason: nil),
    Row(expression: x.reciprocal * y, point: [0, 2], reason: "1/x needs x ≠ 0; here x = 0"),
    Row(expression: (x - y).squareRoot, point: [1, 2], reason: "√(x − y) needs x − y ≥ 0; here x − y = −1"),
    Row(
      expression: (x - y).squareRoot.reciprocal, point: [1, 2],
      reason: "1/√(x − y) needs x − y > 0; here x − y = −1"),
    Row(expression: exp(x) + y, point: [1000, 2], reason: "eˣ is too large for a number"),
    Row(expression: pow(x, y), point: [-2, 0.5], reason: "xʸ needs x > 0, or a whole exponent; here x = −2"),
    Row(
      expression: call("sin", call("ln", x * y)), point: [-1, 2],
      reason: "ln(xy) needs xy > 0; here xy = −2"),
    Row(expression: call("arcsin", x) + y, point: [2, 0], reason: "arcsin x needs −1 ≤ x ≤ 1; here x = 2"),
    Row(
      expression: call("tan", Expr.constant(.pi) / 2) + x, point: [1, 2],
      reason: "tan u needs u ≠ π/2 + kπ; here u = π/2"),
    Row(
      expression: call("ln", call("sin", 4)) + x, point: [1, 2],
      reason: "ln u needs u > 0; here u = −0.756802"),
    Row(
      expression: call("ln", -1) + x, point: [1, 2], reason: "ln(−1) has no value: ln u needs u > 0"),
    Row(
      expression: call("factorial", 100_000) + x, point: [1, 2], reason: "100000! is too large for a number"),
    Row(expression: x + y, point: [.infinity, 0], reason: "x is not a finite number"),
  ]

  @Test("The part that leaves its domain is named, with what it needs", arguments: rows)
  func names(row: Row) throws {
    let variables = [Variable("x"), Variable("y")]
    let compiled = try CompiledFunction(row.expression, variables: variables)
    let reason = compiled.nonFinitePart(at: row.point)?.sentence(
      text: { Form($0, variables: variables).text(.unicode) }, number: { NumberText.significant($0) })
    #expect(reason == row.reason)
  }
}
