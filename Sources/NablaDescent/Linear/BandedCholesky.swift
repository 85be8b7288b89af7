/// The factor of a symmetric positive definite matrix whose entries reach only so far below the diagonal (Golub &
/// Van Loan 2013, section 4.3): n·b² operations for n rows and bandwidth b.
struct BandedCholesky {
  private let n: Int
  private let width: Int
  /// Row i holds L[i, i − b … i].
  private var factor: [Double]

  /// The factor of H + shift·I; nil where that is not positive definite.
  init?(_ rows: SparseRows, bandwidth: Int, shift: Double) {
    n = rows.size
    width = bandwidth + 1
    factor = [Double](repeating: 0, count: n * width)
    let (n, width) = (n, width)
    let isDefinite = factor.withUnsafeMutableBufferPointer { l in
      for i in 0..<n {
        for place in rows.rowStarts[i]..<rows.rowStarts[i + 1] {
          l[i * width + rows.columns[place] - i + bandwidth] = rows.values[place]
        }
        l[i * width + bandwidth] += shift
      }
      for i in 0..<n {
        let first = max(0, i - bandwidth)
        for j in first..<i {
          var sum = l[i * width + j - i + bandwidth]
          for k in max(first, j - bandwidth)..<j {
            sum -= l[i * width + k - i + bandwidth] * l[j * width + k - j + bandwidth]
          }
          l[i * width + j - i + bandwidth] = sum / l[j * width + bandwidth]
        }
        var pivot = l[i * width + bandwidth]
        let before = abs(pivot)
        for k in first..<i {
          let entry = l[i * width + k - i + bandwidth]
          pivot -= entry * entry
        }
        guard pivot > 1e-14 * before, pivot.isFinite else { return false }
        l[i * width + bandwidth] = pivot.squareRoot()
      }
      return true
    }
    if !isDefinite { return nil }
  }

  /// The y with L·y = b.
  func solveLower(_ b: [Double]) -> [Double] {
    var y = b
    let band = width - 1
    for i in 0..<n {
      var sum = y[i]
      for k in max(0, i - band)..<i { sum -= factor[i * width + k - i + band] * y[k] }
      y[i] = sum / factor[i * width + band]
    }
    return y
  }

  /// The x with L·Lᵀ·x = b.
  func solve(_ b: [Double]) -> [Double] {
    var x = solveLower(b)
    let band = width - 1
    for i in (0..<n).reversed() {
      x[i] /= factor[i * width + band]
      for k in max(0, i - band)..<i { x[k] -= factor[i * width + k - i + band] * x[i] }
    }
    return x
  }
}
