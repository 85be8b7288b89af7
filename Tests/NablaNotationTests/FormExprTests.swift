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

  /// Comparisons of one direction that share their middle are a chain, others are not.
  @Test(arguments: [
    ("x < y and y < z", "x < y < z"), ("x <= y and y < z", "x <= y < z"), ("x > y and y >= z", "x > y >= z"),
    ("x < y and y > z", "x < y and y > z"), ("x > y and y < z", "x > y and y < z"),
    ("x >= y and y <= z", "x >= y and y <= z"), ("x < y and x < z", "x < y and x < z"),
    ("x < y or y < z or z < 0", "x < y or y < z or z < 0"),
    ("x < y or (y < z or z < 0)", "x < y or (y < z or z < 0)"),
    ("x < y and y > z and z < 0", "x < y and y > z and z < 0"),
  ])
  func `chains of comparisons`(_ typed: String, _ shown: String) throws {
    let reading = try Reading.read("if(" + typed + ", 1, 2)")
    let text = Form(reading.expression, variables: reading.variables).text(.plain)
    #expect(text == "if(" + shown + ", 1, 2)")
  }

  static let rows: [Row] = [
    Row(6 * x + 8 * y, "6x + 8y", "6x + 8y"),
    Row(8 * x - 15 * pow(y, 4), "8x − 15y⁴", "8x - 15y^4"),
    Row(3 * pow(x, 2) + 8 * x * y - 3 * pow(y, 5), "3x² + 8xy − 3y⁵", "3x^2 + 8xy - 3y^5"),
    Row(1 - pow(x, 2), "1 − x²", "1 - x^2"),
    Row(1 - x, "1 − x", "1 - x"),
    Row(
      6 * pow(sin(x), 4) + 2 - 5 * pow(sin(x), 2) - pow(sin(x), 6),
      "2 − 5 sin²(x) + 6 sin⁴(x) − sin⁶(x)", "2 - 5 sin(x)^2 + 6 sin(x)^4 - sin(x)^6"),
    Row(2 * sin(x) + pow(sin(x), 3), "sin³(x) + 2 sin x", "sin(x)^3 + 2 sin x"),
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
    Row(x + x / y, "x + x/y", "x + x/y"),
    Row(x / y + x, "x + x/y", "x + x/y"),
    Row(y + y / x, "y + y/x", "y + y/x"),
    Row(a * x / y + b * x, "bx + ax/y", "bx + ax/y"),
    Row(pow(x, 2) / y + pow(x, 2), "x² + x²/y", "x^2 + x^2/y"),
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
    Row(2 * sin(x) * call("cos", [x]), "2 sin x cos x", "2 sin x cos x"),
    Row(2 * x * sin(x), "2x sin x", "2x sin x"),
    Row(call("abs", [x]), "|x|", "|x|"),
    Row(2 * call("abs", [call("abs", [x]) - 1]), "2||x| − 1|", "2||x| - 1|"),
    Row(2 * .constant(.pi) * v("r"), "2πr", "2pi*r"),
    Row(v("x_1") * v("x_2") - v("speed") * x, "x₁x₂ − speed·x", "x_1*x_2 - speed*x"),
    Row(v("lambda") * x, "λx", "lambda*x"),
    Row(v("x") * v("i"), "ix", "ix"),
    Row(v("p") * v("w") * v("i"), "ipw", "ipw"),
    Row(v("l") * v("n") * v("x"), "l·nx", "l*nx"),
    Row(v("a") * v("b") + v("cab"), "a·b + cab", "a*b + cab"),
    Row(v("a") * v("l") + v("alpha"), "al + α", "al + alpha"),
    Row(-(x + 1) / y, "−(x + 1)/y", "-(x + 1)/y"),
    Row(pow(x, y), "xʸ", "x^y"),
    Row(pow(x, .integer(-2)) * pow(y, .integer(-1)), "1/(x²y)", "1/(x^2y)"),
    Row(call("ln", [x]) + 1, "ln x + 1", "ln x + 1"),
    Row(x * pow(x, .integer(-1)), "x/x", "x/x"),
    Row(sin(x) * call("cos", [x]) / 2, "sin(x) cos(x)/2", "sin(x) cos(x)/2"),
    Row((1 - call("ln", [x])) / pow(x, 2), "(1 − ln x)/x²", "(1 - ln x)/x^2"),
    Row(call("cos", [x]) * call("cos", [sin(x)]), "cos x cos(sin x)", "cos x cos(sin x)"),
    Row(call("sec", [x]) * call("tan", [x]), "sec x tan x", "sec x tan x"),
    Row(exp(x) * (sin(x) + call("cos", [x])), "eˣ(sin x + cos x)", "e^x(sin x + cos x)"),
    Row(exp(x) * sin(x), "eˣ sin x", "e^x sin x"),
    Row(exp(sin(x)) * call("cos", [x]), "e^(sin x) cos x", "e^(sin x) cos x"),
    Row(x * exp(x) * sin(2 * x), "x·eˣ sin(2x)", "x*e^x sin(2x)"),
    Row(pow(x, sin(x)), "x^(sin x)", "x^(sin x)"),
    Row(pow(x, y) * call("ln", [x]), "xʸ ln x", "x^y ln x"),
    Row(pow(x, x) * (call("ln", [x]) + 1), "xˣ(ln x + 1)", "x^x(ln x + 1)"),
    Row(sin(x) / x, "sin(x)/x", "sin(x)/x"),
    Row(x / sin(x), "x/sin x", "x/sin x"),
    Row(1 / (x * call("ln", [10])), "1/(x ln 10)", "1/(x ln 10)"),
    Row(pow(2, x) * call("ln", [2]), "2ˣ ln 2", "2^x ln 2"),
    Row(y * call("cos", [x * y]), "y cos(xy)", "y cos(xy)"),
    Row((x + 1) * sin(x), "(x + 1) sin x", "(x + 1) sin x"),
    Row(pow(sin(x), 2) * call("cos", [x]), "sin²(x) cos x", "sin(x)^2 cos x"),
    Row(sin(v("lambda")) * v("lambda"), "λ sin λ", "lambda*sin lambda"),
    Row(sin(v("x_1")), "sin(x₁)", "sin(x_1)"),
    Row(call("abs", [x]) * call("abs", [y]) * sin(x), "|x|·|y|·sin x", "|x|*|y|*sin x"),
    Row(sin(x) * call("abs", [y]), "|y|·sin x", "|y|*sin x"),
    Row(sin(x) * call("erf", [x]), "sin x erf(x)", "sin x erf(x)"),
    Row(call("erf", [x]) / 2, "erf(x)/2", "erf(x)/2"),
  ]

  @Test(arguments: rows.indices) func `answers look like those of a textbook`(_ place: Int) {
    let row = Self.rows[place]
    #expect(Form(row.expr).text(.unicode) == row.unicode)
    #expect(Form(row.expr).text(.plain) == row.plain)
  }

  private static let rosenbrock: Expr = {
    let i = Variable.openIndex("i")
    let here: Expr = .element(Family("x"), Index(i))
    let next: Expr = .element(Family("x"), Index(i, offset: 1))
    let body: Expr = 100 * pow(next - pow(here, 2), 2) + pow(1 - here, 2)
    return .fold(.sum, index: i, from: 1, through: 999, body)
  }()

  @Test func `a sum over an index and its gradient`() throws {
    let members = (1...1000).map { Variable("x_\($0)") }
    let form = Form(Self.rosenbrock, variables: members)
    #expect(form.text(.unicode) == "Σᵢ₌₁⁹⁹⁹ (100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²)")
    #expect(form.text(.plain) == "sum(i, 1, 999, 100(x[i + 1] - x[i]^2)^2 + (1 - x[i])^2)")
    var budget = Budget()
    let gradient = try FamilyGradient(
      of: Self.rosenbrock, over: Family("x"), members: 1...1000, budget: &budget)
    let texts = gradient.pieces.map { Form($0.derivative, variables: members).text(.unicode) }
    #expect(
      texts == [
        "2(x₁ − 1) − 400x₁(x₂ − x₁²)",
        "200(xⱼ − xⱼ₋₁²) + 2(xⱼ − 1) − 400xⱼ(xⱼ₊₁ − xⱼ²)",
        "200(x₁₀₀₀ − x₉₉₉²)",
      ])
  }

  @Test func `a bound index never takes the name of a variable`() {
    let i = Variable.openIndex("i")
    let fold: Expr = .fold(.sum, index: i, from: 1, through: 9, .element(Family("x"), Index(i)) * Self.v("i"))
    #expect(Form(fold).text(.plain) == "sum(j, 1, 9, i*x[j])")
  }

  @Test func `typed order is kept where it is known`() {
    let sum = Self.y - pow(Self.x, 2) - Self.a
    let typed: [Expr] = [-pow(Self.x, 2), Self.y, -Self.a]
    #expect(Form(sum, typedOrder: TypedOrder(sum, typed)).text(.plain) == "-x^2 + y - a")
    #expect(Form(sum, typedOrder: TypedOrder(sum, [Self.x])).text(.plain) == "y - a - x^2")
  }

  @Test func `the user's order of variables decides, parameters stand first`() {
    let (x, y, a) = (Variable("x"), Variable("y"), Variable("a"))
    let expr = Self.a * pow(Self.x, 2) + Self.x * Self.y + pow(Self.y, 3) + Self.a
    #expect(Form(expr, variables: [x, y]).text(.unicode) == "ax² + xy + y³ + a")
    #expect(Form(expr, variables: [y, x]).text(.unicode) == "y³ + yx + ax² + a")
    #expect(Form(expr, variables: [a, x, y]).text(.unicode) == "ax² + a + xy + y³")
  }

  @Test func `letters that would fall together into a declared word get a sign`() {
    let variables = ["a", "b", "ab"].map { Variable($0) }
    #expect(Form(Self.a * Self.b, variables: variables).text(.unicode) == "a·b")
  }

  @Test func `shared parts are met once, and an endless text is refused`() {
    var expr = Self.x
    for _ in 0..<60 { expr = Self.sin(expr) * expr + expr }
    let form = Form(expr)
    #expect(throws: Budget.Overrun.tooLarge("printedLength")) { try form.styled(.unicode) }
  }

  @Test func `a long sum takes no stack and no square of its length`() throws {
    let expr: Expr = .sum((1...20_000).map { .variable(Variable("x_\($0)")) })
    var limits = Limits.standard
    limits.printedLength = 10_000_000
    #expect(try Form(expr).styled(.plain, limits: limits).plain.hasPrefix("x_1 + x_2 + x_3"))
  }
}
