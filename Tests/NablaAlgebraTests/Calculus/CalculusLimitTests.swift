import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")

/// Limits of the calculus on both sides: the last that is answered, and the first that is refused.
@Suite struct CalculusLimitTests {
  @Test func stepsOfADerivation() throws {
    // The sum rule, and the power rule for each term.
    let powers = { (count: Int) in Expr.sum((2..<count + 2).map { pow(x, .integer($0)) }) }
    #expect(
      try Derivation(of: powers(199), by: Variable("x")).steps.filter { $0.kind == .differentiation }.count
        == 200)
    #expect(throws: Budget.Overrun.tooLarge("steps")) { try Derivation(of: powers(200), by: Variable("x")) }
  }

  @Test func ordersOfATaylorPolynomial() throws {
    let tooLarge = ExpansionError.overrun(.tooLarge("terms of a Taylor polynomial"))
    #expect(try x.squared.taylor(about: [1], in: [Variable("x")], order: 999).terms.count == 3)
    #expect(throws: tooLarge) { try x.squared.taylor(about: [1], in: [Variable("x")], order: 1_000) }
    #expect(try Expr(3).taylor(about: [], in: [], order: 1_000).terms.count == 1)
    #expect(throws: tooLarge) { try Expr(3).taylor(about: [], in: [], order: 1_001) }
    #expect(try x.taylor(about: [1], in: [Variable("x")], order: 0).terms.count == 1)
    #expect(throws: ExpansionError.negativeOrder(-1)) {
      try x.taylor(about: [1], in: [Variable("x")], order: -1)
    }
  }

  @Test(
    "Functions whose derivatives grow with each order have long series all the same",
    arguments: ["tan", "tanh", "arctan"])
  func longSeries(name: String) throws {
    let function = try #require(Function.named(name))
    let terms = try Expr.call(function, [x]).taylor(about: [0], in: [Variable("x")], order: 61).terms
    #expect(terms.count == 31)
    if name == "arctan" { #expect(terms.last?.coefficient == Expr(1) / 61) }
  }

  @Test func derivativesInATaylorPolynomial() throws {
    var limits = Limits.standard
    limits.expressionSize = 1_000
    let polynomial = { (order: Int) in
      try Expr.call(.gamma, [x]).taylor(about: [3], in: [Variable("x")], order: order, limits: limits)
    }
    #expect(try polynomial(1).order == 1)
    #expect(throws: ExpansionError.overrun(.tooLarge("expressionSize"))) { try polynomial(4) }
  }

  @Test func derivativesOfAnOrder() throws {
    let letters = (1...10_001).map { Variable("x_\($0)") }
    let all = try Expr(3).derivatives(by: Array(letters.dropLast()), order: 1)
    #expect(all.count == 10_000 && all.last?.variables == [letters[9_999]])
    #expect(throws: Budget.Overrun.tooLarge("partial derivatives of that order")) {
      try Expr(3).derivatives(by: letters, order: 1)
    }
    #expect(throws: Budget.Overrun.tooLarge("expressionSize")) {
      try Expr.call(.tan, [x]).derivatives(by: [Variable("x")], order: 60)
    }
    #expect(try x.derivatives(by: [Variable("x")], order: 0).map(\.expression) == [x])
    #expect(try x.derivatives(by: [Variable("x")], order: -1).map(\.expression) == [x])
  }
}
