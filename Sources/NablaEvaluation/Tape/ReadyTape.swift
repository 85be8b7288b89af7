import NablaBasics

/// A tape with all that a run needs in plain memory, so that a run counts no references and makes no arrays.
///
/// A tape with partial derivatives is a hopeful one; where one of its outputs is not finite, another decides.
final class ReadyTape: Sendable {
  /// The numbers of memory that stand on the stack; longer runs borrow theirs.
  static let shortest = 128

  /// A coordinate or a partial derivative, and the slot it goes to or comes from.
  private struct Link {
    let position: Int32
    let slot: Int32
  }

  let tape: Tape
  private let scratch: Scratch?
  private let positionTable: [Int32]
  private let isShort: Bool
  /// Whether the first inputs are the coordinates one by one.
  private let isWholePoint: Bool
  /// Whether a short tape has one partial derivative for each coordinate, in their order, and nothing else.
  private let isPlain: Bool
  private let isHopeful: Bool
  /// What the tape belongs to.
  private unowned let compiled: Compiled
  /// The tape that decides where a hopeful one has no finite partial derivatives.
  let deciding = Once<ReadyTape>()
  private let loadCount: Int
  private let partialCount: Int
  private let constantCount: Int
  private let constantStart: Int
  private let valueSlot: Int
  // Those of the tape.
  private nonisolated(unsafe) let steps: UnsafePointer<Step>
  private nonisolated(unsafe) let end: UnsafePointer<Step>
  // Written once, before anybody else sees the tape.
  private nonisolated(unsafe) let loads: UnsafeMutablePointer<Link>
  private nonisolated(unsafe) let partials: UnsafeMutablePointer<Link>
  private nonisolated(unsafe) let constants: UnsafeMutablePointer<Double>
  private nonisolated(unsafe) let positions: UnsafeMutablePointer<Int32>

  init(_ compiled: Compiled, count: Int, roots: [Int], isHopeful: Bool = false) {
    self.compiled = compiled
    self.isHopeful = isHopeful
    var builder = TapeBuilder(positions: compiled.positionTable)
    tape = builder.tape(of: compiled.program, count: count, roots: roots, isHopeful: isHopeful)
    isShort = builder.memory <= ReadyTape.shortest && tape.loops.isEmpty
    scratch = isShort ? nil : Scratch(capacity: builder.memory + 8, for: tape)
    positionTable = compiled.positionTable
    let links = compiled.loads.map { Link(position: Int32($0.position), slot: Int32($0.slot)) }
    isWholePoint = links.enumerated().allSatisfy {
      $0.element.slot == Int32($0.offset) && $0.element.position == Int32($0.offset)
    }
    let outputs = tape.outputs.dropFirst(compiled.outputs.count)
    let sweeps = zip(compiled.partials, outputs).map {
      Link(position: Int32($0.position), slot: Int32($1))
    }
    isPlain =
      isShort && isWholePoint && links.count == sweeps.count
      && sweeps.enumerated().allSatisfy { $0.element.position == Int32($0.offset) }
    steps = tape.steps
    end = tape.steps + tape.stepCount
    loadCount = links.count
    partialCount = sweeps.count
    constantCount = tape.constants.count
    constantStart = tape.inputCount
    valueSlot = tape.outputs.first ?? 0
    loads = ReadyTape.placed(links)
    partials = ReadyTape.placed(sweeps)
    // Copies take two at a time, and two at least.
    constants = ReadyTape.placed(tape.constants + Array(repeating: 0, count: 8))
    positions = ReadyTape.placed(compiled.positionTable)
  }

  deinit {
    loads.deallocate()
    partials.deallocate()
    constants.deallocate()
    positions.deallocate()
  }

