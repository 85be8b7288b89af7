/// The terms of some sums in the order of a teacher, beside the canonical one: as typed, or as a rule makes them.
struct TermOrder {
  private(set) var orders: [Expr: [Expr]]

  init(orders: [Expr: [Expr]]) { self.orders = orders }

  /// The terms of a sum in order.
  func terms(of sum: Expr) -> [Expr] {
    guard case .sum(let terms) = sum.shape else { return [sum] }
    return orders[sum] ?? terms
  }

  /// The sum of terms; their order is kept where none fell together.
  mutating func sum(_ terms: [Expr]) -> Expr {
    let whole = Expr.sum(terms)
    guard case .sum(let canonical) = whole.shape, orders[whole] == nil else { return whole }
    // The rate of a constant term is no term.
    let flat = terms.flatMap { self.terms(of: $0) }.filter { $0 != .zero }
    if flat.count == canonical.count, Set(flat) == Set(canonical) { orders[whole] = flat }
    return whole
  }

  /// Keeps the order of the sums in an expression that hold a part, for when another takes its place.
  mutating func replace(_ part: Expr, by other: Expr, in whole: Expr) {
    for sum in whole.distinctSubexpressions() {
      guard let terms = orders[sum] else { continue }
      let renewed = terms.map { term in term.rebuilt { $0 == part ? other : nil } }
      if renewed != terms { _ = self.sum(renewed) }
    }
  }
}
