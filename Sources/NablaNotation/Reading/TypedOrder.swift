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

  /// The sums of a table.
  package init(_ table: [Expr: [Expr]]) { for (sum, terms) in table { self[sum] = terms } }

  /// The sums with their terms.
  package var table: [Expr: [Expr]] {
    Dictionary(zip(sums, orders), uniquingKeysWith: { first, _ in first })
  }

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
