/// What f is near a point, from the residuals to second order: m(s) = offset + Σᵢ (rᵢ + Jᵢs + ½·sᵀHᵢs)² (the
/// tensor-Newton model of Gould, Rees & Scott 2019).
///
/// Exact where the residuals are quadratics; to second order it is Newton's model of f.
struct ResidualModel {
  let offset: Double
  let residuals: [Double]
  /// count·n numbers, row after row.
  let jacobian: [Double]
  let places: [Residuals.Place]
  let curvatures: [Double]
  let n: Int

  /// The residuals and their slopes after a step.
  private func moved(_ s: [Double]) -> (r: [Double], slopes: [Double]) {
    var r = residuals
    var slopes = jacobian
    slopes.withUnsafeMutableBufferPointer { slopes in
      for (place, value) in zip(places, curvatures) where value != 0 {
        let base = place.residual * n
        slopes[base + place.row] += value * s[place.column]
        if place.row != place.column { slopes[base + place.column] += value * s[place.row] }
      }
      jacobian.withUnsafeBufferPointer { jacobian in
        for i in r.indices {
          var sum = 0.0
          for j in 0..<n { sum += (jacobian[i * n + j] + slopes[i * n + j]) * s[j] }
          r[i] += 0.5 * sum
        }
      }
    }
    return (r, slopes)
  }

  /// m(s).
  func value(after s: [Double]) -> Double { offset + squares(moved(s).r) }

  private func squares(_ r: [Double]) -> Double { r.reduce(0) { $0 + $1 * $1 } }

  /// m(s) without its offset, beside which small squares would vanish, its gradient and its Hessian.
  func derivatives(after s: [Double]) -> (value: Double, gradient: [Double], hessian: [Double]) {
    let (r, slopes) = moved(s)
    var gradient = [Double](repeating: 0, count: n)
    var hessian = [Double](repeating: 0, count: n * n)
    slopes.withUnsafeBufferPointer { slopes in
      hessian.withUnsafeMutableBufferPointer { hessian in
        for i in r.indices {
          for j in 0..<n {
            let slope = 2 * slopes[i * n + j]
            if slope == 0 { continue }
            gradient[j] += slope * r[i]
            for k in 0...j { hessian[j * n + k] += slope * slopes[i * n + k] }
          }
        }
        for (place, value) in zip(places, curvatures) {
          hessian[place.column * n + place.row] += 2 * r[place.residual] * value
        }
        for j in 0..<n { for k in 0..<j { hessian[k * n + j] = hessian[j * n + k] } }
      }
    }
    return (squares(r), gradient, hessian)
  }

  /// A step that makes m small within |D·s| ≤ Δ, and what it is worth: a descent on the model from s = 0 that ends
  /// where it would leave the region. No evaluation of f is spent.
  func step(radius: Double, metric: [Double], room: Metric.Room?) -> TrustRegionProblem.Solution? {
    var s = [Double](repeating: 0, count: n)
    var here = derivatives(after: s)
    let first = here.value
    var inner = radius
    var isOnBoundary = false
    var isConvex = true
    for round in 0..<60 {
      let left = radius - Metric.length(s, metric)
      guard left > 0.01 * radius else {
        isOnBoundary = true
        break
      }
      let found = Metric.solution(
        gradient: here.gradient, hessian: here.hessian, radius: min(inner, left), metric: metric,
        room: room?.after(s))
      guard let solution = found else { return nil }
      if round == 0 { isConvex = solution.isConvex }
      if solution.predicted <= 4 * Double.ulpOfOne * abs(here.value) { break }
      let next = zip(s, zip(solution.step, metric)).map { $0 + $1.0 / $1.1 }
      let there = derivatives(after: next)
      let gain = here.value - there.value
      if gain > 1e-4 * solution.predicted {
        let length = Vector.norm(solution.step)
        if gain > 0.75 * solution.predicted, solution.isOnBoundary { inner = max(inner, 2 * length) }
        if gain < 0.25 * solution.predicted { inner = 0.5 * length }
        let isDone = gain <= 1e-4 * (first - there.value) && solution.isConvex
        (s, here) = (next, there)
        if isDone { break }
      } else {
        inner = 0.25 * Vector.norm(solution.step)
        if inner <= 1e-12 * radius { break }
      }
    }
    return TrustRegionProblem.Solution(
      step: Metric.scaled(s, metric), predicted: max(0, first - here.value), isOnBoundary: isOnBoundary,
      isConvex: isConvex)
  }
}
