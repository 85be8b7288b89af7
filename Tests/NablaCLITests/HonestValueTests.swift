import NablaBasics
import NablaCLI
import Testing

/// Values at poles, where rounding has eaten the digits, where no case holds; and answers that are none.
@Suite struct HonestValueTests {
  @Test(arguments: [
    ("tan x", "pi/2", "tan x needs x ≠ π/2 + kπ"), ("sec x", "-pi/2", "sec x needs"),
    ("cot x", "2pi", "cot x needs"),
    ("csc x", "pi", "csc x needs x ≠ kπ"), ("1/cos x", "pi/2", "1/cos x needs cos x ≠ 0; here cos x = 0"),
    ("ln(sin x)", "pi", "needs sin x > 0"), ("1/(x - 1/3)", "1/3", "≠ 0"),
  ]) func `an exact pole has no value`(_ formula: String, _ point: String, _ reason: String) {
    let said = nabla(["eval", formula, "--at", point])
    #expect(said.exit == 1)
    #expect(said.answers.contains("✗ "))
    #expect(said.answers.contains(reason), "\(said.answers)")
    let json = nabla(["eval", formula, "--at", point, "--json"])
    #expect(json.exit == 1 && json.answers.contains("\"value\":[null]"), "\(json.answers)")
  }

  /// The nearest `Double` to π/2 has a tangent of 1.6·10¹⁶.
  @Test(arguments: ["tan(pi/2)", "tan(90°)", "sec(-3pi/2)", "cot(pi)", "1 + csc 2pi", "1/cot(pi)"])
  func `a constant at a pole has no value`(_ formula: String) {
    let said = nabla(["eval", formula])
    #expect(said.exit == 1 && said.answers.contains(" needs "), "\(said.answers)")
    let grad = nabla(["grad", "x*" + formula.replacing("1 + ", with: "")])
    #expect(grad.answers.contains("for no real x"), "\(grad.answers)")
    #expect(grad.remarks.contains("not checked against values"), "\(grad.remarks)")
  }

  @Test(arguments: [
    ("tan x", "pi/4"), ("if(x > 0, x, tan x)", "pi/2"), ("cos x", "pi/2"), ("1/sin x", "pi/2"),
  ])
  func `beside poles values stay`(_ formula: String, _ point: String) {
    #expect(nabla(["eval", formula, "--at", point]).exit == 0)
  }

  @Test(arguments: [
    ("x^3", "2", "f″(2) = 12"), ("x^3 + e^(1e-20 x)", "2", "f″(2) ≈ 12"), ("e^(x - 1)", "1", "f″(1) = 1"),
    ("cos x", "1e-30", "≈ −1"),
  ])
  func `a second derivative has an equals sign where it is that number`(
    _ formula: String, _ point: String, _ shown: String
  ) {
    #expect(nabla(["hessian", formula, "--at", point]).answers.contains(shown))
  }

  @Test func `a number too small for a value is not 0`() {
    #expect(nabla(["1e-400"]).answers == "f = 10⁻⁴⁰⁰ ≈ 0\n")
    #expect(nabla(["0"]).answers == "f = 0\n")
  }

  @Test func `digits that rounding has eaten are told`() {
    let said = nabla(["eval", "(1 + cos x)/(x - pi)^2", "--at", "pi + 1e-9"])
    #expect(said.answers.contains("f′ ≈ "))
    #expect(said.remarks.contains("note: no digit of f or f′(x) is certain"), "\(said.everything)")
    let sum = nabla(["eval", "sqrt(x + 10^20) - 10^10", "--at", "0.3"])
    #expect(sum.remarks.contains("certain"), "\(sum.everything)")
    let grad = nabla(["grad", "(1 + cos x)/(x - pi)^2", "--at", "pi + 1e-9"])
    #expect(grad.remarks.contains("certain"), "\(grad.everything)")
    let json = nabla(["eval", "(1 + cos x)/(x - pi)^2", "--at", "pi + 1e-9", "--json"])
    #expect(json.answers.contains("\"rounding\":[{"))
    for (formula, point) in [("x^2 + y", "1,2"), ("sin x", "3"), ("x^2 + 5x + 6", "-2"), ("0.1x + 0.2", "1")]
    {
      let said = nabla(["eval", formula, "--at", point])
      #expect(!said.remarks.contains("certain"), "\(said.everything)")
    }
  }

