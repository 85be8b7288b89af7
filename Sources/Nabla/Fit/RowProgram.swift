import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaEvaluation

/// Expressions of parameters and columns, evaluated for the rows of a table block by block, on all cores.
///
/// Blocks are joined in the order of the rows, so that results do not depend on the machine; memory is a few blocks of
/// values for each core, however many rows there are.
struct RowProgram: Sendable {
  /// The blocks that one piece of work goes through.
  private static let blocksEach = 8

  private let compiled: CompiledRowOutputs
  let outputs: Int

  init(
    _ expressions: [Expr], parameters: [Variable], columns: [Variable], limits: Limits = .standard
  ) throws(FitError) {
    do {
      compiled = try CompiledRowOutputs(
        expressions, parameters: parameters, columns: columns, limits: limits)
    } catch {
      if case .overrun(let overrun) = error { throw .overrun(overrun) }
      throw .overrun(.exhausted)
    }
    outputs = expressions.count
  }

  /// The values for one block, output after output, each as long as the block.
  func values(_ block: Table.Block, _ parameters: [Double], into values: inout [Double]) {
    let size = outputs * block.count
    if values.count != size { values = [Double](repeating: 0, count: size) }
    block.values.withUnsafeBufferPointer { columns in
      values.withUnsafeMutableBufferPointer { values in
        guard let results = values.baseAddress else { return }
        // A model may use no column at all; then nobody reads them.
        let start = columns.baseAddress ?? UnsafePointer(results)
        compiled.values(columns: start, rows: block.count, parameters: parameters, into: results)
      }
    }
  }

  /// The sum of each output over all rows.
  func sums(_ table: Table, _ parameters: [Double]) -> [Double] {
    let blocks = table.blocks
    let pieces = RowProgram.pieces(of: blocks)
    let parts = Parallel.map(pieces.count) { piece in
      var totals = [Double](repeating: 0, count: outputs)
      totals.withUnsafeMutableBufferPointer { totals in
        guard let target = totals.baseAddress else { return }
        for block in blocks[pieces[piece]] {
          block.values.withUnsafeBufferPointer { columns in
            let start = columns.baseAddress ?? UnsafePointer(target)
            compiled.addSums(columns: start, rows: block.count, parameters: parameters, to: target)
          }
        }
      }
      return totals
    }
    return parts.reduce(into: [Double](repeating: 0, count: outputs)) { total, part in
      for place in total.indices { total[place] += part[place] }
    }
  }

  /// A result for each block of a table, joined in the order of the rows.
  func reduce<Result: Sendable>(
    _ table: Table, _ parameters: [Double], _ initial: Result,
    _ result: @Sendable (_ block: Table.Block, _ values: inout [Double]) -> Result,
    _ join: @Sendable (inout Result, Result) -> Void
  ) -> Result {
    let blocks = table.blocks
    let pieces = RowProgram.pieces(of: blocks)
    let parts = Parallel.map(pieces.count) { piece in
      var total = initial
      var values: [Double] = []
      for block in blocks[pieces[piece]] {
        self.values(block, parameters, into: &values)
        join(&total, result(block, &values))
      }
      return total
    }
    guard var total = parts.first else { return initial }
    for part in parts.dropFirst() { join(&total, part) }
    return total
  }

  private static func pieces(of blocks: [Table.Block]) -> [Range<Int>] {
    stride(from: 0, to: blocks.count, by: blocksEach).map { $0..<min(blocks.count, $0 + blocksEach) }
  }
}
