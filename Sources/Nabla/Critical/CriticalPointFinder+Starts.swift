import NablaAlgebra
import NablaDescent

// Where the search by Newton's method begins besides at random.
extension CriticalPointFinder {
  /// Of so many starts one is a start of a way up and of a way down, too.
  static let waysAmongStarts = 5
  /// The most variables for which ways are gone.
  static let mostOnWays = 10
  /// The most centers that are looked for.
  private static let mostCenters = 32

  /// The centers of quadratics in the formula: of e^(−(x − 3)² − y²) the point (3, 0), next to which a sum of such bumps
  /// has a maximum.
  func centers() -> [[Double]] {
    guard variables.count <= 4, formula.expression.size <= 1_000 else { return [] }
    var centers: [[Double]] = []
    for part in formula.expression.distinctSubexpressions() where centers.count < Self.mostCenters {
      guard part.isSum, part != formula.expression, part.freeVariables.count == variables.count,
        let form = QuadraticForm(part, variables: variables, limits: formula.limits)
      else { continue }
      let center = form.point.map(\.double)
      if !centers.contains(center) { centers.append(center) }
    }
    return centers
  }

  /// The point at the end of the way up (1) or down (−1), by the steps of Newton's method with all curvatures bent that
  /// way; nil where it leads out of the box or to no end.
  func summit(from start: [Double], _ way: Double, within box: [ClosedRange<Double>]) -> [Double]? {
    var x = start
    var here = local(at: x)
    for _ in 0..<60 {
      guard here.isFinite, let step = ascent(here, way, within: box) else { return nil }
      if norm(step) <= 1e-4 * max(1, norm(x)) { return newton(from: x) }
      var share = 1.0
      var next = here
      repeat {
        let moved = zip(x, step).map { $0 + share * $1 }
        next = local(at: moved)
        if next.isFinite, way * (next.value - here.value) > 0 {
          x = moved
          break
        }
        share /= 4
      } while share > 1e-4
      guard share > 1e-4 else { return newton(from: x) }
      guard zip(box, x).allSatisfy({ $0.contains($1) }) else { return nil }
      here = next
    }
    return newton(from: x)
  }

  /// ±|H|⁻¹g, no longer than a tenth of the box.
  private func ascent(_ here: Local, _ way: Double, within box: [ClosedRange<Double>]) -> [Double]? {
    guard let eigen = SymmetricEigen(here.hessian, size: variables.count) else { return nil }
    let largest = eigen.values.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return nil }
    var step = [Double](repeating: 0, count: variables.count)
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      let share =
        zip(vector, here.gradient).reduce(0) { $0 + $1.0 * $1.1 } / max(value.magnitude, 1e-8 * largest)
      for place in step.indices { step[place] += way * share * vector[place] }
    }
    let longest = box.reduce(0) { max($0, $1.upperBound - $1.lowerBound) } / 10
    let length = norm(step)
    return length > longest ? step.map { $0 * longest / length } : step
  }
}
