import NablaBasics

/// What a fit says about its parameters: errors, intervals and correlations, from the triangular factor at its end.
///
/// The covariance is s²·(JᵀJ)⁻¹ = s²·D⁻¹V·S⁻²·VᵀD⁻¹ of J = U·S·Vᵀ·D, without ever forming JᵀJ; s² = RSS/(n − p), or 1
/// where the errors of the data are known. Parameters that the data do not determine have no error: NaN.
public struct FitStatistics: Sendable {
  /// Σ rᵢ², weights included.
  public let rss: Double
  /// The rows less the parameters that were fitted.
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

  /// The statistics of a factor of [J | r] at the end of a fit.
  ///
  /// `held` names parameters that bounds hold, which count as known; `hasKnownErrors` that residuals are in units of
  /// the data's own errors.
  public init(_ factor: QR, held: [Int] = [], hasKnownErrors: Bool = false) {
    let free = (0..<factor.size).filter { !held.contains($0) }
    let rss = factor.sumOfSquares
    let degrees = factor.rows - free.count
    let deviation = degrees > 0 ? (rss / Double(degrees)).squareRoot() : .nan
    self.init(
      Covariance(factor.selecting(free)), free, of: factor.size, unit: hasKnownErrors ? 1 : deviation,
      rss: rss,
      residualSD: deviation, degrees)
  }

  /// The statistics of a loss from its Hessian H: the covariance is H⁻¹ where the loss is a negative log-likelihood,
  /// and H⁻¹(Σ gᵢgᵢᵀ)H⁻¹ for any other, with the rows' gradients gᵢ in `scores` (Huber 1967).
  public init(hessian: [Double], scores: QR?, size n: Int, rows: Int, held: [Int] = []) {
    let free = (0..<n).filter { !held.contains($0) }
    let small = free.flatMap { i in free.map { hessian[i * n + $0] } }
    let degrees = rows - free.count
    self.init(
      Covariance(hessian: small, scores: scores?.selecting(free), size: free.count), free, of: n,
      unit: scores == nil || degrees <= 0 ? 1 : (Double(rows) / Double(degrees)).squareRoot(), rss: .nan,
      residualSD: .nan, degrees)
  }

  private init(
    _ covariance: Covariance, _ free: [Int], of count: Int, unit: Double, rss: Double, residualSD: Double,
    _ degrees: Int
  ) {
    (self.rss, self.residualSD, degreesOfFreedom) = (rss, residualSD, degrees)
    var errors = [Double](repeating: 0, count: count)
    var matrix = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0.0 } }
    for (a, parameter) in free.enumerated() {
      errors[parameter] = covariance.loose.contains(a) ? .nan : unit * Vector.norm(covariance.roots[a])
    }
    for (a, i) in free.enumerated() {
      for (b, j) in free.enumerated() where a != b {
        let size = Vector.norm(covariance.roots[a]) * Vector.norm(covariance.roots[b])
        let product = Vector.dot(covariance.roots[a], covariance.roots[b])
        let isKnown = size > 0 && errors[i].isFinite && errors[j].isFinite
        matrix[i][j] = isKnown ? max(-1, min(1, product / size)) : .nan
      }
    }
    standardErrors = errors
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

/// A covariance C = G·Gᵀ by the rows of G, one for each parameter.
private struct Covariance {
  var roots: [[Double]] = []
  var condition = Double.infinity
  /// Parameters whose column is zero.
  var idle: [Int] = []
  /// Parameters that are not determined.
  var loose: [Int] = []

  /// (RᵀR)⁻¹ of a factor.
  init(_ factor: QR) {
    let n = factor.size
    let lengths = factor.lengths
    let largest = Vector.maximum(lengths)
    idle = (0..<n).filter { lengths[$0] == 0 || lengths[$0] < 1e-150 * largest }
    let scale = lengths.map { $0 > 0 ? $0 : 1 }
    roots = [[Double]](repeating: [], count: n)
    guard let svd = SVD(of: factor, columnScale: scale) else {
      loose = Array(0..<n)
      return
    }
    let rank = svd.rank
    condition = rank < n ? .infinity : svd.condition
    for a in 0..<n {
      roots[a] = (0..<rank).map { svd.right[$0][a] / svd.values[$0] / scale[a] }
      if (rank..<max(rank, n)).contains(where: { svd.right[$0][a].magnitude > 1e-5 }) { loose.append(a) }
    }
  }

  /// H⁻¹, or H⁻¹(SᵀS)H⁻¹ with the scores S.
  init(hessian: [Double], scores: QR?, size n: Int) {
    let scale = (0..<n).map { max(hessian[$0 * n + $0].magnitude, .leastNormalMagnitude).squareRoot() }
    let scaled = (0..<n * n).map { hessian[$0] / (scale[$0 / n] * scale[$0 % n]) }
    roots = [[Double]](repeating: [], count: n)
    guard let eigen = SymmetricEigen(scaled, size: n), let largest = eigen.values.last, largest > 0 else {
      loose = Array(0..<n)
      return
    }
    let known = (0..<n).filter { eigen.values[$0] > 1e-14 * largest * Double(n) }
    condition = known.count < n ? .infinity : (largest / eigen.values[0]).squareRoot()
    idle = (0..<n).filter { hessian[$0 * n + $0] == 0 }
    for a in 0..<n {
      if let scores {
        // Row a of H⁻¹Sᵀ.
        roots[a] = (0..<n).map { row in
          known.reduce(0) { sum, k in
            let along = (row..<n).reduce(0) { $0 + scores[row, $1] * eigen.vectors[k][$1] / scale[$1] }
            return sum + eigen.vectors[k][a] / scale[a] / eigen.values[k] * along
          }
        }
      } else {
        roots[a] = known.map { eigen.vectors[$0][a] / eigen.values[$0].squareRoot() / scale[a] }
      }
      let isLoose = (0..<n).contains { !known.contains($0) && eigen.vectors[$0][a].magnitude > 1e-5 }
      if isLoose { loose.append(a) }
    }
  }
}
