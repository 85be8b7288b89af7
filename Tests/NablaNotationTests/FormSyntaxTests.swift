import NablaBasics
import Testing

@testable import NablaNotation

/// The echo of what was typed.
@Suite struct FormSyntaxTests {
  static let rows: [(typed: String, unicode: String, plain: String)] = [
    ("3x^{2} + 8xy – 3y^{5}", "3x² + 8xy − 3y⁵", "3x^2 + 8xy - 3y^5"),
    ("3*x^2+8*x*y-3*y^5", "3x² + 8xy − 3y⁵", "3x^2 + 8xy - 3y^5"),
    ("1/2x^2 + ln x", "½x² + ln x", "(1/2)x^2 + ln x"),
    ("1/2*x^2", "½x²", "1/2*x^2"),
    ("½x", "½x", "(1/2)x"),
    ("3/7x", "(3/7)x", "(3/7)x"),
    ("a exp(b t)", "a·e^(bt)", "a*e^(bt)"),
    ("ln x + y", "ln x + y", "ln x + y"),
    ("ln|x|/2", "ln(|x|)/2", "ln(|x|)/2"),
    ("sin^2 x", "sin²(x)", "sin(x)^2"),
    ("sin 2x cos x", "sin 2x cos x", "sin 2x cos x"),
    (
      "sum(i, 1, 999, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", "Σᵢ₌₁⁹⁹⁹ (100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²)",
      "sum(i, 1, 999, 100(x[i + 1] - x[i]^2)^2 + (1 - x[i])^2)"
    ),
    ("sqrt(x+1)", "√(x + 1)", "sqrt(x + 1)"),
    (#"\sqrt[n]{x}"#, "x^(1/n)", "x^(1/n)"),
    (#"\sqrt[5]{x+1}"#, "(x + 1)^(1/5)", "(x + 1)^(1/5)"),
    (#"\sqrt[3]{x+1}"#, "∛(x + 1)", "cbrt(x + 1)"),
    ("6/2(1+2)", "(6/2)(1 + 2)", "(6/2)(1 + 2)"),
    ("a/b/c*d", "a/b/c·d", "a/b/c*d"),
    ("-x^2 + y", "−x² + y", "-x^2 + y"),
    ("x--1", "x + 1", "x + 1"),
    ("2*-x", "2(−x)", "2(-x)"),
    ("(x+1)-(y-2)", "(x + 1) − (y − 2)", "(x + 1) - (y - 2)"),
    ("((x))*((y+1))", "x(y + 1)", "x(y + 1)"),
    ("price*quantity", "price·quantity", "price*quantity"),
    ("e^-x", "e⁻ˣ", "e^(-x)"),
    ("x^-1/2", "x⁻¹/2", "x^(-1)/2"),
    ("log_2(x)", "log₂(x)", "log2(x)"),
    ("log_3(x)", "log₃(x)", "log_3(x)"),
    ("{x > 0: x^2; -x}", "{x > 0: x²; −x}", "if(x > 0, x^2, -x)"),
    ("x1 x2 + x_1y", "x₁x₂ + x₁y", "x_1*x_2 + x_1*y"),
    ("5.*x + .5", "5x + 0.5", "5x + 0.5"),
    ("x!+3!", "x! + 3!", "x! + 3!"),
  ]

  @Test(arguments: rows.indices) func `what was typed is tidied`(_ place: Int) throws {
    let row = Self.rows[place]
    let parsed = Parser.parse(SourceText(row.typed), names: Names(), options: ParsingOptions())
    let form = Form(try #require(parsed.definitions.last).body)
    #expect(form.text(.unicode) == row.unicode)
    #expect(form.text(.plain) == row.plain)
  }

  @Test func `a chain of a hundred thousand slashes is one loop`() throws {
    let text = "x" + String(repeating: "/y*x-x", count: 20_000) + String(repeating: "/y", count: 20_000)
    let parsed = Parser.parse(SourceText(text), names: Names(), options: ParsingOptions())
    var limits = Limits.standard
    limits.printedLength = 1_000_000
    let form = Form(try #require(parsed.definitions.last).body)
    let echo = try form.styled(.plain, limits: limits)
    #expect(echo.plain.hasPrefix("x/y*x - x/y*x - x"))
    #expect(echo.plain.hasSuffix("/y/y/y"))
  }
}
