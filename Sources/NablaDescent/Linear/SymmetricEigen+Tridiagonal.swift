import NablaBasics

extension SymmetricEigen {
  /// Eigenvalues and eigenvectors by Householder reduction to tridiagonal form and the implicit QL method with
  /// Wilkinson's shift (Martin, Reinsch & Wilkinson 1968; Golub & Van Loan 2013, section 8.3): about 9·n³.
  ///
  /// `a` holds the matrix and receives the eigenvectors as columns; nil where QL does not converge.
  static func reduced(_ a: inout [Double], size n: Int) -> [Double]? {
    var d = [Double](repeating: 0, count: n)
    var e = d
    a.withUnsafeMutableBufferPointer { tridiagonalize($0, &d, &e, n) }
    return a.withUnsafeMutableBufferPointer { shift($0, &d, &e, n) } ? d : nil
  }

  private static func tridiagonalize(
    _ a: UnsafeMutableBufferPointer<Double>, _ d: inout [Double], _ e: inout [Double], _ n: Int
  ) {
    for i in stride(from: n - 1, to: 0, by: -1) {
      let last = i - 1
      var h = 0.0
      var size = 0.0
      for k in 0...last { size += abs(a[i * n + k]) }
      if last == 0 || size == 0 {
        e[i] = a[i * n + last]
      } else {
        for k in 0...last {
          a[i * n + k] /= size
          h += a[i * n + k] * a[i * n + k]
        }
        let f = a[i * n + last]
        let g = f >= 0 ? -h.squareRoot() : h.squareRoot()
        e[i] = size * g
        h -= f * g
        a[i * n + last] = f - g
        var sum = 0.0
        for j in 0...last {
          a[j * n + i] = a[i * n + j] / h
          var g = 0.0
          for k in 0...j { g += a[j * n + k] * a[i * n + k] }
          for k in (j + 1)..<max(last + 1, j + 1) { g += a[k * n + j] * a[i * n + k] }
          e[j] = g / h
          sum += e[j] * a[i * n + j]
        }
        let half = sum / (h + h)
        for j in 0...last {
          let f = a[i * n + j]
          let g = e[j] - half * f
          e[j] = g
          for k in 0...j { a[j * n + k] -= f * e[k] + g * a[i * n + k] }
        }
      }
      d[i] = h
    }
    d[0] = 0
    e[0] = 0
    for i in 0..<n {
      if d[i] != 0 {
        for j in 0..<i {
          var g = 0.0
          for k in 0..<i { g += a[i * n + k] * a[k * n + j] }
          for k in 0..<i { a[k * n + j] -= g * a[k * n + i] }
        }
      }
      d[i] = a[i * n + i]
      a[i * n + i] = 1
      for j in 0..<i {
        a[j * n + i] = 0
        a[i * n + j] = 0
      }
    }
  }

  private static func shift(
    _ z: UnsafeMutableBufferPointer<Double>, _ d: inout [Double], _ e: inout [Double], _ n: Int
  ) -> Bool {
    for i in 1..<max(n, 1) { e[i - 1] = e[i] }
    e[n - 1] = 0
    for l in 0..<n {
      var rounds = 0
      while true {
        var m = l
        while m < n - 1, abs(e[m]) > .ulpOfOne * (abs(d[m]) + abs(d[m + 1])) { m += 1 }
        if m == l { break }
        rounds += 1
        guard rounds <= 60 else { return false }
        var g = (d[l + 1] - d[l]) / (2 * e[l])
        var r = Libm.hypot(g, 1)
        g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r))
        var (s, c, p) = (1.0, 1.0, 0.0)
        var deflated = false
        for i in stride(from: m - 1, through: l, by: -1) {
          let f = s * e[i]
          let b = c * e[i]
          r = Libm.hypot(f, g)
          e[i + 1] = r
          if r == 0 {
            d[i + 1] -= p
            e[m] = 0
            deflated = true
            break
          }
          s = f / r
          c = g / r
          g = d[i + 1] - p
          r = (d[i] - g) * s + 2 * c * b
          p = s * r
          d[i + 1] = g + p
          g = c * r - b
          for k in 0..<n {
            let f = z[k * n + i + 1]
            z[k * n + i + 1] = s * z[k * n + i] + c * f
            z[k * n + i] = c * z[k * n + i] - s * f
          }
        }
        if deflated { continue }
        d[l] -= p
        e[l] = g
        e[m] = 0
      }
    }
    return true
  }
}
