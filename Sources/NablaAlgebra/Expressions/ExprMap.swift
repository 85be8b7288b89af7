/// Values by expression, faster than a dictionary: the cached hash is used as it is.
///
/// It never removes a key, and it keeps the keys in the order in which they came.
package struct ExprMap<Value> {
  private var slots: [Int32]
  /// The keys in the order of their arrival.
  package private(set) var keys: [Expr] = []
  private var values: [Value] = []

  package init() { slots = [Int32](repeating: 0, count: 16) }

  package var count: Int { keys.count }

  /// Whether the key is there.
  package func contains(_ key: Expr) -> Bool { slots[slot(of: key)] != 0 }

  package subscript(_ key: Expr) -> Value? {
    get {
      let place = slots[slot(of: key)]
      return place == 0 ? nil : values[Int(place) - 1]
    }
    set {
      guard let newValue else { return }
      let slot = slot(of: key)
      if slots[slot] != 0 {
        values[Int(slots[slot]) - 1] = newValue
        return
      }
      keys.append(key)
      values.append(newValue)
      slots[slot] = Int32(truncatingIfNeeded: keys.count)
      if keys.count * 2 > slots.count { grow() }
    }
  }

  /// The slot of the key, or the empty one where it would go.
  private func slot(of key: Expr) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.stableHash) & mask
    while slots[slot] != 0, keys[Int(slots[slot]) - 1] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let mask = slots.count * 4 - 1
    slots = [Int32](repeating: 0, count: mask + 1)
    for (place, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: key.stableHash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: place + 1)
    }
  }
}

extension ExprMap: Sendable where Value: Sendable {}
