import NablaBasics

/// Decides what kind of point an iterate is, from the gradient, the Hessian and probes.
///
/// The gradient counts as zero when the Newton step is shorter than the tolerance, or when what it promises is
/// below the rounding of f, and when it is no smaller a little further on (near a pole or an edge of the domain the
/// Newton step is short as well). Then eigenvalues decide; where they are zero or f disagrees with them, probes do.
struct Certifier {
  /// The verdict in the engine's sense; nil while the gradient is not zero.
  struct Finding {
    var verdict: Verdict?
    var evidence: Evidence
    var curvature: Curvature?
    /// A direction and radius at which f is lower than here.
    var way: (direction: [Double], radius: Double)?
    /// The change of f that rounding hides, where it was measured.
    var rounding = 0.0
  }

  /// What is known before the look.
  struct Circumstances {
    /// A line search found nothing lower: the rounding level of f is to be measured.
    var isBlocked = false
    /// The last steps were Newton's and shrank the gradient as only a zero of it lets them.
    var hasNewtonConverged = false
    /// f where the descent began.
    var first = Double.nan
  }

  let start: [Double]
  let tolerance: Double

  /// The scale of x at a point.
  func scale(at x: [Double]) -> Scale { Scale(at: x, from: start) }

  /// Looks at one iterate with finite values.
  func examine(
    _ here: Iterate, _ circumstances: Circumstances = .init(), on objective: inout Objective
  ) -> Finding {
    if let held = objective.bounds?.holding(here.x, gradient: here.gradient), !held.isEmpty {
      return examineHeld(here, by: held, circumstances, on: &objective)
    }
    let scale = scale(at: here.x)
    guard let curvature = Curvature(at: here, scale: scale, on: &objective) else {
      return risesAround(here, scale, on: &objective)
        ? Finding(verdict: .localMinimum, evidence: .probed) : Finding(evidence: .noCurvature)
    }
    // Nothing is lower than a sum of squares that is 0.
    if objective.floor == 0, here.f == 0 {
      return Finding(verdict: .localMinimum, evidence: .probed, curvature: curvature)
    }
    var rounding = here.rounding
    var measured = 0.0
    if circumstances.isBlocked, curvature.newtonDistance > tolerance, curvature.decrement > rounding {
      measured = 4 * NeighbourhoodProbe.roundingLevel(at: here, on: &objective)
      rounding = max(rounding, measured)
    }
    let isNothing = isNextToNothing(here, curvature, circumstances, objective)
    let isShort = curvature.newtonDistance <= tolerance || curvature.decrement <= rounding || isNothing
    guard isShort else { return Finding(evidence: .slope, curvature: curvature) }
    guard circumstances.hasNewtonConverged || isNothing || isZero(here, curvature, scale, on: &objective)
    else {
      return isFlat(here, curvature, scale, on: &objective)
        ? Finding(verdict: .plateau, evidence: .flat, curvature: curvature)
        : Finding(evidence: .slope, curvature: curvature)
    }
    var finding = classify(here, curvature, scale, &objective)
    finding.rounding = measured
    return finding
  }

  /// Whether a method that goes no further has left of a sum of squares, at a place that is next to a zero of its gradient,
  /// less than a quarter of the digits of what is lost in rounding where it began: of a degenerate zero the curvature
  /// shows no more.
  private func isNextToNothing(
    _ here: Iterate, _ curvature: Curvature, _ circumstances: Circumstances, _ objective: Objective
  ) -> Bool {
    guard circumstances.isBlocked, let floor = objective.floor, curvature.newtonDistance <= 1e-6 else {
      return false
    }
    return here.f - floor <= 1e-8 * Double.ulpOfOne * (circumstances.first - floor)
  }

