import NablaBasics

/// Ways along the edges of a kink, where two pieces of f meet: a combination of all slopes may vanish although f falls along
/// one of them, as that of |1 − x|/4 + |y − 2|x| + 1| does at (0, −1) along (1, 2) (Gürbüzbalaban & Overton 2012, "On
/// Nesterov's nonsmooth Chebyshev–Rosenbrock functions").
extension NeighbourhoodProbe {
  /// How many pieces, and for more than two variables how many edges, are looked at.
  private static let (mostPieces, mostEdges) = (4, 12)

  /// A lower point along an edge between pieces whose gradients were seen near by, followed as it bends.
  func wayAlongEdge(_ gradients: [[Double]], on objective: inout Objective) -> WayOn? {
    let pieces = Self.distinct(gradients)
    guard pieces.count > 1 else { return nil }
    var random = SplitMix64(start: 1981)
    for normals in edges(between: pieces, &random) {
      let any = here.x.map { _ in Double.random(in: -1...1, using: &random) }
      guard let direction = Vector.direction(Self.without(normals, any)) else { continue }
      for sign in [1.0, -1] {
        let reach = 3e-3 * scale.reach(along: direction)
        var x = Vector.moved(here.x, by: sign * reach, along: direction)
        // Several normals pull at each other.
        for normal in normals.count > 1 ? normals + normals : normals {
          x = lowest(from: x, along: normal, within: reach, on: &objective)
        }
        let there = objective.iterate(at: x)
        guard there.isFinite, there.f < here.f - noise(there.f),
          let way = Vector.direction(Vector.difference(there.x, here.x))
        else { continue }
        return WayOn(direction: way, lower: there)
      }
    }
    return nil
  }

  /// The normals of edges, of length 1 and at right angles: the differences of gradients of pieces that meet in them.
  private func edges(between pieces: [[Double]], _ random: inout SplitMix64) -> [[[Double]]] {
    var all: [[Double]] = []
    for i in pieces.indices { for j in 0..<i { all.append(Vector.difference(pieces[i], pieces[j])) } }
    if here.x.count == 2 { return all.compactMap { Vector.direction($0).map { [$0] } } }
    return (0..<Self.mostEdges).map { _ in
      var normals: [[Double]] = []
      for difference in all.shuffled(using: &random).prefix(Int.random(in: 1..<here.x.count, using: &random))
      {
        let rest = Self.without(normals, difference)
        if Vector.norm(rest) > 1e-6 * Vector.norm(difference), let normal = Vector.direction(rest) {
          normals.append(normal)
        }
      }
      return normals
    }
  }

  /// A vector without its parts along others of length 1 at right angles.
  private static func without(_ normals: [[Double]], _ vector: [Double]) -> [Double] {
    normals.reduce(vector) { Vector.moved($0, by: -Vector.dot($0, $1), along: $1) }
  }

  /// Some of the gradients that differ by more than a curvature makes them.
  private static func distinct(_ gradients: [[Double]]) -> [[Double]] {
    var pieces: [[Double]] = []
    for gradient in gradients where pieces.count < mostPieces {
      let size = Vector.norm(gradient)
      if pieces.allSatisfy({ Vector.distance($0, gradient) > 1e-3 * max(size, Vector.norm($0)) }) {
        pieces.append(gradient)
      }
    }
    return pieces
  }

  /// The lowest point along a line on which f falls and then rises, by the golden section (Kiefer 1953).
  private func lowest(
    from x: [Double], along direction: [Double], within reach: Double, on objective: inout Objective
  ) -> [Double] {
    func value(_ t: Double) -> Double { objective.value(at: Vector.moved(x, by: t, along: direction)) }
    let part = 0.381_966_011_250_105
    var (low, high) = (-reach, reach)
    var (left, right) = (low + part * (high - low), high - part * (high - low))
    var (atLeft, atRight) = (value(left), value(right))
    for _ in 0..<32 {
      if atLeft < atRight {
        (high, right, atRight) = (right, left, atLeft)
        left = low + part * (high - low)
        atLeft = value(left)
      } else {
        (low, left, atLeft) = (left, right, atRight)
        right = high - part * (high - low)
        atRight = value(right)
      }
    }
    return Vector.moved(x, by: atLeft < atRight ? left : right, along: direction)
  }
}
