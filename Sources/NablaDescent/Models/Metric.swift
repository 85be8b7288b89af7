/// The shape of the trust region |D·s| ≤ Δ, D diagonal.
///
/// D comes from the curvature along each coordinate (Moré 1978, section 6), so that measuring a coordinate in other
/// units changes nothing.
enum Metric {
  /// The size of each coordinate's curvature: √|Hᵢᵢ|; where it is zero, as if the coordinate mattered as much as
  /// the others over its own scale.
  static func curvature(_ hessian: [Double], _ gradient: [Double], scale: Scale) -> [Double] {
    let n = gradient.count
    return curvature(diagonal: (0..<n).map { hessian[$0 * n + $0] }, scale: scale)
  }

  /// The same from the entries Hᵢᵢ.
  static func curvature(diagonal: [Double], scale: Scale) -> [Double] {
    let n = diagonal.count
    var metric = diagonal.map { abs($0).squareRoot() }
    let largest = metric.enumerated().reduce(0) { max($0, $1.element * scale[$1.offset]) }
    for i in 0..<n {
      if metric[i] > 0 {
        metric[i] = max(metric[i], 1e-12 * largest / scale[i])
      } else {
        metric[i] = largest > 0 ? largest / scale[i] : 1 / scale[i]
      }
    }
    return metric
  }

  /// |D·s|.
  static func length(_ s: [Double], _ metric: [Double]) -> Double { Vector.norm(scaled(s, metric)) }

  /// D·s.
  static func scaled(_ s: [Double], _ metric: [Double]) -> [Double] { zip(s, metric).map { $0 * $1 } }

  /// D⁻¹·g.
  static func divided(_ g: [Double], _ metric: [Double]) -> [Double] { zip(g, metric).map { $0 / $1 } }

  /// D⁻¹·H·D⁻¹.
  static func divided(_ hessian: [Double], both metric: [Double]) -> [Double] {
    let n = metric.count
    var result = hessian
    for i in 0..<n { for j in 0..<n { result[i * n + j] /= metric[i] * metric[j] } }
    return result
  }

  /// The trust-region problem in the metric, within the room that bounds leave: the step is D·s.
  static func solution(
    gradient: [Double], hessian: [Double], radius: Double, metric: [Double], room: Room?
  ) -> TrustRegionProblem.Solution? {
    let g = divided(gradient, metric)
    let h = divided(hessian, both: metric)
    guard let room else { return TrustRegionProblem(gradient: g, hessian: h, radius: radius).solution() }
    return BoxProblem(
      gradient: g, hessian: h, radius: radius, low: scaled(room.low, metric), high: scaled(room.high, metric)
    ).solution()
  }

  /// How far each coordinate may move before a bound.
  struct Room {
    var low: [Double]
    var high: [Double]

    init?(_ bounds: Bounds?, at x: [Double]) {
      guard let bounds else { return nil }
      low = x.indices.map { bounds.lower[$0] - x[$0] }
      high = x.indices.map { bounds.upper[$0] - x[$0] }
    }

    /// The room left after a step.
    func after(_ s: [Double]) -> Room {
      var room = self
      for i in s.indices {
        room.low[i] -= s[i]
        room.high[i] -= s[i]
      }
      return room
    }
  }
}
