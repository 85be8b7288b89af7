/// The trust-region problem with bounds on the step: gᵀs + ½·sᵀHs small with |s| ≤ Δ and lowᵢ ≤ sᵢ ≤ highᵢ.
///
/// An active-set method: the step of the free coordinates is taken up to the first bound, which then holds its
/// coordinate until the slope of the model leads away from it (Nocedal & Wright 2006, section 16.5).
struct BoxProblem {
  let gradient: [Double]
  let hessian: [Double]
  let radius: Double
  let low: [Double]
  let high: [Double]

  func solution() -> TrustRegionProblem.Solution? {
    let n = gradient.count
    var s = [Double](repeating: 0, count: n)
    var isHeld = gradient.indices.map { i in
      (low[i] >= 0 && gradient[i] >= 0) || (high[i] <= 0 && gradient[i] <= 0)
    }
    var isOnBoundary = false
    var isConvex = true
    for _ in 0..<(3 * n + 10) {
      var slope = Vector.product(hessian, s)
      for i in 0..<n { slope[i] += gradient[i] }
      let free = gradient.indices.filter { !isHeld[$0] }
      let room = radius - Vector.norm(s)
      var isBlocked = false
      if !free.isEmpty, room > 1e-3 * radius {
        var rows: [Double] = []
        for i in free { for j in free { rows.append(hessian[i * n + j]) } }
        let problem = TrustRegionProblem(gradient: free.map { slope[$0] }, hessian: rows, radius: room)
        guard let inner = problem.solution() else { return nil }
        if !inner.isConvex { isConvex = false }
        isOnBoundary = inner.isOnBoundary
        var part = 1.0
        var first: Int?
        for (k, i) in free.enumerated() where inner.step[k] != 0 {
          let limit = ((inner.step[k] > 0 ? high[i] : low[i]) - s[i]) / inner.step[k]
          if limit < part { (part, first) = (max(0, limit), i) }
        }
        for (k, i) in free.enumerated() where inner.step[k] != 0 {
          let bound = inner.step[k] > 0 ? high[i] : low[i]
          s[i] += part * inner.step[k]
          // Rounding may leave a hair between the step and its bound.
          if i == first || (inner.step[k] > 0 ? s[i] >= bound * (1 - 1e-15) : s[i] <= bound * (1 - 1e-15)) {
            s[i] = bound
            isHeld[i] = true
            isBlocked = true
          }
        }
      }
      if isBlocked {
        isOnBoundary = false
        continue
      }
      // A bound from which the model's slope leads away lets go.
      var after = Vector.product(hessian, s)
      for i in 0..<n { after[i] += gradient[i] }
      let size = Vector.maximum(gradient)
      let released = gradient.indices.filter { i in
        isHeld[i]
          && ((s[i] <= low[i] && after[i] < -1e-12 * size && high[i] > low[i])
            || (s[i] >= high[i] && after[i] > 1e-12 * size && high[i] > low[i]))
      }
      if released.isEmpty || isOnBoundary || radius - Vector.norm(s) <= 1e-3 * radius { break }
      for i in released { isHeld[i] = false }
    }
    let bend = Vector.dot(s, Vector.product(hessian, s))
    return TrustRegionProblem.Solution(
      step: s, predicted: max(0, -(Vector.dot(gradient, s) + 0.5 * bend)), isOnBoundary: isOnBoundary,
      isConvex: isConvex)
  }
}
