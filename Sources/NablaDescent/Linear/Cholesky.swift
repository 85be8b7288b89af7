/// The factor L of a symmetric positive definite matrix A = L·Lᵀ (Golub & Van Loan 2013, section 4.2).
///
///     Cholesky([4, 2, 2, 3], size: 2)?.solve([2, 3])   // [0, 1]
///
/// nil for a matrix that is not positive definite to rounding.
package struct Cholesky: Sendable {
  private let n: Int
  /// L, row after row, its upper part unused.
  private let factor: [Double]

  /// The factor of the matrix given by the lower part of n·n numbers, row after row.
  package init?(_ rows: [Double], size n: Int) {
    precondition(rows.count == n * n, "the matrix has n·n entries")
    self.n = n
    var l = rows
    var largest = 0.0
    for i in 0..<n { largest = max(largest, abs(rows[i * n + i])) }
    let isDefinite = l.withUnsafeMutableBufferPointer { l in
      for j in 0..<n {
        var pivot = l[j * n + j]
        for k in 0..<j { pivot -= l[j * n + k] * l[j * n + k] }
        guard pivot > Double(n) * .ulpOfOne * largest, pivot.isFinite else { return false }
        let root = pivot.squareRoot()
        l[j * n + j] = root
        for i in (j + 1)..<max(n, j + 1) {
          var sum = l[i * n + j]
          for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
          l[i * n + j] = sum / root
        }
      }
      return true
    }
    guard isDefinite else { return nil }
    factor = l
  }

  /// The x with A·x = b.
  package func solve(_ b: [Double]) -> [Double] { solveTransposed(solveLower(b)) }

  /// The y with L·y = b.
  package func solveLower(_ b: [Double]) -> [Double] {
    var y = b
    for i in 0..<n {
      var sum = y[i]
      for k in 0..<i { sum -= factor[i * n + k] * y[k] }
      y[i] = sum / factor[i * n + i]
    }
    return y
  }

  /// The x with Lᵀ·x = y.
  private func solveTransposed(_ y: [Double]) -> [Double] {
    var x = y
    for i in (0..<n).reversed() {
      var sum = x[i]
      for k in (i + 1)..<max(n, i + 1) { sum -= factor[k * n + i] * x[k] }
      x[i] = sum / factor[i * n + i]
    }
    return x
  }
}
