import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Points at which an expression changes its sign without a gap, found by bisection between random points.
///
///     Crossings(letters: [x, y], limits: .standard).points(on: x − y)   // some points with x = y
struct Crossings {
  let letters: [Variable]
  let limits: Limits

  /// The fewest points that say something of a whole curve or surface.
  static let fewest = 4
  private static let most = 16
  private static let attempts = 120

  /// A point on the boundary, and the direction in which it was come upon, towards positive values.
  struct Point {
    let point: [Double]
    let direction: [Double]

    /// The point so far beyond the boundary.
    func moved(_ step: Double) -> [Double] { zip(point, direction).map { $0 + step * $1 } }
  }

  /// At most sixteen points, the same at every call.
  func points(on distance: Expr) -> [Point] {
    guard let compiled = try? CompiledFunction(distance, variables: letters, limits: limits) else {
      return []
    }
    var random = SplitMix64(start: 20)
    var result: [Point] = []
    for _ in 0..<Self.attempts where result.count < Self.most {
      let ends = (0..<2).map { _ in letters.map { _ in Double.random(in: -3...3, using: &random) } }
      var (low, high) = (compiled(ends[0]) < 0 ? ends[0] : ends[1], compiled(ends[0]) < 0 ? ends[1] : ends[0])
      guard compiled(low) < 0, compiled(high) > 0 else { continue }
      let direction = zip(low, high).map { $1 - $0 }
      for _ in 0..<80 {
        let middle = zip(low, high).map { ($0 + $1) / 2 }
        if middle == low || middle == high { break }
        if compiled(middle) < 0 { low = middle } else { high = middle }
      }
      // A pole changes the sign too.
      guard compiled(high).magnitude < 1e-9 else { continue }
      result.append(Point(point: high, direction: direction))
    }
    return result
  }
}
