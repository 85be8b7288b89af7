/// A table from hashes to places in a list that is kept elsewhere; the list says what is equal.
///
///     var places = HashedPlaces()
///     places.insert(0, hash: words[0].hash)
///     places.place(of: word.hash) { words[$0] == word }   // 0
///
/// Open addressing over words of a place and half a hash: a few nanoseconds a look, where a dictionary of structures takes
/// tens, and no type of a dictionary has to be made while the program runs. Public, so that the look is inlined in every
/// room.
public struct HashedPlaces: Sendable {
  /// In each slot a place, counted from 1, below half of its mixed hash; 0 in an empty one.
  @usableFromInline var slots: [UInt64] = []
  private var count = 0

  /// An empty table; it takes no memory.
  public init() {}

  /// Whether nothing was entered.
  public var isEmpty: Bool { count == 0 }

  /// The place whose entry is the one sought.
  @inlinable public func place(of hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let half = HashedPlaces.half(hash)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: half) & mask
    while slots[slot] != 0 {
      if slots[slot] >> 32 == half {
        let place = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
        if isSame(place) { return place }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a place that is not in the table.
  public mutating func insert(_ place: Int, hash: UInt64) {
    if 2 * count >= slots.count { grow() }
    count += 1
    enter(HashedPlaces.half(hash) << 32 | UInt64(place + 1))
  }

  /// Makes room for so many places in an empty table, 16,384 at most: a larger size may be that of shared parts.
  public mutating func reserve(_ places: Int) {
    guard slots.isEmpty, places > 8 else { return }
    var room = 16
    while room < 2 * min(places, 1 << 14) { room *= 2 }
    slots = Array(repeating: 0, count: room)
  }

  private mutating func enter(_ entry: UInt64) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entry >> 32) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = entry
  }

  private mutating func grow() {
    let old = slots
    // A large table takes its time to be filled with zeros.
    slots = Array(repeating: 0, count: max(16, old.count * (old.count < 1 << 16 ? 4 : 2)))
    for entry in old where entry != 0 { enter(entry) }
  }

  /// The upper half of a hash, mixed.
  @inlinable static func half(_ hash: UInt64) -> UInt64 { (hash &* 0x9E37_79B9_7F4A_7C15) >> 32 }
}
