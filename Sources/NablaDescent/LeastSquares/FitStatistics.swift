import NablaBasics

/// What a fit says about its parameters: errors, intervals and correlations, from the triangular factor at its end.
///
/// The covariance is s²·(JᵀJ)⁻¹ = s²·D⁻¹V·S⁻²·VᵀD⁻¹ of J = U·S·Vᵀ·D, without ever forming JᵀJ; s² = RSS/(n − rank J), or
/// 1 where the errors of the data are known. Parameters that the data do not determine have no error: NaN.
public struct FitStatistics: Sendable {
  /// Σ rᵢ², weights included; 0 where nothing but the rounding of the residuals is left.
  public let rss: Double
  /// The directions among the fitted parameters that the data determine: the rank of the Jacobian or of the Hessian.
  public let rank: Int
  /// The rows less the rank.
  public let degreesOfFreedom: Int
  /// √(RSS/degrees of freedom); NaN where there are none.
  public let residualSD: Double
  /// The standard error of each parameter; 0 for those held fast.
  public let standardErrors: [Double]
  /// The correlations of the parameters, row after row.
  public let correlations: [[Double]]
  /// The condition number of J with columns of equal length, over those parameters that are determined.
  public let condition: Double
  /// Parameters on which the residuals do not depend at all.
  public let idle: [Int]
  /// Parameters that can change together without a change of the residuals.
  public let undetermined: [Int]
  /// The half-width of a 95 % interval in standard errors.
  public let quantile: Double
  /// How much the rounding of the data alone may move each parameter: a smaller estimate is 0 as far as can be told.
  public let rounding: [Double]

  /// The statistics of a factor of [J | r] at the end x of a fit.
  ///
  /// `response` is the length of the left side, by which rounding is measured; `held` names parameters that bounds
  /// hold, which count as known; `loose` some that are known not to be determined; `hasKnownErrors` that residuals are in
  /// units of the data's own errors.
  public init(
    _ factor: QR, at x: [Double], response: Double = 0, held: [Int] = [], loose: [Int] = [],
    hasKnownErrors: Bool = false
  ) {
    let free = (0..<factor.size).filter { !held.contains($0) }
    let noise = 4 * .ulpOfOne * max(response, factor.scale(at: x))
    let length = factor.sumOfSquares.squareRoot()
    // Rounding that is large beside the left side is no exact fit.
    let isExact = length <= noise && (response == 0 || length <= 1e-6 * response)
    let rss = isExact ? 0 : factor.sumOfSquares
    var covariance = Covariance(factor.selecting(free))
    for place in free.indices where loose.contains(free[place]) && !covariance.loose.contains(place) {
      covariance.loose.append(place)
    }
    let degrees = factor.rows - covariance.rank
    let deviation = degrees > 0 ? (rss / Double(degrees)).squareRoot() : .nan
    self.init(
      covariance, free, of: factor.size, unit: hasKnownErrors ? 1 : deviation,
      rss: rss, residualSD: deviation, degrees, noise: noise)
  }

  /// The statistics of a loss from its Hessian H: the covariance is H⁻¹ where the loss is a negative log-likelihood,
  /// and H⁻¹(Σ gᵢgᵢᵀ)H⁻¹ for any other, with the rows' gradients gᵢ in `scores` (Huber 1967).
  public init(hessian: [Double], scores: QR?, size n: Int, rows: Int, held: [Int] = []) {
    let free = (0..<n).filter { !held.contains($0) }
    let small = free.flatMap { i in free.map { hessian[i * n + $0] } }
    let covariance = Covariance(hessian: small, scores: scores?.selecting(free), size: free.count)
    let degrees = rows - covariance.rank
    // Residuals of about one standard error in every row, rounded.
    self.init(
      covariance, free, of: n,
      unit: scores == nil || degrees <= 0 ? 1 : (Double(rows) / Double(degrees)).squareRoot(), rss: .nan,
      residualSD: .nan, degrees, noise: 4 * .ulpOfOne * Double(rows).squareRoot())
  }

  /// The statistics of a loss whose slopes jump at its end: no curvature gives errors, and all are NaN. `rss` is the loss
  /// where it is a sum of squares.
  public init(atKinkOf n: Int, rows: Int, held: [Int] = [], rss: Double = .nan) {
    let free = (0..<n).filter { !held.contains($0) }
    let degrees = rows - free.count
    self.init(
      Covariance(unknown: free.count), free, of: n, unit: .nan, rss: rss,
      residualSD: degrees > 0 ? (rss / Double(degrees)).squareRoot() : .nan, degrees, noise: 0)
  }

  private init(
    _ covariance: Covariance, _ free: [Int], of count: Int, unit: Double, rss: Double, residualSD: Double,
    _ degrees: Int, noise: Double
  ) {
    (self.rss, self.residualSD, degreesOfFreedom) = (rss, residualSD, degrees)
    rank = covariance.rank
    var rounding = [Double](repeating: 0, count: count)
    var errors = [Double](repeating: 0, count: count)
    var matrix = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0.0 } }
    for (a, parameter) in free.enumerated() {
      if !covariance.loose.contains(a) { rounding[parameter] = noise * Vector.norm(covariance.roots[a]) }
      errors[parameter] = covariance.loose.contains(a) ? .nan : unit * Vector.norm(covariance.roots[a])
    }
    let lengths = covariance.roots.map { Vector.norm($0) }
    for (a, i) in free.enumerated() {
      for (b, j) in free.enumerated() where a != b {
        let size = lengths[a] * lengths[b]
        let product = Vector.dot(covariance.roots[a], covariance.roots[b])
        let isKnown = size > 0 && errors[i].isFinite && errors[j].isFinite
        matrix[i][j] = isKnown ? max(-1, min(1, product / size)) : .nan
      }
    }
    standardErrors = errors
    self.rounding = rounding
    correlations = matrix
    condition = covariance.condition
    idle = covariance.idle.map { free[$0] }
    undetermined = covariance.loose.map { free[$0] }
    quantile = StudentT(degreesOfFreedom: Double(degrees)).quantile(0.975)
  }

  /// The pair of parameters with the largest correlation by size; nil for fewer than two.
  public var closestPair: (first: Int, second: Int, correlation: Double)? {
    var best: (first: Int, second: Int, correlation: Double)?
    for i in correlations.indices {
      for j in i + 1..<max(i + 1, correlations.count)
      where correlations[i][j].magnitude > best?.correlation.magnitude ?? 0 {
        best = (i, j, correlations[i][j])
      }
    }
    return best
  }
}
