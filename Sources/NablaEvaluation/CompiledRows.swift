import NablaAlgebra
import NablaBasics

/// A formula of columns of data and of parameters, taken over many rows: a model, a residual, a likelihood.
///
///     let r = try CompiledRows(y - a * t, columns: [t, y], parameters: [a])
///     r.values(columns: [[1, 2], [3, 5]], parameters: [2])   // [1, 1]
///
/// Rows are the places of the columns, which must be equally long; a column with one entry stands for that number in
/// every row. The order of all sums is fixed, so that results do not depend on the number of cores. Calls may run on
/// several threads at once.
public struct CompiledRows: Sendable {
  /// The variables that have a column of data each.
  public let columns: [Variable]
  /// The variables by which is differentiated.
  public let parameters: [Variable]
  private let function: CompiledFunction

  /// Compiles an expression whose variables are columns and parameters.
  public init(
    _ expression: Expr, columns: [Variable], parameters: [Variable], limits: Limits = .standard
  ) throws(CompilationError) {
    self.columns = columns
    self.parameters = parameters
    function = try CompiledFunction(expression, variables: columns + parameters, limits: limits)
  }

  /// The value in each row.
  public func values(columns data: [[Double]], parameters: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rowCount(data))
    visit(data, parameters) { point in result.append(function(point)) }
    return result
  }

  /// The sum of the values of all rows.
  public func sumOverRows(columns data: [[Double]], parameters: [Double]) -> Double {
    var sum = 0.0
    visit(data, parameters) { point in sum += function(point) }
    return sum
  }

  /// The sum over all rows and its gradient by the parameters.
  ///
  ///     Σᵢ (yᵢ − a·tᵢ)²    // its value, and −2·Σᵢ tᵢ·(yᵢ − a·tᵢ) in `gradient`
  public func sumOverRows(
    columns data: [[Double]], parameters: [Double], into gradient: inout [Double]
  ) -> Double {
    gradient = Array(repeating: 0, count: parameters.count)
    var sum = 0.0
    var slopes: [Double] = []
    visit(data, parameters) { point in
      sum += function.valueAndGradient(at: point, into: &slopes)
      for place in parameters.indices { gradient[place] += slopes[columns.count + place] }
    }
    return sum
  }

  /// The sum over all rows and its gradient by the parameters.
  public func sumOverRows(
    columns data: [[Double]], parameters: [Double]
  ) -> (value: Double, gradient: [Double]) {
    var gradient: [Double] = []
    let value = sumOverRows(columns: data, parameters: parameters, into: &gradient)
    return (value, gradient)
  }

  /// The value in each row, and its derivatives by the parameters, row after row.
  ///
  /// The arrays get the right count: one entry a row, and one a row and parameter.
  public func valuesAndJacobian(
    columns data: [[Double]], parameters: [Double], into values: inout [Double], jacobian: inout [Double]
  ) {
    let count = rowCount(data)
    values = []
    jacobian = []
    values.reserveCapacity(count)
    jacobian.reserveCapacity(count * parameters.count)
    var slopes: [Double] = []
    visit(data, parameters) { point in
      values.append(function.valueAndGradient(at: point, into: &slopes))
      jacobian += slopes[columns.count...]
    }
  }

  /// How many rows the columns have.
  private func rowCount(_ data: [[Double]]) -> Int { data.map(\.count).max() ?? 1 }

  private func visit(_ data: [[Double]], _ parameters: [Double], _ body: ([Double]) -> Void) {
    precondition(data.count == columns.count, "\(columns.count) columns expected, \(data.count) given")
    precondition(
      parameters.count == self.parameters.count,
      "\(self.parameters.count) parameters expected, \(parameters.count) given")
    let count = rowCount(data)
    for column in data { precondition(column.count == count || column.count == 1, "columns of equal length") }
    var point = Array(repeating: 0.0, count: data.count) + parameters
    for row in 0..<count {
      for (place, column) in data.enumerated() { point[place] = column.count == 1 ? column[0] : column[row] }
      body(point)
    }
  }
}

extension CompiledFunction {
  /// The values at many points, whose coordinates stand in one column a variable; a column with one entry stands for
  /// that number at every point.
  ///
  ///     try CompiledFunction(x * y, variables: [x, y]).values(columns: [[1, 2, 3], [10]])   // [10, 20, 30]
  public func values(columns: [[Double]]) -> [Double] {
    rows.values(columns: columns, parameters: [])
  }

  /// The values at many points and the partial derivatives, one column a variable.
  public func valuesAndGradients(columns: [[Double]]) -> (values: [Double], gradients: [[Double]]) {
    precondition(columns.count == variables.count, "\(variables.count) columns expected")
    let count = columns.map(\.count).max() ?? 1
    var values: [Double] = []
    var gradients = variables.map { _ in [Double]() }
    var slopes: [Double] = []
    for row in 0..<count {
      let point = columns.map { $0.count == 1 ? $0[0] : $0[row] }
      values.append(valueAndGradient(at: point, into: &slopes))
      for place in variables.indices { gradients[place].append(slopes[place]) }
    }
    return (values, gradients)
  }

  private var rows: CompiledRows { CompiledRows(self) }
}

extension CompiledRows {
  /// A compiled function whose variables are all columns.
  init(_ function: CompiledFunction) {
    columns = function.variables
    parameters = []
    self.function = function
  }
}
