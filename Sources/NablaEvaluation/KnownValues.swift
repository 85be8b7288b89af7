import NablaAlgebra
import NablaBasics

/// The values that expressions have got in a scope so far; of one thread, as scopes are.
///
/// An expression is known by its node, which stands in memory near those that were made with it. Equal expressions in two
/// nodes come to equal instructions, which are found there; only folds, whose loops are not compared, and the names
/// of a template are known by what they are. Of a few, all are compared one by one: templates of derivatives have no more.
final class KnownValues {
  private struct Entry {
    let expr: Expr
    var value: Value
  }

  @exclusivity(unchecked) private var entries: [Entry] = []
  @exclusivity(unchecked) private var places = HashedPlaces()

  /// The most entries that are compared one by one.
  private static let few = 8

  /// How many values there may be.
  private let expected: Int
  /// Whether expressions are values of names.
  private let hasNames: Bool

  /// Without values.
  init(expecting count: Int = 0) {
    expected = count
    hasNames = false
  }

  /// The values that names stand for.
  init(_ names: [Expr], _ values: [Value]) {
    expected = 0
    hasNames = true
    for (name, value) in zip(names, values) { enter(name, value) }
  }

  subscript(expr: Expr) -> Value? {
    if places.isEmpty {
      for place in entries.indices where entries[place].expr.isSame(as: expr) { return entries[place].value }
      guard isKnownByForm(expr) else { return nil }
      for place in entries.indices where entries[place].expr == expr { return entries[place].value }
      return nil
    }
    if isKnownByForm(expr) { return equal(expr) }
    let key = key(of: expr)
    return places.place(of: key.hash, near: key.near) { entries[$0].expr.isSame(as: expr) }
      .map { entries[$0].value }
  }

  @inline(never)
  private func equal(_ expr: Expr) -> Value? {
    let key = key(of: expr)
    return places.place(of: key.hash, near: key.near) { entries[$0].expr == expr }
      .map { entries[$0].value }
  }

  /// Keeps the value of an expression that has none yet.
  func enter(_ expr: Expr, _ value: Value) {
    entries.append(Entry(expr: expr, value: value))
    if !places.isEmpty {
      insert(entries.count - 1, expr)
    } else if entries.count > KnownValues.few {
      places.reserve(expected)
      for (place, entry) in entries.enumerated() { insert(place, entry.expr) }
    }
  }

  private func insert(_ place: Int, _ expr: Expr) {
    let key = key(of: expr)
    places.insert(place, hash: key.hash, near: key.near) { self.key(of: entries[$0].expr).near }
  }

  private func isKnownByForm(_ expr: Expr) -> Bool { hasNames || expr.foldLevel > 0 }

  private func key(of expr: Expr) -> (hash: UInt64, near: Int?) {
    if isKnownByForm(expr) { return (expr.stableHash, nil) }
    let address = expr.nodeAddress
    return (UInt64(truncatingIfNeeded: address >> 4), address >> 7)
  }

  /// Gives the first expressions other values, and forgets all that came after them.
  func restart(_ values: [Value]) {
    entries.removeLast(entries.count - values.count)
    for (place, value) in values.enumerated() { entries[place].value = value }
    if !places.isEmpty { places = HashedPlaces() }
  }
}
