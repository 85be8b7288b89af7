import NablaBasics

/// Losses with kinks, such as Σ |y − a|: Newton's method knows no slope that jumps.
extension DampedNewton {
  /// Where the usual descent of a function with kinks leads; nil where it ends at no minimum.
  ///
  /// Where the loss runs away it begins at the start: flat parts are all that Newton's method has seen then.
  package func acrossKinks(
    _ loss: RowLoss, from start: [Double], after end: FitOutcome, _ cancellation: Cancellation?
  ) -> FitOutcome? {
    let isRunning = end.ray != nil || !end.value.isFinite
    let descent = Minimizer().minimize(
      loss.objective, from: isRunning ? start : end.x, cancellation: cancellation)
    let certificate = descent.certificate
    guard certificate.success else { return nil }
    if !certificate.isAtKink, certificate.activeBounds.isEmpty {
      var smooth = descend(loss, from: descent.x, cancellation: cancellation)
      smooth.iterations += end.iterations + descent.iterations
      smooth.counts = end.counts + descent.counts + smooth.counts
      return smooth.value <= descent.f ? smooth : nil
    }
    let isLeast = certificate.verdict == .globalMinimum
    return FitOutcome(
      x: descent.x, value: descent.f, factor: nil, hessian: nil,
      verdict: certificate.verdict == .kink ? .localMinimum : certificate.verdict,
      reason: isLeast
        ? "the loss is convex and nowhere lower; its slopes jump here"
        : "the loss rises along every direction tried; its slopes jump here",
      iterations: end.iterations + descent.iterations, counts: end.counts + descent.counts,
      held: certificate.activeBounds.map(\.variable))
  }
}

extension RowLoss {
  /// The loss as any method descends it.
  fileprivate var objective: Objective {
    var objective = Objective(
      value: value,
      valueAndGradient: {
        let all = derivatives($0)
        return (all.f, all.gradient)
      }, hessian: { derivatives($0).hessian })
    objective.isNonnegative = isNonnegative
    objective.bounds =
      bounds.allSatisfy { $0 == -Double.infinity...Double.infinity }
      ? nil : Bounds(bounds)
    objective.convexity = { convexity }
    return objective
  }
}
