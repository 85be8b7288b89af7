/// What is known of a function with kinks: smooth functions that come to it as a width goes to 0.
///
///     |u| is √(u² + w²) for a width w of nothing, and nowhere above it; its slope there is u/√(u² + w²)
public struct Smoothing: Sendable {
  /// f with its kinks rounded off over a width; nil where it cannot be made.
  public let objective: @Sendable (_ width: Double) -> Objective?
  /// The value at x of f with each of its pieces weighed as the slopes of the rounded function at x weigh them. Where f is
  /// convex and the rounded function is stationary at x, f is nowhere lower than this.
  public let floor: @Sendable (_ x: [Double], _ width: Double) -> Double

  /// Smooth functions beside one with kinks, in the user's sense.
  public init(
    objective: @escaping @Sendable (_ width: Double) -> Objective?,
    floor: @escaping @Sendable (_ x: [Double], _ width: Double) -> Double
  ) {
    self.objective = objective
    self.floor = floor
  }
}
