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
  /// Whether every coordinate has one partial derivative of its own, so that none is added up.
  private let isWholeGradient: Bool
  private let hasLoops: Bool
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
    hasLoops = !tape.loops.isEmpty
    positionTable = compiled.positionTable
    let links = compiled.loads.map { Link(position: Int32($0.position), slot: Int32($0.slot)) }
    isWholePoint = links.enumerated().allSatisfy {
      $0.element.slot == Int32($0.offset) && $0.element.position == Int32($0.offset)
    }
    let outputs = tape.outputs.dropFirst(compiled.outputs.count)
    let sweeps = zip(compiled.partials, outputs).map {
      Link(position: Int32($0.position), slot: Int32($1))
    }
    isWholeGradient = !hasLoops && Set(sweeps.map(\.position)).count == sweeps.count
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
    guard isShort else { return longValue(at: point, gradient: gradient, count: count) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
      guard let start = memory.baseAddress else { return .nan }
      if !isWholeGradient || partialCount < count { gradient.update(repeating: 0, count: count) }
      load(point, into: prepared(start))
      ScalarExecutor(memory: start, point: point, gradient: gradient, positions: positions).runInPlace(tape)
      let isFinite = collect(start, gradient)
      let value = start[valueSlot]
      return isFinite ? value : decided(value, point, gradient, count)
    }
  }

  @inline(never)
  private func longValue(
    at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>, count: Int
  ) -> Double {
    guard let scratch else { return .nan }
    gradient.update(repeating: 0, count: count)
    let memory = scratch.take()
    run(in: memory, at: point, gradient: gradient)
    let isFinite = collect(memory, gradient)
    let value = memory[valueSlot]
    scratch.give(memory)
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

  /// Takes the partial derivatives out of the slots; whether they and the value are finite, or what was added up is.
  @inline(__always)
  private func collect(
    _ slots: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
  ) -> Bool {
    var nothing = slots[valueSlot] * 0
    if isWholeGradient {
      var place = 0
      while place < partialCount {
        let slope = slots[Int(partials[place].slot)] + 0
        nothing += slope * 0
        gradient[Int(partials[place].position)] = slope
        place &+= 1
      }
    } else {
      for place in 0..<partialCount {
        let slope = slots[Int(partials[place].slot)]
        nothing += slope * 0
        gradient[Int(partials[place].position)] += slope
      }
    }
    return nothing == 0
  }

  @inline(__always)
  private func load(_ point: UnsafePointer<Double>, into slots: UnsafeMutablePointer<Double>) {
    if isWholePoint, loadCount <= 4 {
      if loadCount > 0 { slots[0] = point[0] }
      if loadCount > 1 { slots[1] = point[1] }
      if loadCount > 2 { slots[2] = point[2] }
      if loadCount > 3 { slots[3] = point[3] }
    } else if isWholePoint {
      slots.update(from: point, count: loadCount)
    } else {
      var place = 0
      while place < loadCount {
        slots[Int(loads[place].slot)] = point[Int(loads[place].position)]
        place &+= 1
      }
    }
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
