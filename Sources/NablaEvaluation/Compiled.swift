import NablaAlgebra
import NablaBasics

/// A program with the memory it needs, the coordinates it reads and the slots of its results.
final class Compiled: Sendable {
  /// A coordinate of the point and a slot of the outermost frame.
  struct Link: Sendable {
    let position: Int
    let slot: Int
  }

  let program: Program
  let outputs: [Int]
  /// How many instructions give the outputs; the others are the reverse sweep.
  let valueCount: Int
  let memory: Int
  let loads: [Link]
  let positionTable: [Int32]

  init(_ scope: Scope, outputs: [Value], valueCount: Int, compiler: Compiler) throws(CompilationError) {
    var assembler = Assembler(
      variables: compiler.variables, positions: compiler.positions, limits: compiler.limits)
    program = try assembler.program(of: scope).program
    memory = max(1, assembler.memory)
    positionTable = assembler.positionTable + [-1]
    self.outputs = outputs.map { Assembler.slot(of: $0, in: scope) }
    self.valueCount = valueCount
    loads = scope.inputs.enumerated().compactMap { slot, input in
      switch input {
      case .variable(let position): Link(position: position, slot: slot)
      case .direction(let position): Link(position: compiler.variables.count + position, slot: slot)
      case .element, .directionElement, .index, .captured, .seed: nil
      }
    }
  }

  /// One run in memory of its own, from the stack where it is small; `read` gets the outermost frame.
  @inline(__always)
  func run<Result>(
    at x: [Double], gradient: UnsafeMutablePointer<Double>?, isValueOnly: Bool,
    _ read: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: memory) { memory in
      x.withUnsafeBufferPointer { point in
        positionTable.withUnsafeBufferPointer { positions in
          guard let start = memory.baseAddress, let table = positions.baseAddress else {
            preconditionFailure("neither memory nor table is empty")
          }
          let origin = point.baseAddress ?? UnsafePointer(start)
          let executor = ScalarExecutor(
            memory: start, point: origin, gradient: gradient, positions: table)
          executor.prepare(program)
          for load in loads { start[load.slot] = origin[load.position] }
          executor.run(program, 0..<(isValueOnly ? valueCount : program.instructions.count))
          return read(start)
        }
      }
    }
  }
}
