/// Ends at kinks that smooth functions lead to.
extension Path {
  /// What is to be said where step after step crosses a kink; nil to go on.
  mutating func pastKinks() -> Outcome? {
    switch nextBySmoothing() {
    case .end(let outcome): return outcome
    case .on(let next): return advance(to: next)
    case nil: return nil
    }
  }

  /// Where smooth functions close to f lead from here: the end, or a lower point to go on from, for methods that do; nil
  /// where no smooth functions are known, or they lead no lower.
  mutating func nextBySmoothing() -> Next? {
    guard let end = endOfSmoothing(from: here) else { return nil }
    // With few variables planes below f prove more, where they can.
    let isLarge = here.x.count > NeighbourhoodProbe.mostVariablesOfHulls
    if end.isLeast, isLarge || objective.bounds != nil { return .end(least(at: end.point)) }
    let isLower = end.point.f < here.f - here.rounding
    if isLower, end.point.isFinite { return .on(end.point) }
    // Straight looks alone say little of a point with many variables.
    guard isLower || here.x.count > Curvature.mostVariables, objective.bounds == nil, end.isChecked else {
      return nil
    }
    let probe = NeighbourhoodProbe(here: end.point, scale: certifier.scale(at: end.point.x), slack: 0)
    guard probe.rises(along: Certifier.fan(here.x.count, nil), on: &objective) else { return nil }
    settleBeyond(at: end.point)
    return .end(
      Outcome(
        .noStep(iterations: iterations), verdict: .kink, evidence: .kink(isMinimum: true),
        answersWithLast: true))
  }

  /// The end of a descent of smooth functions close to f that is no higher than a point.
  mutating func endOfSmoothing(from point: Iterate) -> SmoothedDescent.End? {
    guard maySlide, smoothings < Self.mostSmoothings, let smoothing = objective.smoothing, point.f.isFinite
    else { return nil }
    smoothings += 1
    // Numbers next to nothing that a path from 0 has come to say nothing of the size of x.
    let isFaint = max(Vector.maximum(point.x), Vector.distance(point.x, start.x)) < 1e-6
    let scale = isFaint ? Scale(at: start.x, from: start.x) : certifier.scale(at: point.x)
    var descent = SmoothedDescent(smoothing, from: isFaint ? start.x : point.x, scale: scale)
    let end = descent.run(isConvex: objective.convexity?() != nil, on: &objective)
    objective.count(descent.counts)
    return end.flatMap { $0.point.f.isFinite && $0.point.f <= point.f + point.rounding ? $0 : nil }
  }

  /// The proved end of a convex function.
  private mutating func least(at end: Iterate) -> Outcome {
    settleBeyond(at: end)
    let held = objective.bounds?.holding(end.x, gradient: end.gradient).count ?? 0
    let ground: Evidence.Ground = held > 0 ? .bounds(active: held) : .slopes
    return Outcome(
      .noStep(iterations: iterations), verdict: .globalMinimum, evidence: .convex(ground),
      answersWithLast: true)
  }
}
