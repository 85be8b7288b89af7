import NablaAlgebra
import NablaBasics

/// The terms of sums in the order in which they were typed.
package struct TypedOrder: Sendable {
  private var places = HashedPlaces()
  private var sums: [Expr] = []
  /// The terms of each sum, in the order in which the sums were met.
  package private(set) var orders: [[Expr]] = []

  /// No sums.
  package init() {}

  /// One sum.
  package init(_ sum: Expr, _ terms: [Expr]) { self[sum] = terms }

  /// The terms of a sum as typed; nil where nobody typed it. The first order of a sum stays.
  package subscript(_ sum: Expr) -> [Expr]? {
    get { places.place(of: sum.stableHash) { sums[$0] == sum }.map { orders[$0] } }
    set {
      guard let newValue, self[sum] == nil else { return }
      places.insert(sums.count, hash: sum.stableHash)
      sums.append(sum)
      orders.append(newValue)
    }
  }
}
