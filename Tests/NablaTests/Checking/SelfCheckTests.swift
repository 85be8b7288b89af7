@testable import Nabla
@testable import NablaAlgebra
import NablaBasics
import Testing

struct SelfCheckTests {
  static let right: [String] = [
    "3x^2 + 8xy - 3y^5", "sin(x) cos(y)", "x^x", "ln(x - 3) + y", "arcsin(x/1000)", "sqrt(x y)", "e^(1000x)",
    "1/(x - 1)", "|x|", "max(x, y)", "floor(x)", "floor(1000000000 x)", "x floor(1000 x)", "sin(1000000 x)",
    "tan(x)", "x^500",
    "(x + 10^15) - 10^15", "(1 - cos x)/x^2", "gamma(x)", "erf(x) + y", "x^(1/3)",
    "ln(ln(ln x))", "if(x > 0, x^2, -x^3)", "a x^2 + b",
    "sum(i, 1, 99, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)",
    "sqrt(x - 1000)", "a^x/(x b^(x + 1))", "(a + x^2)^p/(p x^(2p + 1))", "ln(-x)", "mod(x, 3) y",
    "round(x) + x", "(x^2 - 1)/(x - 1)", "arcsin(100000x - 7)", "arccosh(x) atan2(y, x)",
  ]

  @Test("Right derivatives pass, and points are found", arguments: right)
  func passes(text: String) throws {
    let f = try Formula(text)
    let check = f.selfCheck(try f.familyDerivatives() ?? f.gradient().partials)
    #expect(check.disagreement == nil)
    #expect(check.points == 3, "\(check)")
  }

  /// A formula, and what could be printed as its derivative by x.
  static let wrong: [(String, String)] = [
    ("x^2", "x"), ("3x^2 + 8x y - 3y^5", "6x + 8"), ("sin(2x)", "cos(2x)"), ("sin(x)", "-cos(x)"),
    ("x sin(x)", "cos(x)"), ("ln(x - 3)", "1/x"), ("x^3 y", "3x^2"), ("e^x", "e^x + 0.00001"),
    ("floor(x)", "1"), ("|x|", "1"), ("gamma(x)", "gamma(x)"),
  ]

  @Test("A wrong derivative is an internal error that names the formula", arguments: wrong)
  func refuses(text: String, derivative: String) throws {
    let f = try Formula(text)
    let rate = try Formula(derivative, variables: f.variables.map(\.name))
    let partial = try f.partialDerivatives(by: [Variable("x")])[0]
    let given = PartialDerivative(subject: partial.subject, expression: rate.expression, conditions: [])
    let error = f.selfCheck([given]).disagreement
    #expect(error?.points.count == 2)
    #expect(error?.variable == Variable("x"))
    #expect(error?.sentence.contains(f.text(of: f.expression)) == true)
  }

  @Test(
    "No point of the domain, no claim", arguments: ["sqrt(-x^2 - 1)", "ln(-e^x)", "sqrt(10^20 + x) - 10^10"])
  func claimsNothing(text: String) throws {
    let f = try Formula(text)
    let check = f.selfCheck(try f.gradient().partials)
    #expect(check.points == 0 && check.comparisons == 0 && check.disagreement == nil)
  }

  @Test func checksSomeOfMany() throws {
    let f = try Formula("sum(i, 1, 999, (x[i+1] - x[i])^2)")
    let check = f.selfCheck(try f.gradient().partials)
    #expect(check.points > 0 && check.comparisons < 100 && check.disagreement == nil, "\(check)")
  }

  @Test(
    "Second derivatives are held against the first",
    arguments: [
      "3x^2 + 8x y - 3y^5", "sin(x y)", "x^y", "ln(x) y^2", "x + y", "e^(x y z)", "sqrt(x y) + |z|",
    ])
  func secondDerivatives(text: String) throws {
    let f = try Formula(text)
    let check = f.selfCheck(hessian: try f.hessian(), of: try f.gradient().partials)
    #expect(check.disagreement == nil && check.points == 3, "\(check)")
    var wrong = try f.hessian()
    wrong[0][1] = wrong[0][1] + 1
    #expect(f.selfCheck(hessian: wrong, of: try f.gradient().partials).disagreement != nil)
    for order in 2...4 {
      let derivatives = try f.derivatives(order: order)
      #expect(f.selfCheck(derivatives, order: order).points == 3)
      let moved = derivatives.map { MixedDerivative(variables: $0.variables, expression: $0.expression + 1) }
      #expect(f.selfCheck(moved, order: order).disagreement != nil)
    }
  }

