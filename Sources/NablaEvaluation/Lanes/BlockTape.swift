import NablaBasics

/// A tape for many points at once: blocks of them run through its lanes, on all cores where there are many blocks.
///
/// Memory depends on the tape, not on the number of points. Chunks of blocks are the same on every machine.
final class BlockTape: Sendable {
  /// How many rows one core takes at a time.
  static let chunk = 4096

  /// How many pieces of work so many rows are.
  static func chunks(of rows: Int) -> Int { (rows + chunk - 1) / chunk }

  let tape: Tape
  /// The coordinates by which there are partial derivatives; these have their places here.
  let partials: [Int]
  private let scratch: Scratch
  private let loads: [Compiled.Link]
  /// Where each partial derivative is computed.
  private let sources: [Int]
  /// Whether that is nothing else as well: a coordinate, a constant, the value, or an earlier partial derivative.
  private let isOwn: [Bool]
  /// The places of those that the steps leave as computed: with zeros of either sign, finite or not.
  private let unsettled: [Int]
  /// The slot of the value, and whether that is a result.
  private let value: Int
  private let isComputed: Bool
  /// Where a run's memory has a row for each partial derivative that has none of its own, and all their addresses.
  private let spare: Int
  private let targetTable: Int
  private let isHopeful: Bool
  /// What the tape belongs to.
  private unowned let compiled: Compiled
  /// The tape that decides for blocks in which a hopeful one has partial derivatives that are not finite.
  let deciding = Once<BlockTape>()

  init(_ compiled: Compiled, withPartials: Bool, isHopeful: Bool) {
    self.compiled = compiled
    self.isHopeful = isHopeful
    var builder = TapeBuilder(positions: compiled.positionTable)
    let slopes = withPartials ? compiled.partials.map(\.slot) : []
    let count = withPartials ? compiled.program.instructions.count : compiled.valueCount
    tape = builder.tape(
      of: compiled.program, count: count, roots: compiled.outputs + slopes, settling: slopes.count,
      lanes: TapeBuilder.widest, fixed: compiled.fixedSlots, isHopeful: isHopeful)
    loads = compiled.loads
    value = tape.outputs[0]
    sources = Array(tape.outputs.dropFirst(compiled.outputs.count))
    partials = withPartials ? compiled.partials.map(\.position) : []
    let first = tape.inputCount + tape.constants.count
    isComputed = value >= first
    var taken: Set = [value]
    let isOwn = sources.map { $0 >= first && taken.insert($0).inserted }
    self.isOwn = isOwn
    let settled = tape.settledSlots
    unsettled = sources.indices.filter { [sources] in !(isOwn[$0] && settled.contains(sources[$0])) }
    spare = builder.memory
    targetTable = spare + sources.count * tape.lanes
    scratch = Scratch(capacity: targetTable + sources.count + 8, for: tape)
  }

  /// A coordinate of all points: a column, or one number.
  struct Column: @unchecked Sendable {
    let start: UnsafePointer<Double>
    let isFixed: Bool
  }

  /// Where results of all rows go: the values, and the partial derivatives by their places in `partials`.
  struct Destination: @unchecked Sendable {
    let values: UnsafeMutablePointer<Double>
    let partials: [UnsafeMutablePointer<Double>]
  }

  /// Some rows of results: the value, and partial derivatives by their places in `partials`.
  struct Results {
    /// The first row and how many there are.
    let row: Int
    let count: Int
    let values: UnsafePointer<Double>
    fileprivate let partials: UnsafePointer<UnsafeMutablePointer<Double>>

    /// How many rows there are with those that fill up the last lanes.
    var paddedCount: Int { Kernels.whole(count) }

    subscript(partial place: Int) -> UnsafePointer<Double> { UnsafePointer(partials[place]) }
  }

  /// Runs all rows, chunk by chunk, each in blocks; `body` gets each block with the number of its chunk.
  ///
  /// Zeros of partial derivatives are positive. With a destination, results are written there at once.
  func run(
    _ columns: [Column], rows: Int, into destination: Destination? = nil,
    _ body: @escaping @Sendable (Results, _ chunk: Int) -> Void
  ) {
    eachChunk(rows) { start, end, chunk in
      self.run(columns, from: start, to: end, destination, settles: true) { results, _ in
        body(results, chunk)
        return true
      }
    }
  }

