import NablaAlgebra
import NablaBasics

/// The derivatives of a formula in one variable, each taken once when it is first asked for; those that are long, or
/// more work than all of them together may be, are not there.
final class HigherDerivatives {
  private let variable: Variable
  private var known: [Expr]
  private var budget: Budget

  /// The most nodes of a derivative, and the work for all.
  private static let (largest, work) = (5_000, 500_000)

  init(of first: Expr, by variable: Variable, cancellation: Cancellation?) {
    self.variable = variable
    known = [first]
    budget = Budget(Self.work, cancellation: cancellation)
  }

  subscript(order: Int) -> Expr? {
    while known.count < order {
      guard let last = known.last, last.size <= Self.largest,
        let rate = try? last.partials(by: [variable], budget: &budget)[0],
        let simple = try? TextbookForm().form(of: rate, budget: &budget).expression
      else { return nil }
      known.append(simple)
    }
    let wanted = known[order - 1]
    return wanted.size < Self.largest ? wanted : nil
  }
}