  private static func placed<Element>(_ list: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, list.count))
    for (place, element) in list.enumerated() { (memory + place).initialize(to: element) }
    return memory
  }

  /// The first output where there are no coordinates.
  var constantValue: Double {
    var nothing = 0.0
    return withUnsafePointer(to: &nothing) { value(at: $0) }
  }

  /// The first output at a point.
  func value(at point: UnsafePointer<Double>) -> Double {
    if isShort {
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
        guard let start = memory.baseAddress else { return .nan }
        run(in: prepared(start), at: point, gradient: nil)
        return start[valueSlot]
      }
    }
    guard let scratch else { return .nan }
    let memory = scratch.take()
    run(in: memory, at: point, gradient: nil)
    let value = memory[valueSlot]
    scratch.give(memory)
    return value
  }

  /// The first output at a point and its partial derivatives, whose zeros are positive; not numbers where there is
  /// no value.
  @inline(__always)
  func value(at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>, count: Int) -> Double {
    guard isPlain, count == partialCount else {
      return otherValue(at: point, gradient: gradient, count: count)
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
      guard let start = memory.baseAddress else { return .nan }
      ReadyTape.copy(point, to: prepared(start), count)
      ScalarExecutor(memory: start, point: point, gradient: gradient, positions: positions)
        .run(steps, to: end, of: tape, in: start)
      let value = start[valueSlot]
      // Not finite where one of them is not; where only their sum is not, the other tape says the same.
      var total = value
      var place = 0
      while place < count {
        let slope = start[Int(partials[place].slot)] + 0
        total += slope
        gradient[place] = slope
        place &+= 1
      }
      return total.isFinite ? value : decided(value, point, gradient, count)
    }
  }

  @inline(never)
  private func otherValue(
    at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    gradient.update(repeating: 0, count: count)
    if isShort {
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
        guard let start = memory.baseAddress else { return .nan }
        return value(in: prepared(start), at: point, gradient: gradient, count: count)
      }
    }
    guard let scratch else { return .nan }
    let memory = scratch.take()
    defer { scratch.give(memory) }
    return value(in: memory, at: point, gradient: gradient, count: count)
  }

  private func value(
    in memory: UnsafeMutablePointer<Double>, at point: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    run(in: memory, at: point, gradient: gradient)
    let isFinite = collect(memory, gradient)
    let value = memory[valueSlot]
    return isFinite ? value : decided(value, point, gradient, count)
  }

  /// What holds where a partial derivative is not finite.
  @inline(never)
  private func decided(
    _ value: Double, _ point: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>, _ count: Int
  ) -> Double {
    if value.isNaN {
      gradient.update(repeating: .nan, count: count)
      return value
    }
    guard isHopeful else { return value }
    return deciding.with({ compiled.careful }) { $0.value(at: point, gradient: gradient, count: count) }
  }

  /// All outputs at a point.
  func outputs(at point: UnsafePointer<Double>) -> [Double] {
    if isShort {
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
        guard let start = memory.baseAddress else { return [] }
        run(in: prepared(start), at: point, gradient: nil)
        return tape.outputs.map { start[$0] }
      }
    }
    guard let scratch else { return [] }
    let memory = scratch.take()
    run(in: memory, at: point, gradient: nil)
    defer { scratch.give(memory) }
    return tape.outputs.map { memory[$0] }
  }

  @inline(__always)
  private func prepared(_ memory: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<Double> {
    ReadyTape.copyPairs(constants, to: memory + constantStart, constantCount)
    return memory
  }

  /// Copies a few numbers without a call, two at a time: one more where their number is odd.
  @inline(__always)
  private static func copyPairs(
    _ source: UnsafePointer<Double>, to place: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    typealias Pair = SIMD2<Double>
    @inline(__always) func pair(_ number: Int) {
      let numbers = UnsafeRawPointer(source + 2 &* number).loadUnaligned(as: Pair.self)
      UnsafeMutableRawPointer(place + 2 &* number).storeBytes(of: numbers, as: Pair.self)
    }
    pair(0)
    if count <= 2 { return }
    pair(1)
    if count <= 4 { return }
    pair(2)
    if count <= 6 { return }
    pair(3)
    if count > 8 { place.update(from: source, count: count) }
  }

  /// Copies numbers, a few of them without a call; one by one, as a pair would wait for the one that the caller has
  /// just written.
  @inline(__always)
  private static func copy(
    _ source: UnsafePointer<Double>, to place: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    if count > 6 { return place.update(from: source, count: count) }
    if count > 0 { place[0] = source[0] }
    if count > 1 { place[1] = source[1] }
    if count > 2 { place[2] = source[2] }
    if count > 3 { place[3] = source[3] }
    if count > 4 { place[4] = source[4] }
    if count > 5 { place[5] = source[5] }
  }

  /// Adds the partial derivatives in the slots to what loops have added; whether they and the value are finite, or
  /// what was added up is.
  @inline(__always)
  private func collect(
    _ slots: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
  ) -> Bool {
    var nothing = slots[valueSlot] * 0
    for place in 0..<partialCount {
      let slope = slots[Int(partials[place].slot)]
      nothing += slope * 0
      gradient[Int(partials[place].position)] += slope
    }
    return nothing == 0
  }

  @inline(__always)
  private func load(_ point: UnsafePointer<Double>, into slots: UnsafeMutablePointer<Double>) {
    if isWholePoint { return ReadyTape.copy(point, to: slots, loadCount) }
    for place in 0..<loadCount { slots[Int(loads[place].slot)] = point[Int(loads[place].position)] }
  }

  @inline(__always)
  private func run(
    in memory: UnsafeMutablePointer<Double>, at point: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?
  ) {
    load(point, into: memory)
    ScalarExecutor(memory: memory, point: point, gradient: gradient, positions: positions).run(tape)
  }
}
