import NablaBasics

/// A tape for many points at once: blocks of them run through its lanes, on all cores where there are many blocks.
///
/// Memory depends on the tape, not on the number of points. Chunks of blocks are the same on every machine.
final class BlockTape: Sendable {
  /// How many rows one core takes at a time.
  static let chunk = 4096

  private let tape: Tape
  private let scratch: Scratch
  private let loads: [Compiled.Link]
  /// The output slots of the values' partial derivatives, by the coordinate's place.
  let partials: [Compiled.Link]
  /// The slot of the value.
  private let value: Int

  init(_ compiled: Compiled, withPartials: Bool) {
    var builder = TapeBuilder(positions: compiled.positionTable)
    let roots = compiled.outputs + (withPartials ? compiled.partials.map(\.slot) : [])
    let count = withPartials ? compiled.program.instructions.count : compiled.valueCount
    tape = builder.tape(of: compiled.program, count: count, roots: roots, lanes: TapeBuilder.widest)
    scratch = Scratch(capacity: builder.memory + 8, for: tape)
    loads = compiled.loads
    value = tape.outputs.first ?? 0
    let outputs = tape.outputs.dropFirst(compiled.outputs.count)
    partials = zip(compiled.partials, outputs).map { .init(position: $0.position, slot: $1) }
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
    let memory = scratch.take()
    defer { scratch.give(memory) }
    let slots = memory + tape.base
    let width = tape.lanes
    for load in loads where columns[load.position].isFixed {
      (slots + load.slot * width).update(repeating: columns[load.position].start[0], count: width)
    }
    let end = min(rows, (chunk + 1) * BlockTape.chunk)
    var row = chunk * BlockTape.chunk
    while row < end {
      let count = min(width, end - row)
      let full = (count + 7) & ~7
      for load in loads where !columns[load.position].isFixed {
        let lane = slots + load.slot * width
        lane.update(from: columns[load.position].start + row, count: count)
        for place in count..<full { lane[place] = lane[count - 1] }
      }
      LaneExecutor.run(tape, slots, lanes: full)
      body(Results(slots: slots, tape: self, row: row, count: count), chunk)
      row += count
    }
  }
}
