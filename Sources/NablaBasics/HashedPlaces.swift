/// A table from hashes to places in a list that is kept elsewhere; the list says what is equal.
///
///     var places = HashedPlaces()
///     places.insert(0, hash: words[0].hash)
///     places.place(of: word.hash) { words[$0] == word }   // 0
///
/// Open addressing over 32-bit places: a few nanoseconds a look, where a dictionary of structures takes tens, and no
/// type of a dictionary has to be made while the program runs. Public, so that the look is inlined in every room.
public struct HashedPlaces: Sendable {
  @usableFromInline var slots: [Int32] = []
  @usableFromInline var hashes: [UInt64] = []
  private var count = 0

  /// An empty table; it takes no memory.
  public init() {}

  /// Whether nothing was entered.
  public var isEmpty: Bool { count == 0 }

  /// The place whose entry is the one sought.
  @inlinable public func place(of hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = HashedPlaces.start(hash, mask)
    while slots[slot] >= 0 {
      if hashes[slot] == hash, isSame(Int(slots[slot])) { return Int(slots[slot]) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// Enters a place that is not in the table.
  public mutating func insert(_ place: Int, hash: UInt64) {
    if 2 * count >= slots.count { grow() }
    count += 1
    enter(Int32(place), hash)
  }

  private mutating func enter(_ place: Int32, _ hash: UInt64) {
    let mask = slots.count - 1
    var slot = HashedPlaces.start(hash, mask)
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = place
    hashes[slot] = hash
  }

  private mutating func grow() {
    let (oldSlots, oldHashes) = (slots, hashes)
    let size = max(16, 4 * oldSlots.count)
    slots = Array(repeating: -1, count: size)
    hashes = Array(repeating: 0, count: size)
    for (place, hash) in zip(oldSlots, oldHashes) where place >= 0 { enter(place, hash) }
  }

  @inlinable static func start(_ hash: UInt64, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}
