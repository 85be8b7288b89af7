/// A box to stay in: lowerᵢ ≤ xᵢ ≤ upperᵢ.
///
///     Bounds(lower: [0, -.infinity], upper: [1, .infinity]).nearest(to: [2, 5])   // [1, 5]
///     Bounds([0...1, -1...1]).contains([2, 0])                                    // false
///
/// Infinities stand for no bound; both arrays have one entry a variable.
public struct Bounds: Hashable, Sendable {
  /// The least values.
  public let lower: [Double]
  /// The greatest values.
  public let upper: [Double]

  /// A box. The arrays must be equally long, and no lower bound above its upper one or not a number;
  /// `init(validatingLower:upper:)` asks.
  public init(lower: [Double], upper: [Double]) {
    guard let bounds = Bounds(validatingLower: lower, upper: upper) else {
      preconditionFailure("bounds are equally many, and no lower one is above its upper one")
    }
    self = bounds
  }

  /// A box from bounds that may be wrong; nil where one is missing, a lower one is above its upper one, or one is not a
  /// number.
  public init?(validatingLower lower: [Double], upper: [Double]) {
    guard lower.count == upper.count, zip(lower, upper).allSatisfy({ $0 <= $1 }) else { return nil }
    self.lower = lower
    self.upper = upper
  }

  /// A box from one stretch a variable.
  public init(_ box: [ClosedRange<Double>]) {
    lower = box.map(\.lowerBound)
    upper = box.map(\.upperBound)
  }

  /// The box that is one point.
  public init(nearest x: [Double]) { (lower, upper) = (x, x) }

  /// The point of the box nearest to x, which has one coordinate a variable.
  public func nearest(to x: [Double]) -> [Double] {
    precondition(x.count == lower.count, "\(lower.count) coordinates expected, \(x.count) given")
    return x.indices.map { min(max(x[$0], lower[$0]), upper[$0]) }
  }

  /// Whether a point, which has one coordinate a variable, lies in the box.
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

  /// The coordinates that are on one of their bounds.
  func active(at x: [Double]) -> [Int] { x.indices.filter { isOnEdge(x, $0) } }

  /// Whether a coordinate is on one of its bounds.
  func isOnEdge(_ x: [Double], _ i: Int) -> Bool { x[i] <= lower[i] || x[i] >= upper[i] }
}