  /// Adjoints of 10⁻³⁴⁵ and intermediates of 10³⁴⁷ are no reason for another value or sign.
  @Test(arguments: [
    ("x/(exp(x)-1)", "400", "7.66068e−172", "−7.64153e−172"),
    ("x/cosh(x)", "600", "3.18048e−258", "−3.17518e−258"),
    ("x^3/(exp(x)-1)", "400", "1.22571e−166", "−1.21652e−166"),
    ("exp(x)/(1+exp(x))^2", "400", "1.91517e−174", "−1.91517e−174"),
    ("1/(exp(x)-1)", "400", "1.91517e−174", "−1.91517e−174"),
  ]) func `values do not suffer from what is too large or too small on the way`(
    _ formula: String, _ point: String, _ value: String, _ slope: String
  ) {
    let said = nabla(["eval", formula, "--at", point])
    #expect(said.answers.contains("f  ≈ \(value)\nf′ ≈ \(slope)\n"), "\(said.answers)")
    #expect(!said.remarks.contains("certain"), "\(said.remarks)")
    let grad = nabla(["grad", formula, "--at", point])
    #expect(grad.answers.contains("≈ \(slope)"), "\(grad.answers)")
    let json = nabla(["eval", formula, "--at", point, "--json"])
    let short = slope.prefix(7).replacing("−", with: "-")
    #expect(json.answers.contains("\"gradient\":[[\(short)") && !json.answers.contains("\"rounding\""))
  }

  /// What a number too small for a `Double` is by algebra is not 0.
  @Test func `a number that is too small is no exact zero`() {
    let said = nabla(["eval", "x/gamma(x)", "--at", "400"])
    #expect(said.answers.contains("f  ≈ 0\n"), "\(said.answers)")
    #expect(said.remarks.contains("no digit of f or f′(x) is certain: rounding may change them by 5e−324"))
  }

  /// One note names all numbers that rounding may change, those that are printed alone.
  @Test(arguments: [
    (
      ["eval", "ln(x + 1) - ln(x)", "--at", "1e15"],
      "no digit of f or f′(x) is certain: rounding may change them by 2.3e−14 and 3.3e−31"
    ),
    (
      ["eval", "(1+cos x)/(x-pi)^2 + y z", "--at", "pi+1e-8,2,1"],
      "no digit of f or ∂f/∂x is certain: rounding may change them by 2.2 and 4.4e8"
    ),
    (
      ["eval", "((x+1)/x)^x", "--at", "1e20"],
      "no digit of f or f′(x) is certain: rounding may change them beyond all bounds"
    ),
    (
      ["eval", "e^(-x)", "--at", "800"],
      "no digit of f or f′(x) is certain: rounding may change them by 5e−324"
    ),
    (
      ["eval", "(1+cos x)/(x-pi)^2 + (1+cos y)/(y-pi)^2", "--at", "pi+1e-8,pi+1e-8"],
      "no digit of f, ∂f/∂x or ∂f/∂y is certain: rounding may change them by up to 4.4e8"
    ),
    (
      ["eval", "sqrt(x) - sqrt(x - 1e-9) + (1 + cos y)/(y - pi)^2", "--at", "1,pi+1e-8"],
      "no digit of f or ∂f/∂y is certain: rounding may change them by 2.2 and 4.4e8; rounding leaves 5 digits of ∂f/∂x certain"
    ),
    (
      ["grad", "(1+cos x)/(x-pi)^2 + y z", "--at", "pi+1e-8,2,1"],
      "no digit of ∂f/∂x is certain: rounding may change it by 4.4e8"
    ),
  ]) func `all that rounding may change is named`(_ arguments: [String], _ note: String) {
    let said = nabla(arguments)
    #expect(said.remarks.contains("note: \(note)"), "\(said.everything)")
  }

