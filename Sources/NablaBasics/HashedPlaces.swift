/// A table from hashes to places in a list that is kept elsewhere; the list says what is equal.
///
///     var places = HashedPlaces()
///     places.insert(0, hash: words[0].hash)
///     places.place(of: word.hash) { words[$0] == word }   // 0
///
/// Open addressing over words of a place and half a hash: a few nanoseconds a look, where a dictionary of structures takes
/// tens, and no type of a dictionary has to be made while the program runs. Public, so that the look is inlined in every
/// room.
///
/// Where entries are asked for soon after others, a number that is close for those lets them stand together, and a table
/// larger than the caches is about as quick as a small one. An entry stands in the line of eight slots that its number
/// says, or where that is full, as it may be for what all has one number, in the first line with room from the one that
/// its hash says. Nothing is ever taken out: an empty slot ends a search.
public struct HashedPlaces: Sendable {
  /// In each slot a place, counted from 1, below half of its mixed hash; 0 in an empty one.
  @usableFromInline var slots: [UInt64] = []
  @usableFromInline var count = 0

  /// An empty table; it takes no memory.
  public init() {}

  /// Whether nothing was entered.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The place whose entry is the one sought; `number` is the one that it was entered with, if with any.
  @inlinable @inline(__always)
  public func place(of hash: UInt64, near number: Int? = nil, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let entry = slot(of: HashedPlaces.half(hash), near: number, where: isSame).entry
    return entry == 0 ? nil : HashedPlaces.place(in: entry)
  }

  /// Enters a place that is not in the table.
  public mutating func insert(_ place: Int, hash: UInt64) {
    insert(place, hash: hash, near: nil) { _ in nil }
  }

  /// Enters a place that is not in the table, near others; `number` says that of a place that was entered before.
  @inlinable public mutating func insert(
    _ place: Int, hash: UInt64, near own: Int?, number: (Int) -> Int?
  ) {
    if 2 * count >= slots.count { grow(number) }
    count += 1
    enter(HashedPlaces.half(hash) << 32 | UInt64(place + 1), near: own)
  }

  /// The place whose entry is the one sought; where there is none, enters `place` as its place and returns nil.
  ///
  /// One search where a look and `insert` take two.
  @inlinable @inline(__always)
  public mutating func place(
    of hash: UInt64, near own: Int? = nil, orInsert place: Int, where isSame: (Int) -> Bool,
    number: (Int) -> Int? = { _ in nil }
  ) -> Int? {
    if 2 * count >= slots.count { grow(number) }
    let half = HashedPlaces.half(hash)
    let (slot, entry) = slot(of: half, near: own, where: isSame)
    if entry != 0 { return HashedPlaces.place(in: entry) }
    count += 1
    slots[slot] = half << 32 | UInt64(place + 1)
    return nil
  }

  @usableFromInline mutating func grow(_ number: (Int) -> Int?) {
    let old = slots
    // A large table takes its time to be filled with zeros.
    slots = Array(repeating: 0, count: max(16, old.count * (old.count < 1 << 16 ? 4 : 2)))
    for entry in old where entry != 0 { enter(entry, near: number(HashedPlaces.place(in: entry))) }
  }

  /// Makes room for so many places in an empty table, 16,384 at most: a larger size may be that of shared parts.
  public mutating func reserve(_ places: Int) {
    guard slots.isEmpty, places > 8 else { return }
    var room = 16
    while room < 2 * min(places, 1 << 14) { room *= 2 }
    slots = Array(repeating: 0, count: room)
  }

  @usableFromInline mutating func enter(_ entry: UInt64, near number: Int?) {
    slots[slot(of: entry >> 32, near: number) { _ in false }.place] = entry
  }

  /// The slot of the entry that is sought and what stands in it: 0 where the search ends without it.
  @inlinable @inline(__always)
  func slot(
    of half: UInt64, near number: Int?, where isSame: (Int) -> Bool
  ) -> (place: Int, entry: UInt64) {
    let mask = slots.count - 1
    let own = Int(truncatingIfNeeded: half)
    var first = (number.map { 2 &* $0 } ?? own) & mask
    var next = (number == nil ? own &+ 8 : own) & mask
    while true {
      var slot = first
      repeat {
        let entry = slots[slot]
        if entry == 0 || entry >> 32 == half && isSame(HashedPlaces.place(in: entry)) { return (slot, entry) }
        slot = HashedPlaces.following(slot)
      } while slot != first
      first = next
      next = (next &+ 8) & mask
    }
  }

  @inlinable static func place(in entry: UInt64) -> Int { Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1 }

  /// The next slot of the same line, the first one after the last.
  @inlinable static func following(_ slot: Int) -> Int { slot & ~7 | (slot &+ 1) & 7 }

  /// The upper half of a hash, mixed.
  @inlinable static func half(_ hash: UInt64) -> UInt64 { (hash &* 0x9E37_79B9_7F4A_7C15) >> 32 }
}
