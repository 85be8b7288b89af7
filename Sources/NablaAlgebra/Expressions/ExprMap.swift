import NablaBasics

/// Values by expression, faster than a dictionary: the cached hash is used as it is.
///
/// It never removes a key, and it keeps the keys in the order in which they came.
package struct ExprMap<Value> {
  private var places = HashedPlaces()
  /// The keys in the order of their arrival.
  package private(set) var keys: [Expr] = []
  private var values: [Value] = []

  /// An empty map; it takes no memory.
  package init() {}

  package var count: Int { keys.count }

  /// Whether the key is there.
  package func contains(_ key: Expr) -> Bool { place(of: key) != nil }

  package subscript(_ key: Expr) -> Value? {
    get { place(of: key).map { values[$0] } }
    set {
      guard let newValue else { return }
      if let place = place(of: key) {
        values[place] = newValue
      } else {
        places.insert(keys.count, hash: key.stableHash)
        keys.append(key)
        values.append(newValue)
      }
    }
  }

  private func place(of key: Expr) -> Int? { places.place(of: key.stableHash) { keys[$0] == key } }
}

extension ExprMap: Sendable where Value: Sendable {}
