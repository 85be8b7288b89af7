import NablaBasics

/// Minima that look different to their two sides.
extension Certifier {
  typealias Sides = (ahead: NeighbourhoodProbe.Side, behind: NeighbourhoodProbe.Side)

  /// Whether f jumps up right next to a point of a line and is nowhere smaller near it, as x − ⌊x⌋ at 0.
  ///
  /// The last number before a jump is not the least where f falls towards the jump and rises at it: x for x > 0, else 1. The
  /// jump is at the point itself where that has fewer digits than the number on the other side.
  func isLeastBesideJump(at x: [Double], _ f: Double, on objective: inout Objective) -> Bool {
    guard x.count == 1 else { return false }
    let reach = 0.1 * scale(at: x)[0]
    var hasJump = false
    for next in [x[0].nextUp, x[0].nextDown] {
      let beside = objective.value(at: [next])
      hasJump =
        hasJump || beside - f > 1e-9 * max(abs(f), abs(beside)) && "\(x[0])".utf8.count < "\(next)".utf8.count
      var radius = next - x[0]
      while abs(radius) <= reach {
        if objective.value(at: [x[0] + radius]) < f { return false }
        radius *= 16
      }
    }
    return hasJump
  }

  /// Whether f, where it is flat to one side, is so because its slope is 0 there, as that of max(x, 0)³, and not because
  /// numbers end, as for eˣ far to the left.
  func isLevelBeside(
    _ here: Iterate, _ curvature: Curvature, _ sides: [Sides], _ scale: Scale, on objective: inout Objective
  ) -> Bool {
    guard curvature.isComplete, Vector.maximum(here.gradient) == 0 else { return false }
    for (line, pair) in zip(curvature.directions, sides) {
      for (direction, side) in [(line, pair.ahead), (line.map { -$0 }, pair.behind)] {
        switch side {
        case .flat:
          let reach = scale.reach(along: direction)
          for part in [1e-6, 1e-4, 1e-2, 0.1] {
            let there = objective.iterate(at: Vector.moved(here.x, by: part * reach, along: direction))
            guard there.f == here.f, Vector.maximum(there.gradient) == 0 else { return false }
          }
        case .up(_, let radius):
          let there = objective.iterate(at: Vector.moved(here.x, by: radius, along: direction))
          guard there.isFinite, Vector.maximum(there.gradient) > 1e-200 else { return false }
        case .down, .outside: return false
        }
      }
    }
    return true
  }
}
