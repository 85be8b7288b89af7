/// The point of a convex hull that is nearest to the origin.
enum LeastNorm {
  /// The shortest convex combination of vectors of one length; empty without vectors.
  ///
  /// Weight goes from the vector that reaches furthest along the combination to the one that reaches least, until they
  /// agree (Mitchell, Demyanov & Malozemov 1974, "Finding the point of a polyhedron closest to the origin").
  static func point(inHullOf vectors: [[Double]]) -> [Double] {
    guard var point = vectors.first else { return [] }
    var weights = [Double](repeating: 0, count: vectors.count)
    weights[0] = 1
    for _ in 0..<1_000 {
      let reaches = vectors.map { Vector.dot($0, point) }
      var (near, far) = (0, 0)
      var furthest = -Double.infinity
      for k in vectors.indices {
        if reaches[k] < reaches[near] { near = k }
        if weights[k] > 0, reaches[k] > furthest { (far, furthest) = (k, reaches[k]) }
      }
      let gap = furthest - reaches[near]
      guard gap > 1e-12 * furthest.magnitude else { break }
      let way = Vector.difference(vectors[near], vectors[far])
      let part = min(weights[far], gap / Vector.dot(way, way))
      guard part > 0, part.isFinite else { break }
      weights[far] = part == weights[far] ? 0 : weights[far] - part
      weights[near] += part
      point = Vector.moved(point, by: part, along: way)
    }
    return point
  }
}
