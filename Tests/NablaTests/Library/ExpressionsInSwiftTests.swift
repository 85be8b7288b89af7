import Nabla
import Testing

/// Expressions as programs write them. What other packages see takes names as typed; here a `Substring` asks for it.
@Suite struct ExpressionsInSwiftTests {
  @Test("Every way to type a name gives the one variable", arguments: ["x1", "x_1", "x_{1}", "x₁"])
  func typedNames(typed: String) throws {
    #expect(Variable(typed[...]) == Variable("x_1"))
    #expect(Expr(typed[...]) == Expr("x_1"))
    #expect(try Formula("x1^2").gradient()[Variable(typed[...])].description == "2x₁")
  }

  @Test func greekNames() {
    #expect(Variable("λ"[...]).name == "lambda")
    #expect(Variable("λ"[...]).description == "λ")
    #expect(Variable("lambda_2"[...]).description == "λ₂")
    #expect(Family("λ"[...]).member(2).name == "lambda_2")
  }

  @Test("What is no name is none", arguments: ["", " ", "x + 1", "2x", "x y", "(x)", "x=1", "3"])
  func noNames(typed: String) {
    #expect(Variable(validating: typed) == nil)
  }

  @Test func whatIsNoNameStops() async {
    await #expect(processExitsWith: .failure) { _ = Variable("x + 1"[...]) }
    await #expect(processExitsWith: .failure) { _ = Expr(""[...]) }
  }

  @Test func functionsReadAsTheyAreTyped() throws {
    let x = Expr("x")
    let y = Expr("y")
    let rows: [(Expr, String)] = [
      (sin(x), "sin x"), (cos(x), "cos x"), (tan(x), "tan x"), (asin(x), "arcsin x"), (acos(x), "arccos x"),
      (atan(x), "arctan x"), (sinh(x), "sinh x"), (cosh(x), "cosh x"), (tanh(x), "tanh x"),
      (asinh(x), "asinh x"), (acosh(x), "acosh x"), (atanh(x), "atanh x"), (exp(x), "e^x"), (log(x), "ln x"),
      (log2(x), "log2 x"), (log10(x), "log10 x"), (sqrt(x), "sqrt x"), (cbrt(x), "cbrt x"), (abs(x), "|x|"),
      (floor(x), "floor x"), (ceil(x), "ceil x"), (erf(x), "erf x"), (atan2(y, x), "atan2(y, x)"),
      (hypot(x, y), "hypot(x, y)"), (pow(x, y), "x^y"),
    ]
    for (made, typed) in rows { #expect(try made == Formula(typed).expression) }
    let softplus = try #require(Function.named("softplus"))
    #expect(try Expr.call(softplus, [x]) == Formula("softplus(x)").expression)
  }

  @Test func numbers() {
    let x = Expr("x")
    #expect((x * 0.1).description == "0.1x")
    #expect(Expr(0.1 + 0.2).description == "0.30000000000000004")
    #expect(Expr(2.0) == 2 && Expr(7) == 7 && Expr(-0.0) == 0)
    #expect(Expr(1e300).constantValue == 1e300)
    #expect(Expr(Double.infinity).constantValue == .infinity)
    #expect(Expr(Double.nan).constantValue?.isNaN == true)
    #expect((Expr.pi + Expr.e).description == "π + e")
    var sum: Expr = 0
    sum += x
    sum *= 3
    sum -= 1
    sum /= 2
    #expect(sum == (3 * x - 1) / 2)
  }

  @Test func printedText() throws {
    let f = try Formula("f(x, y) = x^2/y")
    #expect((Expr("x") / Expr("y")).description == "x/y")
    #expect(try f.gradient().partials.map(\.description) == ["∂/∂x: 2x/y", "∂/∂y: −x²/y²"])
  }

  @Test func formats() throws {
    let f = try Formula("f(x, y) = sqrt(x)/2 + y^2")
    #expect(f.text(as: .unicode) == f.description)
    #expect(f.text(as: .plain) == "f(x, y) = sqrt(x)/2 + y^2")
    #expect(f.text(as: .latex) == #"f(x, y) = \frac{\sqrt{x}}{2} + y^2"#)
    #expect(f.text(as: .mathML).contains("<msqrt>"))
    #expect(try Formula("f(x, y) = x y").gradient().text(as: .plain) == "<y, x>")
    #expect(f.text(of: Expr("y") / 3, as: .latex) == #"\frac{y}{3}"#)
    for format in TextFormat.allCases where format != .mathML {
      #expect(try Formula("x/2").text(as: format).hasPrefix("f(x) = "))
    }
  }

  @Test func indices() {
    let i = Variable.openIndex("i")
    #expect(Expr.fold(.sum, index: i, from: 1, through: 3, .variable(i)) == 6)
  }

  @Test func equalFormulas() throws {
    #expect(try Formula("f(x) = x + x") == Formula("f(x) = 2x"))
    #expect(try Formula("f(x, y) = x y") != Formula("f(y, x) = x y"))
    #expect(try Set([Formula("x^2"), Formula("x*x")]).count == 1)
  }
}
