import NablaAlgebra
import NablaBasics
import Synchronization

/// A program with the coordinates it reads and the slots of its results; tapes are made of it when they are run.
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
  /// The memory of a run of the program itself, instruction by instruction.
  let memory: Int
  let loads: [Link]
  let positionTable: [Int32]
  /// The slots of the partial derivatives that are not zero, by the variable's place.
  let partials: [Link]
  private let valueTape = AtomicLazyReference<ReadyTape>()
  private let fullTape = AtomicLazyReference<ReadyTape>()

  init(
    _ scope: Scope, outputs: [Value], partials: [(position: Int, value: Value)] = [], valueCount: Int,
    compiler: Compiler
  ) throws(CompilationError) {
    var assembler = Assembler(
      variables: compiler.variables, positions: compiler.positions, limits: compiler.limits)
    program = try assembler.program(of: scope).program
    memory = max(1, assembler.memory)
    positionTable = assembler.positionTable + [-1]
    self.outputs = outputs.map { Assembler.slot(of: $0, in: scope) }
    self.valueCount = valueCount
    self.partials = partials.map {
      .init(position: $0.position, slot: Assembler.slot(of: $0.value, in: scope))
    }
    loads = scope.inputs.enumerated().compactMap { slot, input in
      switch input {
      case .variable(let position): Link(position: position, slot: slot)
      case .direction(let position): Link(position: compiler.variables.count + position, slot: slot)
      case .element, .directionElement, .index, .captured, .seed: nil
      }
    }
  }

  /// The tape that computes the outputs alone.
  var values: ReadyTape {
    if let known = valueTape.load() { return known }
    return valueTape.storeIfNil(ReadyTape(self, count: valueCount, roots: outputs))
  }

  /// The tape that computes the outputs and the partial derivatives behind them.
  var valuesAndPartials: ReadyTape {
    if let known = fullTape.load() { return known }
    let roots = outputs + partials.map(\.slot)
    return fullTape.storeIfNil(ReadyTape(self, count: program.instructions.count, roots: roots))
  }
}

/// A tape with memory to run it in.
final class ReadyTape: Sendable {
  /// The numbers of memory that stand on the stack; longer runs borrow theirs.
  static let shortest = 128

  let tape: Tape
  private let compiled: Compiled
  private let scratch: Scratch?
  /// Whether the inputs are the coordinates one by one.
  private let isWholePoint: Bool

  init(_ compiled: Compiled, count: Int, roots: [Int]) {
    self.compiled = compiled
    var builder = TapeBuilder(positions: compiled.positionTable)
    tape = builder.tape(of: compiled.program, count: count, roots: roots)
    let isShort = builder.memory <= ReadyTape.shortest && tape.loops.isEmpty
    scratch = isShort ? nil : Scratch(capacity: builder.memory + 8, for: tape)
    isWholePoint = compiled.loads.enumerated().allSatisfy {
      $0.offset == $0.element.slot && $0.element.position == $0.offset
    }
  }

  /// One run at a point; `read` gets the slots of the tape.
  @inline(__always)
  func run<Result>(
    at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    _ read: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    if let scratch {
      let memory = scratch.take()
      defer { scratch.give(memory) }
      return run(in: memory, at: point, gradient: gradient, read)
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
      guard let start = memory.baseAddress else { preconditionFailure("memory of a fixed size") }
      tape.constants.withUnsafeBufferPointer { constants in
        guard let source = constants.baseAddress else { return }
        (start + tape.inputCount).update(from: source, count: constants.count)
      }
      return run(in: start, at: point, gradient: gradient, read)
    }
  }

  @inline(__always)
  private func run<Result>(
    in memory: UnsafeMutablePointer<Double>, at point: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?, _ read: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    let slots = memory + tape.base
    if isWholePoint {
      slots.update(from: point, count: compiled.loads.count)
    } else {
      for load in compiled.loads { slots[load.slot] = point[load.position] }
    }
    return compiled.positionTable.withUnsafeBufferPointer { positions in
      guard let table = positions.baseAddress else { preconditionFailure("the table ends with a gap") }
      ScalarExecutor(memory: memory, point: point, gradient: gradient, positions: table).run(tape)
      return read(slots)
    }
  }
}

extension Array<Double> {
  /// The numbers in place; an array without any has an address too.
  @inline(__always)
  func withPointer<Result>(_ body: (UnsafePointer<Double>) -> Result) -> Result {
    withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { return body(start) }
      var nothing = 0.0
      return withUnsafePointer(to: &nothing, body)
    }
  }
}
