import Synchronization

/// Memory for runs of one tape, with its constants in place: taken by a run and given back, by many threads at once.
///
/// A few pieces are kept; a run that finds none makes one. Nothing waits for anything.
final class Scratch: Sendable {
  private let capacity: Int
  private let tape: Tape
  private let first = Atomic<UInt>(0)
  private let second = Atomic<UInt>(0)
  private let third = Atomic<UInt>(0)
  private let fourth = Atomic<UInt>(0)

  init(capacity: Int, for tape: Tape) {
    self.capacity = capacity
    self.tape = tape
  }

  deinit {
    for _ in 0..<4 {
      if let kept { kept.deallocate() }
    }
  }

  /// A piece that nobody else has.
  func take() -> UnsafeMutablePointer<Double> {
    if let kept { return kept }
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
    memory.initialize(repeating: 0, count: capacity)
    tape.prepare(memory)
    return memory
  }

  private var kept: UnsafeMutablePointer<Double>? {
    Scratch.take(from: first) ?? Scratch.take(from: second) ?? Scratch.take(from: third)
      ?? Scratch.take(from: fourth)
  }

  private static func take(from place: borrowing Atomic<UInt>) -> UnsafeMutablePointer<Double>? {
    guard place.load(ordering: .relaxed) != 0 else { return nil }
    return UnsafeMutablePointer(bitPattern: place.exchange(0, ordering: .acquiring))
  }

  /// Keeps a piece for the next run where there is room.
  func give(_ memory: UnsafeMutablePointer<Double>) {
    let address = UInt(bitPattern: memory)
    if Scratch.give(address, to: first) || Scratch.give(address, to: second) { return }
    if Scratch.give(address, to: third) || Scratch.give(address, to: fourth) { return }
    memory.deallocate()
  }

  private static func give(_ address: UInt, to place: borrowing Atomic<UInt>) -> Bool {
    place.compareExchange(expected: 0, desired: address, ordering: .releasing).exchanged
  }
}