  @Test func jacobians() throws {
    let polar = try ["r cos(t)", "r sin(t)"].map { try Formula($0) }
    let jacobian = try Formula.jacobian(of: polar)
    let whole = Formula(.sum(polar.map(\.expression)), variables: jacobian.variables)
    let check = whole.selfCheck(jacobian)
    #expect(check.points == 3 && check.comparisons >= 12 && check.disagreement == nil)
  }

  @Test(
    "A gradient at a point is held against differences around it",
    arguments: [("x^2 y", [1.0, 2]), ("sin(x)/x", [1]), ("x^1.5", [0]), ("|x|", [0]), ("floor(x) x", [2.5])])
  func atAPoint(text: String, point: [Double]) throws {
    let f = try Formula(text)
    let check = f.selfCheck(try f.gradient(at: point), at: point)
    #expect(check.points > 0 && check.disagreement == nil, "\(check)")
  }

  static let implicit: [String] = [
    "x^2 + y^2 = 1", "x^3 + y^3 = 6x y", "x^2 + y^2 + z^2 = 1", "e^(x y) = x + y", "x y z + z^3 = 1",
    "sin(x y) = y", "P V = n R T", "a x^2 + y^5 + y = 3",
  ]

  @Test("Implicit derivatives are held against the curve itself", arguments: implicit)
  func implicitly(text: String) throws {
    let equation = try ImplicitEquation(text)
    let y = try #require(equation.dependent)
    let others = equation.formula.variables.filter { $0 != y }
    let rows = try others.map { try equation.derivative(of: y, by: $0, order: 2) }
    let mixed = try equation.mixedDerivatives(of: y, by: others)
    let check = equation.selfCheck(rows, mixed: mixed)
    #expect(check.disagreement == nil && check.points == 3, "\(check)")
    for (first, second) in [(Expr.one, Expr.zero), (.zero, .one)] {
      let wrong = ImplicitDerivative(
        dependent: y, independent: rows[0].independent, first: rows[0].first + first,
        second: rows[0].second.map { $0 + second }, divisor: rows[0].divisor)
      #expect(equation.selfCheck([wrong]).disagreement != nil)
    }
  }

  @Test func theMixedDerivativeOfASphere() throws {
    let sphere = try ImplicitEquation("x^2 + y^2 + z^2 = 1")
    let z = Variable("z")
    let mixed = try sphere.mixedDerivatives(of: z, by: [Variable("x"), Variable("y")])
    #expect(mixed.map { sphere.formula.text(of: $0.rate) } == ["−xy/z³"])
  }

  @Test func theSameOnEveryRun() throws {
    let f = try Formula("x sin(y) + ln(x)")
    let partials = try f.gradient().partials
    #expect(f.selfCheck(partials) == f.selfCheck(partials))
  }
}

struct DifferenceTests {
  @Test("The estimate covers the error", arguments: [1.0, 3, 30, 300])
  func covers(speed: Double) throws {
    let (sine, cosine) = try (Formula("sin(x)"), Formula("cos(x)"))
    for place in [0.1, 0.7, 1.3, 2.9] {
      let found = Difference(step: 1 / 64) { (try? sine(speed * (place + $0))) ?? .nan }
      let difference = try #require(found)
      let error = abs(difference.slope - speed * (try cosine(speed * place)))
      #expect(error <= 100 * difference.estimate)
      #expect(speed > 100 || difference.estimate < 1e-8 * speed)
    }
  }

  @Test func hasNothingToSayOutsideTheDomain() {
    #expect(Difference(step: 1) { $0.squareRoot() } == nil)
  }
}
