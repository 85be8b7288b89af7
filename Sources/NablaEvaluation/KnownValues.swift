import NablaAlgebra
import NablaBasics

/// The values that expressions have got in a scope so far; of one thread, as scopes are.
///
/// Of a few, the hashes are compared one by one: templates of derivatives have no more.
final class KnownValues {
  private struct Entry {
    let hash: UInt64
    let expr: Expr
    var value: Value
  }

  @exclusivity(unchecked) private var entries: [Entry] = []
  @exclusivity(unchecked) private var places = HashedPlaces()

  /// The most entries that are compared one by one.
  private static let few = 8

  /// How many values there may be.
  private let expected: Int

  /// Without values.
  init(expecting count: Int = 0) { expected = count }

  /// The values that names stand for.
  init(_ names: [Expr], _ values: [Value]) {
    expected = 0
    for (name, value) in zip(names, values) { enter(name, value) }
  }

  subscript(expr: Expr) -> Value? {
    let hash = expr.stableHash
    if places.isEmpty {
      for entry in entries where entry.hash == hash && entry.expr == expr { return entry.value }
      return nil
    }
    // Most are one node: no look into expressions, and nothing counted, unless hashes agree and nodes do not.
    var mayBeEqual = false
    let place = places.place(of: hash) { place in
      if entries[place].expr.isSame(as: expr) { return true }
      mayBeEqual = true
      return false
    }
    return place.map { entries[$0].value } ?? (mayBeEqual ? equal(expr, hash) : nil)
  }

  private func equal(_ expr: Expr, _ hash: UInt64) -> Value? {
    places.place(of: hash) { entries[$0].expr == expr }.map { entries[$0].value }
  }

  /// Keeps the value of an expression that has none yet.
  func enter(_ expr: Expr, _ value: Value) {
    let hash = expr.stableHash
    entries.append(Entry(hash: hash, expr: expr, value: value))
    if !places.isEmpty {
      places.insert(entries.count - 1, hash: hash)
    } else if entries.count > KnownValues.few {
      places.reserve(expected)
      for (place, entry) in entries.enumerated() { places.insert(place, hash: entry.hash) }
    }
  }

  /// Gives the first expressions other values, and forgets all that came after them.
  func restart(_ values: [Value]) {
    entries.removeLast(entries.count - values.count)
    for (place, value) in values.enumerated() { entries[place].value = value }
    if !places.isEmpty { places = HashedPlaces() }
  }
}
