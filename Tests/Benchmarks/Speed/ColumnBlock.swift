import NablaEvaluation

/// Value and gradient at many points, columns one after the other, as the C that it is measured against has them.
struct ColumnBlock {
  let function: CompiledFunction

  init(_ function: CompiledFunction) { self.function = function }

  /// Coordinates in `flat`, the values and then the partial derivatives into `results`.
  mutating func run(_ flat: [Double], _ count: Int, _ results: inout [Double]) {
    let n = function.variables.count
    let columns = (0..<n).map { Array(flat[$0 * count..<($0 + 1) * count]) }
    let (values, gradients) = function.valuesAndGradients(columns: columns)
    results[count - 1] = values[count - 1] + gradients[0][0]
  }
}
