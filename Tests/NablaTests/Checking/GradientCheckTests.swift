import NablaAlgebra
import NablaBasics
import NablaNotation
import Testing

@testable import Nabla

struct GradientCheckTests {
  /// The lines of a refused gradient as a printer makes them, from the result alone.
  private func lines(_ check: GradientCheck) -> [String] {
    let given = check.components.map { "given " + $0.given.bodyForm.text(.unicode) }
    let expected = check.components.map { "should be " + check.formula.text(of: $0.expected.expression) }
    let padded: ([String]) -> [String] = { texts in
      let width = texts.map(\.count).max() ?? 0
      return texts.map { $0 + String(repeating: " ", count: width - $0.count) }
    }
    var result: [String] = []
    for (place, component) in check.components.enumerated() {
      let name = "∂f/∂" + component.variable.name
      guard case .wrong(let example) = component.verdict else {
        result.append("✓ " + name)
        continue
      }
      let point = example.coordinates.map { Form($0).text(.unicode) }.joined(separator: ", ")
      result.append(
        "✗ \(name)   \(padded(given)[place])   \(padded(expected)[place])   e.g. at (\(point)): "
          + "\(example.given.text()), not \(example.expected.text())")
    }
    return result + check.hints.map { "hint: " + check.sentence(of: $0) }
  }

