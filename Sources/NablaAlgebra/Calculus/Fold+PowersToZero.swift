import NablaBasics

extension Fold {
  /// The members in whose term something is raised to 0 that depends on a variable of the mask, rising.
  ///
  /// The rule (uⁿ)′ = n·uⁿ⁻¹·u′ asks there for 1/u, although u⁰ is 1 everywhere. Exponents that depend on another index
  /// are not looked at, nor are the members of a sum that is too long to be written out.
  func membersOfPowersToZero(
    mask: UInt64, limits: Limits, _ budget: inout Budget
  ) throws(Budget.Overrun) -> [Int] {
    guard count <= limits.expandedTerms else { return [] }
    var found: Set<Int> = []
    for part in body.distinctSubexpressions(where: { $0.mask & mask != 0 }) {
      guard case .power(let base, let exponent) = part.shape, base.mask & mask != 0, exponent.mask == 0,
        exponent.contains(index: index)
      else { continue }
      try budget.spend(count)
      for member in lower...upper where exponent.replacingIndex(index, with: .integer(member)) == .zero {
        found.insert(member)
      }
    }
    return found.sorted()
  }

  /// The body with 1 in place of what is raised to 0 at a member; the index still stands in the rest.
  func bodyWithoutPowersToZero(at member: Int) -> Expr {
    body.rebuilt { part in
      guard case .power(_, let exponent) = part.shape, exponent.mask == 0, exponent.contains(index: index),
        exponent.replacingIndex(index, with: .integer(member)) == .zero
      else { return nil }
      return .one
    }
  }
}
