/// What it proves of an end that f is convex.
extension Path {
  /// The same, or the proof that the end is lowest of all: of a convex function a local minimum is, of one made of flat
  /// pieces any flat place, and any end on whose planes a bundle comes to rest.
  mutating func onConvexGround(_ outcome: Outcome) -> Outcome {
    let ground: Evidence.Ground
    switch outcome.evidence {
    case .definite(isMinimum: true), .searchedDefinite, .probed: ground = .stationary
    case .kink(isMinimum: true) where here.x.count == 1: ground = .kink
    case .edge(isMinimum: true): ground = .edge
    case .bounds(let active, _): ground = .bounds(active: active)
    case .flat: ground = .flat
    case .kink, .flatToOneSide: return onPlanes(outcome)
    case .crawling where maySlide: return onPlanes(outcome)
    default:
      let mayGoOn = outcome.verdict == .iterationLimit && maySlide && criteria.maximumIterations == nil
      return mayGoOn ? onPlanes(outcome) : outcome
    }
    guard outcome.verdict != .globalMinimum, let convexity = objective.convexity?(),
      ground != .flat || convexity == .polyhedral
    else { return outcome }
    var proved = outcome
    (proved.verdict, proved.evidence) = (.globalMinimum, .convex(ground))
    return proved
  }

  /// What planes below f prove of an end. Where they do not prove a minimum at a kink, straight looks were too few, if the
  /// method goes on along kinks; another one's end may lie beside it.
  private mutating func onPlanes(_ outcome: Outcome) -> Outcome {
    guard let rest = restOnPlanes(from: outcome.answersWithLast ? here : best) else { return outcome }
    if case .least(let end, let isKink) = rest { return proved(at: end, isKink: isKink) }
    guard maySlide else { return outcome }
    var denied = outcome
    if case .kink = outcome.evidence { denied.evidence = .kink(isMinimum: false) }
    if case .lower(let lower) = rest {
      settleBeyond(at: lower)
      denied.answersWithLast = true
    }
    return denied
  }

  /// Where a descent goes that has no next step of its own.
  enum Next {
    case end(Outcome)
    case on(Iterate)
  }

  /// The proved end at or below a point, or a lower point to go on from, for methods that do; nil where planes below f show
  /// neither.
  mutating func nextOnPlanes(from point: Iterate) -> Next? {
    guard maySlide, rests < Self.mostRests else { return nil }
    rests += 1
    switch restOnPlanes(from: point) {
    // Where f is smooth, a method knows its end better than planes do.
    case .least(let end, isKink: false) where end.x != point.x: return .on(end)
    case .least(let end, let isKink): return .end(proved(at: end, isKink: isKink))
    case .lower(let next): return .on(next)
    case .open, nil: return nil
    }
  }

  /// Goes on from a point where f has a value but no slope, as at the tip of a cone; what else is to be said where planes
  /// below f show nothing.
  mutating func goOn(from tip: Iterate, otherwise outcome: Outcome) -> Outcome? {
    switch tip.f.isFinite ? nextOnPlanes(from: tip) : nil {
    case .end(let proved): return proved
    case .on(let next): return advance(to: next)
    case nil: return outcome
    }
  }

  /// Where a bundle of planes below f comes to rest; nil where f is not known to be convex.
  private mutating func restOnPlanes(from point: Iterate) -> ProximalBundle.End? {
    let isFlat = point.gradient.allSatisfy { $0 == 0 }
    guard isFlat || point.x.count <= ProximalBundle.mostVariables || objective.smoothing != nil,
      objective.bounds == nil, point.f.isFinite,
      let convexity = objective.convexity?()
    else { return nil }
    if isFlat, convexity == .polyhedral { return .least(point, isKink: hasSlopes(beside: point)) }
    if point.x.count > NeighbourhoodProbe.mostVariablesOfHulls, let end = endOfSmoothing(from: point) {
      if end.isLeast { return .least(end.point, isKink: true) }
      if end.point.f < point.f - point.rounding { return .lower(end.point) }
    }
    guard point.x.count <= ProximalBundle.mostVariables else { return nil }
    var bundle = ProximalBundle(at: point, scale: certifier.scale(at: point.x), from: start, convexity)
    return bundle.run(mayMove: maySlide, on: &objective)
  }

  /// Whether f has a slope next to a point where it has none, as |x| does: it is flat there otherwise.
  private mutating func hasSlopes(beside point: Iterate) -> Bool {
    let scale = certifier.scale(at: point.x)
    for i in point.x.indices.prefix(ProximalBundle.mostVariables) {
      for side in [-1e-6, 1e-6] {
        var x = point.x
        x[i] += side * scale[i]
        if Vector.maximum(objective.iterate(at: x).gradient) != 0 { return true }
      }
    }
    return point.x.count > ProximalBundle.mostVariables
  }

  private mutating func proved(at end: Iterate, isKink: Bool) -> Outcome {
    settleBeyond(at: end)
    return Outcome(
      isKink ? .noStep(iterations: iterations) : .converged(iterations: iterations), verdict: .globalMinimum,
      evidence: .convex(isKink ? .slopes : .stationary), answersWithLast: true)
  }
}
