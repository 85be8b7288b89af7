import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct RowTests {
  static let residual = (y - x * call("sin", z * x)).squared

  @Test func sumsValuesAndJacobians() throws {
    let rows = try CompiledRows(Self.residual, columns: ["x", "y"], parameters: ["z"])
    let scalar = try CompiledFunction(Self.residual, variables: ["x", "y", "z"])
    for count in [0, 1, 2, 7, 8, 9, 100, 1000, 10_000] {
      var random = SplitMix64(start: UInt64(count))
      let data = (0..<2).map { _ in (0..<count).map { _ in Double.random(in: -2...2, using: &random) } }
      let expected = (0..<count).map { scalar([data[0][$0], data[1][$0], 0.7]) }
      let slopes = (0..<count).map { scalar.gradient(at: [data[0][$0], data[1][$0], 0.7])[2] }
      let found = rows.values(columns: data, parameters: [0.7])
      #expect(found.count == count)
      for (a, b) in zip(found, expected) { #expect(agree(a, b, within: 1e-14)) }
      let sum = rows.sumOverRows(columns: data, parameters: [0.7]) as (value: Double, gradient: [Double])
      #expect(agree(sum.value, expected.reduce(0, +), within: 1e-12))
      #expect(agree(sum.gradient[0], slopes.reduce(0, +), within: 1e-12, size: 1000))
      #expect(agree(rows.sumOverRows(columns: data, parameters: [0.7]), sum.value, within: 1e-13))
      var (values, jacobian): ([Double], [Double]) = ([], [])
      rows.valuesAndJacobian(columns: data, parameters: [0.7], into: &values, jacobian: &jacobian)
      #expect(values == found)
      for (a, b) in zip(jacobian, slopes) { #expect(agree(a, b, within: 1e-13, size: 10)) }
      #expect(jacobian.count == count)
    }
  }

  @Test func aColumnOfOneEntryStandsForEveryRow() throws {
    let rows = try CompiledRows(x * y + z, columns: ["x", "y"], parameters: ["z"])
    #expect(rows.values(columns: [[1, 2, 3], [10]], parameters: [5]) == [15, 25, 35])
    let function = try CompiledFunction(x * y, variables: ["x", "y"])
    #expect(function.values(columns: [[1, 2, 3], [10]]) == [10, 20, 30])
    let both = function.valuesAndGradients(columns: [[1, 2, 3], [10]])
    #expect(both.values == [10, 20, 30])
    #expect(both.gradients == [[10, 10, 10], [1, 2, 3]])
  }

  @Test func rowsWithoutAValueAreMarked() throws {
    let function = try CompiledFunction(call("ln", x) + y, variables: ["x", "y"])
    let both = function.valuesAndGradients(columns: [[1, -1, 2], [0]])
    #expect(both.values[0] == 0 && both.values[1].isNaN && both.values[2].isFinite)
    #expect(both.gradients.map { $0[1].isNaN } == [true, true])
    #expect(both.gradients[0][2] == 0.5)
  }

  /// Results that are coordinates, constants, the value or one another go to all their places, in blocks of every size.
  @Test func resultsThatAreSomethingElseAsWell() throws {
    let formulas: [Expr] = [
      x, x + y + z, x * y * z, exp(x) + 2 * y, exp(x + y), x.squared / 2 + y * z, 7 * z,
    ]
    for formula in formulas {
      let function = try CompiledFunction(formula, variables: ["x", "y", "z"])
      for count in [1, 5, 8, 9, 255, 256, 257, 1003] {
        let columns = (0..<3).map { place in (0..<count).map { Double($0 % 37 - 18) / Double(8 + place) } }
        let (values, gradients) = function.valuesAndGradients(columns: columns)
        #expect(function.values(columns: columns) == values)
        for row in 0..<count {
          let point = columns.map { $0[row] }
          #expect(agree(values[row], function(point), within: 1e-15))
          let slopes = function.gradient(at: point)
          for place in 0..<3 { #expect(agree(gradients[place][row], slopes[place], within: 1e-15)) }
        }
      }
    }
  }
}
