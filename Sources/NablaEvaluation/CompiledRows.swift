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
    function = try CompiledFunction(
      expression, variables: columns + parameters, differentiatedBy: parameters, limits: limits)
  }

  /// A compiled function whose variables are all columns.
  init(_ function: CompiledFunction) {
    columns = function.variables
    parameters = []
    self.function = function
  }

  /// The value in each row.
  public func values(columns data: [[Double]], parameters: [Double]) -> [Double] {
    let count = rowCount(data, parameters)
    return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = count
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let result = start
      visit(data, parameters, count, withPartials: false) { rows, _ in
        (result + rows.row).update(from: rows.values, count: rows.count)
      }
    }
  }

  /// The sum of the values of all rows.
  public func sumOverRows(columns data: [[Double]], parameters: [Double]) -> Double {
    var gradient: [Double]?
    return sum(data, parameters, &gradient)
  }

  /// The sum over all rows and its gradient by the parameters.
  ///
  ///     Σᵢ (yᵢ − a·tᵢ)²    // its value, and −2·Σᵢ tᵢ·(yᵢ − a·tᵢ) in `gradient`
  public func sumOverRows(
    columns data: [[Double]], parameters: [Double], into gradient: inout [Double]
  ) -> Double {
    var slopes: [Double]? = Array(repeating: 0, count: parameters.count)
    let value = sum(data, parameters, &slopes)
    gradient = slopes ?? []
    return value
  }

  /// The sum over all rows and its gradient by the parameters.
  public func sumOverRows(
    columns data: [[Double]], parameters: [Double]
  ) -> (value: Double, gradient: [Double]) {
    var gradient: [Double] = []
    let value = sumOverRows(columns: data, parameters: parameters, into: &gradient)
    return (value, gradient)
  }

  /// Sums of chunks, added up in the order of the chunks.
  private func sum(_ data: [[Double]], _ parameters: [Double], _ gradient: inout [Double]?) -> Double {
    let count = rowCount(data, parameters)
    let width = 1 + (gradient == nil ? 0 : parameters.count)
    let chunks = (count + BlockTape.chunk - 1) / BlockTape.chunk
    var sums = [Double](repeating: 0, count: max(1, chunks * width))
    let first = columns.count
    sums.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let totals = start
      visit(data, parameters, count, withPartials: width > 1) { rows, chunk in
        let total = totals + chunk * width
        total[0] += Kernels.sum(rows.values, rows.count)
        if width == 1 { return }
        for partial in rows.partials where partial.position >= first {
          total[1 + partial.position - first] += Kernels.sum(partial.row, rows.count)
        }
      }
    }
    var value = 0.0
    for chunk in 0..<chunks {
      value += sums[chunk * width]
      for place in 0..<(width - 1) { gradient?[place] += sums[chunk * width + 1 + place] }
    }
    if value.isNaN, gradient != nil { gradient = Array(repeating: .nan, count: parameters.count) }
    return value
  }

  /// The value in each row, and its derivatives by the parameters, row after row.
  ///
  /// The arrays get the right count: one entry a row, and one a row and parameter.
  public func valuesAndJacobian(
    columns data: [[Double]], parameters: [Double], into values: inout [Double], jacobian: inout [Double]
  ) {
    let count = rowCount(data, parameters)
    let (first, width) = (columns.count, parameters.count)
    if values.count != count { values = Array(repeating: 0, count: count) }
    jacobian = Array(repeating: 0, count: count * width)
    values.withMutablePointer { start in
      nonisolated(unsafe) let result = start
      jacobian.withMutablePointer { start in
        nonisolated(unsafe) let slopes = start
        visit(data, parameters, count, withPartials: true) { rows, _ in
          (result + rows.row).update(from: rows.values, count: rows.count)
          for partial in rows.partials where partial.position >= first {
            let place = slopes + (rows.row * width + partial.position - first)
            for row in 0..<rows.count { place[row * width] = partial.row[row] }
          }
          for row in 0..<rows.count where rows.values[row].isNaN {
            (slopes + (rows.row + row) * width).update(repeating: .nan, count: width)
          }
        }
      }
    }
  }

  /// The value in each row and its derivatives by the columns, one list a column; all lists get the right count.
  func valuesAndColumnDerivatives(_ data: [[Double]], _ values: inout [Double], _ gradients: inout [[Double]])
  {
    let count = rowCount(data, [])
    if values.count != count { values = Array(repeating: 0, count: count) }
    if gradients.count != columns.count { gradients = Array(repeating: [], count: columns.count) }
    // Columns that no partial derivative goes into stay zero.
    let written = function.storage.compiled.block(withPartials: true)?.partials.map(\.position) ?? []
    for column in gradients.indices {
      if gradients[column].count != count {
        gradients[column] = Array(repeating: 0, count: count)
      } else if !written.contains(column) {
        gradients[column].withMutablePointer { $0.update(repeating: 0, count: count) }
      }
    }
    let starts = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(capacity: max(1, columns.count))
    defer { starts.deallocate() }
    CompiledRows.withColumns(&gradients, 0, starts) {
      nonisolated(unsafe) let slopes = starts
      values.withMutablePointer { start in
        nonisolated(unsafe) let result = start
        visit(data, [], count, withPartials: true) { rows, _ in
          (result + rows.row).update(from: rows.values, count: rows.count)
          for partial in rows.partials {
            (slopes[partial.position] + rows.row).update(from: partial.row, count: rows.count)
          }
          for row in 0..<rows.count where rows.values[row].isNaN {
            for column in 0..<data.count { slopes[column][rows.row + row] = .nan }
          }
        }
      }
    }
  }

  /// How many rows the columns have.
  private func rowCount(_ data: [[Double]], _ parameters: [Double]) -> Int {
    precondition(data.count == columns.count, "\(columns.count) columns expected, \(data.count) given")
    precondition(
      parameters.count == self.parameters.count,
      "\(self.parameters.count) parameters expected, \(parameters.count) given")
    if data.contains(where: \.isEmpty) {
      precondition(data.allSatisfy { $0.count <= 1 }, "columns of equal length")
      return 0
    }
    let count = data.map(\.count).max() ?? 1
    for column in data { precondition(column.count == count || column.count == 1, "columns of equal length") }
    return count
  }

  /// Some rows of results, wherever they were computed.
  struct Rows {
    let row: Int
    let count: Int
    let values: UnsafePointer<Double>
    let partials: [(position: Int, row: UnsafePointer<Double>)]
  }

  /// Hands over all rows, some at a time, with the number of their chunk; chunks may come on several cores.
  private func visit(
    _ data: [[Double]], _ parameters: [Double], _ count: Int, withPartials: Bool,
    _ body: @escaping @Sendable (Rows, _ chunk: Int) -> Void
  ) {
    if count == 0 { return }
    guard let block = function.storage.compiled.block(withPartials: withPartials) else {
      visitOneByOne(data, parameters, count, withPartials: withPartials, body)
      return
    }
    CompiledRows.withColumns(data + parameters.map { [$0] }, []) { columns in
      block.run(columns, rows: count) { results, chunk in
        let partials = block.partials.indices.map { place in
          (position: block.partials[place].position, row: results[partial: place])
        }
        body(Rows(row: results.row, count: results.count, values: results.values, partials: partials), chunk)
      }
    }
  }

  /// Rows of a formula with sums over an index: these fill the lanes.
  private func visitOneByOne(
    _ data: [[Double]], _ parameters: [Double], _ count: Int, withPartials: Bool,
    _ body: (Rows, _ chunk: Int) -> Void
  ) {
    var point = data.map { $0[0] } + parameters
    var slopes = [Double](repeating: 0, count: point.count)
    for row in 0..<count {
      for (place, column) in data.enumerated() where column.count > 1 { point[place] = column[row] }
      let value =
        withPartials ? function.valueAndGradient(at: point, into: &slopes) : function(point)
      slopes.withMutablePointer { slopes in
        let partials = point.indices.map { (position: $0, row: UnsafePointer(slopes + $0)) }
        withUnsafePointer(to: value) { value in
          let rows = Rows(row: row, count: 1, values: value, partials: withPartials ? partials : [])
          body(rows, row / BlockTape.chunk)
        }
      }
    }
  }

  /// The addresses of columns that are written, all at once.
  private static func withColumns(
    _ data: inout [[Double]], _ place: Int, _ starts: UnsafeMutablePointer<UnsafeMutablePointer<Double>>,
    _ body: () -> Void
  ) {
    guard place < data.count else { return body() }
    var column: [Double] = []
    swap(&column, &data[place])
    column.withMutablePointer { start in
      (starts + place).initialize(to: start)
      withColumns(&data, place + 1, starts, body)
    }
    swap(&column, &data[place])
  }

  /// The columns in place, all at once.
  private static func withColumns(
    _ data: [[Double]], _ done: [BlockTape.Column], _ body: ([BlockTape.Column]) -> Void
  ) {
    guard done.count < data.count else { return body(done) }
    let column = data[done.count]
    column.withPointer { start in
      withColumns(data, done + [.init(start: start, isFixed: column.count == 1)], body)
    }
  }
}

