import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct CompiledFunctionTests {
  struct Row {
    let formula: Expr
    let point: [Double]
    let value: Double
    let gradient: [Double]
  }

  static let half = Expr.number(.half)
  static let third = Expr.integer(1) / 3
  static let rows: [Row] = [
    Row(
      formula: 3 * x.squared + 8 * x * y - 3 * pow(y, 5), point: [1, 2], value: -77, gradient: [22, -232]),
    Row(formula: 7, point: [1, 2], value: 7, gradient: [0, 0]),
    Row(formula: y, point: [1, 2], value: 2, gradient: [0, 1]),
    Row(formula: x / y, point: [1, 4], value: 0.25, gradient: [0.25, -0.0625]),
    Row(formula: x / 3, point: [1, 4], value: 1.0 / 3, gradient: [1.0 / 3, 0]),
    Row(formula: x.squareRoot, point: [0, 0], value: 0, gradient: [.infinity, 0]),
    Row(formula: x.squareRoot, point: [4, 0], value: 2, gradient: [0.25, 0]),
    Row(formula: pow(x, -half), point: [4, 0], value: 0.5, gradient: [-0.0625, 0]),
    Row(formula: pow(x, 3 * half), point: [0, 0], value: 0, gradient: [0, 0]),
    Row(formula: pow(x, third), point: [-8, 0], value: -2, gradient: [1.0 / 12, 0]),
    Row(formula: pow(x, 2 * third), point: [-8, 0], value: 4, gradient: [-1.0 / 3, 0]),
    Row(formula: pow(x, 2), point: [0, 0], value: 0, gradient: [0, 0]),
    Row(formula: pow(x, -2), point: [-2, 0], value: 0.25, gradient: [0.25, 0]),
    Row(formula: pow(x, 11), point: [-1, 0], value: -1, gradient: [11, 0]),
    Row(formula: pow(x, 0), point: [0, 0], value: 1, gradient: [0, 0]),
    Row(formula: pow(1 / x, 0), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: pow(1 / x, 0), point: [2, 0], value: 1, gradient: [0, 0]),
    // What has no value never turns into a number; what is only too large may.
    Row(formula: (1 / x).reciprocal, point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("arctan", 1 / x), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("tanh", 1 / x), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("sigmoid", 1 / x), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("min", 1 / x, 2), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("arctan", pow(x, -half)), point: [0, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: call("tanh", pow(x, y)), point: [0, -1], value: .nan, gradient: [.nan, .nan]),
    Row(formula: pow(y, call("ln", x)), point: [-1, 1], value: .nan, gradient: [.nan, .nan]),
    Row(formula: 1 / (1 + exp(x)), point: [1000, 0], value: 0, gradient: [0, 0]),
    Row(formula: pow(x, y), point: [0, 0], value: 1, gradient: [.nan, .nan]),
    Row(formula: pow(x, y), point: [0, 2], value: 0, gradient: [0, 0]),
    Row(formula: pow(2, x), point: [3, 0], value: 8, gradient: [8 * Libm.log(2), 0]),
    Row(formula: exp(-x), point: [0, 0], value: 1, gradient: [-1, 0]),
    Row(formula: x * y.squareRoot, point: [0, 0], value: 0, gradient: [0, 0]),
    Row(formula: call("abs", x), point: [0, 0], value: 0, gradient: [0, 0]),
    Row(formula: call("abs", x), point: [-3, 0], value: 3, gradient: [-1, 0]),
    Row(formula: call("ln", x), point: [-1, 0], value: .nan, gradient: [.nan, .nan]),
    Row(formula: x * x - x * x, point: [2, 0], value: 0, gradient: [0, 0]),
    Row(formula: x * 1e200.exact * y, point: [1e-200, 1e-200], value: 1e-200, gradient: [1, 1]),
    Row(formula: pow(x, -2), point: [1e200, 0], value: 0, gradient: [0, 0]),
    Row(formula: pow(x / y, 2), point: [1e200, 2e200], value: 0.25, gradient: [5e-201, -2.5e-201]),
    Row(formula: pow(x / y, 2), point: [-1e-200, 1e-200], value: 1, gradient: [-2e200, -2e200]),
    Row(formula: (x / y).squareRoot, point: [-1, -4], value: 0.5, gradient: [-0.25, 0.0625]),
    Row(formula: 2 * x / 3, point: [0.1, 0], value: 0.2 / 3, gradient: [2.0 / 3, 0]),
    Row(formula: x + y, point: [.nan, 1], value: .nan, gradient: [.nan, .nan]),
    Row(formula: exp(-exp(x)), point: [800, 0], value: 0, gradient: [0, 0]),
    Row(formula: pow(x, 3) * pow(y, 2), point: [0, 0], value: 0, gradient: [0, 0]),
    Row(formula: x * pow(y, -1) * pow(z, -2), point: [1, 2, 0.5], value: 2, gradient: [2, -1, -8]),
  ]

  @Test(arguments: rows.indices) func valueAndGradient(row: Int) throws {
    let row = Self.rows[row]
    let function = try CompiledFunction(
      row.formula, variables: row.point.count == 2 ? ["x", "y"] : ["x", "y", "z"])
    #expect(ulps(function(row.point), row.value) <= 1)
    let gradient = function.gradient(at: row.point)
    for (a, b) in zip(gradient, row.gradient) { #expect(ulps(a, b) <= 2, "\(gradient)") }
  }

  @Test func variablesInAnyOrderAndUnused() throws {
    let function = try CompiledFunction(x / y, variables: ["z", "y", "w", "x"])
    #expect(function([9, 4, 9, 1]) == 0.25)
    #expect(function.gradient(at: [9, 4, 9, 1]) == [0, -0.0625, 0, 0.25])
  }

  @Test func whatCannotBeCompiledIsNamed() {
    #expect(throws: CompilationError.unknownVariable("y")) { try CompiledFunction(x + y, variables: ["x"]) }
    #expect(throws: CompilationError.repeatedVariable("x")) {
      try CompiledFunction(x, variables: ["x", "x"])
    }
    let index = Variable.openIndex("k")
    #expect(throws: CompilationError.openIndex(index)) {
      try CompiledFunction(x + .variable(index), variables: ["x"])
    }
  }

  @Test func severalExpressions() throws {
    let functions = try CompiledFunctions([x * y, 2, x * y + 1, x], variables: ["x", "y"])
    #expect(functions([2, 3]) == [6, 2, 7, 2])
    #expect(try CompiledFunctions([], variables: [])([]) == [])
  }
}

extension Double {
  /// The number as an exact expression.
  var exact: Expr { Expr.number(Number(approximate: self)) }
}