  @Test func `what is not printed is not named`() {
    let said = nabla(["grad", "(1+cos x)/(x-pi)^2 + y z", "--at", "pi+1e-8,2,1", "--wrt", "y"])
    #expect(!said.remarks.contains("certain"), "\(said.everything)")
    let point = Array(repeating: "pi+1e-8", count: 30).joined(separator: ",")
    let many = nabla(["eval", "sum(i, 1, 30, (1 + cos(x[i]))/(x[i] - pi)^2)", "--at", point])
    #expect(
      many.remarks.contains("no digit of f, ∂f/∂x₁, ∂f/∂x₂ or 28 more is certain"), "\(many.everything)")
  }

  /// What cancels or underflows to 0, and what is rounded to a whole number, is no exact value.
  @Test(arguments: [
    ("sqrt(x^2+1)-x", "1e8", false), ("1-tanh x", "20", false), ("1-cos x", "1e-9", false),
    ("1+cos x", "pi + 1e-9", true), ("(1-cos x)/x^2", "1e-8", false),
    ("ln(x+1)-ln(x)", "1e17", true), ("e^x", "-1000", true), ("tanh x", "20", false),
    ("((x+1)/x)^x", "1e16", true), ("sin(x)^2 + cos(x)^2 - 1", "0.7", true),
  ]) func `a rounded value has no equals sign`(_ formula: String, _ point: String, _ isNothing: Bool) {
    let said = nabla(["eval", formula, "--at", point])
    #expect(said.answers.contains("f  ≈ "), "\(said.answers)")
    #expect(said.remarks.contains("no digit of f ") == isNothing, "\(said.everything)")
  }

  @Test(arguments: [
    ("x^2 + 3x", "2", "10"), ("10x - 1", "0.1", "0"), ("x - 0.1", "0.1", "0"), ("sin x", "pi/6", "0.5"),
    ("e^x - 1", "0", "0"), ("x^1.5", "4", "8"), ("x^(1/3)", "8", "2"), ("max(x, 2)", "1", "2"),
    ("x^x", "2", "4"), ("sqrt x", "4", "2"), ("arctan x", "0", "0"), ("x/3", "6", "2"), ("sinc x", "0", "1"),
  ]) func `an exact value has one`(_ formula: String, _ point: String, _ value: String) {
    let said = nabla(["eval", formula, "--at", point])
    #expect(said.answers.contains("f  = \(value)\n"), "\(said.answers)")
    #expect(!said.remarks.contains("no digit of f "), "\(said.everything)")
  }

  @Test func `many starts prove nothing but where the formula does`() {
    let convex = nabla(["minimize", "e^x - x", "--starts", "5"]).answers
    #expect(convex.contains("1 distinct minimum; f is convex and stationary here, so it is nowhere lower\n"))
    let other = nabla(["minimize", "x^4 - x^2", "--starts", "9"]).answers
    #expect(other.contains("2 distinct minima; that nothing lower was found proves nothing\n"))
  }

  @Test func `kinks of convex functions have no slope`() {
    let said = nabla(["minimize", "max(x^2, (x - 2)^2)"]).answers
    #expect(said.contains("global minimum at a kink   x = 1   f = 1\n") && !said.contains("″"), "\(said)")
  }

  @Test func `derivatives of sinc have values at 0`() {
    #expect(nabla(["eval", "sinc x", "--at", "0"]).answers.contains("f′ = 0"))
    #expect(nabla(["hessian", "sinc x", "--at", "0"]).answers.contains("f″(0) ≈ −0.333333: curves down"))
    #expect(nabla(["minimize", "-sinc x", "--from", "0"]).answers.contains("strict local minimum   x = 0"))
    let said = nabla(["sinc(2x)"])
    #expect(said.answers.contains("polysinc(1, 2x) is the derivative of sinc(2x): (cos(2x) − sinc(2x))/(2x)"))
  }

  @Test(arguments: [
    ("(1+1/x)^x", "1e16", "2.71828"), ("(1+1/x)^x", "1e12", "2.71828"), ("(1+0.05/x)^x", "1e14", "1.05127"),
    ("(1-x)^(1/x)", "1e-9", "0.367879"), ("(1+x)^(2x)", "-3", "0.015625"),
  ]) func `a power of nearly 1 keeps its digits`(_ formula: String, _ point: String, _ value: String) {
    let said = nabla(["eval", formula, "--at", point])
    #expect(
      said.answers.contains("f  ≈ \(value)") || said.answers.contains("f = \(value)"), "\(said.answers)")
    #expect(!said.remarks.contains("of f certain"), "\(said.remarks)")
  }

  /// A bound of rounding is neither absurd nor absent.
  @Test func `a power of a quotient tells what rounding may change`() {
    let near = nabla(["eval", "((x+1)/x)^x", "--at", "1e9", "--digits", "12"])
    #expect(near.remarks.contains("of f certain") || near.remarks.contains("e−"), "\(near.remarks)")
    let far = nabla(["eval", "((x+1)/x)^x", "--at", "1e20"])
    #expect(far.remarks.contains("rounding may change them beyond all bounds"), "\(far.remarks)")
  }

  @Test func `where f is smooth and a slope is not, the second derivative says so`() {
    let said = nabla(["hessian", "x|x|", "--at", "0"])
    #expect(said.answers.contains("f″ is −2 from below and 2 from above"), "\(said.answers)")
    #expect(!said.answers.contains("flat"))
    #expect(!nabla(["hessian", "|x|^3", "--at", "0"]).answers.contains("from below"))
    #expect(nabla(["tangent", "|x|^3", "--at", "0"]).answers.contains("y = 0"))
  }

  @Test(arguments: [
    ("x^(1/3)", "0", "x = 0", "y = 0"), ("sqrt x", "0", "x = 0", "y = 0"),
    ("2 + (x-1)^(2/3)", "1", "x = 1", "y = 2"),
    ("arcsin x", "1", "x = 1", "y = π/2"),
  ]) func `a tangent may be vertical`(_ formula: String, _ point: String, _ line: String, _ normal: String) {
    let said = nabla(["tangent", formula, "--at", point])
    #expect(said.answers.contains("tangent line   \(line)      vertical\n"), "\(said.everything)")
    #expect(said.answers.contains("normal line    \(normal)\n"), "\(said.everything)")
    #expect(nabla(["tangent", formula, "--at", point, "--json"]).answers.contains("\"tangent\":\"\(line)\""))
    #expect(nabla(["tangent", formula, "--at", point, "--format", "latex"]).answers.contains("&= "))
  }

  @Test(arguments: [("|x|", "0"), ("sign x", "0"), ("1/x", "0"), ("x sin(1/x)", "0"), ("|x|^(9/10)", "-1")])
  func `a tangent that is not vertical is none`(_ formula: String, _ point: String) {
    #expect(!nabla(["tangent", formula, "--at", point]).answers.contains("vertical"))
  }

  @Test func `a curve may go straight up`() {
    let said = nabla(["implicit", "x^2 + y^2 = 25", "--at", "5,0"])
    #expect(
      said.answers.contains("y has no derivative there, the tangent is vertical: x = 5"), "\(said.answers)")
    #expect(!nabla(["implicit", "x^2 = y^2", "--at", "0,0"]).answers.contains("vertical"))
  }

  @Test func `bends and jumps are told with what may be missing`() {
    #expect(nabla(["floor(x)"]).answers.contains("⌊x⌋ jumps where x is a whole number"))
    #expect(nabla(["floor(x y)"]).answers.contains("⌊xy⌋ jumps where xy is a whole number"))
    let gap = nabla(["{x<1: x; x>1: 2x}"])
    #expect(gap.answers.contains("no value at x = 1; it tends to 1 from below and to 2 from above"))
    let cosine = nabla(["|cos x - x|"])
    #expect(cosine.answers.contains("f bends at x ≈ 0.739085"), "\(cosine.answers)")
    #expect(cosine.answers.contains("they were looked for between −10 and 10"))
    let corners = nabla(["critical", "||x|-1|"])
    for place in ["x = −1   f = 0", "x = 0    f = 1", "x = 1    f = 0"] {
      #expect(corners.answers.contains(place), "\(corners.answers)")
    }
  }

  @Test func `a limit that algebra finds is exact`() {
    for (formula, point, limit) in [
      ("sin(x)/x", "0", "1"), ("(x^2 - 1)/(x - 1)", "1", "2"), ("(e^x - 1)/x", "0", "1"),
      ("sin(x)/(x - pi)", "pi", "−1"), ("(cos x - 1)/x", "0", "0"),
      ("(2^x - 1)/x", "0", "ln 2"), ("(e^x - e)/(x - 1)", "1", "e"),
    ] {
      let said = nabla(["eval", formula, "--at", point])
      #expect(said.answers.contains(" is \(limit)\n"), "\(said.answers)")
    }
    for (formula, point) in [("1/x", "0"), ("x/|x|", "0"), ("sin(1/x)", "0"), ("e^(1/x)", "0")] {
      #expect(
        !nabla(["eval", formula, "--at", point]).answers.contains("the limit as x → 0 is"), "\(formula)")
    }
  }

  @Test func `a slope without a value has its limit`() {
    let said = nabla(["eval", "sqrt(x^4 + x^6)", "--at", "0"])
    #expect(said.answers.contains("the limit of f′(x) as x → 0 is ≈ 0"), "\(said.answers)")
    #expect(nabla(["grad", "sqrt(x^4)", "--at", "0"]).exit == 0)
  }

  @Test func `where no case holds, that is said`() {
    let said = nabla(["eval", "{x > 1: x^2; x < -1: 2x}", "--at", "0"])
    #expect(said.exit == 1)
    #expect(said.answers.contains("no case of {x > 1: x²; x < −1: 2x} holds there"), "\(said.answers)")
    #expect(nabla(["eval", "1 + {x > 0: x}", "--at", "-1"]).answers.contains("no case of {x > 0: x} holds"))
    for formula in ["{1 < 0: x}", "sin({1 < 0: x}) + x", "{x < 0: 1; 2^{1 < 0: x}}"] {
      let said = nabla(["eval", formula, "--at", "1"]).answers
      #expect(said.contains("no case holds there"), "\(said)")
    }
  }

  @Test(arguments: [
    ("{x > 0: x}", "f″(x) = {x > 0: 0}"), ("{x > 0: x^2; x < -1: x}", "f″(x) = {x > 0: 2; x < −1: 0}"),
    ("{x > 0: x^2; x}", "f″(x) = {x > 0: 2; 0}"),
  ]) func `a case without another keeps its gap in every derivative`(_ formula: String, _ shown: String) {
    #expect(nabla(["hessian", formula]).answers.contains(shown))
  }

  @Test func `an answer that was cut off is none`() {
    var limits = Limits.standard
    limits.printedLength = 20
    let said = nabla(["x1 x2 x3 x4 x5 x6 x7 x8 x9 + sin(x1 x2 x3 x4 x5)", "--wrt", "x1"], limits: limits)
    #expect(said.answers.contains("not printed"))
    #expect(said.exit == 1)
  }

  @Test func `many second derivatives are shortened`() {
    let product = (1...20).map { "x\($0)" }.joined(separator: " ")
    let said = nabla(["hessian", product])
    #expect(said.answers.split(separator: "\n").count < 60)
    #expect(said.remarks.contains("190 second derivatives are not 0"))
    #expect(nabla(["hessian", product, "--all"]).answers.split(separator: "\n").count > 190)
  }

  @Test func `a mark of the encoding before a request is no part of it`() {
    let said = nabla(["eval", "--json-lines"], input: "\u{FEFF}{\"formula\":\"x^2\",\"points\":[[3]]}\n")
    #expect(said.answers.contains("\"value\":[9]"))
  }

  @Test func `a request is told of its own parameters`() {
    let line = "{\"formula\":\"a x\",\"variables\":[\"x\"],\"points\":[[1]]}\n"
    let said = nabla(["eval", "--json-lines"], input: line)
    #expect(said.answers.contains("such as \\\"parameters\\\": {\\\"a\\\": 1}"), "\(said.answers)")
    #expect(!said.answers.contains("--let"))
    #expect(nabla(["eval", "f(x) = a x", "--at", "1"]).remarks.contains("--let a=1"))
  }

  @Test func `an empty gradient to check is told as such`() {
    let said = nabla(["check", "x^2", ""])
    #expect(said.exit == 2)
    #expect(said.remarks.contains("the gradient to check is empty"), "\(said.remarks)")
  }

  @Test func `every derivative says at how many points it was checked`() {
    for arguments in [
      ["hessian", "x^2 y"], ["grad", "x^2 y", "--order", "2"], ["grad", "--jacobian", "x y", "x + y"],
      ["implicit", "x^2 + y^2 = 1"], ["export", "x^2", "--to", "c"], ["grad", "x y", "--direction", "3,4"],
    ] {
      let said = nabla(arguments + ["--json"])
      #expect(said.answers.contains("\"checked\":{\"comparisons\":"), "\(said.answers)")
      #expect(said.answers.contains("\"points\":3"), "\(said.answers)")
    }
    for arguments in [["hessian", "ln(-e^x)"], ["grad", "ln(-e^x) y", "--order", "2"]] {
      #expect(nabla(arguments).remarks.contains("not checked against values"), "\(arguments)")
    }
  }

  @Test func `mixed second derivatives of a surface are listed`() {
    let said = nabla(["implicit", "x^2 + y^2 + z^2 = 1", "--order", "2"])
    #expect(said.answers.contains("∂²z/∂x∂y = −xy/z³"), "\(said.answers)")
  }

  @Test func `the interactive mode names what it differentiates`() {
    let said = nabla(["repl"], input: "f(x) = x^3\nf''(x)\n")
    #expect(said.answers.contains("g(x) = f''(x) = 6x"), "\(said.answers)")
    let value = nabla(["repl"], input: "x = 2\ngrad x^2\n")
    #expect(value.remarks.contains("there is no variable to differentiate by: x is 2"), "\(value.remarks)")
  }
}
