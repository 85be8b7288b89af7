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
    let hint: String
  }

  static let wrong: [Row] = [
    Row(
      formula: "sin(2x)", given: "cos(2x)",
      hint:
        "differentiating sin(2x), the inner derivative (2x)′ = 2 is a factor as well: (sin(2x))′ = 2cos(2x)"),
    Row(
      formula: "x^2 sin(x)", given: "2x cos(x)",
      hint: "differentiating x²·sin(x), the product rule adds up one addend for each factor: "
        + "(x²·sin(x))′ = x²·cos(x) + 2x·sin(x)"),
    Row(
      formula: "cos(x) + x", given: "sin(x) + 1",
      hint: "differentiating cos(x), the sign is wrong: (cos(x))′ = −sin(x)"),
    Row(
      formula: "3sin(x) + x", given: "cos(x) + 1",
      hint: "differentiating 3sin(x), the factor 3 is missing: (3sin(x))′ = 3cos(x)"),
    Row(
      formula: "5x^2 + x", given: "20x + 1",
      hint: "differentiating 5x², the factor 2 is too much: (5x²)′ = 10x"),
    Row(
      formula: "5x^2 + x", given: "5x + 1",
      hint: "differentiating 5x², the exponent comes in front and falls by one: (5x²)′ = 10x"),
    Row(
      formula: "x^2 y + y^2", given: "2x, x^2 + 2y",
      hint: "differentiating x²y, the other variable stays: ∂(x²y)/∂x = 2xy"),
    Row(
      formula: "x y^2", given: "2x y, 2x y",
      hint: "differentiating xy², x is the variable and y is held constant: ∂(xy²)/∂x = y²"),
    Row(
      formula: "x^2 + y^2", given: "2x + 2y, 2x + 2y",
      hint: "differentiating y², y is held constant: ∂(y²)/∂x = 0"),
    Row(
      formula: "x^2 + 3x y", given: "2x, 3x",
      hint: "differentiating 3xy, x is the variable, no constant: ∂(3xy)/∂x = 3y"),
    Row(
      formula: "x^3 + 5", given: "3x^2 + 5",
      hint: "differentiating 5, a constant has the derivative 0: (5)′ = 0"),
    Row(
      formula: "x^3", given: "3x^3",
      hint: "differentiating x³, the exponent comes in front and falls by one: (x³)′ = 3x²"),
    Row(
      formula: "e^x + x", given: "x e^(x-1) + 1",
      hint: "differentiating eˣ, the exponent is variable, which is not the power rule: (eˣ)′ = eˣ"),
    Row(
      formula: "x/(x^2+1)", given: "1/(2x)",
      hint:
        "differentiating x/(x² + 1), the quotient rule is (u′v − uv′)/v²: (x/(x² + 1))′ = (1 − x²)/(x² + 1)²"),
    Row(
      formula: "sqrt(x^2 + 1)", given: "1/(2sqrt(x^2+1))",
      hint:
        "differentiating √(x² + 1), the inner derivative (x² + 1)′ = 2x is a factor as well: (√(x² + 1))′ = x/√(x² + 1)"
    ),
    Row(
      formula: "sin(2x) + cos(3x)", given: "cos(2x) - sin(3x)",
      hint:
        "differentiating cos(3x), the inner derivative (3x)′ = 3 is a factor as well: (cos(3x))′ = −3sin(3x)"),
    Row(
      formula: "f(x) = a x^2", given: "2x", hint: "differentiating ax², the constant a stays: (ax²)′ = 2ax"),
    Row(
      formula: "2^x", given: "2^x", hint: "differentiating 2ˣ, a constant factor is wrong: (2ˣ)′ = ln(2)·2ˣ"),
    Row(
      formula: "x^4 + x^2 + ln(x)", given: "x^3 + 2x - 1/x",
      hint: "differentiating ln(x), the sign is wrong: (ln(x))′ = 1/x"),
  ]

  @Test("A wrong gradient is refused with a fitting hint", arguments: wrong)
  func hints(row: Row) throws {
    let check = try Formula(row.formula).check(against: row.given)
    #expect(!check.isRight)
    let sentences = check.hints.map { check.sentence(of: $0) }
    #expect(sentences.contains(row.hint), "\(sentences)")
  }

  static let right: [(String, String)] = [
    ("3x^2 + 8xy - 3y^5", "(6x + 8y, 8x - 15y^4)"), ("x^2 + y^2", "[2x, 2y]"), ("x^2 + y^2", "<x + x, 2*y>"),
    ("x^2 + y^2", "∇f = \\left\\langle 2x, 2y \\right\\rangle"), ("x^2", "2x"),
    ("(x+1)(x+2)", "(x+1) + (x+2)"),
    ("(x+1)^2", "2(x+1)"), ("max(x, y)", "if(x > y, 1, 0), if(x > y, 0, 1)"), ("sin(x)^2", "sin(2x)"),
    ("tan(x)", "1 + tan(x)^2"), ("ln(x y)", "1/x; 1/y"), ("f(x) = a x^2", "2 a x"), ("x/(x+1)", "1/(x+1)^2"),
    ("x^x", "x^x + x^x ln(x)"),
  ]

  @Test("A right gradient passes in any dress", arguments: right)
  func passes(formula: String, given: String) throws {
    let check = try Formula(formula).check(against: given)
    #expect(check.isRight && check.hints.isEmpty, "\(lines(check))")
  }

  @Test func saysWhatItRestsOn() throws {
    let first = try Formula("x^2").check(against: "x + x").components[0].verdict
    guard case .right(.symbolic) = first else {
      Issue.record("\(first)")
      return
    }
    let second = try Formula("sin(x)^2").check(against: "sin(2x)").components[0].verdict
    guard case .right(.values(let points)) = second else {
      Issue.record("\(second)")
      return
    }
    #expect(points > 3)
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
