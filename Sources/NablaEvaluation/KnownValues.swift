import NablaAlgebra
import NablaBasics

/// The values that expressions have got in a scope so far; of one thread, as scopes are.
final class KnownValues {
  @exclusivity(unchecked) private var entries: [(expr: Expr, value: Value)] = []
  @exclusivity(unchecked) private var places = HashedPlaces()

  init(_ names: [Expr] = [], _ values: [Value] = []) {
    for (name, value) in zip(names, values) { self[name] = value }
  }

  subscript(expr: Expr) -> Value? {
    get { places.place(of: expr.stableHash) { entries[$0].expr == expr }.map { entries[$0].value } }
    set {
      guard let newValue, self[expr] == nil else { return }
      places.insert(entries.count, hash: expr.stableHash)
      entries.append((expr: expr, value: newValue))
    }
  }
}
