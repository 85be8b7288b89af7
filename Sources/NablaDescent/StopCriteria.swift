/// When to stop.
///
///     StopCriteria.steps(15)                            // exactly fifteen steps
///     StopCriteria(maximumIterations: 500)              // until it converges, or after 500
public struct StopCriteria: Hashable, Sendable {
  /// Do exactly so many steps, whatever they do, unless a value stops being finite; nil to run until done.
  public var steps: Int?
  /// The most iterations; nil for what the method finds sensible.
  public var maximumIterations: Int?
  /// The estimated distance to the minimizer at which to stop, as a part of the size of every coordinate (of the
  /// size of x, at most 1, where one is near zero). Steps that f cannot show any more end the descent earlier.
  public var tolerance: Double

  /// Until converged, with limits.
  public init(steps: Int? = nil, maximumIterations: Int? = nil, tolerance: Double = 1e-8) {
    self.steps = steps
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// Exactly so many steps.
  public static func steps(_ count: Int) -> StopCriteria { StopCriteria(steps: count) }
}
