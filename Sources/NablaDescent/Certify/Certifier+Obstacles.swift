import NablaBasics

/// What stops a descent where the gradient does not vanish, and what a flat place hides.
extension Certifier {
  /// A direction and a radius of about the scale of x at which f is lower by 10⁸ times all that it rises nearby: what
  /// a dip in a flat plain is seen beside.
  func lowerBeyond(
    _ here: Iterate, on objective: inout Objective
  ) -> (direction: [Double], radius: Double)? {
    guard here.x.count <= Curvature.mostVariables else { return nil }
    let scale = scale(at: here.x)
    let lines = Self.fan(here.x.count, nil)
    var nearby = 0.0
    var lowest: (direction: [Double], radius: Double, drop: Double)?
    func rise(_ part: Double, _ reach: Double, _ direction: [Double]) -> Double {
      objective.value(at: Vector.moved(here.x, by: part * reach, along: direction)) - here.f
    }
    for line in lines {
      let reach = scale.reach(along: line)
      for direction in [line, line.map { -$0 }] {
        let near = abs(rise(0.1, reach, direction))
        if near.isFinite { nearby = max(nearby, near) }
        for part in [0.3, 0.6, 1, 1.5] {
          let drop = -rise(part, reach, direction)
          if drop.isFinite, drop > lowest?.drop ?? 0 { lowest = (direction, part * reach, drop) }
        }
      }
    }
    guard let lowest, lowest.drop > 1e8 * nearby else { return nil }
    // f may come back to its value at just that radius: x² − 100x⁴ is 0 at 0.1.
    for line in lines {
      let near = abs(rise(0.07, scale.reach(along: line), line))
      if near.isFinite { nearby = max(nearby, near) }
    }
    return lowest.drop > 1e8 * nearby ? (lowest.direction, lowest.radius) : nil
  }

  /// What holds a descent where the gradient is not zero and no step along it leads lower.
  struct Obstacle {
    var verdict: Verdict
    var evidence: Evidence?
    /// The last point found.
    var end: LineEnd?
    /// A way on which f is lower than there all the same.
    var way: NeighbourhoodProbe.WayOn?
  }

  /// What holds a descent at an iterate; nil where nothing is seen. Where `mayMove`, a lower point that nothing holds is
  /// one of them, to go on from.
  func obstacle(at here: Iterate, on objective: inout Objective, mayMove: Bool = false) -> Obstacle? {
    let scale = scale(at: here.x)
    guard let downhill = Vector.direction(here.gradient.map { -$0 }) else {
      guard here.x.count <= Curvature.mostVariables else { return nil }
      let probe = NeighbourhoodProbe(here: here, scale: scale, slack: 0)
      guard probe.isMinimumAtKink(along: Self.fan(here.x.count, nil), on: &objective) else { return nil }
      return Obstacle(verdict: .kink, evidence: .kink(isMinimum: true))
    }
    let end = LineEnd(from: here, along: downhill, reach: scale.reach(along: downhill), on: &objective)
    let isLine = here.x.count == 1
    switch end.kind {
    case .open: return nil
    case .pole: return Obstacle(verdict: .unboundedBelow, end: end)
    case .edge:
      let isEnd = objective.isSeenToEnd(beyond: end.x, along: downhill, reach: scale.reach(along: downhill))
      return isEnd
        ? Obstacle(verdict: .onBound, evidence: .edge(isMinimum: isLine), end: end)
        : Obstacle(verdict: .stuck, evidence: .beyondNumbers, end: end)
    case .jump:
      return isLeastBesideJump(at: end.x, end.f, on: &objective)
        ? Obstacle(verdict: .localMinimum, evidence: .leastBesideJump, end: end)
        : Obstacle(verdict: .degenerate, evidence: .jump, end: end)
    case .kink:
      guard here.x.count <= Curvature.mostVariables else { return nil }
      let probe = NeighbourhoodProbe(
        here: Iterate(x: end.x, f: end.f, gradient: here.gradient), scale: scale, slack: 0)
      guard probe.hasKink(along: downhill, on: &objective) else {
        let isLower = here.f - end.f > 1e-9 * max(abs(here.f), abs(end.f))
        return mayMove && isLower ? Obstacle(verdict: .stuck, end: end) : nil
      }
      let fan = Self.fan(here.x.count, downhill)
      let between = probe.between(fan, on: &objective)
      let isMinimum = between.isLevel && probe.rises(along: fan, on: &objective)
      return Obstacle(verdict: .kink, evidence: .kink(isMinimum: isMinimum), end: end, way: between.way)
    }
  }

  /// A way on from where nothing else leads lower: between the slopes of kinks near by, closer or further ones.
  func wayOn(at here: Iterate, on objective: inout Objective) -> NeighbourhoodProbe.WayOn? {
    guard here.x.count > 1, here.x.count <= NeighbourhoodProbe.mostVariablesOfHulls else { return nil }
    let probe = NeighbourhoodProbe(here: here, scale: scale(at: here.x), slack: 0)
    let fan = Self.fan(here.x.count, Vector.direction(here.gradient.map { -$0 }))
    for part in [1e-6, 1e-8, 1e-4] {
      if let way = probe.between(fan, within: part, on: &objective).way { return way }
    }
    return nil
  }

  /// A way between the slopes of a kink that is closer than those which deny a minimum.
  func closeWay(at here: Iterate, on objective: inout Objective) -> NeighbourhoodProbe.WayOn? {
    let probe = NeighbourhoodProbe(here: here, scale: scale(at: here.x), slack: 0)
    return probe.between(Self.fan(here.x.count, nil), within: 1e-9, on: &objective).way
  }

  /// The axes, the line of steepest descent and random directions, of length 1.
  static func fan(_ n: Int, _ downhill: [Double]?) -> [[Double]] {
    var random = SplitMix64(start: 1847)
    var directions = downhill.map { [$0] } ?? []
    for i in 0..<n {
      directions.append((0..<n).map { $0 == i ? 1 : 0 })
    }
    guard n > 1 else { return directions }
    for _ in 0..<(8 + 2 * n) {
      let any = (0..<n).map { _ in Double.random(in: -1...1, using: &random) }
      if let direction = Vector.direction(any) { directions.append(direction) }
    }
    return directions
  }
}
