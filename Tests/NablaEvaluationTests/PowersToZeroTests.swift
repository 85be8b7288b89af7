import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// x⁰ under a sum over the exponent: its slope is 0 everywhere, at 0 as well.
@Suite struct PowersToZeroTests {
  /// Σ xᵏ from k = 0, with its first and second derivative at 0.
  static let sums: [(formula: Expr, slope: Double, bend: Double)] = [
    (fold(.sum, 0...5) { _, k in Expr.power(x, k) }, 1, 2),
    (fold(.sum, 0...5) { _, k in Expr.power(x, k) / call("factorial", k) }, 1, 1),
    (fold(.sum, 1...4) { _, k in 3 * Expr.power(x, k) }, 3, 6),
    (fold(.sum, 2...4) { _, k in Expr.power(x, k) }, 0, 2),
    (fold(.sum, 1...3) { _, k in k * Expr.power(x, k - 1) }, 2, 6),
    (fold(.sum, 0...3) { _, k in k * Expr.power(x, k) }, 1, 4),
  ]

  @Test(arguments: sums.indices) func slopesAtZero(row: Int) throws {
    let (formula, slope, bend) = Self.sums[row]
    let function = try CompiledFunction(formula, variables: ["x"])
    #expect(function.gradient(at: [0]) == [slope])
    #expect(try function.hessian(at: [0]) == [bend])
    let rows = function.valuesAndGradients(columns: [Array(repeating: 0, count: 20)])
    #expect(rows.gradients == [Array(repeating: slope, count: 20)])
    let enclosed = function.gradientEnclosure(of: [Interval(0, 0)]).gradient[0]
    #expect(enclosed.lower <= slope && slope <= enclosed.upper && enclosed.isContinuous)
  }

  /// The derivative in letters has no 1/x either.
  @Test(arguments: sums.indices) func slopesInLetters(row: Int) throws {
    let (formula, slope, bend) = Self.sums[row]
    var budget = Budget()
    let first = try formula.partials(by: ["x"], budget: &budget)[0]
    let second = try first.partials(by: ["x"], budget: &budget)[0]
    #expect(try CompiledFunction(first, variables: ["x"])([0]) == slope)
    #expect(try CompiledFunction(second, variables: ["x"])([0]) == bend)
  }

  /// x[k]ᵏ: the member with k = 0 does not move the sum.
  @Test func membersToTheirNumber() throws {
    var budget = Budget()
    let formula = fold(.sum, 0...2) { x, k in Expr.power(x(0), k) + k * x(0) }
    let variables = (0...2).map { Family("x").member($0) }
    let rates = try formula.partials(by: variables, budget: &budget)
    #expect(rates == [0, 2, 2 * Expr("x_2") + 2])
    #expect(try CompiledFunction(formula, variables: variables).gradient(at: [0, 0, 0]) == [0, 2, 2])
  }
}
