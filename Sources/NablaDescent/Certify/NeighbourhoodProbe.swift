import NablaBasics

/// Compares f around a point with f there, along lines, from near to far; the first visible change decides.
struct NeighbourhoodProbe {
  /// What f does to one side.
  enum Side: Hashable {
    /// It rises by so much at this radius.
    case up(by: Double, radius: Double)
    /// It falls at this radius.
    case down(radius: Double)
    /// No change is visible as far as a tenth of the scale of x.
    case flat
    /// The domain ends, or a bound does not let on.
    case outside

    var isUp: Bool { if case .up = self { true } else { false } }
    var isDown: Bool { if case .down = self { true } else { false } }

    /// Whether it rises by so much at least.
    func rises(by least: Double) -> Bool { if case .up(let rise, _) = self { rise >= least } else { false } }
  }

  let here: Iterate
  let scale: Scale
  /// How much lower f may be because the point is not exactly stationary.
  let slack: Double
  /// The part of the scale of x from which on changes count: more than the point's own distance from the end.
  var nearest = 1e-6

  /// The side of the point to which `direction`, of length 1, leads.
  func side(_ direction: [Double], on objective: inout Objective) -> Side {
    let reach = scale.reach(along: direction)
    var radius = nearest * reach
    while radius <= 0.15 * reach {
      let f = objective.value(at: Vector.moved(here.x, by: radius, along: direction))
      if f.isNaN { return radius > nearest * reach ? .flat : .outside }
      let noise = noise(f)
      if f > here.f + noise { return .up(by: f - here.f, radius: radius) }
      if f < here.f - noise { return .down(radius: radius) }
      radius *= 10
    }
    return .flat
  }

  /// The differences from f at the point that mean nothing.
  func noise(_ f: Double) -> Double {
    16 * Double.ulpOfOne * max(abs(here.f), f.isFinite ? abs(f) : 0) + slack
  }

  /// How much f differs from its tangent when the coordinates change by some units in their last place: its
  /// rounding level here, as evaluated (after Moré & Wild 2011, "Estimating computational noise"). Of two opposite
  /// changes the one that differs less counts: rounding is to all sides, a jump to one.
  static func roundingLevel(
    at here: Iterate, besides curvature: Curvature? = nil, on objective: inout Objective
  ) -> Double {
    var random = SplitMix64(start: 2011)
    var largest = 0.0
    for round in 0..<12 {
      let units = Double(4 << round)
      let move = here.x.map { $0.ulp * Double.random(in: -units...units, using: &random).rounded() }
      let differences = [1.0, -1].map { sign in
        let x = Vector.moved(here.x, by: sign, along: move)
        let tangent = Vector.dot(here.gradient, Vector.difference(x, here.x))
        return abs(objective.value(at: x) - here.f - tangent - (curvature?.bend(along: move) ?? 0))
      }
      let change = min(differences[0], differences[1])
      if change.isFinite { largest = max(largest, change) }
    }
    return largest
  }
}
