/// What is known about the point a descent ended at, in the user's sense.
public struct Certificate: Hashable, Sendable {
  /// What kind of point it is.
  public let verdict: Verdict
  /// True only for a checked minimum (a maximum when maximizing), or when exactly the steps asked for were done.
  public let success: Bool
  /// Why, in one sentence without a full stop.
  public let reason: String
  /// |∇f| there (Euclidean).
  public let gradientNorm: Double
  /// The Hessian's eigenvalues there, ascending; nil when it was not computed.
  public let eigenvalues: [Double]?
  /// ½·∇f·H⁻¹∇f, an estimate of |f − f*|; nil without eigenvalues or where one vanishes.
  public let newtonDecrement: Double?

  /// Whether another method may do better from the same start.
  var isWorthAnotherTry: Bool {
    switch verdict {
    case .infimumAtInfinity, .supremumAtInfinity, .saddle, .degenerate, .stuck, .iterationLimit,
      .oscillating, .diverging:
      true
    case .strictLocalMinimum, .localMinimum, .globalMinimum, .strictLocalMaximum, .localMaximum,
      .globalMaximum, .plateau, .onBound, .kink, .unboundedBelow, .unboundedAbove, .outsideDomain,
      .stepsDone, .interrupted:
      false
    }
  }

  /// About how many digits of x are to be trusted; nil where the curvature does not say.
  public let digits: Int?
  /// The bounds that hold the point.
  public let activeBounds: [ActiveBound]
  /// Whether the slopes to both sides differ: then f has no gradient there.
  public let isAtKink: Bool

  /// A bound that holds a point.
  public struct ActiveBound: Hashable, Sendable {
    /// The number of the variable.
    public let variable: Int
    /// The bound.
    public let value: Double
    /// Whether it is the upper one.
    public let isUpper: Bool
    /// How much f would change per unit if the bound were moved: the partial derivative there.
    public let multiplier: Double
  }

  /// The largest eigenvalue over the smallest, by size; nil without eigenvalues, infinite if one is zero.
  public var condition: Double? {
    guard let sizes = eigenvalues?.map({ abs($0) }), let high = sizes.max(), let low = sizes.min() else {
      return nil
    }
    return low == 0 ? .infinity : high / low
  }
}