  /// The same with results as they were computed: `body` refuses a block that is not final, doing nothing, where a
  /// partial derivative is not finite, and then gets it once more.
  func runUnsettled(
    _ columns: [Column], rows: Int,
    _ body: @escaping @Sendable (Results, _ isFinal: Bool, _ chunk: Int) -> Bool
  ) {
    eachChunk(rows) { start, end, chunk in
      self.run(columns, from: start, to: end, nil, settles: false) { body($0, $1, chunk) }
    }
  }

  private func eachChunk(_ rows: Int, _ body: @Sendable (_ start: Int, _ end: Int, _ chunk: Int) -> Void) {
    let chunks = BlockTape.chunks(of: rows)
    @Sendable func chunk(_ place: Int) {
      body(place * BlockTape.chunk, min(rows, (place + 1) * BlockTape.chunk), place)
    }
    // A millisecond; in less a second core helps little, and costs processor time.
    if chunks > 1, Double(rows) * tape.work > 4e6 {
      _ = Parallel.map(chunks) { chunk($0) }
    } else {
      for place in 0..<chunks { chunk(place) }
    }
  }

  /// Runs rows one block after the other. Columns are read and destinations written in place where blocks are whole
  /// vectors; others go through the tape's own rows.
  private func run(
    _ columns: [Column], from start: Int, to end: Int, _ destination: Destination?, settles: Bool,
    _ body: (Results, _ isFinal: Bool) -> Bool
  ) {
    let memory = scratch.take()
    defer { scratch.give(memory) }
    let rows = tape.rows(in: memory)
    let width = tape.lanes
    let targets = UnsafeMutableRawPointer(memory + targetTable).assumingMemoryBound(
      to: UnsafeMutablePointer<Double>.self)
    for load in loads where columns[load.position].isFixed {
      rows[load.slot] = memory + load.slot * width
      rows[load.slot].update(repeating: columns[load.position].start[0], count: width)
    }
    var row = start
    while row < end {
      let isSplit = destination != nil && end - row > 8
      let count = min(width, isSplit ? (end - row) & ~7 : end - row)
      let isWhole = count & 7 == 0
      let full = Kernels.whole(count)
      for load in loads where !columns[load.position].isFixed {
        let column = columns[load.position].start + row
        if isWhole {
          rows[load.slot] = UnsafeMutablePointer(mutating: column)
        } else {
          let own = memory + load.slot * width
          own.update(from: column, count: count)
          Kernels.fillUp(own, count)
          rows[load.slot] = own
        }
      }
      let goal = isWhole ? destination : nil
      if isComputed { rows[value] = goal.map { $0.values + row } ?? memory + value * width }
      for (place, source) in sources.enumerated() {
        let own = isOwn[place] ? memory + source * width : memory + spare + place * width
        targets[place] = goal.map { $0.partials[place] + row } ?? own
        if isOwn[place] { rows[source] = targets[place] }
      }
      var isFinite = LaneExecutor.run(tape, rows, lanes: full, settles: settles)
      if settles {
        for place in unsettled where !Kernels.settle(rows[sources[place]], onto: targets[place], full) {
          isFinite = false
        }
      } else {
        for (place, source) in sources.enumerated() { targets[place] = rows[source] }
      }
      if isFinite || !isHopeful {
        if let destination {
          if !(isWhole && isComputed) { (destination.values + row).update(from: rows[value], count: count) }
          if !isWhole {
            for place in sources.indices {
              (destination.partials[place] + row).update(from: targets[place], count: count)
            }
          }
        }
        isFinite = body(Results(row: row, count: count, values: rows[value], partials: targets), !isHopeful)
      }
      if !isFinite, isHopeful {
        let careful = deciding.get { BlockTape(compiled, withPartials: true, isHopeful: false) }
        careful.run(columns, from: row, to: row + count, destination, settles: settles, body)
      }
      row += count
    }
  }
}
