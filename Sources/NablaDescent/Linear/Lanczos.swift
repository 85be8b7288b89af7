import NablaBasics

/// The outer eigenvalues of a large symmetric matrix known by its products with vectors (Lanczos 1950; Golub &
/// Van Loan 2013, section 10.1), with full reorthogonalization.
package struct Lanczos: Sendable {
  /// The Ritz values, ascending: the outer ones approach the matrix's smallest and largest eigenvalues.
  package let values: [Double]
  /// The Ritz vector of the smallest value, of length 1.
  package let lowest: [Double]

  /// At most `steps` products; the first vector is `first` mixed with random numbers from a fixed start.
  ///
  /// nil when a product is not finite.
  package init?(
    first: [Double], steps: Int, times product: (_ v: [Double]) -> [Double]
  ) {
    var random = SplitMix64(start: 1950)
    let noise = first.map { _ in Double.random(in: -1...1, using: &random) }
    let mixed = Vector.moved(Vector.direction(noise) ?? noise, by: 1, along: Vector.direction(first) ?? noise)
    guard var q = Vector.direction(mixed) else { return nil }
    var basis: [[Double]] = []
    var diagonal: [Double] = []
    var off: [Double] = []
    for _ in 0..<min(steps, first.count) {
      var w = product(q)
      guard Vector.isFinite(w) else { return nil }
      basis.append(q)
      diagonal.append(Vector.dot(q, w))
      let size = Vector.norm(w)
      for _ in 0..<2 { for b in basis { w = Vector.moved(w, by: -Vector.dot(b, w), along: b) } }
      let beta = Vector.norm(w)
      guard beta > 1e-10 * size, let next = Vector.direction(w) else { break }
      off.append(beta)
      q = next
    }
    let m = basis.count
    var rows = [Double](repeating: 0, count: m * m)
    for i in 0..<m {
      rows[i * m + i] = diagonal[i]
      if i + 1 < m {
        rows[i * m + i + 1] = off[i]
        rows[(i + 1) * m + i] = off[i]
      }
    }
    guard let small = SymmetricEigen(rows, size: m), let weights = small.vectors.first else { return nil }
    values = small.values
    var sum = [Double](repeating: 0, count: first.count)
    for i in 0..<m { sum = Vector.moved(sum, by: weights[i], along: basis[i]) }
    lowest = Vector.direction(sum) ?? sum
  }
}