  /// Whether f rises from a zero of its gradient without a curvature, as x^(3/2) at 0, wherever it has a value.
  private func risesAround(_ here: Iterate, _ scale: Scale, on objective: inout Objective) -> Bool {
    guard Vector.maximum(here.gradient) == 0, here.x.count <= Curvature.mostVariables else { return false }
    let probe = NeighbourhoodProbe(here: here, scale: scale, slack: 0)
    var isUp = false
    for line in Self.fan(here.x.count, nil) {
      for direction in [line, line.map { -$0 }] {
        switch probe.side(direction, on: &objective) {
        case .up: isUp = true
        case .outside: continue
        case .down, .flat: return false
        }
      }
    }
    return isUp
  }

  /// Whether the gradient is smallest here along the Newton step: away from a zero of it, it grows; away from a
  /// pole, or from an edge where it is infinite, it shrinks.
  private func isZero(
    _ here: Iterate, _ curvature: Curvature, _ scale: Scale, on objective: inout Objective
  ) -> Bool {
    let size = Vector.norm(here.gradient)
    guard size > 0, let direction = Vector.direction(curvature.newtonStep) else { return true }
    let (near, far) = (16 * Vector.norm(curvature.newtonStep), 1e-7 * scale.reach(along: direction))
    func isSmaller(_ factor: Double, at radius: Double) -> Bool {
      for t in [radius, -radius] {
        let there = objective.iterate(at: Vector.moved(here.x, by: t, along: direction))
        if there.isFinite, Vector.norm(there.gradient) < factor * size { return true }
      }
      return false
    }
    guard isSmaller(0.5, at: max(near, far)) else { return true }
    // In a pit narrower than that the gradient grows with the distance all the same.
    return near < far && !isSmaller(8, at: near)
  }

  /// Whether f does not change to any side, rounding of f alone aside.
  private func isFlat(
    _ here: Iterate, _ curvature: Curvature, _ scale: Scale, on objective: inout Objective
  ) -> Bool {
    let probe = NeighbourhoodProbe(here: here, scale: scale, slack: 0)
    return curvature.directions.allSatisfy { direction in
      probe.side(direction, on: &objective) == .flat
        && probe.side(direction.map { -$0 }, on: &objective) == .flat
    }
  }

