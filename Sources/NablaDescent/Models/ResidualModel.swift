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
  func derivatives(after s: [Double]) -> (value: Double, gradient: [Double], curvature: [Double]) {
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

  /// A step that makes m small within |D·s| ≤ Δ, and what it is worth.
  func step(radius: Double, metric: [Double], room: Metric.Room?) -> TrustRegionProblem.Solution? {
    ModelDescent(radius: radius, metric: metric).step(derivatives: { derivatives(after: $0) }) {
      s, gradient, hessian, radius in
      Metric.solution(
        gradient: gradient, hessian: hessian, radius: radius, metric: metric, room: room?.after(s))
    }
  }
}
