/// A point with what was evaluated there, as the engine sees it: f is always minimized (−f when maximizing).
///
/// `gradient` has the length of `x`. An iterate whose value overflowed is representable; `isFinite` tells.
public struct Iterate: Hashable, Sendable {
  /// The point.
  public let x: [Double]
  /// f(x).
  public let f: Double
  /// ∇f(x).
  public let gradient: [Double]

  /// A point with its value and gradient.
  public init(x: [Double], f: Double, gradient: [Double]) {
    self.x = x
    self.f = f
    self.gradient = gradient
  }

  /// What rounding of f and of the coordinates does to f at most; in this order no part overflows where f and the slopes
  /// do not.
  var rounding: Double {
    let unit = 4 * Double.ulpOfOne
    return zip(x, gradient).reduce(unit * abs(f)) { $0 + abs(unit * $1.0 * $1.1) }
  }

  /// Whether the point, the value and every partial derivative are finite.
  public var isFinite: Bool { f.isFinite && Vector.isFinite(gradient) && Vector.isFinite(x) }
}
