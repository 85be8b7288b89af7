import NablaDescent

/// What a fit may be told beyond its model and its data.
public struct FitOptions: Sendable {
  /// How the data's own errors are known.
  public enum Weights: Hashable, Sendable {
    /// Every row counts the same.
    case equal
    /// Each squared residual counts so much: an expression of the columns.
    case weights(String)
    /// Each residual is divided by its own standard error, which is known in absolute terms: an expression of the columns.
    case errors(String)
  }

  /// Where to start; parameters that are not named are looked for.
  public var start: [String: Double] = [:]
  /// Values of parameters that are not fitted.
  public var fixed: [String: Double] = [:]
  /// Bounds of parameters.
  public var bounds: [String: ClosedRange<Double>] = [:]
  /// How much each row counts.
  public var weights = Weights.equal
  /// How residuals are counted.
  public var loss = FitLoss.squares
  /// The threshold of a robust loss; nil: from the residuals themselves.
  public var threshold: Double?
  /// The most steps; nil for the usual number.
  public var maximumIterations: Int?

  /// Least squares from starts that are looked for.
  public init() {}
}
