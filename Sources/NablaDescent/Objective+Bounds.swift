extension Objective {
  /// A slope that is infinite on a bound and held by it, as at 0 in √x, made a large number; others stay.
  func held(_ gradient: [Double], at x: [Double]) -> [Double] {
    guard let bounds, !Vector.isFinite(gradient) else { return gradient }
    return gradient.indices.map { i in
      if gradient[i] == .infinity, x[i] <= bounds.lower[i] { return Self.steep }
      if gradient[i] == -.infinity, x[i] >= bounds.upper[i] { return -Self.steep }
      return gradient[i]
    }
  }

  /// A Hessian that is not finite in a coordinate on a bound, without that coordinate.
  func held(rows: [Double], at x: [Double]) -> [Double] {
    guard let bounds, !Vector.isFinite(rows) else { return rows }
    let n = x.count
    var result = rows
    for i in 0..<n where !rows[i * n + i].isFinite && bounds.isOnEdge(x, i) {
      for j in 0..<n {
        result[i * n + j] = i == j ? 1 : 0
        result[j * n + i] = i == j ? 1 : 0
      }
    }
    return result
  }

  /// What an infinite slope is taken for.
  package static let steep = 1e150

  /// The function of some of the coordinates, the others staying what they are at x, in the engine's sense.
  func restricted(to free: [Int], at x: [Double]) -> Objective {
    let whole = self
    let put: @Sendable ([Double]) -> [Double] = { part in
      var full = x
      for (k, i) in free.enumerated() { full[i] = part[k] }
      return full
    }
    var hessian: Hessian?
    if hasHessian {
      hessian = { part in
        var copy = whole
        let full = put(part)
        guard let rows = copy.hessian(at: full) else { return [] }
        return free.flatMap { i in free.map { rows[i * full.count + $0] } }
      }
    }
    var product: Product?
    if hasProduct {
      product = { part, v in
        var copy = whole
        var direction = [Double](repeating: 0, count: x.count)
        for (k, i) in free.enumerated() { direction[i] = v[k] }
        let whole = copy.product(at: put(part), with: direction) ?? direction
        return free.map { whole[$0] }
      }
    }
    var result = Objective(
      value: { part in
        var copy = whole
        return copy.value(at: put(part))
      },
      valueAndGradient: { part in
        var copy = whole
        let there = copy.iterate(at: put(part))
        return (there.f, free.map { there.gradient[$0] })
      }, hessian: hessian, hessianTimesVector: product)
    if let bounds {
      result.bounds = Bounds(lower: free.map { bounds.lower[$0] }, upper: free.map { bounds.upper[$0] })
    }
    return result
  }

  /// Adds what another objective was asked.
  mutating func count(_ other: Counts) { counts.add(other) }
}

extension Objective.Counts {
  /// Adds other counts.
  mutating func add(_ other: Objective.Counts) {
    f += other.f
    gradient += other.gradient
    hessian += other.hessian
    products += other.products
  }

  /// Takes away counts that are among these.
  package mutating func subtract(_ other: Objective.Counts) {
    f -= other.f
    gradient -= other.gradient
    hessian -= other.hessian
    products -= other.products
  }
}
