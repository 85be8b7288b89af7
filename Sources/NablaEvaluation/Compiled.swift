import NablaAlgebra
import NablaBasics

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
  /// The slots of coordinates that are the same at all points of a block.
  let fixedSlots: [Int]
  private let valueTape = Once<ReadyTape>()
  private let fullTape = Once<ReadyTape>()
  private let valueBlock = Once<BlockTape>()
  private let fullBlock = Once<BlockTape>()

  init(
    _ scope: Scope, outputs: [Value], partials: [(position: Int, value: Value)] = [],
    fixed: Set<Variable> = [], valueCount: Int, compiler: Compiler
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
    fixedSlots =
      fixed.isEmpty
      ? []
      : loads.filter {
        $0.position < compiler.variables.count && fixed.contains(compiler.variables[$0.position])
      }.map(\.slot)
  }

  /// Runs `body` with the tape that computes the outputs alone.
  @inline(__always)
  func withValues<Result>(_ body: (ReadyTape) -> Result) -> Result {
    valueTape.with({ ReadyTape(self, count: valueCount, roots: outputs) }, body)
  }

  /// Runs `body` with the tape that computes the outputs and the partial derivatives behind them.
  @inline(__always)
  func withValuesAndPartials<Result>(_ body: (ReadyTape) -> Result) -> Result {
    fullTape.with({ firstFullTape }, body)
  }

  /// The first output of a program without coordinates.
  @inline(never)
  var constantValue: Double { withValues { $0.constantValue } }

  /// The same tape without hope.
  var careful: ReadyTape { fullTape(isHopeful: false) }

  // Apart, so that a call has room for nothing but the look whether it is there.
  @inline(never)
  private var firstFullTape: ReadyTape { fullTape(isHopeful: program.loops.isEmpty) }

  private func fullTape(isHopeful: Bool) -> ReadyTape {
    ReadyTape(
      self, count: program.instructions.count, roots: outputs + partials.map(\.slot), isHopeful: isHopeful)
  }

  /// The same for many points at once; nil for programs with sums and products over an index, which fill the lanes
  /// with their terms.
  func block(withPartials: Bool) -> BlockTape? {
    guard program.loops.isEmpty else { return nil }
    if !withPartials { return valueBlock.get { BlockTape(self, withPartials: false, isHopeful: false) } }
    return fullBlock.get { BlockTape(self, withPartials: true, isHopeful: true) }
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

  /// The numbers in place, to be written.
  @inline(__always)
  mutating func withMutablePointer<Result>(_ body: (UnsafeMutablePointer<Double>) -> Result) -> Result {
    withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { return body(start) }
      var nothing = 0.0
      return withUnsafeMutablePointer(to: &nothing, body)
    }
  }
}
