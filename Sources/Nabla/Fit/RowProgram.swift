import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// Expressions of parameters and columns, evaluated for the rows of a table block by block.
struct RowProgram: Sendable {
  private let compiled: CompiledFunctions
  private let parameterCount: Int
  private let columnCount: Int
  let outputs: Int

  init(
    _ expressions: [Expr], parameters: [Variable], columns: [Variable], limits: Limits = .standard
  ) throws(FitError) {
    do {
      compiled = try CompiledFunctions(expressions, variables: parameters + columns, limits: limits)
    } catch {
      if case .overrun(let overrun) = error { throw .overrun(overrun) }
      throw .overrun(.exhausted)
    }
    parameterCount = parameters.count
    columnCount = columns.count
    outputs = expressions.count
  }

  /// The values for one block, output after output, each as long as the block.
  func values(_ block: Table.Block, _ parameters: [Double], into values: inout [Double]) {
    let count = block.count
    if values.count != outputs * count { values = [Double](repeating: 0, count: outputs * count) }
    var point = parameters + [Double](repeating: 0, count: columnCount)
    for row in 0..<count {
      for column in 0..<columnCount { point[parameterCount + column] = block.values[column * count + row] }
      let results = compiled(point)
      for output in 0..<outputs { values[output * count + row] = results[output] }
    }
  }

  /// A result for each block of a table, joined in the order of the rows, so that it is the same on every machine.
  func reduce<Result: Sendable>(
    _ table: Table, _ parameters: [Double], _ initial: Result,
    _ result: @Sendable (_ block: Table.Block, _ values: inout [Double]) -> Result,
    _ join: (inout Result, Result) -> Void
  ) -> Result {
    var total = initial
    var values: [Double] = []
    for block in table.blocks {
      self.values(block, parameters, into: &values)
      join(&total, result(block, &values))
    }
    return total
  }
}
