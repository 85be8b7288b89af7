/// The singular values of a small square matrix by one-sided Jacobi rotations (Hestenes 1958; Golub & Van Loan 2013,
/// section 8.6.3): A = U·S·Vᵀ.
///
///     SVD(columns: [[3, 0], [0, -2]])?.values   // [3, 2]
///
/// Small singular values come out to nearly as many digits as large ones. The cost is about 10·n³.
package struct SVD: Hashable, Sendable {
  /// The singular values, descending.
  package let values: [Double]
  /// Left singular vectors, one for each value.
  package let left: [[Double]]
  /// Right singular vectors, one for each value.
  package let right: [[Double]]

  /// The decomposition of a matrix given by its columns; nil where an entry is not finite.
  package init?(columns: [[Double]]) {
    let n = columns.count
    guard columns.allSatisfy({ Vector.isFinite($0) }) else { return nil }
    var a = columns
    var v = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0.0 } }
    for _ in 0..<60 where SVD.sweep(&a, &v) == false { break }
    let lengths = a.map { Vector.norm($0) }
    let order = (0..<n).sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    values = order.map { lengths[$0] }
    right = order.map { v[$0] }
    left = order.map { place in lengths[place] > 0 ? a[place].map { $0 / lengths[place] } : a[place] }
  }

  /// The decomposition of a factor's R, each column divided by its scale.
  init?(of factor: QR, columnScale scale: [Double]) {
    let n = factor.size
    self.init(
      columns: (0..<n).map { column in (0..<n).map { $0 <= column ? factor[$0, column] / scale[column] : 0 } }
    )
  }

  /// One pass over all pairs of columns; whether anything was rotated.
  private static func sweep(_ a: inout [[Double]], _ v: inout [[Double]]) -> Bool {
    var rotated = false
    for p in a.indices {
      for q in (p + 1)..<max(a.count, p + 1) {
        let (alpha, beta) = (Vector.dot(a[p], a[p]), Vector.dot(a[q], a[q]))
        let gamma = Vector.dot(a[p], a[q])
        if gamma == 0 || gamma.magnitude <= .ulpOfOne * (alpha.squareRoot() * beta.squareRoot()) { continue }
        rotated = true
        let zeta = (beta - alpha) / (2 * gamma)
        let t = (zeta < 0 ? -1 : 1) / (zeta.magnitude + (1 + zeta * zeta).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        rotate(&a, p, q, c, c * t)
        rotate(&v, p, q, c, c * t)
      }
    }
    return rotated
  }

  private static func rotate(_ m: inout [[Double]], _ p: Int, _ q: Int, _ c: Double, _ s: Double) {
    for k in m[p].indices {
      let (x, y) = (m[p][k], m[q][k])
      m[p][k] = c * x - s * y
      m[q][k] = s * x + c * y
    }
  }

  /// How many singular values are more than rounding.
  var rank: Int {
    guard let largest = values.first, largest > 0 else { return 0 }
    return values.count { $0 > largest * 4 * .ulpOfOne * Double(values.count) }
  }

  /// The largest singular value over the smallest.
  var condition: Double {
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// The shortest x with least |Ax − b|, by the first `rank` singular values; `damping` is added to their squares.
  func solve(_ b: [Double], rank: Int, damping: Double = 0) -> [Double] {
    var x = [Double](repeating: 0, count: values.count)
    for k in 0..<rank {
      let weight = values[k] / (values[k] * values[k] + damping) * Vector.dot(left[k], b)
      for i in x.indices { x[i] += weight * right[k][i] }
    }
    return x
  }
}
