/// The smallest value of gᵀs + ½·sᵀHs with |s| ≤ Δ, by Moré & Sorensen (1983), the hard case included.
///
///     TrustRegionProblem(gradient: [0, 0], hessian: [2, 0, 0, -2], radius: 1).solution().step   // [0, 1]
package struct TrustRegionProblem {
  /// A step with what it is worth.
  package struct Solution {
    package var step: [Double]
    /// −(gᵀs + ½·sᵀHs), at least 0.
    var predicted: Double
    /// Whether the step ends on the boundary of the region.
    var isOnBoundary: Bool
    /// Whether H was seen to be positive definite.
    var isConvex: Bool
  }

  let gradient: [Double]
  /// n·n numbers, row after row.
  let hessian: [Double]
  let radius: Double

  /// The problem with the gradient g, the Hessian H as n·n numbers, and the radius Δ.
  package init(gradient: [Double], hessian: [Double], radius: Double) {
    self.gradient = gradient
    self.hessian = hessian
    self.radius = radius
  }

  private var n: Int { gradient.count }

  /// The step; nil where H is not finite.
  package func solution() -> Solution? {
    guard Vector.isFinite(hessian), Vector.isFinite(gradient) else { return nil }
    if let factor = Cholesky(hessian, size: n) { return convex(factor) }
    return SymmetricEigen(hessian, size: n).map(general)
  }

  /// H is positive definite: Newton's step, or Newton's method on 1/|s| − 1/Δ, which comes from below.
  private func convex(_ first: Cholesky) -> Solution {
    var factor = first
    var shift = 0.0
    var step = factor.solve(gradient).map { -$0 }
    var length = Vector.norm(step)
    if length <= radius { return solution(step, isOnBoundary: false, isConvex: true) }
    for _ in 0..<30 where length > 1.01 * radius {
      let size = Vector.norm(factor.solveLower(step)) / length
      shift += (length - radius) / radius / (size * size)
      var shifted = hessian
      for i in 0..<n { shifted[i * n + i] += shift }
      guard let next = Cholesky(shifted, size: n) else { break }
      factor = next
      step = factor.solve(gradient).map { -$0 }
      length = Vector.norm(step)
    }
    if length > radius { step = step.map { $0 * (radius / length) } }
    return solution(step, isOnBoundary: true, isConvex: true)
  }

  /// Any H, in the basis of its eigenvectors.
  private func general(_ eigen: SymmetricEigen) -> Solution {
    let values = eigen.values
    let largest = max(abs(values[0]), abs(values[n - 1]))
    let zero = Double(n) * 4 * .ulpOfOne * largest
    let size = Vector.norm(gradient)
    var parts = eigen.vectors.map { Vector.dot($0, gradient) }
    let lowest = values[0] >= -zero ? 0 : values[0]
    for k in 0..<n where abs(parts[k]) <= 1e-14 * size { parts[k] = 0 }
    // Where H is semidefinite, what rounding leaves of the gradient in its null space leads nowhere.
    if lowest == 0 {
      for k in 0..<n where values[k] <= zero && abs(parts[k]) <= 1e-11 * size { parts[k] = 0 }
    }
    func step(_ shift: Double) -> [Double] {
      (0..<n).map { parts[$0] == 0 ? 0 : -parts[$0] / (values[$0] + shift) }
    }
    func isSingular(_ shift: Double) -> Bool {
      (0..<n).contains { parts[$0] != 0 && values[$0] + shift <= zero }
    }
    var low = -lowest
    var found = step(low)
    var isOnBoundary = true
    if !isSingular(low), Vector.norm(found) <= radius {
      // The hard case: the rest of the way along an eigenvector of the lowest eigenvalue changes no first-order term.
      isOnBoundary = lowest < 0
      if lowest < 0 { found[0] = max(0, radius * radius - Vector.dot(found, found)).squareRoot() }
    } else {
      var high = max(low + size / radius, low + zero)
      while Vector.norm(step(high)) > radius { high = low + 4 * max(high - low, .leastNormalMagnitude) }
      for _ in 0..<80 where high - low > 1e-12 * high {
        let middle = low + (high - low) / 2
        if isSingular(middle) || Vector.norm(step(middle)) > radius { low = middle } else { high = middle }
      }
      found = step(high)
    }
    var result = [Double](repeating: 0, count: n)
    for k in 0..<n where found[k] != 0 {
      result = Vector.moved(result, by: found[k], along: eigen.vectors[k])
    }
    return solution(result, isOnBoundary: isOnBoundary, isConvex: false)
  }

  private func solution(_ step: [Double], isOnBoundary: Bool, isConvex: Bool) -> Solution {
    let bend = Vector.dot(step, Vector.product(hessian, step))
    let predicted = -(Vector.dot(gradient, step) + 0.5 * bend)
    return Solution(step: step, predicted: max(0, predicted), isOnBoundary: isOnBoundary, isConvex: isConvex)
  }
}
