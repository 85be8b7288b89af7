/// The step that minimizes |c − S·p| where |p| is at most a radius, by the singular values of S (Moré 1978).
struct TrustRegion {
  private let svd: SVD
  /// Uᵀc.
  private let projected: [Double]

  init(_ svd: SVD, _ c: [Double]) {
    self.svd = svd
    projected = svd.left.map { Vector.dot($0, c) }
  }

  /// The p of length at most `radius`, up to a tenth, and whether the radius cuts it; the step itself is −p.
  func step(within radius: Double) -> (p: [Double], isCut: Bool) {
    let rank = svd.rank
    let full = combined(damping: 0, rank: rank)
    if Vector.norm(full) <= 1.1 * radius { return (full, false) }
    // |p(λ)| falls from |p(0)| to 0: Newton's method on 1/|p(λ)|, kept between bounds.
    var lower = 0.0
    var upper = Vector.norm(zip(svd.values, projected).map { $0 * $1 }) / radius
    var damping = upper * 1e-3
    for _ in 0..<60 {
      let p = combined(damping: damping, rank: svd.values.count)
      let length = Vector.norm(p)
      if (length - radius).magnitude <= 0.1 * radius { return (p, true) }
      if length > radius { lower = damping } else { upper = damping }
      var slope = 0.0
      for k in svd.values.indices {
        let square = svd.values[k] * svd.values[k]
        let weight = svd.values[k] * projected[k] / (square + damping)
        slope += weight * weight / (square + damping)
      }
      let next = slope > 0 ? damping + (length / radius - 1) * length * length / slope : .nan
      damping = next > lower && next < upper ? next : lower > 0 ? (lower * upper).squareRoot() : upper * 1e-3
    }
    return (combined(damping: upper, rank: svd.values.count), true)
  }

  private func combined(damping: Double, rank: Int) -> [Double] {
    var p = [Double](repeating: 0, count: svd.values.count)
    for k in 0..<rank {
      let weight = svd.values[k] / (svd.values[k] * svd.values[k] + damping) * projected[k]
      p = Vector.moved(p, by: weight, along: svd.right[k])
    }
    return p
  }

  /// What a change makes of |c|²: |c|² − |c + S·change|².
  func reduction(by change: [Double]) -> Double {
    var sum = 0.0
    for k in svd.values.indices {
      let moved = svd.values[k] * Vector.dot(svd.right[k], change)
      sum -= moved * (2 * projected[k] + moved)
    }
    return sum
  }
}
