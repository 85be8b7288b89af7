import NablaAlgebra
import NablaBasics
import NablaDescent

// What kind of point a critical point is: by its eigenvalues, by higher derivatives, by samples.
extension CriticalPointFinder {
  /// The eigenvalues of the Hessian, ascending; 0 for one that may be a zero moved by the error of the point.
  ///
  /// The second derivative of sin³x is 2·10⁻¹⁵ at the number next to 3π, and that of another sign one number further on.
  func curvature(
    _ here: Local, at point: [Double], within distances: (_ eigenvalues: [Double]) -> [Double]
  ) -> [Double] {
    guard let values = SymmetricEigen(here.hessian, size: variables.count)?.values else { return [] }
    var error = 0.0
    for (place, distance) in distances(values).enumerated() where distance > 0 {
      for moved in [point[place] - distance, point[place] + distance] {
        var other = point
        other[place] = moved
        let change = zip(local(at: other).hessian, here.hessian).reduce(0) { $0 + ($1.0 - $1.1).magnitude }
        if change.isFinite { error = max(error, change) }
      }
    }
    return values.map { $0.magnitude <= 4 * error ? 0 : $0 }
  }

  /// How far a point that Newton's method found may lie from the zero of the gradient, several times as much where that
  /// zero is multiple: its last step, and what the rounding of the gradient hides, as in 1 − cos x near 0.
  func uncertainty(of point: [Double], _ here: Local, eigenvalues: [Double]) -> [Double] {
    let step = newtonStep(here) ?? []
    let rounding = slopes?.roundingLevel(at: point).gradient.reduce(0) { max($0, $1) } ?? 0
    let least = eigenvalues.reduce(Double.infinity) { min($0, $1.magnitude) }
    let hidden = rounding > 0 && least > 0 ? rounding / least : 0
    return point.indices.map { place in
      max(2 * point[place].ulp, 8 * (hidden + (place < step.count ? step[place].magnitude : 0)))
    }
  }

  /// Where what is nowhere below a value has it, it is smallest.
  func kindBySign(value: Expr) -> CriticalPoint.Kind? {
    guard !value.hasApproximation else { return nil }
    let beyond = formula.expression - value
    if beyond.isNonnegative { return .localMinimum }
    return beyond.negated.isNonnegative ? .localMaximum : nil
  }

  /// In one variable: the first derivative that is not zero decides, of an even order as a second one would.
  func kindByHigherDerivatives(at point: [Expr]) -> CriticalPoint.Kind? {
    guard variables.count == 1 else { return nil }
    for order in 3...12 {
      guard let rate = higherDerivatives[order] else { return nil }
      let value = rate.substituting([variables[0]: point[0]])
      guard let number = value.constantValue, number.isFinite else { return nil }
      if value.isZeroUpToRounding { continue }
      if order % 2 == 1 { return .inflection }
      return number > 0 ? .localMinimum : .localMaximum
    }
    return nil
  }

  /// By values around a point: in one variable how the slope changes its sign, in several a saddle where the formula is
  /// both higher and lower at two distances; nil where samples leave it open.
  func kindBySamples(around point: [Double]) -> CriticalPoint.Kind? {
    let kinds = [1e-4, 1e-3].map { part -> CriticalPoint.Kind? in
      let distance = part * point.reduce(1) { max($0, $1.magnitude) }
      return variables.count == 1 ? kindBySlopes(around: point[0], distance) : saddle(around: point, distance)
    }
    return kinds[0] == kinds[1] ? kinds[0] : nil
  }

  private func kindBySlopes(around x: Double, _ distance: Double) -> CriticalPoint.Kind? {
    let (behind, ahead) = (local(at: [x - distance]).gradient[0], local(at: [x + distance]).gradient[0])
    guard behind.isFinite, ahead.isFinite, behind != 0, ahead != 0 else { return nil }
    if (behind > 0) == (ahead > 0) { return .inflection }
    return ahead > 0 ? .localMinimum : .localMaximum
  }

  private func saddle(around point: [Double], _ distance: Double) -> CriticalPoint.Kind? {
    let here = local(at: point)
    var random = SplitMix64(start: 662_607_015)
    let axes = SymmetricEigen(here.hessian, size: variables.count)?.vectors ?? []
    let others = (0..<64).map { _ in point.map { _ in Double.random(in: -1...1, using: &random) } }
    var (lowest, highest) = (0.0, 0.0)
    for direction in axes + axes.map({ $0.map { -$0 } }) + others {
      let there = local(at: zip(point, direction).map { $0 + distance * $1 }).value - here.value
      if there.isFinite { (lowest, highest) = (min(lowest, there), max(highest, there)) }
    }
    let rounding = 16 * max(here.value.magnitude * .ulpOfOne, noise?(point) ?? 0)
    return lowest < -rounding && highest > rounding ? .saddle : nil
  }
}
