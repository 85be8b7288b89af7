import NablaBasics

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
      if let last = sums.last {
        if bend / radius > 3 * last { return false }
        if bend / radius < last / 8 { return isCusp(along: direction, on: &objective) }
      }
      sums.append(bend / radius)
    }
    return !isRounded(along: direction, bend: sums[0], on: &objective)
  }

  /// Whether what looks like a kink from a millionth of the scale of x on is smooth closer by, as √(1 + (x − 10⁹)²).
  private func isRounded(along direction: [Double], bend: Double, on objective: inout Objective) -> Bool {
    let reach = scale.reach(along: direction)
    for part in [1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12] {
      let sides = [part * reach, -part * reach].map {
        objective.value(at: Vector.moved(here.x, by: $0, along: direction))
      }
      let rise = sides[0] - here.f + (sides[1] - here.f)
      let noise = 64 * Double.ulpOfOne * max(abs(here.f), max(abs(sides[0]), abs(sides[1])))
      guard 0.1 * bend * part * reach > noise else { return false }
      if rise < 0.1 * bend * part * reach { return true }
    }
    return false
  }

  /// Whether f rises to both sides as a power of the radius does: each four times as far by the same factor, which
  /// rounding does not.
  private func isCusp(along direction: [Double], on objective: inout Objective) -> Bool {
    let reach = scale.reach(along: direction)
    var rises: [Double] = []
    for step in 0..<8 {
      let radius = 1e-7 * Double(1 << (2 * step)) * reach
      let sides = [radius, -radius].map {
        objective.value(at: Vector.moved(here.x, by: $0, along: direction)) - here.f
      }
      rises.append(sides[0] + sides[1])
    }
    let factors = zip(rises, rises.dropFirst()).map { Libm.log($1 / $0) }
    guard let least = factors.min(), let most = factors.max() else { return false }
    return least > 0 && most < 1.5 * least
  }

  /// Whether the point is a minimum at a kink or a cusp: f rises to both sides of each direction, and no narrow way
  /// between them leads lower.
  func isMinimumAtKink(along directions: [[Double]], on objective: inout Objective) -> Bool {
    rises(along: directions, on: &objective) && between(directions, on: &objective).isLevel
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

  /// A direction of length 1 between the slopes of a kink, and a lower point along it.
  struct WayOn: Sendable {
    let direction: [Double]
    let lower: Iterate
  }

  /// For how many variables hulls of slopes are looked at again and again.
  static let mostVariablesOfHulls = 10

  /// What the gradients around the point have in common.
  enum Between: Sendable {
    /// A direction along which all of them fall, and f with them.
    case way(WayOn)
    /// None: a combination of them is nearly 0, as at a minimum.
    case level
    /// Neither was seen.
    case unclear

    /// The way down.
    var way: WayOn? { if case .way(let way) = self { way } else { nil } }

    var isLevel: Bool { if case .level = self { true } else { false } }
  }

  /// The direction of steepest descent that the gradients around the point have in common, where f is lower along it:
  /// against the shortest vector of their convex hull (Burke, Lewis & Overton 2005, "A robust gradient sampling
  /// algorithm"). The gradients are those to both sides along `directions`, a part of the scale of x away; where f is not
  /// lower, the slopes that hold it there were missing, and join them (Wolfe 1975, "A method of conjugate subgradients").
  func between(
    _ directions: [[Double]], within part: Double = 1e-6, on objective: inout Objective
  ) -> Between {
    guard here.x.count > 1 else { return .level }
    var gradients: [[Double]] = []
    var steepest = 0.0
    func look(_ direction: [Double], _ t: Double) -> Iterate {
      let there = objective.iterate(at: Vector.moved(here.x, by: t, along: direction))
      if there.isFinite {
        gradients.append(there.gradient)
        steepest = max(steepest, Vector.norm(there.gradient))
      }
      return there
    }
    for direction in directions {
      let radius = part * scale.reach(along: direction)
      for t in [radius, -radius] { _ = look(direction, t) }
    }
    for _ in 0..<(here.x.count <= Self.mostVariablesOfHulls ? 20 : 1) {
      let shortest = ConvexCombination(shortestOf: gradients).point
      let length = Vector.norm(shortest)
      guard let common = Vector.direction(shortest.map { -$0 }) else {
        return level(gradients, on: &objective)
      }
      let reach = part * scale.reach(along: common)
      var isHeld = false
      for times in [10.0, 100, 1_000] {
        let there = look(common, times * reach)
        if there.f < here.f - noise(there.f) { return .way(WayOn(direction: common, lower: there)) }
        isHeld = isHeld || there.isFinite && Vector.dot(there.gradient, common) > -0.5 * length
      }
      if length <= 1e-4 * steepest { return level(gradients, on: &objective) }
      guard isHeld else { break }
    }
    return .unclear
  }

  /// What it means that a combination of slopes is nearly 0: a minimum where f is convex, or falls along no edge.
  private func level(_ gradients: [[Double]], on objective: inout Objective) -> Between {
    guard objective.convexity?() == nil, here.x.count <= Self.mostVariablesOfHulls,
      let way = wayAlongEdge(gradients, on: &objective)
    else { return .level }
    return .way(way)
  }
}