extension CompiledFunction {
  /// Whether many points are computed together; a formula with long sums of its own takes them one after the other.
  package var takesManyPoints: Bool { storage.compiled.block(withPartials: false) != nil }

  /// The values at many points, whose coordinates stand in one column a variable; a column with one entry stands for
  /// that number at every point.
  ///
  ///     try CompiledFunction(x * y, variables: [x, y]).values(columns: [[1, 2, 3], [10]])   // [10, 20, 30]
  public func values(columns: [[Double]]) -> [Double] {
    CompiledRows(self).values(columns: columns, parameters: [])
  }

  /// The values at many points and the partial derivatives, one column a variable.
  ///
  /// Where there is no value there is no gradient.
  public func valuesAndGradients(columns: [[Double]]) -> (values: [Double], gradients: [[Double]]) {
    var values: [Double] = []
    var gradients: [[Double]] = []
    valuesAndGradients(columns: columns, into: &values, gradients: &gradients)
    return (values, gradients)
  }

  /// The same into arrays of the caller's, which get the right counts: asked again with as many points, they are
  /// written where they stand.
  public func valuesAndGradients(
    columns: [[Double]], into values: inout [Double], gradients: inout [[Double]]
  ) {
    CompiledRows(self).valuesAndColumnDerivatives(columns, &values, &gradients)
  }
}
