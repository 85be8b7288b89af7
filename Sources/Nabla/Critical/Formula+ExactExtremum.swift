import NablaAlgebra

extension Formula {
  /// The largest formula, and the most variables, whose extrema are named.
  private static let (largestNamed, mostNamed) = (60, 2)

  /// The exact form of an extremum that is known in digits; nil where it has none that algebra finds.
  ///
  ///     sin x near −1.570796    −π/2
  ///     |x − 2| near 2          2, a corner
  package func exactExtremum(_ kind: CriticalPoint.Kind, near point: [Double]) -> CriticalPoint? {
    guard parameters.isEmpty, variables.count <= Self.mostNamed, expression.size <= Self.largestNamed,
      let finder = try? CriticalPointFinder(formula: self, box: nil),
      let found = finder.exactPoint(at: point), found.kind == kind
    else { return nil }
    return found
  }

  /// The lowest minimum at a bend of the formula that algebra finds, or the highest maximum there.
  ///
  ///     |x − 1| + |y − 2|    (1, 2)
  package func corner(_ kind: CriticalPoint.Kind) -> CriticalPoint? {
    guard parameters.isEmpty, variables.count <= 4, expression.size <= Self.largestNamed,
      let finder = try? CriticalPointFinder(formula: self, box: nil)
    else { return nil }
    let sign = kind == .localMinimum ? 1.0 : -1
    return finder.kinks().points.filter { $0.kind == kind && $0.exact != nil }
      .min { sign * $0.value.decimal < sign * $1.value.decimal }
  }
}

extension CriticalPointFinder {
  /// The point of zero gradient, or the extremum at a bend, that has an exact form and lies at a point up to rounding.
  fileprivate func exactPoint(at coordinates: [Double]) -> CriticalPoint? {
    func isHere(_ point: CriticalPoint) -> Bool {
      zip(point.coordinates, coordinates).allSatisfy { ($0 - $1).magnitude <= 1e-7 * max(1, $1.magnitude) }
    }
    if !hasNoGradient(at: coordinates), let point = exactPoint(near: coordinates),
      !hasNoGradient(at: point.coordinates)
    {
      return point
    }
    for solution in EquationSystem(gradient, for: variables, limits: formula.limits).solutions
    where solution.free.isEmpty && solution.isExact {
      if let point = point(of: solution, variables.map { solution.value(of: $0) }), isHere(point) {
        return point
      }
    }
    return kinks().points.first { $0.exact != nil && isHere($0) }
  }
}
