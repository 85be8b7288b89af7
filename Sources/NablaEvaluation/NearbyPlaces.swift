/// A table from hashes to places in a list that is kept elsewhere, for entries that are asked for soon after others with a
/// close number: what is asked together lies together, so that a table larger than a cache is as quick as a small one.
///
/// Lines of eight slots. An entry stands in the line of its number, or where that is full, as it is for what all
/// depends on one value, in the first line with room from the one that its hash says. Nothing is ever taken out: a line
/// with an empty slot ends a search.
struct NearbyPlaces {
  /// In each slot a place, counted from 1, below 32 bits of its mixed hash; 0 in an empty one.
  private var slots: [UInt64] = []
  private var count = 0

  /// Whether nothing was entered.
  var isEmpty: Bool { count == 0 }

  /// Makes room for so many places in an empty table, 16,384 at most: a larger size may be that of shared parts.
  mutating func reserve(_ places: Int) {
    guard slots.isEmpty, places > 8 else { return }
    var room = 16
    while room < 2 * min(places, 1 << 14) { room *= 2 }
    slots = Array(repeating: 0, count: room)
  }

  /// The place whose entry is the one sought.
  @inline(__always)
  func place(of hash: UInt64, near number: Int, where isSame: (Int) -> Bool) -> Int? {
    guard !slots.isEmpty else { return nil }
    let half = NearbyPlaces.half(hash)
    let mask = slots.count - 1
    var line = NearbyPlaces.slot(number, mask)
    var next = Int(truncatingIfNeeded: half) & mask
    while true {
      var slot = line
      repeat {
        let entry = slots[slot]
        if entry == 0 { return nil }
        if entry >> 32 == half {
          let place = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
          if isSame(place) { return place }
        }
        slot = NearbyPlaces.following(slot)
      } while slot != line
      line = next
      next = (next + 8) & mask
    }
  }

  /// Enters a place that is not in the table; `number` says that of a place that was entered before.
  @inline(__always)
  mutating func insert(_ place: Int, hash: UInt64, near own: Int, number: (Int) -> Int) {
    if 2 * count >= slots.count {
      let old = slots
      // A large table takes its time to be filled with zeros.
      slots = Array(repeating: 0, count: max(16, old.count * (old.count < 1 << 16 ? 4 : 2)))
      for entry in old where entry != 0 {
        enter(entry, near: number(Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1))
      }
    }
    count += 1
    enter(NearbyPlaces.half(hash) << 32 | UInt64(place + 1), near: own)
  }

  private mutating func enter(_ entry: UInt64, near number: Int) {
    let mask = slots.count - 1
    var line = NearbyPlaces.slot(number, mask)
    var next = Int(truncatingIfNeeded: entry >> 32) & mask
    while true {
      var slot = line
      repeat {
        if slots[slot] == 0 {
          slots[slot] = entry
          return
        }
        slot = NearbyPlaces.following(slot)
      } while slot != line
      line = next
      next = (next + 8) & mask
    }
  }

  /// The slot where a search for a number begins: two slots for each, as half of the table is empty.
  private static func slot(_ number: Int, _ mask: Int) -> Int { (2 &* number) & mask }

  /// The next slot of the same line, the first one after the last.
  private static func following(_ slot: Int) -> Int { slot & ~7 | (slot &+ 1) & 7 }

  /// The upper half of a hash, mixed.
  private static func half(_ hash: UInt64) -> UInt64 { (hash &* 0x9E37_79B9_7F4A_7C15) >> 32 }
}
