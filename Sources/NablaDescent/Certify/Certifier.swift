/// Decides what kind of point an iterate is, from the gradient, the Hessian and probes.
///
/// The gradient counts as zero when the Newton step is shorter than the tolerance, or when what it promises is
/// below the rounding of f. Then eigenvalues decide; where they are zero or f disagrees with them, probes do.
struct Certifier {
  /// The verdict in the engine's sense; nil while the gradient is not zero.
  struct Finding {
    var verdict: Verdict?
    var reason: String
    var curvature: Curvature?
  }

  let start: [Double]
  let tolerance: Double

  /// The scale of x at a point.
  func scale(at x: [Double]) -> Scale { Scale(at: x, from: start) }

  /// Looks at one iterate with finite values; where a line search found nothing lower (`isBlocked`) the rounding
  /// level of f is measured.
  func examine(_ here: Iterate, isBlocked: Bool = false, on objective: inout Objective) -> Finding {
    let scale = scale(at: here.x)
    guard let curvature = Curvature(at: here, scale: scale, on: &objective) else {
      return Finding(verdict: nil, reason: "the curvature is not a finite number here", curvature: nil)
    }
    let spread = zip(here.x, here.gradient).reduce(0) { $0 + abs($1.0 * $1.1) }
    var rounding = 4 * Double.ulpOfOne * (abs(here.f) + spread)
    if isBlocked {
      rounding = max(rounding, 4 * NeighbourhoodProbe.roundingLevel(at: here, on: &objective))
    }
    let isStationary = curvature.newtonDistance <= tolerance || curvature.decrement <= rounding
    guard isStationary else {
      return Finding(verdict: nil, reason: "the gradient does not vanish here", curvature: curvature)
    }
    let (verdict, reason) = classify(here, curvature, scale, &objective)
    return Finding(verdict: verdict, reason: reason, curvature: curvature)
  }

  private func classify(
    _ here: Iterate, _ curvature: Curvature, _ scale: Scale, _ objective: inout Objective
  ) -> (Verdict, String) {
    let low = curvature.values.first ?? 0
    let high = curvature.values.last ?? 0
    let probe = NeighbourhoodProbe(here: here, scale: scale, slack: 2 * curvature.decrement)
    var sides: [(ahead: NeighbourhoodProbe.Side, behind: NeighbourhoodProbe.Side)] = []
    for direction in curvature.directions {
      let ahead = probe.side(direction, on: &objective)
      sides.append((ahead, probe.side(direction.map { -$0 }, on: &objective)))
    }
    let all = sides.flatMap { [$0.ahead, $0.behind] }
    if !all.contains(where: { $0 != .flat }) { return (.plateau, "f does not change around this point") }
    if low < -curvature.noise {
      if high < -curvature.noise && curvature.isComplete {
        return (.strictLocalMaximum, "the gradient vanishes and every eigenvalue of the Hessian is negative")
      }
      return (.saddle, "the gradient vanishes, but the curvature is negative along one direction")
    }
    if all.contains(.down) {
      if all.contains(where: \.isUp) { return (.saddle, "the gradient vanishes, but f falls to one side") }
      return all.contains(.flat)
        ? (.degenerate, "the gradient vanishes, and f falls or stays around the point")
        : (.localMaximum, "the gradient vanishes, and f falls along every direction tried")
    }
    if sides.contains(where: { ($0.ahead == .flat) != ($0.behind == .flat) }) {
      return (.degenerate, "the gradient vanishes, and f is flat to one side as far as it can be seen")
    }
    for direction in curvature.directions where probe.hasKink(along: direction, on: &objective) {
      return (.kink, "f has different slopes to the two sides of this point")
    }
    let isDefinite = low > curvature.noise
    if isDefinite && agrees(sides[0].ahead, low) && agrees(sides[0].behind, low) {
      return curvature.isComplete
        ? (.strictLocalMinimum, "the gradient vanishes and every eigenvalue of the Hessian is positive")
        : (
          .localMinimum,
          "the gradient vanishes and the smallest curvature found by a Lanczos search is positive"
        )
    }
    for (k, direction) in curvature.directions.enumerated() where k == 0 || curvature.values[k] <= 1e-3 * high
    {
      if probe.leadsLower(along: direction, on: &objective) {
        return (.saddle, "the gradient vanishes, but a curved way leads lower")
      }
    }
    return (.localMinimum, "the gradient vanishes and f is nowhere smaller near the point, as probes show")
  }

  /// Whether f rises to a side about as the eigenvalue says: between a quarter of ½·λ·r² and four times that.
  private func agrees(_ side: NeighbourhoodProbe.Side, _ eigenvalue: Double) -> Bool {
    guard case .up(let rise, let radius) = side else { return false }
    let promised = 0.5 * eigenvalue * radius * radius
    return rise >= promised / 4 && rise <= 4 * promised
  }

  /// Whether the point sits on a kink that is a minimum along every coordinate (and eigenvector) tried.
  func isKink(_ here: Iterate, on objective: inout Objective) -> Bool {
    guard here.x.count <= Curvature.mostVariables else { return false }
    let probe = NeighbourhoodProbe(here: here, scale: scale(at: here.x), slack: 0)
    for i in here.x.indices {
      var axis = [Double](repeating: 0, count: here.x.count)
      axis[i] = 1
      if probe.hasKink(along: axis, on: &objective) { return true }
    }
    return false
  }
}
