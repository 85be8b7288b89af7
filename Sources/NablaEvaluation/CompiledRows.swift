import NablaAlgebra
import NablaBasics

/// A formula of columns of data and of parameters, taken over many rows: a model, a residual, a likelihood.
///
///     let r = try CompiledRows(
///       Expr("y") - Expr("a") * Expr("t"), columns: [Variable("t"), Variable("y")], parameters: [Variable("a")])
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
      expression, variables: columns + parameters, parameters: parameters, limits: limits)
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
      guard let block = function.storage.compiled.block(withPartials: false) else {
        return visitOneByOne(data, parameters, count, withPartials: false) { result[$0.row] = $0.value }
      }
      CompiledRows.withColumns(data + parameters.map { [$0] }, []) { columns in
        block.run(columns, rows: count, into: .init(values: result, partials: [])) { _, _ in }
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
    let chunks = BlockTape.chunks(of: count)
    var sums = [Double](repeating: 0, count: chunks * width)
    let first = columns.count
    sums.withMutablePointer { start in
      nonisolated(unsafe) let totals = start
      guard let block = function.storage.compiled.block(withPartials: width > 1) else {
        return visitOneByOne(data, parameters, count, withPartials: width > 1) { point in
          let total = totals + point.row / BlockTape.chunk * width
          total[0] += point.value
          for place in 1..<width { total[place] += point.slopes[first + place - 1] }
        }
      }
      let partials = block.partials.enumerated().filter { $0.element >= first }
      CompiledRows.withColumns(data + parameters.map { [$0] }, []) { columns in
        block.runUnsettled(columns, rows: count) { rows, isFinal, chunk in
          let total = totals + chunk * width
          return withUnsafeTemporaryAllocation(of: Double.self, capacity: partials.count) { sums in
            for (place, partial) in partials.enumerated() {
              sums[place] = Kernels.sum(rows[partial: partial.offset], rows.count)
            }
            if !isFinal, !sums.allSatisfy(\.isFinite) { return false }
            total[0] += Kernels.sum(rows.values, rows.count)
            for (place, partial) in partials.enumerated() {
              total[1 + partial.element - first] += sums[place]
            }
            return true
          }
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
        guard let block = function.storage.compiled.block(withPartials: true) else {
          return visitOneByOne(data, parameters, count, withPartials: true) { point in
            result[point.row] = point.value
            (slopes + point.row * width).update(from: point.slopes + first, count: width)
          }
        }
        CompiledRows.withColumns(data + parameters.map { [$0] }, []) { columns in
          block.run(columns, rows: count) { rows, _ in
            (result + rows.row).update(from: rows.values, count: rows.count)
            for (partial, position) in block.partials.enumerated() where position >= first {
              let place = slopes + (rows.row * width + position - first)
              for row in 0..<rows.count { place[row * width] = rows[partial: partial][row] }
            }
            if !Kernels.hasNaN(rows.values, rows.paddedCount) { return }
            for row in 0..<rows.count where rows.values[row].isNaN {
              (slopes + (rows.row + row) * width).update(repeating: .nan, count: width)
            }
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
    let block = function.storage.compiled.block(withPartials: true)
    // Columns that no partial derivative goes into stay zero.
    for column in gradients.indices {
      if gradients[column].count != count {
        gradients[column] = Array(repeating: 0, count: count)
      } else if !(block?.partials.contains(column) ?? false) {
        gradients[column].withMutablePointer { $0.update(repeating: 0, count: count) }
      }
    }
    let starts = UnsafeMutablePointer<UnsafeMutablePointer<Double>>.allocate(capacity: max(1, columns.count))
    defer { starts.deallocate() }
    CompiledRows.withColumns(&gradients, 0, starts) {
      nonisolated(unsafe) let slopes = starts
      values.withMutablePointer { start in
        nonisolated(unsafe) let result = start
        guard let block else {
          return visitOneByOne(data, [], count, withPartials: true) { point in
            result[point.row] = point.value
            for column in 0..<data.count { slopes[column][point.row] = point.slopes[column] }
          }
        }
        CompiledRows.withColumns(data, []) { columns in
          let destination = BlockTape.Destination(
            values: result, partials: block.partials.map { slopes[$0] })
          block.run(columns, rows: count, into: destination) { rows, _ in
            if !Kernels.hasNaN(rows.values, rows.paddedCount) { return }
            for row in 0..<rows.count where rows.values[row].isNaN {
              for column in 0..<columns.count { slopes[column][rows.row + row] = .nan }
            }
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

  /// The results of one row: the value, and the slopes by all columns and parameters where these are asked for.
  private struct Point {
    let row: Int
    let value: Double
    let slopes: UnsafePointer<Double>
  }

  /// Rows of a formula with sums over an index, which fill the lanes.
  private func visitOneByOne(
    _ data: [[Double]], _ parameters: [Double], _ count: Int, withPartials: Bool, _ body: (Point) -> Void
  ) {
    if count == 0 { return }
    var point = data.map { $0[0] } + parameters
    var slopes = [Double](repeating: 0, count: point.count)
    for row in 0..<count {
      for (place, column) in data.enumerated() where column.count > 1 { point[place] = column[row] }
      let value = withPartials ? function.valueAndGradient(at: point, into: &slopes) : function(point)
      slopes.withPointer { body(Point(row: row, value: value, slopes: $0)) }
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
  ///     try Formula("x y").compiled().values(columns: [[1, 2, 3], [10]])   // [10, 20, 30]
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
