import NablaBasics

/// How much of f the rest of the way to a zero of the gradient is, and the last steps there.
extension Path {
  /// Goes on from a minimum by Newton's steps where f is too coarse to show the rest of the way, or x too far from 0 for
  /// its shape, but the gradient shows it; whether it went anywhere.
  mutating func polish(_ finding: Certifier.Finding) -> Bool {
    var curvature = finding.curvature
    var hasMoved = false
    for _ in 0..<20 {
      guard let known = curvature,
        known.newtonDistance > criteria.tolerance
          || isSecondOrder && isVisible(known, beside: finding.rounding),
        let next = polished(known)
      else { break }
      settle(at: next)
      hasMoved = true
      curvature = Curvature(at: here, scale: certifier.scale(at: here.x), on: &objective)
    }
    return hasMoved
  }

  /// Whether the rest of the way would change nine digits of f, and by more than rounding does.
  mutating func isVisible(_ curvature: Curvature, beside noise: Double) -> Bool {
    // Of the little that f has come down to, a quarter of the digits is all that a walk is asked for.
    let small = min(1e-8 * Double.ulpOfOne * (start.f - here.f), 1e-12)
    let least = max(1e-9 * abs(here.f), here.rounding, small, noise)
    guard curvature.isComplete, here.f != objective.floor, curvature.decrement > least else { return false }
    // What cancels leaves its rounding in f where it is a sum of large terms, but not where x − a is small.
    return curvature.decrement > 2 * curvature.rounding
      || curvature.decrement
        > 4 * NeighbourhoodProbe.roundingLevel(at: here, besides: curvature, on: &objective)
  }

  /// Whether f is higher at the end of Newton's step by more than any curvature or rounding makes it: it jumps on the way.
  mutating func isCutOff(_ curvature: Curvature) -> Bool {
    guard curvature.isComplete, curvature.newtonDistance > 1e-13 else { return false }
    let end = Vector.moved(here.x, by: 1, along: curvature.newtonStep)
    let f = objective.value(at: end)
    let noise = 64 * Double.ulpOfOne * abs(here.f) + curvature.rounding
    return f > here.f + 1e3 * (curvature.decrement + noise) && !objective.isContinuous(from: here.x, to: end)
  }

  /// The end of Newton's step where the gradient is less than half as long and f is the same to rounding.
  private mutating func polished(_ curvature: Curvature) -> Iterate? {
    let next = objective.iterate(at: Vector.moved(here.x, by: 1, along: curvature.newtonStep))
    let noise = 64 * Double.ulpOfOne * abs(here.f) + curvature.rounding
    guard next.isFinite, next.f <= here.f + noise,
      Vector.norm(next.gradient) < 0.5 * Vector.norm(here.gradient)
    else { return nil }
    return next
  }
}
