/// The trust-region problem for a large sparse Hessian.
struct SparseProblem {
  let gradient: [Double]
  let rows: SparseRows
  let bandwidth: Int
  let radius: Double

  /// Factors are worked with where they cost at most so many operations.
  private static let mostWork = 200_000_000

  /// A step: by factors of the band where they are cheap, by truncated conjugate gradients otherwise.
  func solution() -> TrustRegionProblem.Solution? {
    guard Vector.isFinite(rows.values), Vector.isFinite(gradient) else { return nil }
    let (work, isTooLarge) = gradient.count.multipliedReportingOverflow(by: bandwidth * bandwidth + 1)
    return isTooLarge || work > Self.mostWork ? truncated() : shifted()
  }

  /// H + λI with the λ for which the step ends near the boundary (Conn, Gould & Toint 2000, section 7.3), the hard
  /// case left aside.
  private func shifted() -> TrustRegionProblem.Solution? {
    let size = Vector.norm(gradient)
    var (low, high) = (0.0, rows.largestRow + size / radius)
    var shift = 0.0
    var isConvex = true
    var best: [Double]?
    for round in 0..<40 {
      guard let factor = BandedCholesky(rows, bandwidth: bandwidth, shift: shift) else {
        if round == 0 { isConvex = false }
        low = max(low, shift)
        shift = max((low * high).squareRoot(), low + 0.01 * (high - low))
        continue
      }
      let step = factor.solve(gradient).map { -$0 }
      let length = Vector.norm(step)
      if length <= radius {
        best = step
        if shift == 0 { return solution(step, isOnBoundary: false, isConvex: true) }
        if length >= 0.8 * radius || high - low <= 1e-6 * high { break }
        high = min(high, shift)
      } else {
        low = max(low, shift)
        if best == nil, length <= 1.2 * radius {
          best = step.map { $0 * (radius / length) }
          break
        }
      }
      let bend = Vector.norm(factor.solveLower(step)) / length
      let next = shift + (length - radius) / radius / (bend * bend)
      shift = next > low && next < high ? next : max((low * high).squareRoot(), low + 0.01 * (high - low))
    }
    return best.flatMap { solution($0, isOnBoundary: true, isConvex: isConvex) } ?? truncated()
  }

  /// Conjugate gradients up to the boundary or to negative curvature (Steihaug 1983; Toint 1981).
  private func truncated() -> TrustRegionProblem.Solution? {
    let size = Vector.norm(gradient)
    guard size > 0 else { return nil }
    var s = gradient.map { _ in 0.0 }
    var r = gradient
    var d = gradient.map { -$0 }
    let target = size * (size < 1 ? 1e-2 : 1e-1)
    for _ in 0..<min(2 * gradient.count, 2000) {
      let hd = rows.times(d)
      let bend = Vector.dot(d, hd)
      let rr = Vector.dot(r, r)
      if bend <= 0 { return solution(boundary(s, d), isOnBoundary: true, isConvex: false) }
      let part = rr / bend
      let next = Vector.moved(s, by: part, along: d)
      if Vector.norm(next) >= radius { return solution(boundary(s, d), isOnBoundary: true, isConvex: true) }
      s = next
      r = Vector.moved(r, by: part, along: hd)
      if Vector.norm(r) <= target { break }
      let factor = Vector.dot(r, r) / rr
      for i in d.indices { d[i] = -r[i] + factor * d[i] }
    }
    return solution(s, isOnBoundary: false, isConvex: true)
  }

  /// Where s + t·d meets the boundary, t > 0.
  private func boundary(_ s: [Double], _ d: [Double]) -> [Double] {
    let (a, b) = (Vector.dot(d, d), Vector.dot(s, d))
    let c = Vector.dot(s, s) - radius * radius
    let root = max(0, b * b - a * c).squareRoot()
    return Vector.moved(s, by: (root - b) / a, along: d)
  }

  private func solution(_ step: [Double], isOnBoundary: Bool, isConvex: Bool)
    -> TrustRegionProblem.Solution
  {
    let predicted = -(Vector.dot(gradient, step) + 0.5 * Vector.dot(step, rows.times(step)))
    return .init(step: step, predicted: max(0, predicted), isOnBoundary: isOnBoundary, isConvex: isConvex)
  }
}
