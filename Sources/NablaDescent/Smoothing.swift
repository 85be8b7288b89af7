/// What is known of a function with kinks: smooth functions that come to it as a width goes to 0.
///
///     |u| is √(u² + w²) for a width w of 0
public struct Smoothing: Sendable {
  /// f with its kinks rounded off over a width; nil where it cannot be made.
  public let objective: @Sendable (_ width: Double) -> Objective?
  /// The slope at x of the rounded function in the width. Where f is convex, so is the rounded function in x and the width
  /// together: none of its tangent planes lies above f, which is the rounded function of no width.
  public let slope: @Sendable (_ x: [Double], _ width: Double) -> Double

  /// Smooth functions beside one with kinks, in the user's sense.
  public init(
    objective: @escaping @Sendable (_ width: Double) -> Objective?,
    slope: @escaping @Sendable (_ x: [Double], _ width: Double) -> Double
  ) {
    self.objective = objective
    self.slope = slope
  }
}
