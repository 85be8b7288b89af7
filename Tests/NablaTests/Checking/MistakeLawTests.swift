import NablaAlgebra
import NablaBasics
import Testing

@testable import Nabla

struct MistakeLawTests {
  static let formulas = [
    "3x^2 + 8x y - 3y^5", "sin(x y) + x^2", "x^2 e^(3x) + ln(x)", "(x^2 + 1)^3 y", "x/(y + x^2)",
    "sqrt(2x + y) x",
    "a x^2 y + b sin(2x)", "2^x + x^3", "arctan(x/y)", "x ln(x) sin(x)", "tan(x)^2 + e^(-x)",
  ]

  @Test(
    "Every mistake in every term is refused, and explained by that mistake or one as good",
    arguments: formulas)
  func explained(text: String) throws {
    let f = try Formula(text, variables: text.contains("y") ? ["x", "y"] : ["x"])
    let x = Variable("x")
    let terms = f.expression.terms
    let rates = try terms.map { try $0.derivative(by: x) }
    let right = try f.gradient().partials.map(\.expression)
    for (place, term) in terms.enumerated() {
      let others = (f.variables + f.parameters).filter { $0 != x }
      for row in WrongDerivatives(term: term, variable: x, rate: rates[place], others: others).rows {
        let wrong = Expr.sum(rates.enumerated().map { $0.offset == place ? row.result : $0.element })
        let given = [wrong] + right.dropFirst()
        let check = try f.check(against: given)
        // Some mistakes change nothing: a factor 1 may be left out.
        guard check.components[0].isWrong else { continue }
        #expect(
          !check.hints.isEmpty, "\(row.kind) in \(f.text(of: term)): \(f.text(of: row.result)) has no hint")
        let isRestRight = check.components.dropFirst().allSatisfy { $0.isRight }
        #expect(isRestRight)
      }
    }
  }

  @Test("A right gradient in another dress is never refused", arguments: formulas)
  func right(text: String) throws {
    let f = try Formula(text, variables: text.contains("y") ? ["x", "y"] : ["x"])
    var budget = Budget()
    let raw = try f.expression.partials(by: f.variables, budget: &budget)
    #expect(try f.check(against: raw).isRight)
    let wide = raw.map { $0.expanded(highestPower: 9) ?? $0 }
    #expect(try f.check(against: wide).isRight)
  }

  @Test("A mistake that no row knows gets no hint")
  func unexplained() throws {
    let check = try Formula("x^2 + sin(x)").check(against: "x^7 - 3cos(x) + 2")
    #expect(!check.isRight && check.hints.isEmpty)
  }
}
