import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

/// Several outputs over stretches of rows, against one point at a time.
@Suite struct RowOutputTests {
  private let a = Expr("a")
  private let b = Expr("b")
  private let x = Expr("x")
  private let y = Expr("y")

  private var expressions: [Expr] {
    [a * x + b, exp(-(b * x)) * y, .call(.sin, [x * y]) / (1 + a.squared), 7, a, y, pow(x.squared + 1, a)]
  }

  @Test(
    "Any number of rows gives what one point at a time gives", arguments: [1, 7, 8, 9, 255, 256, 257, 1000])
  func agree(rows: Int) throws {
    let variables = ["a", "b", "x", "y"].map { Variable($0) }
    let many = try CompiledRowOutputs(
      expressions, parameters: Array(variables[..<2]), columns: Array(variables[2...]))
    let one = try CompiledFunctions(expressions, variables: variables)
    var random = SplitMix64(start: UInt64(rows))
    let columns = (0..<2 * rows).map { _ in Double.random(in: -2...2, using: &random) }
    var values = [Double](repeating: .nan, count: expressions.count * rows)
    var sums = [Double](repeating: 0, count: expressions.count)
    columns.withUnsafeBufferPointer { columns in
      guard let start = columns.baseAddress else { return }
      values.withUnsafeMutableBufferPointer { target in
        guard let results = target.baseAddress else { return }
        many.values(columns: start, rows: rows, parameters: [1.5, -0.5], into: results)
      }
      sums.withUnsafeMutableBufferPointer { target in
        guard let results = target.baseAddress else { return }
        many.addSums(columns: start, rows: rows, parameters: [1.5, -0.5], to: results)
      }
    }
    var expected = [Double](repeating: 0, count: expressions.count)
    for row in 0..<rows {
      let point = one([1.5, -0.5, columns[row], columns[rows + row]])
      for (output, value) in point.enumerated() {
        let found = values[output * rows + row]
        #expect(
          (found - value).magnitude <= 4 * .ulpOfOne * max(1, value.magnitude), "row \(row), output \(output)"
        )
        expected[output] += value
      }
    }
    for (sum, value) in zip(sums, expected) { #expect((sum - value).magnitude <= 1e-12 * Double(rows) * 10) }
  }

  @Test("Sums over an index inside a model run row after row")
  func folds() throws {
    let index = Variable.openIndex("k")
    let series = Expr.fold(.sum, index: index, from: 1, through: 3, pow(x, .variable(index)) * a)
    let many = try CompiledRowOutputs(
      [series, series * y], parameters: [Variable("a")], columns: [Variable("x"), Variable("y")])
    var values = [Double](repeating: 0, count: 6)
    let columns: [Double] = [1, 2, 3, 10, 20, 30]
    columns.withUnsafeBufferPointer { columns in
      values.withUnsafeMutableBufferPointer { target in
        guard let start = columns.baseAddress, let results = target.baseAddress else { return }
        many.values(columns: start, rows: 3, parameters: [2], into: results)
      }
    }
    #expect(values == [6, 28, 78, 60, 560, 2340])
  }

  @Test("Work for several cores comes back in order")
  func parallel() {
    #expect(Parallel.map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(Parallel.map(0) { $0 } == [])
    #expect(Parallel.map(3) { "\($0)" } == ["0", "1", "2"])
  }
}
