import NablaBasics

// Paths that creep along curved valleys.
extension Path {
  private static let doublings = 24
  /// How many times as far as the start a way is followed before it counts as endless.
  private static let farAway = 1e6

  /// The lowest point found where the path leads to if it goes on as it did, and whether it goes on for ever; nil
  /// where none is lower.
  ///
  /// A path that creeps along a curved valley follows powers of the number of steps, x ≈ a + b·kᵖ in every
  /// coordinate. Between the steps k/4, k/2 and k, x then changes by amounts that keep their ratio, as it does from
  /// there to 2k, 4k, …; Newton's method across the valley leads to its floor. Rays show where a path leads along
  /// which f falls ever faster, and all of a line.
  mutating func furtherAlong() -> (end: Iterate, isEndless: Bool)? {
    guard isSecondOrder, objective.bounds == nil, criteria.steps == nil, here.x.count > 1, let landmark,
      let earlierLandmark, here.f < landmark.f, landmark.f - here.f < earlierLandmark.f - landmark.f
    else { return nil }
    var before = Vector.difference(landmark.x, earlierLandmark.x)
    var move = Vector.difference(here.x, landmark.x)
    var best = here
    guard Vector.maximum(here.x) < Self.farAway * max(1, Vector.maximum(start.x)) else { return nil }
    for _ in 0..<Self.doublings {
      let next = zip(move, before).map { $0 == 0 ? 0 : $0 * max(0, $0 / $1) }
      let x = zip(best.x, next).map { $0 + $1 }
      guard Vector.isFinite(x), let end = onFloor(x, below: best.f, within: scaledLength(next, at: x)) else {
        return best == here ? nil : (best, false)
      }
      (before, move) = (move, Vector.difference(end.x, best.x))
      best = end
      if Vector.maximum(best.x) > Self.farAway * max(1, Vector.maximum(start.x)) { return (best, true) }
    }
    return (best, false)
  }

  /// The length of a step, coordinates measured by their size at x.
  private func scaledLength(_ step: [Double], at x: [Double]) -> Double {
    let scale = certifier.scale(at: x)
    return Vector.norm(step.indices.map { step[$0] / scale[$0] })
  }

  /// The point, or one found from it by Newton's method in the directions of clearly positive curvature, within a
  /// distance in parts of the size of x; nil where f is not below a value, or has become nothing by underflow.
  private mutating func onFloor(_ x: [Double], below least: Double, within reach: Double) -> Iterate? {
    let least = least - 1e-14 * abs(least)
    var place = objective.start(at: x, byParts: byParts)
    for _ in 0..<4 where place.isFinite && !(place.f < least) {
      guard let across = stepAcross(place), scaledLength(across, at: place.x) <= reach else { return nil }
      let next = objective.start(at: Vector.moved(place.x, by: 1, along: across), byParts: byParts)
      guard next.f < place.f else { return nil }
      place = next
    }
    guard place.isFinite, place.f < least else { return nil }
    return Vector.maximum(place.gradient) > 0 || place.f == objective.floor ? place : nil
  }

  /// Newton's step in the directions in which f curves up at least a thousandth as much as in any, coordinates
  /// measured by their size.
  private mutating func stepAcross(_ place: Iterate) -> [Double]? {
    let n = place.x.count
    guard objective.hasHessian, n <= Curvature.mostVariables, var rows = objective.hessian(at: place.x) else {
      return nil
    }
    let scale = certifier.scale(at: place.x)
    for i in 0..<n { for j in 0..<n { rows[i * n + j] *= scale[i] * scale[j] } }
    guard let eigen = SymmetricEigen(rows, size: n), let largest = eigen.values.last, largest > 0 else {
      return nil
    }
    let gradient = place.x.indices.map { place.gradient[$0] * scale[$0] }
    var step = [Double](repeating: 0, count: n)
    for (value, direction) in zip(eigen.values, eigen.vectors) where value > 1e-3 * largest {
      step = Vector.moved(step, by: -Vector.dot(direction, gradient) / value, along: direction)
    }
    return step.indices.map { step[$0] * scale[$0] }
  }
}
