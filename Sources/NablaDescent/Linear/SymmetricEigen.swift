/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan 2013,
/// section 8.5).
///
///     SymmetricEigen([6, 8, 8, 60], size: 2)?.values   // [4.83975, 61.1603]
///
/// Accurate to rounding relative to the largest eigenvalue. From 16 rows on the matrix is made tridiagonal first.
package struct SymmetricEigen: Hashable, Sendable {
  /// The eigenvalues, ascending.
  package let values: [Double]
  /// The eigenvector of `values[k]`, of length 1, is `vectors[k]`.
  package let vectors: [[Double]]

  /// The eigensystem of the symmetric part of n·n numbers, row after row; nil when one is not finite.
  package init?(_ rows: [Double], size n: Int) {
    precondition(rows.count == n * n, "the matrix has n·n entries")
    guard Vector.isFinite(rows) else { return nil }
    let scale = Vector.maximum(rows)
    var a = [Double](repeating: 0, count: n * n)
    var v = a
    for i in 0..<n {
      v[i * n + i] = 1
      for j in 0..<n where scale > 0 {
        a[i * n + j] = (rows[i * n + j] / scale + rows[j * n + i] / scale) / 2
      }
    }
    if n >= 16 {
      guard let found = Self.reduced(&a, size: n) else { return nil }
      v = a
      for i in 0..<n { a[i * n + i] = found[i] }
    } else {
      for _ in 0..<60 where Self.sweep(&a, &v, n) == false { break }
    }
    let order = (0..<n).sorted { (a[$0 * n + $0], $0) < (a[$1 * n + $1], $1) }
    values = order.map { a[$0 * n + $0] * scale }
    vectors = order.map { k in (0..<n).map { v[$0 * n + k] } }
  }

  /// One pass over all pairs; whether anything was rotated.
  private static func sweep(_ a: inout [Double], _ v: inout [Double], _ n: Int) -> Bool {
    var rotated = false
    for p in 0..<n {
      for q in (p + 1)..<max(n, p + 1) {
        let off = a[p * n + q]
        let size = abs(a[p * n + p]) + abs(a[q * n + q])
        if abs(off) <= 0.1 * .ulpOfOne * size || off == 0 || abs(off) < 1e-300 { continue }
        rotated = true
        let theta = (a[q * n + q] - a[p * n + p]) / (2 * off)
        let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        rotate(&a, &v, n, p, q, c, t * c)
      }
    }
    return rotated
  }

  private static func rotate(
    _ a: inout [Double], _ v: inout [Double], _ n: Int, _ p: Int, _ q: Int, _ c: Double, _ s: Double
  ) {
    for k in 0..<n {
      let (kp, kq) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = c * kp - s * kq
      a[k * n + q] = s * kp + c * kq
    }
    for k in 0..<n {
      let (pk, qk) = (a[p * n + k], a[q * n + k])
      a[p * n + k] = c * pk - s * qk
      a[q * n + k] = s * pk + c * qk
    }
    for k in 0..<n {
      let (kp, kq) = (v[k * n + p], v[k * n + q])
      v[k * n + p] = c * kp - s * kq
      v[k * n + q] = s * kp + c * kq
    }
    a[p * n + q] = 0
    a[q * n + p] = 0
  }
}
