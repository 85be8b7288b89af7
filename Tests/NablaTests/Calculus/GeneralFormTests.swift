import Nabla
import NablaAlgebra
import Testing

/// Derivatives by x as a textbook prints them, one kind of form a row.
@Suite struct GeneralFormTests {
  static let rows: [(kind: String, formula: String, derivative: String)] = [
    ("half angles are squares", "x/2 + sin(2x)/4", "cos²(x)"),
    ("half angles are squares", "x/2 - sin(2a x)/(4a)", "sin²(ax)"),
    ("half angles are squares", "sinh(2x)/4 - x/2", "sinh²(x)"),
    ("half angles are squares, but not without a half", "x + sin(2x)/2", "cos(2x) + 1"),
    ("secants and tangents meet", "1/cos(x) + ln(tan(x/2))", "sec²(x) csc x"),
    ("secants and tangents meet", "ln(sec x + tan x)", "sec x"),
    ("half angles become whole", "ln(tan(x/2))", "csc x"),
    ("half angles become whole", "1/(3 - 10 sin(x/2) cos(x/2))", "5 cos(x)/(3 − 5 sin x)²"),
    (
      "halves of angles alone", "1/(3 - 10 sin(x/3) cos(x/3))",
      "10(cos²(x/3) − sin²(x/3))/(3(3 − 10 sin(x/3) cos(x/3))²)"
    ),
    ("a half angle alone stays", "tan(x/2)", "sec²(x/2)/2"),
    ("half angles become whole", "2tanh(x/2)/(tanh(x/2)^2 + 1)", "sech²(x)"),
    ("a letter that a bracket shares", "ln(a^2 + a b x)", "b/(a + bx)"),
    ("brackets inside brackets", "(b/(a(1 - b/a)) + 1) ln(x + b)/a", "1/((a − b)(x + b))"),
    ("a number across two roots", "2arctan(sqrt((b x - 2)/2))/sqrt(2)", "1/(x√(bx − 2))"),
    ("roots of numbers", "x sqrt(2) sqrt(3) + x sqrt(10)/sqrt(5)", "√2 + √6"),
    ("sinh beside exponentials", "sinh(x) + e^x - e^(-x) + cosh x", "sinh x + 3 cosh x"),
    ("exponentials alone stay", "(e^x + e^(-x))/2", "(eˣ − e⁻ˣ)/2"),
    ("symbolic powers cancel", "x^n/x^m", "xⁿ⁻ᵐ⁻¹(n − m)"),
    ("a power of a product and its factor", "(a x)^n", "an(ax)ⁿ⁻¹"),
    ("a square of a symbolic power", "(x^n)^2", "2nx^(2n − 1)"),
    ("a factor common to a bracket", "a(e^(-k x) + x e^(-k x))", "a(1 − kx − k)e^(−kx)"),
  ]

  @Test(arguments: rows)
  func form(kind: String, formula: String, derivative: String) throws {
    let f = try Formula(formula)
    let x = try #require(f.variables.first { $0.name == "x" })
    #expect(f.text(of: try f.partialDerivatives(by: [x])[0].expression) == derivative, "\(kind)")
  }

  /// Letters stand in products as they were typed; x, y, z keep their order.
  @Test(arguments: [
    ("f(x, a) = a x^2 + x", "2ax + 1"), ("f(x, k, w) = k sin(w x)", "kw cos(wx)"),
    ("f(x, y) = y x^2", "2xy"), ("m g x", "mg"), ("f(x, a) = a x^2 + x a", "2xa + a"),
  ])
  func lettersKeepTheirOrder(_ formula: String, _ derivative: String) throws {
    let f = try Formula(formula)
    #expect(f.text(of: try f.partialDerivatives(by: [Variable("x")])[0].expression) == derivative)
  }

  @Test func aBracketBeginsWithAPositiveTerm() throws {
    let f = try Formula("f(x) = 2/3 (-a + x)^(3/2)")
    #expect(f.text(of: try f.gradient()[0]) == "√(x − a)")
    #expect(f.bodyForm.text(.unicode).contains("−a + x"))
  }
}
