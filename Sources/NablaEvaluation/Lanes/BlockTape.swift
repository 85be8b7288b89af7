import NablaBasics

/// A tape for many points at once: blocks of them run through its lanes, on all cores where there are many blocks.
///
/// Memory depends on the tape, not on the number of points. Chunks of blocks are the same on every machine.
final class BlockTape: Sendable {
  /// How many rows one core takes at a time.
  static let chunk = 4096

  let tape: Tape
  private let scratch: Scratch
  private let loads: [Compiled.Link]
  /// The slots of the value's partial derivatives, by the coordinate's place.
  let partials: [Compiled.Link]
  /// Where each of them is computed: elsewhere when it is a coordinate, a constant or the value as well.
  private let sources: [Int]
  /// The slot of the value.
  private let value: Int
  private let isHopeful: Bool
  /// What the tape belongs to.
  private unowned let compiled: Compiled
  /// The tape that decides for blocks in which a hopeful one has partial derivatives that are not finite.
  private let deciding = Once<BlockTape>()

  init(_ compiled: Compiled, withPartials: Bool, isHopeful: Bool) {
    self.compiled = compiled
    self.isHopeful = isHopeful
    var builder = TapeBuilder(positions: compiled.positionTable)
    let roots = compiled.outputs + (withPartials ? compiled.partials.map(\.slot) : [])
    let count = withPartials ? compiled.program.instructions.count : compiled.valueCount
    tape = builder.tape(
      of: compiled.program, count: count, roots: roots, lanes: TapeBuilder.widest,
      isHopeful: isHopeful)
    loads = compiled.loads
    value = tape.outputs.first ?? 0
    sources = Array(tape.outputs.dropFirst(compiled.outputs.count))
    var spare = tape.slotCount + 1
    var slots: [Int] = []
    for source in sources {
      let isOwn = source >= tape.inputCount + tape.constants.count && source != value
      slots.append(isOwn ? source : spare)
      if !isOwn { spare += 1 }
    }
    partials = zip(compiled.partials, slots).map { .init(position: $0.position, slot: $1) }
    scratch = Scratch(capacity: builder.memory + (spare - tape.slotCount) * tape.lanes + 8, for: tape)
  }

  /// A coordinate of all points: a column, or one number.
  struct Column: @unchecked Sendable {
    let start: UnsafePointer<Double>
    let isFixed: Bool
  }

  /// Some rows of results in the lanes of a run: the value, and partial derivatives by the place in `partials`.
  struct Results {
    fileprivate let slots: UnsafeMutablePointer<Double>
    fileprivate let tape: BlockTape
    /// The first row and how many there are.
    let row: Int
    let count: Int

    var values: UnsafePointer<Double> { UnsafePointer(slots + tape.value * tape.tape.lanes) }
    /// How many rows there are with those that fill up the last lanes.
    var paddedCount: Int { (count + 7) & ~7 }

    subscript(partial place: Int) -> UnsafePointer<Double> {
      UnsafePointer(slots + tape.partials[place].slot * tape.tape.lanes)
    }
  }

  /// Runs all rows, chunk by chunk, each in blocks; `body` gets each block with the number of its chunk.
  func run(_ columns: [Column], rows: Int, _ body: @escaping @Sendable (Results, _ chunk: Int) -> Void) {
    let chunks = (rows + BlockTape.chunk - 1) / BlockTape.chunk
    // A thread costs as much as some ten thousand steps.
    if chunks > 1, rows * tape.stepCount > 300_000 {
      _ = Parallel.map(chunks) { chunk in self.run(columns, rows, chunk, body) }
    } else {
      for chunk in 0..<chunks { run(columns, rows, chunk, body) }
    }
  }

  private func run(
    _ columns: [Column], _ rows: Int, _ chunk: Int, _ body: (Results, Int) -> Void
  ) {
    let end = min(rows, (chunk + 1) * BlockTape.chunk)
    run(columns, from: chunk * BlockTape.chunk, to: end) { body($0, chunk) }
  }

  /// Runs rows one block after the other.
  private func run(_ columns: [Column], from start: Int, to end: Int, _ body: (Results) -> Void) {
    let memory = scratch.take()
    defer { scratch.give(memory) }
    let slots = memory + tape.base
    let width = tape.lanes
    for load in loads where columns[load.position].isFixed {
      (slots + load.slot * width).update(repeating: columns[load.position].start[0], count: width)
    }
    var row = start
    while row < end {
      let count = min(width, end - row)
      let full = (count + 7) & ~7
      for load in loads where !columns[load.position].isFixed {
        let lane = slots + load.slot * width
        lane.update(from: columns[load.position].start + row, count: count)
        for place in count..<full { lane[place] = lane[count - 1] }
      }
      LaneExecutor.run(tape, slots, lanes: full)
      var isFinite = true
      for (partial, source) in zip(partials, sources) {
        let isRowFinite = Kernels.settle(slots + source * width, onto: slots + partial.slot * width, full)
        if !isRowFinite { isFinite = false }
      }
      if isFinite || !isHopeful {
        body(Results(slots: slots, tape: self, row: row, count: count))
      } else {
        let careful = deciding.get { BlockTape(compiled, withPartials: true, isHopeful: false) }
        careful.run(columns, from: row, to: row + count, body)
      }
      row += count
    }
  }
}
