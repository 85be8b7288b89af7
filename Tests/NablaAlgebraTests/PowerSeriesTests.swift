import NablaBasics
import Testing

@testable import NablaAlgebra

@Suite struct PowerSeriesTests {
  @Test("Products of series spend the budget by the size of their coefficients", arguments: [1, 5, 30])
  func productsSpend(order: Int) throws {
    let space = try #require(PowerSeries.Space(variables: 1, order: order))
    var series = PowerSeries(.one, in: space)
    series.coefficients = Array(repeating: Expr("a") + Expr("b"), count: order + 1)
    let pairs = (order + 1) * (order + 2) / 2
    var enough = Budget(100 * pairs)
    let square = try series.times(series, in: space, budget: &enough)
    #expect(square.coefficients[order] == Expr.integer(order + 1) * (Expr("a") + Expr("b")).squared)
    // A pair of such sums costs more than one.
    var short = Budget(pairs)
    #expect(throws: Budget.Overrun.self) { try series.times(series, in: space, budget: &short) }
  }
}
