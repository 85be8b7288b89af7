/// Where a method has no next step.
extension Path {
  /// What it means that the method has no next iterate; nil to go on from a lower point found beside it.
  mutating func halted(by halt: Halt) -> Outcome? {
    var circumstances = Certifier.Circumstances(isBlocked: true, first: start.f)
    if case .stationary(isNewton: true) = halt { circumstances.hasNewtonConverged = true }
    let before = iterations
    if halt == .kinks { return pastKinks() }
    if let outcome = examined(circumstances) {
      if let outcome = lookedAlongWay() { return outcome }
      if let next = lowerPoint() { return advance(to: next) }
      guard outcome.verdict == .saddle, escapes >= Self.mostEscapes else { return outcome }
      if isRunningAway() { return runningAway() }
      var crawling = outcome
      (crawling.verdict, crawling.evidence) = (.degenerate, .crawling)
      return crawling
    }
    if iterations > before { return nil }
    if here.x.count > NeighbourhoodProbe.mostVariablesOfHulls {
      switch nextBySmoothing() {
      case .end(let outcome): return outcome
      case .on(let next): return advance(to: next)
      case nil: break
      }
    }
    switch here.x.count > 1 ? nextOnPlanes(from: here) : nil {
    case .end(let outcome): return outcome
    case .on(let next): return advance(to: next)
    case nil: break
    }
    let obstacle = certifier.obstacle(at: here, on: &objective, mayMove: maySlide)
    if let held = certifier.bounded(at: obstacle?.end?.x ?? here.x, unless: obstacle, on: &objective) {
      settle(at: held)
      return Outcome(
        .noStep(iterations: iterations), verdict: .onBound,
        evidence: .bounds(active: objective.bounds?.active(at: held).count ?? 0, isStrict: false),
        answersWithLast: true)
    }
    if here.x.count > 1, obstacle?.verdict == .kink || objective.bounds != nil {
      switch nextBySmoothing() {
      case .end(let outcome): return outcome
      case .on(let next): return advance(to: next)
      case nil: break
      }
    }
    if let obstacle {
      if obstacle.verdict == .stuck, obstacle.evidence == nil, let end = obstacle.end {
        slides += 1
        return advance(to: objective.iterate(at: end.x))
      }
      if case .edge(isMinimum: false)? = obstacle.evidence, let end = obstacle.end,
        let outcome = leastOnEdge(end)
      {
        return outcome
      }
      if let end = obstacle.end { settle(at: end.x) }
      if obstacle.verdict == .unboundedBelow { return unbounded() }
      if let way = obstacle.way, let next = lowest(along: way) { return advance(to: next) }
      if case .kink(let isMinimum)? = obstacle.evidence {
        if isMinimum { polishAtKink() } else if let next = lowestBetweenKinks() { return advance(to: next) }
      }
      return Outcome(
        .noStep(iterations: iterations), verdict: obstacle.verdict, evidence: obstacle.evidence,
        answersWithLast: true)
    }
    if let outcome = lookOutcome() { return outcome }
    if iterations > before { return nil }
    if let next = lowestBetweenKinks() { return advance(to: next) }
    if isRunningAway() { return runningAway() }
    return Outcome(.noStep(iterations: iterations), verdict: .stuck, answersWithLast: true)
  }

  /// A lower point beside a saddle, a maximum or a flat place, for methods that go on from there.
  mutating func lowerPoint() -> Iterate? {
    guard isSecondOrder, let way, escapes < Self.mostEscapes, criteria.steps == nil else { return nil }
    let next = objective.iterate(at: Vector.moved(here.x, by: way.radius, along: way.direction))
    guard next.isFinite, next.f < here.f else { return nil }
    escapes += 1
    return next
  }

  /// The lowest point along the way on between the slopes of a kink, for methods that go on from there.
  mutating func lowest(along way: NeighbourhoodProbe.WayOn) -> Iterate? {
    guard maySlide else { return nil }
    let end = LineEnd(
      from: way.lower, along: way.direction, reach: certifier.scale(at: here.x).reach(along: way.direction),
      on: &objective)
    let last = objective.iterate(at: end.x)
    let next = last.f < way.lower.f ? last : way.lower
    guard next.isFinite, next.f < here.f else { return nil }
    slides += 1
    return next
  }

  /// The lowest point along a way on between kinks near by, for methods that go on from there.
  private mutating func lowestBetweenKinks() -> Iterate? {
    guard maySlide, let way = certifier.wayOn(at: here, on: &objective) else { return nil }
    return lowest(along: way)
  }

  /// Whether the method goes on along kinks, and has not done so too often.
  var maySlide: Bool { isSecondOrder && slides < Self.mostSlides && criteria.steps == nil }

  /// Goes on between slopes that are closer than what was seen of the minimum.
  private mutating func polishAtKink() {
    while let way = certifier.closeWay(at: here, on: &objective), let next = lowest(along: way) {
      settle(at: next.x)
    }
  }
}
