import NablaBasics

/// A covariance C = G·Gᵀ by the rows of G, one for each parameter.
struct Covariance {
  var roots: [[Double]] = []
  /// The directions that are determined.
  var rank = 0
  var condition = Double.infinity
  /// Parameters whose column is zero.
  var idle: [Int] = []
  /// Parameters that are not determined.
  var loose: [Int] = []

  /// That of n parameters which are determined, nobody knows how well.
  init(unknown n: Int) {
    roots = [[Double]](repeating: [.nan], count: n)
    rank = n
    condition = .nan
  }

  /// (RᵀR)⁻¹ of a factor.
  init(_ factor: QR) {
    let n = factor.size
    let lengths = factor.lengths
    let largest = Vector.maximum(lengths)
    idle = (0..<n).filter { lengths[$0] <= 1e-150 * largest }
    let scale = lengths.map { $0 > 0 ? $0 : 1 }
    if let inverse = factor.inverse {
      (rank, condition) = (n, factor.condition(inverse))
      roots = (0..<n).map { row in (row..<n).map { inverse[$0][row] / scale[row] } }
      // All as long as the first, to be multiplied with each other.
      roots = roots.map { [Double](repeating: 0, count: n - $0.count) + $0 }
      return
    }
    roots = [[Double]](repeating: [], count: n)
    guard let svd = SVD(of: factor, columnScale: scale) else {
      loose = Array(0..<n)
      return
    }
    rank = svd.rank
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
    rank = known.count
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
