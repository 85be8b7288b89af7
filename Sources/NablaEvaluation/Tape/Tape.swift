/// A program made ready to run: steps over slots, dead ones gone, neighbours fused, equal ones in runs.
///
/// A slot is as many numbers wide as the tape has lanes. Inputs come first, then constants, then results.
final class Tape: Sendable {
  /// Where the tape's slots begin in the memory of a run.
  let base: Int
  /// How many numbers a slot holds: 1, or a multiple of 8.
  let lanes: Int
  let inputCount: Int
  let constants: [Double]
  let slotCount: Int
  /// Where the memory of a run has the addresses of the rows of all slots, in a tape with lanes.
  private let rowTable: Int
  /// The slots of what was asked for.
  let outputs: [Int]
  let loops: [TapeLoop]
  let closures: Program.Closures
  let stepCount: Int
  /// What a run costs, in additions, roughly; sums within sums may have more of them than a whole number holds.
  let work: Double
  // Written before the tape is handed out, and never again.
  nonisolated(unsafe) let steps: UnsafePointer<Step>

  init(
    base: Int, lanes: Int, inputCount: Int, constants: [Double], slotCount: Int, rowTable: Int,
    outputs: [Int], loops: [TapeLoop], closures: Program.Closures, steps: [Step]
  ) {
    self.base = base
    self.lanes = lanes
    self.inputCount = inputCount
    self.constants = constants
    self.slotCount = slotCount
    self.rowTable = rowTable
    self.outputs = outputs
    self.loops = loops
    self.closures = closures
    stepCount = steps.count
    work = steps.reduce(0) { $0 + Tape.work(of: $1, loops) }
    let memory = UnsafeMutablePointer<Step>.allocate(capacity: max(1, steps.count))
    steps.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { memory.initialize(from: start, count: steps.count) }
    }
    self.steps = UnsafePointer(memory)
  }

  deinit { steps.deallocate() }

  private static func work(of step: Step, _ loops: [TapeLoop]) -> Double {
    switch step.code {
    case .run: return Double(step.count) * step.inner.work
    case .addAll, .multiplyAddAll: return Double(step.count)
    case .loop, .reverseLoop, .loopWithSweep:
      let loop = loops[Int(step.function)]
      return Double(loop.count) * (loop.value.work + (loop.sweep?.work ?? 0))
    default: return step.code.work
    }
  }

  /// The slots whose steps settle them.
  var settledSlots: Set<Int> {
    Set((0..<stepCount).filter { steps[$0].traits.contains(.settles) }.map { Int(steps[$0].result) })
  }

  /// The addresses of the rows of all slots in the memory of a run; a run may put others in their places for a while.
  @inline(__always)
  func rows(in memory: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<UnsafeMutablePointer<Double>> {
    UnsafeMutableRawPointer(memory + rowTable).assumingMemoryBound(to: UnsafeMutablePointer<Double>.self)
  }

  /// Writes the constants of the tape and of its loops into the memory of a run, where they stay.
  func prepare(_ memory: UnsafeMutablePointer<Double>) {
    let start = memory + base + inputCount * lanes
    for (place, constant) in constants.enumerated() {
      for lane in 0..<lanes { start[place * lanes + lane] = constant }
    }
    if lanes > 1 {
      let rows = rows(in: memory)
      for slot in 0..<slotCount { (rows + slot).initialize(to: memory + base + slot * lanes) }
    }
    for loop in loops {
      loop.value.prepare(memory)
      loop.sweep?.prepare(memory)
    }
  }
}

/// A sum or product over an index, ready to run: its terms in lanes where they hold no loop of their own.
final class TapeLoop: Sendable {
  /// An input that is read from the point for each value of the index.
  struct Gather: Sendable {
    let slot: Int
    /// Where the table of positions says which coordinate the first term reads.
    let start: Int
    let shift: Int
    /// The position of the first coordinate where the others follow one by one.
    let first: Int?
    /// Where the sweep's outputs hold the adjoint.
    let adjoint: Int?
  }

  /// A slot of the tape around the loop and one of the loop.
  struct Capture: Sendable {
    let outer: Int
    let slot: Int
  }

  let isProduct: Bool
  let lower: Int
  let count: Int
  /// The terms' values, the first output.
  let value: Tape
  /// The values, and behind them the adjoints of inputs.
  let sweep: Tape?
  let gathers: [Gather]
  let captures: [Capture]
  /// The sweep's outputs that are adjoints of captured values.
  let held: [Int]
  let indexSlot: Int?
  let seedSlot: Int?
  /// Where a product's sweep keeps two numbers a term.
  let buffer: Int

  init(
    isProduct: Bool, lower: Int, count: Int, value: Tape, sweep: Tape?, gathers: [Gather],
    captures: [Capture], held: [Int], indexSlot: Int?, seedSlot: Int?, buffer: Int
  ) {
    self.isProduct = isProduct
    self.lower = lower
    self.count = count
    self.value = value
    self.sweep = sweep
    self.gathers = gathers
    self.captures = captures
    self.held = held
    self.indexSlot = indexSlot
    self.seedSlot = seedSlot
    self.buffer = buffer
  }
}
