import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension Formula {
  /// What the formula tends to from below and from above, exactly, where it has an angle whose tangent has a pole there;
  /// nil where that is not what numbers say.
  ///
  ///     arctan(1/x) at 0    −π/2 from below, π/2 from above
  func exactSides(_ limit: PointLimit, at place: Expr) -> [Expr]? {
    guard expression.size <= 200, let here = place.constantValue, let below = limit.below,
      let above = limit.above
    else { return nil }
    let sides = zip([-1.0, 1], [below, above]).compactMap { direction, value -> Expr? in
      let beside = here + direction * 1e-6 * max(1, here.magnitude)
      let side = expression.rebuilt { quarterTurn($0, at: place, beside: beside) }
      guard side != expression else { return nil }
      let exact = side.substituting([variables[0]: place]).tidiedRoots
      guard let number = exact.constantValue, (number - value).magnitude <= 1e-6 * max(1, value.magnitude)
      else { return nil }
      return exact
    }
    return sides.count == 2 ? sides : nil
  }

  /// ±π/2 for arctan u where 1/u is 0, and for arccot u where u is.
  private func quarterTurn(_ part: Expr, at place: Expr, beside: Double) -> Expr? {
    guard case .call(let function, let u) = part.shape, function == .arctan || function == .arccot else {
      return nil
    }
    var budget = Budget(20_000)
    let zeroed =
      function == .arctan ? try? TextbookForm().form(of: 1 / u[0], budget: &budget).expression : u[0]
    let sign = u[0].substituting([variables[0]: .number(Number(approximate: beside))]).constantValue ?? .nan
    guard let zeroed, zeroed.substituting([variables[0]: place]).tidiedRoots.isZero, sign.isFinite, sign != 0
    else { return nil }
    return Expr.constant(.pi) * .number(sign > 0 ? .half : -Number.half)
  }
}
