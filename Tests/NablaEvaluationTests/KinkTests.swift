import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Where a formula bends, jumps or has a branch without a value.
@Suite struct KinkTests {
  struct Row {
    let formula: Expr
    let at: Double
    let value: Double
    let slope: Double
  }

  static let isPositive = call(">", x, 0)
  static let rows: [Row] = [
    Row(formula: call("abs", x), at: 0, value: 0, slope: 0),
    Row(formula: call("sign", x), at: 0, value: 0, slope: 0),
    Row(formula: call("floor", x) * x, at: 2.5, value: 5, slope: 2),
    Row(formula: call("max", x, x.squared), at: 0.5, value: 0.5, slope: 1),
    Row(formula: call("max", x, x.squared), at: 2, value: 4, slope: 4),
    Row(formula: call("min", x, 2 - x), at: 1, value: 1, slope: 1),
    // The branch that is not taken has no value, or an infinite slope.
    Row(formula: call("if", isPositive, call("ln", x), x), at: -2, value: -2, slope: 1),
    Row(formula: call("if", isPositive, x.squareRoot, -x), at: 0, value: 0, slope: -1),
    Row(formula: call("if", isPositive, x, 1 / x), at: 2, value: 2, slope: 1),
    Row(formula: call("if", isPositive, x, (-x).squareRoot), at: 4, value: 4, slope: 1),
    Row(formula: call("if", isPositive, x, pow(x, x)), at: 4, value: 4, slope: 1),
    Row(formula: isPositive * x.squared, at: 3, value: 9, slope: 6),
    Row(formula: call("if", (x - 1).squareRoot, x, 1), at: 0, value: .nan, slope: .nan),
  ]

  @Test(arguments: rows.indices) func row(_ row: Int) throws {
    let row = Self.rows[row]
    let function = try CompiledFunction(row.formula, variables: ["x"])
    #expect(ulps(function([row.at]), row.value) == 0)
    #expect(ulps(function.gradient(at: [row.at])[0], row.slope) <= 1)
  }
}
