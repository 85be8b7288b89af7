/// What kinks look like.
extension NeighbourhoodProbe {
  /// Whether f has different slopes to both sides: their sum is much the same at three radii. Where f is smooth
  /// it shrinks with the radius; where it is rounding noise it grows as the radius shrinks.
  func hasKink(along direction: [Double], on objective: inout Objective) -> Bool {
    var sums: [Double] = []
    let reach = scale.reach(along: direction)
    for radius in [1e-6 * reach, 3e-5 * reach, 1e-3 * reach] {
      let ahead = objective.value(at: Vector.moved(here.x, by: radius, along: direction))
      let behind = objective.value(at: Vector.moved(here.x, by: -radius, along: direction))
      let noise = 64 * Double.ulpOfOne * max(abs(here.f), max(abs(ahead), abs(behind)))
      let bend = ahead - here.f + (behind - here.f)
      guard bend.isFinite, bend > noise else { return false }
      if let last = sums.last, bend / radius > 3 * last || bend / radius < last / 8 { return false }
      sums.append(bend / radius)
    }
    return true
  }

  /// Whether the point is a minimum at a kink or a cusp: f rises to both sides of each direction, and no narrow way
  /// between them leads lower.
  func isMinimumAtKink(along directions: [[Double]], on objective: inout Objective) -> Bool {
    rises(along: directions, on: &objective) && wayBetween(directions, on: &objective) == nil
  }

  /// Whether f rises to both sides of each direction by at least a part of its radius that does not shrink with it.
  func rises(along directions: [[Double]], on objective: inout Objective) -> Bool {
    for direction in directions {
      let reach = scale.reach(along: direction)
      for sign in [1.0, -1] {
        for radius in [1e-5 * reach, 1e-3 * reach] {
          let f = objective.value(at: Vector.moved(here.x, by: sign * radius, along: direction))
          if !(f > here.f + noise(f)) { return false }
        }
      }
    }
    return true
  }

  /// The direction of steepest descent that the gradients around the point have in common, where f is lower along it:
  /// against the shortest vector of their convex hull (Burke, Lewis & Overton 2005, "A robust gradient sampling
  /// algorithm"). The gradients are those to both sides along `directions`, a part of the scale of x away.
  func wayBetween(
    _ directions: [[Double]], within part: Double = 1e-6, on objective: inout Objective
  ) -> [Double]? {
    guard here.x.count > 1 else { return nil }
    var gradients: [[Double]] = []
    for direction in directions {
      let radius = part * scale.reach(along: direction)
      for t in [radius, -radius] {
        let there = objective.iterate(at: Vector.moved(here.x, by: t, along: direction))
        if there.isFinite { gradients.append(there.gradient) }
      }
    }
    guard let common = Vector.direction(LeastNorm.point(inHullOf: gradients).map { -$0 }) else { return nil }
    let reach = part * scale.reach(along: common)
    let isLower = [10.0, 100, 1_000].contains { times in
      let f = objective.value(at: Vector.moved(here.x, by: times * reach, along: common))
      return f < here.f - noise(f)
    }
    return isLower ? common : nil
  }
}
