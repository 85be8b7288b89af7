/// Looks for lower points that no straight line through the point shows, as at the origin of (y − x²)(y − 2x²).
extension NeighbourhoodProbe {
  /// Whether a curved way that begins along `direction` leads to points that are lower than the point.
  ///
  /// A little off the point, Newton's step in the directions in which f clearly curves up leads to the floor of the
  /// valley; without such directions, or without the whole Hessian, a short descent looks for it.
  func leadsLower(
    along direction: [Double], on curvature: Curvature, on objective: inout Objective
  ) -> Bool {
    let stiff = curvature.directions.indices.filter { k in
      curvature.isComplete && curvature.values[k] > curvature.noise
        && abs(Vector.dot(curvature.directions[k], direction)) < 0.5
    }
    guard !stiff.isEmpty else { return descendsLower(along: direction, on: &objective) }
    let reach = scale.reach(along: direction)
    for part in [1e-2, -1e-2, 0.1, -0.1] {
      var place = objective.iterate(at: Vector.moved(here.x, by: part * reach, along: direction))
      for _ in 0..<3 where place.isFinite {
        var x = place.x
        for k in stiff {
          let slope = Vector.dot(place.gradient, curvature.directions[k])
          x = Vector.moved(x, by: -slope / curvature.values[k], along: curvature.directions[k])
        }
        let next = objective.iterate(at: x)
        guard next.isFinite, next.f < place.f else { break }
        place = next
        if isClearlyLower(place, on: &objective) { return true }
      }
    }
    return false
  }

  /// Whether f is lower at another point by more than rounding of f there and here.
  func isClearlyLower(_ place: Iterate, on objective: inout Objective) -> Bool {
    guard place.isFinite, place.f < here.f - noise(place.f) else { return false }
    let rounding = max(
      Self.roundingLevel(at: place, on: &objective), Self.roundingLevel(at: here, on: &objective))
    return here.f - place.f > 4 * rounding
  }

  /// Whether a short descent that begins a little off the point along `direction` ends lower than the point.
  private func descendsLower(along direction: [Double], on objective: inout Objective) -> Bool {
    let reach = scale.reach(along: direction)
    for radius in [1e-2 * reach, -1e-2 * reach] {
      var place = objective.iterate(at: Vector.moved(here.x, by: radius, along: direction))
      var length = 1.0
      let search = Backtracking()
      var rounding = 0.0
      for _ in 0..<10 where place.isFinite {
        let downhill = place.gradient.map { -$0 }
        guard
          let found = try? search.point(
            from: place, along: downhill, trying: length, rounding: &rounding, on: &objective),
          Vector.distance(found.iterate.x, here.x) <= 10 * abs(radius)
        else { break }
        place = found.iterate
        length = 2 * found.length
        if isClearlyLower(place, on: &objective) { return true }
      }
    }
    return false
  }
}
