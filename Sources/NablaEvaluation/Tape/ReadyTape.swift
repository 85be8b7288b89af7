import NablaBasics

/// A tape with all that a run needs in plain memory, so that a run counts no references and makes no arrays.
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

  init(_ compiled: Compiled, count: Int, roots: [Int]) {
    var builder = TapeBuilder(positions: compiled.positionTable)
    tape = builder.tape(of: compiled.program, count: count, roots: roots)
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
    loads = ReadyTape.copy(links)
    partials = ReadyTape.copy(sweeps)
    constants = ReadyTape.copy(tape.constants)
    positions = ReadyTape.copy(compiled.positionTable)
  }

  deinit {
    loads.deallocate()
    partials.deallocate()
    constants.deallocate()
    positions.deallocate()
  }

  private static func copy<Element>(_ list: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, list.count))
    for (place, element) in list.enumerated() { (memory + place).initialize(to: element) }
    return memory
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
    let value = memory[tape.base + valueSlot]
    scratch.give(memory)
    return value
  }

  /// The first output at a point and its partial derivatives; not numbers where there is no value.
  func value(at point: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>, count: Int) -> Double {
    if !isWholeGradient || partialCount < count { gradient.update(repeating: 0, count: count) }
    let value: Double
    if isShort {
      value = withUnsafeTemporaryAllocation(of: Double.self, capacity: ReadyTape.shortest) { memory in
        guard let start = memory.baseAddress else { return .nan }
        run(in: prepared(start), at: point, gradient: gradient)
        collect(start, gradient)
        return start[valueSlot]
      }
    } else if let scratch {
      let memory = scratch.take()
      run(in: memory, at: point, gradient: gradient)
      collect(memory + tape.base, gradient)
      value = memory[tape.base + valueSlot]
      scratch.give(memory)
    } else {
      value = .nan
    }
    if value.isNaN { gradient.update(repeating: .nan, count: count) }
    return value
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
    return tape.outputs.map { memory[tape.base + $0] }
  }

  @inline(__always)
  private func prepared(_ memory: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<Double> {
    (memory + constantStart).update(from: constants, count: constantCount)
    return memory
  }

  @inline(__always)
  private func collect(_ slots: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>) {
    if isWholeGradient {
      for place in 0..<partialCount {
        gradient[Int(partials[place].position)] = slots[Int(partials[place].slot)]
      }
    } else {
      for place in 0..<partialCount {
        gradient[Int(partials[place].position)] += slots[Int(partials[place].slot)]
      }
    }
  }

  @inline(__always)
  private func run(
    in memory: UnsafeMutablePointer<Double>, at point: UnsafePointer<Double>,
    gradient: UnsafeMutablePointer<Double>?
  ) {
    let slots = memory + tape.base
    if isWholePoint {
      slots.update(from: point, count: loadCount)
    } else {
      for place in 0..<loadCount { slots[Int(loads[place].slot)] = point[Int(loads[place].position)] }
    }
    ScalarExecutor(memory: memory, point: point, gradient: gradient, positions: positions).run(tape)
  }
}
