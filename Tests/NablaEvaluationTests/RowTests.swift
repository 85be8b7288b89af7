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

  /// With two parameters and more the derivatives of a sum are those of its terms, however many rows there are.
  @Test(arguments: [1, 8, 255, 256, 257, 1023, 1024, 1025, 5000])
  func sumsOfManyParameters(count: Int) throws {
    var random = SplitMix64(start: UInt64(count))
    let column = (0..<count).map { _ in Double.random(in: -2...2, using: &random) }
    let (a, b, c) = (Expr("a"), Expr("b"), Expr("c"))
    for formula in [
      a * x + b * x.squared + c, (x - a * call("sin", b * x) - c).squared, exp(-a * x.squared) * b,
      a * call("tan", x) + call("sec", b * x) * call("sinh", c * x),
    ] {
      let variables: [Variable] = ["a", "b", "c"].filter { formula.freeVariables.contains($0) }
      let point = Array([0.7, -1.25, 0.5].prefix(variables.count))
      let rows = try CompiledRows(formula, columns: ["x"], parameters: variables)
      let scalar = try CompiledFunction(formula, variables: variables + ["x"])
      let sum = rows.sumOverRows(columns: [column], parameters: point) as (value: Double, gradient: [Double])
      let size = Double(count)
      let expected = column.reduce(0) { $0 + scalar(point + [$1]) }
      #expect(agree(sum.value, expected, within: 1e-12, size: size), "\(formula)")
      for place in variables.indices {
        let slope = column.reduce(0) { $0 + scalar.gradient(at: point + [$1])[place] }
        #expect(agree(sum.gradient[place], slope, within: 1e-12, size: 10 * size), "\(formula), \(place)")
      }
      var (values, jacobian): ([Double], [Double]) = ([], [])
      rows.valuesAndJacobian(columns: [column], parameters: point, into: &values, jacobian: &jacobian)
      #expect(values.count == count && jacobian.count == count * variables.count)
      for row in column.indices {
        let slopes = scalar.gradient(at: point + [column[row]])
        #expect(agree(values[row], scalar(point + [column[row]]), within: 1e-13, size: 10))
        for place in variables.indices {
          #expect(agree(jacobian[row * variables.count + place], slopes[place], within: 1e-13, size: 10))
        }
      }
    }
  }

  /// Rows run one by one where there is a sum over an index, in lanes elsewhere; either way there are all derivatives of
  /// every row, those by a parameter that the formula has not as well.
  @Test(arguments: [0, 1, 2, 9, 300]) func everyRowHasItsDerivatives(count: Int) throws {
    let index = Variable.openIndex("i")
    let sum = Expr.fold(
      .sum, index: index, from: 1, through: 3, call("sin", Expr("a") * x * .variable(index)))
    for formula in [sum * y + Expr("b"), call("sin", Expr("a") * x) * y + Expr("b")] {
      let parameters: [Variable] = ["a", "unused", "b"]
      let rows = try CompiledRows(formula, columns: ["x", "y"], parameters: parameters)
      let one = try CompiledFunction(formula, variables: ["x", "y"] + parameters)
      let numbers = (0..<count).map { Double($0) }
      let columns = [numbers.map { $0 / 7 }, numbers.map { 3 - $0 / 5 }]
      let point: [Double] = [0.3, 7, -2]
      var (values, jacobian): ([Double], [Double]) = ([], [])
      rows.valuesAndJacobian(columns: columns, parameters: point, into: &values, jacobian: &jacobian)
      #expect(values.count == count && jacobian.count == 3 * count)
      var (total, slopes) = (0.0, [0.0, 0, 0])
      for row in 0..<count {
        let place = columns.map { $0[row] } + point
        let gradient = one.gradient(at: place).dropFirst(2)
        #expect(agree(values[row], one(place), within: 1e-14))
        let found = jacobian[3 * row..<3 * row + 3]
        #expect(zip(found, gradient).allSatisfy { agree($0, $1, within: 1e-14, size: 10) })
        total += one(place)
        slopes = zip(slopes, gradient).map { $0 + $1 }
      }
      let size = Double(100 * max(1, count))
      let found = rows.sumOverRows(columns: columns, parameters: point) as (value: Double, gradient: [Double])
      #expect(agree(found.value, total, within: 1e-13, size: size))
      #expect(zip(found.gradient, slopes).allSatisfy { agree($0, $1, within: 1e-13, size: size) })
      #expect(rows.values(columns: [columns[0], [1]], parameters: point).count == count)
      let all = one.valuesAndGradients(columns: columns + point.map { [$0] })
      #expect(all.values.count == count && all.gradients.count == 5)
      #expect(all.gradients[3] == Array(repeating: 0, count: count))
    }
  }

  @Test func withoutColumnsThereIsOneRow() throws {
    let rows = try CompiledRows(Expr("a").squared, columns: [], parameters: ["a"])
    #expect(rows.values(columns: [], parameters: [3]) == [9])
    #expect(rows.sumOverRows(columns: [], parameters: [3]).gradient == [6])
  }

  @Test func chunksOfRows() {
    let size = BlockTape.chunk
    #expect([0, 1, size - 1, size, size + 1, 3 * size].map(BlockTape.chunks) == [0, 1, 1, 1, 2, 3])
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
