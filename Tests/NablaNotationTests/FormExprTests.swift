import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// Expressions as a textbook shows them.
@Suite struct FormExprTests {
  private static let (a, b, t) = (v("a"), v("b"), v("t"))
  private static let (x, y) = (v("x"), v("y"))
  private static let half = Expr.number(.half)

  private static func v(_ name: String) -> Expr { .variable(Variable(name)) }
  private static func exp(_ exponent: Expr) -> Expr { .power(.constant(.e), exponent) }
  private static func sqrt(_ radicand: Expr) -> Expr { .power(radicand, half) }
  private static func sin(_ argument: Expr) -> Expr { call("sin", [argument]) }

  private static func call(_ name: String, _ arguments: [Expr]) -> Expr {
    .call(Function.all.first { $0.name == name }!, arguments)
  }

  struct Row: Sendable {
    let expr: Expr
    let unicode: String
    let plain: String

    init(_ expr: Expr, _ unicode: String, _ plain: String) {
      (self.expr, self.unicode, self.plain) = (expr, unicode, plain)
    }
  }

  static let rows: [Row] = [
    Row(6 * x + 8 * y, "6x + 8y", "6x + 8y"),
    Row(8 * x - 15 * pow(y, 4), "8x − 15y⁴", "8x - 15y^4"),
    Row(3 * pow(x, 2) + 8 * x * y - 3 * pow(y, 5), "3x² + 8xy − 3y⁵", "3x^2 + 8xy - 3y^5"),
    Row(1 - pow(x, 2), "1 − x²", "1 - x^2"),
    Row(1 - x, "1 − x", "1 - x"),
    Row(1 - x + pow(x, 2) - pow(x, 3), "1 − x + x² − x³", "1 - x + x^2 - x^3"),
    Row(pow(x, 2) - x + 1, "x² − x + 1", "x^2 - x + 1"),
    Row(2 * x - pow(x, 2) - 1, "2x − x² − 1", "2x - x^2 - 1"),
    Row(y - pow(x, 2), "y − x²", "y - x^2"),
    Row(x / sqrt(pow(x, 2) + pow(y, 2)), "x/√(x² + y²)", "x/sqrt(x^2 + y^2)"),
    Row(-1 / (2 * pow(x, .number(Number(Rational(3, over: 2)!)))), "−1/(2x^(3/2))", "-1/(2x^(3/2))"),
    Row((1 - pow(x, 2)) / pow(pow(x, 2) + 1, 2), "(1 − x²)/(x² + 1)²", "(1 - x^2)/(x^2 + 1)^2"),
    Row(-5 / pow(x - 3, 2), "−5/(x − 3)²", "-5/(x - 3)^2"),
    Row(2 * x + 8 / pow(x, 3), "2x + 8/x³", "2x + 8/x^3"),
    Row(x + 1 / x, "x + 1/x", "x + 1/x"),
    Row(exp(-x), "e⁻ˣ", "e^(-x)"),
    Row(exp(-pow(x, 2) / 2), "e^(−x²/2)", "e^(-x^2/2)"),
    Row(x * exp(x), "x·eˣ", "x*e^x"),
    Row(exp(x) * (x + 1), "eˣ(x + 1)", "e^x(x + 1)"),
    Row((1 - 2 * pow(x, 2)) * exp(-pow(x, 2)), "(1 − 2x²)e^(−x²)", "(1 - 2x^2)e^(-x^2)"),
    Row(a * exp(b * t), "a·e^(bt)", "a*e^(bt)"),
    Row(2 * x / 3, "2x/3", "2x/3"),
    Row(pow(x, 2) / 2, "x²/2", "x^2/2"),
    Row(half, "1/2", "1/2"),
    Row(.number(Number(decimal: "0.2")!) * x, "0.2x", "0.2x"),
    Row(sqrt(x), "√x", "sqrt(x)"),
    Row(sqrt(x + 1), "√(x + 1)", "sqrt(x + 1)"),
    Row(sqrt(.integer(2)), "√2", "sqrt(2)"),
    Row(sqrt(.integer(2)) * x, "√(2)x", "sqrt(2)x"),
    Row(3 / sqrt(6 * x), "3/√(6x)", "3/sqrt(6x)"),
    Row(pow(sin(x), 2), "sin²(x)", "sin(x)^2"),
    Row(2 * sin(x) * call("cos", [x]), "2cos(x)sin(x)", "2cos(x)sin(x)"),
    Row(2 * x * sin(x), "2x·sin(x)", "2x*sin(x)"),
    Row(call("abs", [x]), "|x|", "abs(x)"),
    Row(2 * call("abs", [call("abs", [x]) - 1]), "2|abs(x) − 1|", "2abs(abs(x) - 1)"),
    Row(2 * .constant(.pi) * v("r"), "2πr", "2pi*r"),
    Row(v("x_1") * v("x_2") - v("speed") * x, "x₁x₂ − speed·x", "x_1*x_2 - speed*x"),
    Row(v("lambda") * x, "λx", "lambda*x"),
    Row(v("x") * v("i"), "ix", "ix"),
    Row(v("p") * v("w") * v("i"), "ipw", "ipw"),
    Row(v("l") * v("n") * v("x"), "l·nx", "l*nx"),
    Row(-(x + 1) / y, "−(x + 1)/y", "-(x + 1)/y"),
    Row(pow(x, y), "xʸ", "x^y"),
    Row(pow(x, .integer(-2)) * pow(y, .integer(-1)), "1/(x²y)", "1/(x^2y)"),
    Row(call("ln", [x]) + 1, "ln(x) + 1", "ln(x) + 1"),
    Row(x * pow(x, .integer(-1)), "x/x", "x/x"),
  ]

  @Test(arguments: rows.indices) func `answers look like those of a textbook`(_ place: Int) {
    let row = Self.rows[place]
    #expect(Form(row.expr).text(.unicode) == row.unicode)
    #expect(Form(row.expr).text(.plain) == row.plain)
  }
}