  private func classify(
    _ here: Iterate, _ curvature: Curvature, _ scale: Scale, _ objective: inout Objective
  ) -> Finding {
    let probe = NeighbourhoodProbe(
      here: here, scale: scale,
      slack: 2 * curvature.decrement + (objective.isQuadratic ? curvature.rounding : 0),
      nearest: min(1e-2, max(1e-6, 100 * curvature.newtonDistance)))
    let low = curvature.values.first ?? 0
    let high = curvature.values.last ?? 0
    func found(_ verdict: Verdict, _ evidence: Evidence, _ way: (direction: [Double], radius: Double)? = nil)
      -> Finding
    { Finding(verdict: verdict, evidence: evidence, curvature: curvature, way: way) }
    // Of a quadratic the eigenvalues say all.
    if objective.isQuadratic, objective.bounds == nil, curvature.isComplete, objective.hasHessian, low >= 0,
      high > curvature.noise
    {
      return low > curvature.noise
        ? found(.strictLocalMinimum, .definite(isMinimum: true)) : found(.localMinimum, .probed)
    }
    var sides: [Sides] = []
    var way: (direction: [Double], radius: Double)?
    for (k, direction) in curvature.directions.enumerated() {
      let ahead = probe.side(direction, on: &objective)
      let behind = probe.side(direction.map { -$0 }, on: &objective)
      sides.append((ahead, behind))
      if way == nil, case .down(let radius) = ahead { way = (direction, radius) }
      if way == nil, case .down(let radius) = behind { way = (direction.map { -$0 }, radius) }
      // A Hessian that is clearly definite is believed where f agrees with it along its weakest direction and along its
      // strongest, which beside a pole is as strong as it is for a moment only.
      if k == 0, low > curvature.noise, agrees(ahead, low, probe, direction),
        agrees(behind, low, probe, direction), isAsStrong(high, curvature, probe, on: &objective)
      {
        return curvature.isComplete
          ? found(.strictLocalMinimum, .definite(isMinimum: true)) : found(.localMinimum, .searchedDefinite)
      }
      // Both signs of clear curvature, and f lower along the negative one: a saddle, whatever the others say.
      if k == 0, low < -curvature.noise, high > curvature.noise, curvature.isComplete, let way {
        return found(.saddle, .negativeCurvature, way)
      }
    }
    var all = sides.flatMap { [$0.ahead, $0.behind] }
    // A sum of squares that is next to nothing beside what it rises all around has nothing left to lose.
    let isLow =
      curvature.newtonDistance <= 1e-3
      && objective.floor.map { floor in
        here.f <= floor || all.allSatisfy { $0.rises(by: 1e6 * (here.f - floor)) }
      } ?? false
    var valley: [Double]?
    // Where f is not as the eigenvalue says, that is what differences left of zero; where the domain ends to one side, the
    // eigenvectors leave out most of the other.
    let null =
      !curvature.isComplete
      ? []
      : curvature.directions.indices.filter { k in
        let (value, direction) = (curvature.values[k], curvature.directions[k])
        return abs(value) <= curvature.noise || sides[k].ahead == .outside || sides[k].behind == .outside
          || !agrees(sides[k].ahead, value, probe, direction)
          || !agrees(sides[k].behind, value, probe, direction)
      }.map { curvature.directions[$0] }
    if way == nil, !isLow, null.count > 1, !objective.isQuadratic, all.contains(where: { $0 != .outside }),
      !objective.isLeastSum(at: here, scale: scale)
    {
      let space = NullSpaceProbe(probe: probe, basis: null)
      let seen = space.look(on: &objective)
      if seen.way == nil,
        space.isLowerOnRings(on: &objective) || space.isLowerBesideLines(seen.valley, on: &objective)
      {
        return found(.saddle, .lowerAlongCurve)
      }
      way = seen.way
      valley = seen.valley
      if let way { all.append(.down(radius: way.radius)) }
      if seen.rises { all.append(.up(by: 0, radius: 1)) }
    }
    if all.allSatisfy({ $0 == .flat }), !objective.isLeastSum(at: here, scale: scale) {
      // What Newton's step may still change hides a slope beside a jump.
      return probe.slack == 0 || isFlat(here, curvature, scale, on: &objective)
        ? found(.plateau, .flat) : Finding(evidence: .slope, curvature: curvature)
    }
    if let way {
      if low < -curvature.noise, high < -curvature.noise, curvature.isComplete, all.allSatisfy(\.isDown) {
        return found(.strictLocalMaximum, .definite(isMinimum: false), way)
      }
      if low < -curvature.noise { return found(.saddle, .negativeCurvature, way) }
      if probe.jumps(along: way.direction, radius: way.radius, on: &objective) {
        return found(.degenerate, .jump, way)
      }
      if low > curvature.noise { return found(.saddle, .lowerToOneSide, way) }
      if all.contains(where: \.isUp) { return found(.saddle, .lowerToOneSide, way) }
      return all.contains(.flat)
        ? found(.degenerate, .lowerOrFlat, way) : found(.localMaximum, .lowerEverywhere, way)
    }
    if sides.contains(where: {
      $0.ahead != .outside && $0.behind != .outside && ($0.ahead == .flat) != ($0.behind == .flat)
    }) {
      return isLevelBeside(here, curvature, sides, scale, on: &objective)
        ? found(.localMinimum, .probed) : found(.degenerate, .flatToOneSide)
    }
    for (direction, pair) in zip(curvature.directions, sides) {
      if case .up(let rise, let radius) = pair.ahead, case .up(let other, let otherRadius) = pair.behind,
        !objective.hasHessian || rise / radius > 1e6 * (other / otherRadius)
          || other / otherRadius > 1e6 * (rise / radius),
        probe.jumps(along: direction, radius: radius, on: &objective)
          || probe.jumps(along: direction.map { -$0 }, radius: otherRadius, on: &objective)
      {
        return isLeastBesideJump(at: here.x, here.f, on: &objective)
          ? found(.localMinimum, .leastBesideJump) : found(.degenerate, .jump)
      }
      if probe.hasKink(along: direction, on: &objective) {
        let isMinimum = probe.isMinimumAtKink(along: curvature.directions, on: &objective)
        return found(.kink, .kink(isMinimum: isMinimum))
      }
    }
    // Where nothing shows along a straight line, a curved way may lead lower: beside a flat one, across it.
    let doubtful = curvature.directions.indices.filter { k in
      (k == 0 || curvature.values[k] <= 1e-3 * high)
        && (sides[k].ahead.isUp || sides[k].ahead == .flat && high > curvature.noise && curvature.isComplete)
    }
    let ways = (valley.map { [$0] } ?? []) + doubtful.map { curvature.directions[$0] }
    for direction in objective.isQuadratic || isLow ? [] : ways.prefix(2)
    where probe.leadsLower(along: direction, on: curvature, on: &objective) {
      return found(.saddle, .lowerAlongCurve)
    }
    // Beside a pole straight lines show little of what lies between them.
    if null.count == 1, curvature.directions.count > 1, !isLow, !objective.isQuadratic,
      !objective.isLeastSum(at: here, scale: scale),
      !isSteady(here, along: null[0], curvature, scale, on: &objective)
    {
      let space = NullSpaceProbe(probe: probe, basis: curvature.directions)
      if let way = space.look(on: &objective).way { return found(.saddle, .lowerToOneSide, way) }
      // Wider rings may reach other valleys.
      if space.isLowerOnRings([0.1, 0.025, 1e-3, 1e-4], on: &objective) {
        return found(.saddle, .lowerAlongCurve)
      }
    }
    return found(.localMinimum, .probed)
  }