  @Test func theArticlesOwnGradient() throws {
    let f = try Formula("f(x, y) = 3x^{2} + 8xy – 3y^{5}")
    let check = try f.check(against: "⟨6x + 8, 8 – 15y^{4}⟩")
    #expect(!check.isRight)
    #expect(
      lines(check) == [
        "✗ ∂f/∂x   given 6x + 8     should be 6x + 8y     e.g. at (0, 0): 8, not 0",
        "✗ ∂f/∂y   given 8 − 15y⁴   should be 8x − 15y⁴   e.g. at (0, 0): 8, not 0",
        "hint: differentiating 8xy, the other variable stays: ∂(8xy)/∂x = 8y",
      ])
  }

  struct Row: Sendable {
    let formula: String
    let given: String
    let kind: Mistake.Kind
    let term: String
    let derivative: String

    init(_ formula: String, _ given: String, _ kind: Mistake.Kind, _ term: String, _ derivative: String) {
      (self.formula, self.given, self.kind) = (formula, given, kind)
      (self.term, self.derivative) = (term, derivative)
    }
  }

  static let wrong: [Row] = [
    Row("sin(2x)", "cos(2x)", .chainRule, "sin(2x)", "2cos(2x)"),
    Row("sqrt(x^2 + 1)", "1/(2sqrt(x^2+1))", .chainRule, "sqrt(x^2+1)", "x/sqrt(x^2+1)"),
    Row("sin(2x) + cos(3x)", "cos(2x) - sin(3x)", .chainRule, "cos(3x)", "-3sin(3x)"),
    Row("(3x + 1)^4 + x", "4(3x + 1)^3 + 1", .chainRule, "(3x+1)^4", "12(3x+1)^3"),
    Row("y e^(x^2)", "y e^(x^2), e^(x^2)", .chainRule, "y e^(x^2)", "2x y e^(x^2)"),
    Row("x^2 sin(x)", "2x cos(x)", .productRule, "x^2 sin(x)", "x^2 cos(x) + 2x sin(x)"),
    Row("x ln(x) - x", "1/x - 1", .productRule, "x ln(x)", "ln(x) + 1"),
    Row("x/(x^2+1)", "1/(2x)", .quotientRule, "x/(x^2+1)", "(1 - x^2)/(x^2+1)^2"),
    Row("sin(x)/x", "cos(x)/x + sin(x)/x^2", .quotientRule, "sin(x)/x", "(x cos(x) - sin(x))/x^2"),
    Row("x^2 y + y^2", "2x, x^2 + 2y", .otherLetter, "x^2 y", "2x y"),
    Row("f(x) = a x^2", "2x", .otherLetter, "a x^2", "2a x"),
    Row("x^3", "3x^3", .powerRule, "x^3", "3x^2"),
    Row("5x^2 + x", "5x + 1", .powerRule, "5x^2", "10x"),
    Row("e^x + x", "x e^(x-1) + 1", .exponentialRule, "e^x", "e^x"),
    Row("cos(x) + x", "sin(x) + 1", .sign, "cos(x)", "-sin(x)"),
    Row("x^4 + x^2 + ln(x)", "x^3 + 2x - 1/x", .sign, "ln(x)", "1/x"),
    Row("3sin(x) + x", "cos(x) + 1", .factor, "3sin(x)", "3cos(x)"),
    Row("2^x", "2^x", .factor, "2^x", "2^x ln(2)"),
    Row("x^3 + 5", "3x^2 + 5", .constantKept, "5", "0"),
    Row("x^2 + 5x + 6", "2x + 5 + 6", .constantKept, "6", "0"),
    Row("3x^4 - 2x^3 + x - 7", "12x^3 - 6x^2 + 1 - 7", .constantKept, "-7", "0"),
    Row("x^2 + y^2", "2x + 2y, 2x + 2y", .constantAsVariable, "y^2", "0"),
    Row("x y^2", "2x y, 2x y", .otherVariable, "x y^2", "y^2"),
    Row("x^2 + 3x y", "2x, 3x", .variableAsConstant, "3x y", "3y"),
  ]

  @Test("A wrong gradient is refused with a fitting hint", arguments: wrong)
  func hints(row: Row) throws {
    let f = try Formula(row.formula)
    let check = try f.check(against: row.given)
    #expect(!check.isRight)
    let term = try Formula(row.term).expression
    let hint = try #require(check.hints.first { $0.term == term }, "\(lines(check))")
    #expect(hint.kind == row.kind)
    let difference = ExpressionComparison(
      hint.derivative, try Formula(row.derivative).expression, of: term, letters: f.variables + f.parameters,
      limits: f.limits)
    guard case .right = difference.verdict() else {
      Issue.record("\(f.text(of: hint.derivative))")
      return
    }
  }

  static let sentences: [(String, String, String)] = [
    ("5x^2 + x", "20x + 1", "differentiating 5x², the factor 2 is too much: (5x²)′ = 10x"),
    (
      "5x^3 + x", "5x^2 + 1",
      "differentiating 5x³, the exponent comes in front and falls by one: (5x³)′ = 15x²"
    ),
    ("x y^2", "2x y, 2x y", "differentiating xy², x is the variable and y is held constant: ∂(xy²)/∂x = y²"),
    ("x^2 + y^2", "2x + 2y, 2y", "differentiating y², y is held constant: ∂(y²)/∂x = 0"),
    ("x^3 + 5", "3x^2 + 5", "differentiating 5, a constant has the derivative 0: (5)′ = 0"),
    ("f(x) = a x^2", "2x", "differentiating ax², the constant a stays: (ax²)′ = 2ax"),
    (
      "(2x + 1)^3", "3(2x + 1)^2",
      "differentiating (2x + 1)³, the inner derivative (2x + 1)′ = 2 is a factor as well: ((2x + 1)³)′ = 6(2x + 1)²"
    ),
  ]

  @Test("Hints are sentences", arguments: sentences)
  func sentence(formula: String, given: String, sentence: String) throws {
    let check = try Formula(formula).check(against: given)
    #expect(check.hints.map { check.sentence(of: $0) } == [sentence])
    let plain = check.hints.map { check.sentence(of: $0, isPlain: true) }
    #expect(plain.allSatisfy { $0.allSatisfy(\.isASCII) }, "\(plain)")
  }

  static let right: [(String, String)] = [
    ("3x^2 + 8xy - 3y^5", "(6x + 8y, 8x - 15y^4)"), ("x^2 + y^2", "[2x, 2y]"), ("x^2 + y^2", "<x + x, 2*y>"),
    ("x^2 + y^2", "∇f = \\left\\langle 2x, 2y \\right\\rangle"), ("x^2", "2x"),
    ("(x+1)(x+2)", "(x+1) + (x+2)"),
    ("(x+1)^2", "2(x+1)"), ("max(x, y)", "if(x > y, 1, 0), if(x > y, 0, 1)"), ("sin(x)^2", "sin(2x)"),
    ("tan(x)", "1 + tan(x)^2"), ("ln(x y)", "1/x; 1/y"), ("f(x) = a x^2", "2 a x"), ("x/(x+1)", "1/(x+1)^2"),
    ("x^x", "x^x + x^x ln(x)"),
    // Right wherever the formula has a value.
    ("x^2 + y^2", "2x i + 2y j"), ("x^2 - y^2", "∇f = 2x\\hat{i} − 2y\\hat{j}"), ("x - y z", "î − zĵ − y k̂"),
    ("x^2 + y^2", "\\begin{pmatrix} 2x \\\\ 2y \\end{pmatrix}"),
    ("x y^2", "f_y(x, y) = 2x y, f_x(x, y) = y^2"),
    ("x y^2", "\\frac{\\partial f}{\\partial y} = 2x y, \\frac{\\partial f}{\\partial x} = y^2"),
    ("x^2", "f'(x) = 2x"), ("x^2", "dy/dx = 2x"), ("x^2", "2x^2/x"), ("|x|", "x/|x|"), ("i^2 + j", "2i, 1"),
    ("e^x", "e^(2x)/e^x"), ("x^2", "2x + 0 e^(1000x)"), ("ln(x)", "1/|x|"), ("log10(x)", "1/(|x| ln 10)"),
    ("ln(x - 1)", "sqrt(1/(x - 1)^2)"),
  ]

  @Test("A right gradient passes in any dress", arguments: right)
  func passes(formula: String, given: String) throws {
    let check = try Formula(formula).check(against: given)
    #expect(check.isRight && check.hints.isEmpty, "\(lines(check))")
  }

  @Test(
    "Every branch is looked at",
    arguments: [
      ("x^2", "if(x>0, 2x, 0)"), ("x^2", "if(x<0, 2x, 0)"), ("sin(x)", "if(x>0, cos x, 7)"),
      ("max(x,0)", "1"),
      ("max(x,0)", "sign(x)"), ("relu(x)", "1"), ("max(x,20)", "0"), ("|x|", "if(x>0,1,0)"),
      ("clamp(x,-1,1)", "1"),
      ("max(x,y)", "1, 0"), ("min(x,y)", "1, 0"), ("{x<0: x^2; x^3}", "2x"), ("|x| + max(x, 0)", "2"),
      ("max(x,0)", "x/|x|"),
    ])
  func wrongInABranch(formula: String, given: String) throws {
    let check = try Formula(formula).check(against: given)
    #expect(check.components.contains { if case .wrong = $0.verdict { true } else { false } })
  }

  @Test(
    "Branches in braces are one component",
    arguments: [
      ("max(x,0)", "{x ≥ 0: 1; 0}"), ("{x<0: x^2; x^3}", "{x<0: 2x; 3x^2}"), ("|x|", "{x>0: 1; x<0: -1}"),
      ("max(x,0)", "({x ≥ 0: 1; 0})"),
    ])
  func branches(formula: String, given: String) throws {
    #expect(try Formula(formula).check(against: given).isRight)
  }

  @Test func saysWhatItRestsOn() throws {
    let first = try Formula("x^2").check(against: "x + x").components[0].verdict
    guard case .right(.symbolic) = first else {
      Issue.record("\(first)")
      return
    }
    let second = try Formula("sin(2x)").check(against: "2 - 4sin(x)^2").components[0].verdict
    guard case .right(.values(let points)) = second else {
      Issue.record("\(second)")
      return
    }
    #expect(points > 3)
  }

  @Test(
    "What has no value where the formula has a derivative is not the derivative",
    arguments: [
      ("2x + 0/0", [0]), ("2x + 1/0 - 1/0", [0]), ("2x + 0 ln(-1)", [0]), ("2(sqrt(x))^2", [-1]),
      ("2x + ln(x) - ln(x)", [-1]), ("2x + 0 arcsin(x/3)", [4]),
    ])
  func hasGaps(given: String, point: [Double]) throws {
    let check = try Formula("x^2").check(against: given)
    guard case .wrong(let example) = check.components[0].verdict else {
      Issue.record("\(check.components[0].verdict)")
      return
    }
    #expect(example.coordinates.map(\.double) == point && !example.given.decimal.isFinite)
    #expect(check.hints.isEmpty)
  }

  @Test("Components in another order are one mistake")
  func misplaced() throws {
    let check = try Formula("f(x, y) = x^2 y^3 + 1").check(against: "3x^2 y^2, 2x y^3")
    #expect(
      check.hints.map { check.sentence(of: $0) } == [
        "the derivatives stand in another order than the variables, which are x, y"
      ])
  }

  static let labels: [(String, String, String)] = [
    ("x^3", "f''(x) = 3x^2", "‘f''(x)’ is a higher derivative: the first ones are checked"),
    ("y = x^3", "d^2y/dx^2 = 3x^2", "‘d^2y/dx^2’ is a higher derivative: the first ones are checked"),
    ("x^2 y", "f_xy = 2x y, f_yx = x^2", "‘f_xy’ is a higher derivative: the first ones are checked"),
    ("x^2", "dy/dt = 2x", "‘dy/dt’ is not a derivative of the formula: ‘t’ is no variable of it"),
    ("x^2 + y^2", "f_z = 2x, f_y = 2y", "‘f_z’ is not a derivative of the formula: ‘z’ is no variable of it"),
    ("x^2 + y^2", "f_x = 2x, f_x = 2y", "‘f_x’ is given twice"),
    ("x^3", "f'(1) = 3", "‘f'(1)’ is a value at a point: the derivative as a formula is checked"),
    ("x^2", "2x = 0", "‘2x’ is no name of a derivative, such as f'(x) or ∂f/∂x"),
  ]

  @Test("What stands left of the sign of equality is read", arguments: labels)
  func refusesLabel(formula: String, given: String, sentence: String) throws {
    let error = try #require(throws: GradientCheckError.self) { try Formula(formula).check(against: given) }
    #expect(error.sentence == sentence)
  }

  @Test("What cannot be checked says why")
  func refuses() throws {
    let f = try Formula("x y")
    #expect(throws: GradientCheckError.self) { try f.check(against: "(y)") }
    #expect(throws: GradientCheckError.self) { try f.check(against: "(y, )") }
    #expect(throws: GradientCheckError.self) { try f.check(against: "(y, 2 +)") }
    #expect(throws: GradientCheckError.self) { try f.check(against: "") }
  }

  static let examplePoints: [(String, String, [Double])] = [
    ("ln(x)", "2/x", [1]), ("x^2", "2x + x(x-1)(x+1)", [2]), ("sqrt(x - 3)", "1", [4]),
    ("x y", "y, x + 1", [0, 0]),
  ]

  @Test("The counter-example is the first readable point that shows it", arguments: examplePoints)
  func examples(formula: String, given: String, point: [Double]) throws {
    let check = try Formula(formula).check(against: given)
    let examples = check.components.compactMap { component in
      if case .wrong(let example) = component.verdict { example.coordinates.map(\.double) } else { nil }
    }
    #expect(examples == [point])
  }

  static let vectors: [(String, [String])] = [
    ("⟨6x + 8, 8 – 15y^{4}⟩", ["6x + 8", "8 – 15y^{4}"]), ("(a, b)", ["a", "b"]), ("a, b", ["a", "b"]),
    ("(x+1)(x+2)", ["(x+1)(x+2)"]), ("max(x, y), 2", ["max(x, y)", "2"]), ("<x, y>", ["x", "y"]), ("", [""]),
    ("grad f = [1, 2]", ["1", "2"]), ("(x)(y), (y)", ["(x)(y)", "(y)"]), ("((x))", ["(x)"]),
    ("x >= 1, 2", ["x >= 1", "2"]),
    (")(, (", [")(", "("]),
  ]

  @Test("Vectors are taken apart at their own commas", arguments: vectors)
  func takesApart(text: String, parts: [String]) {
    #expect(VectorText.components(of: text) == parts)
  }
}
