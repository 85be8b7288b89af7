/// A box to stay in: lowerᵢ ≤ xᵢ ≤ upperᵢ.
///
///     Bounds(lower: [0, -.infinity], upper: [1, .infinity]).nearest(to: [2, 5])   // [1, 5]
///
/// Infinities stand for no bound; both arrays have one entry a variable.
public struct Bounds: Hashable, Sendable {
  /// The least values.
  public let lower: [Double]
  /// The greatest values.
  public let upper: [Double]

  /// A box; nil where a lower bound is above its upper one or not a number.
  public init?(lower: [Double], upper: [Double]) {
    guard lower.count == upper.count, zip(lower, upper).allSatisfy({ $0 <= $1 }) else { return nil }
    self.lower = lower
    self.upper = upper
  }

  /// The box that is one point.
  public init(nearest x: [Double]) { (lower, upper) = (x, x) }

  /// The point of the box nearest to x.
  public func nearest(to x: [Double]) -> [Double] {
    x.indices.map { min(max(x[$0], lower[$0]), upper[$0]) }
  }

  /// Whether a point lies in the box.
  public func contains(_ x: [Double]) -> Bool {
    x.indices.allSatisfy { lower[$0] <= x[$0] && x[$0] <= upper[$0] }
  }

  /// The bounds that hold a point: those it is on, where f would fall beyond them.
  func holding(_ x: [Double], gradient: [Double]) -> [Int] {
    x.indices.filter { i in
      (x[i] <= lower[i] && gradient[i] > 0) || (x[i] >= upper[i] && gradient[i] < 0)
        || lower[i] == upper[i]
    }
  }

  /// Whether a coordinate is on one of its bounds.
  func isOnEdge(_ x: [Double], _ i: Int) -> Bool { x[i] <= lower[i] || x[i] >= upper[i] }
}
