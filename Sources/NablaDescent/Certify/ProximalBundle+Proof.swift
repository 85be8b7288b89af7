/// What planes below a convex function prove of a place.
extension ProximalBundle {
  /// Whether slopes differ where a combination of planes that touch f at the centre is level in each variable, with planes
  /// that fall to both sides among them; nil where none is.
  ///
  /// Slopes in a variable that are only rounding or next to nothing beside what they were show no minimum, nor do those
  /// that vanish, unless f is made of flat pieces: numbers that fall towards 0 end there.
  mutating func isLevel(on objective: inout Objective) -> Bool? {
    guard !isFarAway else { return nil }
    if center.x != lookedAt {
      lookedAt = center.x
      let known = planes.count
      for part in Self.radii { look(part, on: &objective) }
      beside = sizes(of: planes[known...].map(\.gradient))
    }
    // The weight of a plane that ends a little below may be next to nothing.
    for depth in [noise, 64 * noise] {
      for _ in 0..<(5 + center.x.count) {
        let gaps = planes.map(gap)
        let near = planes.indices.filter { gaps[$0] <= depth }
        let touching = near.map { planes[$0].gradient }
        let sizes = zip(sizes(of: touching), largest).map { $0 > 8 * .ulpOfOne * $1 ? $0 : 0 }
        let mixed = ConvexCombination(
          shortestOf: touching.map { gradient in zip(gradient, sizes).map { $1 > 0 ? $0 / $1 : 0 } })
        let error = mixed.members.reduce(0) { $0 + $1.weight * gaps[near[$1.vector]] }
        if Vector.maximum(mixed.point) <= 8 * .ulpOfOne, error <= noise {
          guard convexity == .polyhedral || isHeld(by: touching, sizes) else { return nil }
          return zip(sizes, largest).contains { $0 > 1e-6 * $1 }
        }
        guard let way = Vector.direction(zip(mixed.point, sizes).map { $0 * $1 }) else { break }
        guard let missing = planeThatTouches(against: way, within: depth, on: &objective) else { break }
        take(missing)
      }
    }
    return nil
  }

  /// The plane of a point beside the centre, as far away as it touches; nil where that is known.
  private func planeThatTouches(
    against way: [Double], within depth: Double, on objective: inout Objective
  ) -> Iterate? {
    var radius = 1e-3 * scale.reach(along: way)
    for _ in 0..<12 {
      let there = objective.iterate(at: Vector.moved(center.x, by: -radius, along: way))
      if there.isFinite, gap(of: there) <= depth { return there == planes.last ? nil : there }
      radius /= 10
    }
    return nil
  }

  /// Whether slopes lead down to both sides along each axis.
  private func isHeld(by touching: [[Double]], _ sizes: [Double]) -> Bool {
    center.x.indices.allSatisfy { i in
      sizes[i] > 1e-12 * largest[i] && touching.contains { $0[i] < 0 } && touching.contains { $0[i] > 0 }
    }
  }
}