  /// Whether the gradient changes along a direction, as far as the tolerance, about as the Hessian says.
  private func isSteady(
    _ here: Iterate, along direction: [Double], _ curvature: Curvature, _ scale: Scale,
    on objective: inout Objective
  ) -> Bool {
    guard let place = curvature.directions.firstIndex(of: direction) else { return true }
    let distance = tolerance * scale.reach(along: direction)
    let there = objective.iterate(at: Vector.moved(here.x, by: distance, along: direction))
    let change = Vector.dot(Vector.difference(there.gradient, here.gradient), direction)
    let promised = curvature.values[place] * distance
    return abs(change) <= 4 * abs(promised) && abs(change) >= abs(promised) / 4
  }

  /// Whether f rises to a side about as the eigenvalue says: between a quarter of ½·λ·r² and four times that; or
  /// not at all, where that is below its rounding as far as the probe goes.
  private func agrees(
    _ side: NeighbourhoodProbe.Side, _ eigenvalue: Double, _ probe: NeighbourhoodProbe, _ direction: [Double]
  ) -> Bool {
    switch side {
    case .up(let rise, let radius):
      let promised = 0.5 * eigenvalue * radius * radius
      return rise >= promised / 4 && rise <= 4 * promised + probe.noise(probe.here.f)
    case .flat:
      let radius = 0.1 * probe.scale.reach(along: direction)
      return 0.5 * eigenvalue * radius * radius <= 4 * probe.noise(probe.here.f)
    case .outside: return true
    case .down: return false
    }
  }

  /// Whether f agrees with the largest eigenvalue along its direction, where that is not the only one.
  private func isAsStrong(
    _ high: Double, _ curvature: Curvature, _ probe: NeighbourhoodProbe, on objective: inout Objective
  ) -> Bool {
    guard curvature.isComplete, curvature.directions.count > 1, let direction = curvature.directions.last
    else {
      return true
    }
    return [direction, direction.map { -$0 }].allSatisfy { direction in
      agrees(probe.side(direction, on: &objective), high, probe, direction)
    }
  }
}
