import NablaAlgebra
import NablaBasics

/// Several expressions of parameters and columns over stretches of rows: what they share is computed once a row.
///
/// Rows run in lanes, as many at a time as stay in the first-level cache; expressions with a sum or product over an
/// index run row after row. Sums are added up in an order that depends on the number of rows alone. Calls may run on
/// several threads at once.
package final class CompiledRowOutputs: Sendable {
  /// How many expressions there are.
  package let outputs: Int
  private let compiled: Compiled
  private let parameterCount: Int
  private let columnCount: Int
  private let tape: Tape
  private let scratch: Scratch
  private let isInLanes: Bool

  /// Compiles expressions whose variables are parameters and columns.
  package init(
    _ expressions: [Expr], parameters: [Variable], columns: [Variable], limits: Limits = .standard
  ) throws(CompilationError) {
    var compiler = try Compiler(variables: parameters + columns, limits: limits)
    let scope = Scope()
    var values: [Value] = []
    for expression in expressions { values.append(try compiler.value(of: expression, in: scope)) }
    compiled = try Compiled(scope, outputs: values, valueCount: scope.instructions.count, compiler: compiler)
    outputs = expressions.count
    parameterCount = parameters.count
    columnCount = columns.count
    let program = compiled.program
    isInLanes = program.loops.isEmpty
    var builder = TapeBuilder(positions: compiled.positionTable)
    tape = builder.tape(
      of: program, count: compiled.valueCount, roots: compiled.outputs,
      lanes: isInLanes ? TapeBuilder.widest : 1,
      fixed: compiled.loads.filter { $0.position < parameters.count }.map(\.slot))
    scratch = Scratch(capacity: builder.memory + 8, for: tape)
  }

  /// The values of some rows, from `start` on: output k of row start + i stands at slots[places[k] · width + i].
  private typealias Take = (
    _ start: Int, _ length: Int, _ slots: UnsafePointer<Double>, _ width: Int, _ places: [Int]
  ) -> Void

  /// The values of all expressions for some rows: column after column comes in, output after output goes out.
  package func values(
    columns: UnsafePointer<Double>, rows count: Int, parameters: [Double],
    into results: UnsafeMutablePointer<Double>
  ) {
    forEachStretch(columns, count, parameters) { start, length, slots, width, places in
      for (output, place) in places.enumerated() {
        (results + (output * count + start)).update(from: slots + place * width, count: length)
      }
    }
  }

  /// Adds the sum of each expression over some rows to a total for each.
  package func addSums(
    columns: UnsafePointer<Double>, rows count: Int, parameters: [Double],
    to totals: UnsafeMutablePointer<Double>
  ) {
    forEachStretch(columns, count, parameters) { _, length, slots, width, places in
      for (output, place) in places.enumerated() {
        totals[output] += Kernels.sum(slots + place * width, length)
      }
    }
  }

  @inline(__always)
  private func forEachStretch(
    _ columns: UnsafePointer<Double>, _ count: Int, _ parameters: [Double], _ take: Take
  ) {
    precondition(parameters.count == parameterCount, "\(parameterCount) parameters expected")
    guard isInLanes else { return rowByRow(columns, count, parameters, take) }
    let memory = scratch.take()
    defer { scratch.give(memory) }
    let width = tape.lanes
    for load in compiled.loads where load.position < parameterCount {
      (memory + load.slot * width).update(repeating: parameters[load.position], count: width)
    }
    for start in stride(from: 0, to: count, by: width) {
      let length = min(width, count - start)
      for load in compiled.loads where load.position >= parameterCount {
        let row = memory + load.slot * width
        row.update(from: columns + ((load.position - parameterCount) * count + start), count: length)
        Kernels.fillUp(row, length)
      }
      LaneExecutor.run(tape, tape.rows(in: memory), lanes: Kernels.whole(length))
      take(start, length, memory, width, tape.outputs)
    }
  }

  private func rowByRow(
    _ columns: UnsafePointer<Double>, _ count: Int, _ parameters: [Double], _ take: Take
  ) {
    var point = parameters + [Double](repeating: 0, count: columnCount)
    for row in 0..<count {
      for column in 0..<columnCount { point[parameterCount + column] = columns[column * count + row] }
      let values = point.withPointer { point in compiled.withValues { $0.outputs(at: point) } }
      values.withPointer { take(row, 1, $0, 1, Array(values.indices)) }
    }
  }
}
