/// Residuals to be made small: Σ rᵢ(x)² over many rows, known by its linearization.
///
///     let line = LeastSquares(parameters: 2) { x in
///       var rows = QR(columns: 3)                       // ∂r/∂a, ∂r/∂b, r
///       for (t, y) in data { var row = [t, 1, x[0] * t + x[1] - y]; rows.absorb(&row, count: 1) }
///       return rows
///     }
///     LevenbergMarquardt().minimize(line, from: [0, 0]).x
///
/// A factor that is not finite says that x lies outside the domain.
public struct LeastSquares: Sendable {
  /// The triangular factor of the rows [∂rᵢ/∂x₁ … ∂rᵢ/∂xₙ | rᵢ] at a point.
  public typealias Linearization = @Sendable (_ x: [Double]) -> QR
  /// Σ rᵢ ∂²rᵢ/∂xⱼ∂xₖ at a point, n·n numbers row after row: what JᵀJ leaves out of half the Hessian.
  public typealias Curvature = @Sendable (_ x: [Double]) -> [Double]

  /// The number of parameters.
  public let parameters: Int
  /// The rows at a point.
  public let linearization: Linearization
  /// Their second derivatives, for a finish by Newton's method.
  public let curvature: Curvature?
  /// Parameters that the residuals depend on linearly, all of them together: they are projected out.
  public var linear: [Int]
  /// The least and the largest value of each parameter.
  public var bounds: [ClosedRange<Double>]
  /// The length of what the residuals are to explain; 0 where it is not known.
  public var response = 0.0

  /// A problem without bounds.
  public init(
    parameters: Int, linear: [Int] = [], curvature: Curvature? = nil, linearization: @escaping Linearization
  ) {
    self.parameters = parameters
    self.linear = linear
    self.curvature = curvature
    self.linearization = linearization
    bounds = [ClosedRange<Double>](repeating: -Double.infinity...Double.infinity, count: parameters)
  }

  /// A problem given by its residuals and their Jacobian, a row for each residual.
  public init(
    parameters: Int, residuals: @escaping @Sendable (_ x: [Double]) -> [Double],
    jacobian: @escaping @Sendable (_ x: [Double]) -> [[Double]]
  ) {
    self.init(parameters: parameters) { x in
      let rows = jacobian(x)
      var block = (0..<parameters).flatMap { column in rows.map { $0[column] } } + residuals(x)
      var factor = QR(columns: parameters + 1)
      factor.absorb(&block, count: rows.count)
      return factor
    }
  }

  /// Whether the residuals at x are rounding for a good part, as those of a wave whose phase is 10¹⁴: the last digit of
  /// a parameter moves them by more than a thousandth of their length, and of what they are to explain by more than 10⁻⁷.
  func isBlurred(_ rows: QR, at x: [Double]) -> Bool {
    guard response > 0, linear.count < parameters else { return false }
    let lengths = rows.lengths
    let others = x.indices.filter { !linear.contains($0) }
    let moved = others.reduce(0) { max($0, .ulpOfOne * x[$1].magnitude * lengths[$1]) }
    return moved > 1e-7 * response && moved > 1e-3 * rows.sumOfSquares.squareRoot()
  }

  /// Whether the residuals are next to nothing beside what they are to explain.
  package func isExplained(_ rows: QR) -> Bool { rows.sumOfSquares.squareRoot() <= 1e-9 * response }

  /// The point with each coordinate moved into its bounds.
  func clamped(_ x: [Double]) -> [Double] {
    zip(x, bounds).map { min(max($0, $1.lowerBound), $1.upperBound) }
  }
}

/// Where a fit ended, and what that point is.
public struct FitOutcome: Sendable {
  /// The parameters.
  public package(set) var x: [Double]
  /// Σ rᵢ², or the loss.
  public package(set) var value: Double
  /// The rows at x, for statistics; nil where the loss is no sum of squares.
  public internal(set) var factor: QR?
  /// The Hessian of the loss at x, row after row; nil for sums of squares.
  public internal(set) var hessian: [Double]?
  /// What kind of point x is.
  public internal(set) var verdict: Verdict
  /// Why it stopped, in one sentence.
  public package(set) var reason: String
  /// The steps taken.
  public internal(set) var iterations: Int
  /// What was evaluated: values, linearizations (or gradients), second derivatives.
  public internal(set) var counts: Objective.Counts
  /// The parameters that a bound holds.
  public internal(set) var held: [Int]
  /// The direction in which the parameters run away, where the loss falls for ever.
  public internal(set) var ray: [Double]?
  /// Parameters that are not determined though the Jacobian tells them apart: its columns are others nearby.
  public internal(set) var loose: [Int] = []

  /// Whether x is a minimum at which slopes jump: no curvature says how sure it is.
  public var isAtKink: Bool { verdict.isMinimum && factor == nil && hessian == nil }

  /// Whether x is a minimum, in its bounds.
  public var success: Bool { verdict.isMinimum || verdict == .onBound }
}
