/// What kind of point a descent ended at; the raw value is the name shown and written to JSON.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  /// The gradient vanishes and the Hessian is positive definite.
  case strictLocalMinimum = "strict local minimum"
  /// The gradient vanishes, the Hessian is semidefinite, and f is nowhere smaller near the point.
  case localMinimum = "local minimum"
  /// Proved to be the smallest value of all.
  case globalMinimum = "global minimum"
  /// The gradient vanishes and the Hessian is negative definite.
  case strictLocalMaximum = "strict local maximum"
  /// The gradient vanishes, the Hessian is semidefinite, and f is nowhere larger near the point.
  case localMaximum = "local maximum"
  /// Proved to be the largest value of all.
  case globalMaximum = "global maximum"
  /// The gradient vanishes, but f and its curvature cannot show what the point is.
  case degenerate
  /// The gradient vanishes, and f rises one way and falls another.
  case saddle
  /// f does not change at all around the point.
  case plateau
  /// A bound holds the point where the gradient does not vanish.
  case onBound = "on a bound"
  /// The slopes to both sides differ: f has no gradient there.
  case kink
  /// f falls beyond every bound.
  case unboundedBelow = "unbounded below"
  /// f rises beyond every bound (when maximizing).
  case unboundedAbove = "unbounded above"
  /// f falls towards a limit that it does not reach.
  case infimumAtInfinity = "infimum at infinity"
  /// f rises towards a limit that it does not reach (when maximizing).
  case supremumAtInfinity = "supremum at infinity"
  /// f is not defined at the start or where a step led.
  case outsideDomain = "outside the domain"
  /// The steps asked for are done; the point is just where they led.
  case stepsDone = "steps done"
  /// The steps grow and f gets worse.
  case diverging
  /// The iterates jump to and fro.
  case oscillating
  /// No method step helps, though the gradient does not vanish.
  case stuck
  /// The most iterations were made.
  case iterationLimit = "iteration limit"
  /// Somebody interrupted.
  case interrupted

  /// The verdict on f where this one is on −f.
  var mirrored: Verdict {
    switch self {
    case .strictLocalMinimum: .strictLocalMaximum
    case .localMinimum: .localMaximum
    case .globalMinimum: .globalMaximum
    case .strictLocalMaximum: .strictLocalMinimum
    case .localMaximum: .localMinimum
    case .globalMaximum: .globalMinimum
    case .unboundedBelow: .unboundedAbove
    case .unboundedAbove: .unboundedBelow
    case .infimumAtInfinity: .supremumAtInfinity
    case .supremumAtInfinity: .infimumAtInfinity
    case .degenerate, .saddle, .plateau, .onBound, .kink, .outsideDomain, .stepsDone, .diverging,
      .oscillating, .stuck, .iterationLimit, .interrupted:
      self
    }
  }

  /// Whether this is a minimum of what the engine minimizes.
  var isMinimum: Bool {
    switch self {
    case .strictLocalMinimum, .localMinimum, .globalMinimum: true
    case .strictLocalMaximum, .localMaximum, .globalMaximum, .degenerate, .saddle, .plateau, .onBound,
      .kink, .unboundedBelow, .unboundedAbove, .infimumAtInfinity, .supremumAtInfinity, .outsideDomain,
      .stepsDone, .diverging, .oscillating, .stuck, .iterationLimit, .interrupted:
      false
    }
  }

  /// Whether it says that the gradient vanishes and f falls no further by it.
  var claimsAnEnd: Bool { isMinimum || self == .degenerate || self == .plateau }
}
