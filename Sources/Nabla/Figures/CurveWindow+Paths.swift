import NablaBasics
import NablaDescent

// The stretch around paths.
extension CurveWindow {
  /// The stretch for a path, nil for a path that is not finite.
  func choice(for paths: [FigurePath]) -> Choice? {
    var range: ClosedRange<Double>?
    for path in paths {
      let xs = PathReach.shown(path.points).map { $0.x[0] }
      guard let start = xs.first, let end = xs.last else { continue }
      // As far beyond the valley as the path came from, so that both its sides are seen.
      let spread = xs.reduce(0) { max($0, ($1 - end).magnitude) }
      // A valley outside the bounds is none that the path goes to.
      let valley = turn(near: end, within: 3 * spread).flatMap { bounds?.contains([$0]) != false ? $0 : nil }
      let centre = valley ?? end
      let reach = xs.reduce(0) { max($0, ($1 - centre).magnitude) }
      let half = reach > 0 ? 1.1 * reach : max(1, start.magnitude / 4)
      let own = (centre - half)...(centre + half)
      range = range?.union(lowered(own, around: path)) ?? lowered(own, around: path)
    }
    guard var range, range.length.isFinite else { return nil }
    range = bounds?.joined(to: range, at: 0, within: range.length) ?? range
    return Choice(range: kept(range).rounded, reason: "the path")
  }

  /// The part of a stretch that a path lies in from which on values are not far above or below those of the path.
  func lowered(_ range: ClosedRange<Double>, around path: FigurePath) -> ClosedRange<Double> {
    let points = PathReach.shown(path.points)
    guard let first = points.first else { return range }
    var (xs, values) = (first.x[0]...first.x[0], first.f...first.f)
    for point in points { (xs, values) = (xs.union(point.x[0]), values.union(point.f)) }
    guard values.length > 0, values.length.isFinite else { return range }
    let allowed = values.padded(0.4)
    let isFar = { (x: Double) in
      let f = function(x)
      return f.isFinite && !allowed.contains(f)
    }
    let count = 200
    let most = (xs.lowerBound - 0.05 * xs.length, xs.upperBound + 0.05 * xs.length)
    let step = { (from: Double, to: Double, index: Int) in from + (to - from) * Double(index) / Double(count)
    }
    let low = (0...count).map { step(range.lowerBound, most.0, $0) }.first { !isFar($0) } ?? most.0
    let high = (0...count).map { step(range.upperBound, most.1, $0) }.first { !isFar($0) } ?? most.1
    return min(low, xs.lowerBound)...max(high, xs.upperBound)
  }

  /// The nearest place at which the slope changes its sign.
  private func turn(near end: Double, within reach: Double) -> Double? {
    guard reach > 0, reach.isFinite else { return nil }
    let count = 300
    let isFalling = function.slope(end) < 0
    for index in 1...count {
      let distance = reach * Double(index) / Double(count)
      for x in [end - distance, end + distance] {
        let slope = function.slope(x)
        if slope.isFinite, slope != 0, (slope < 0) != isFalling { return x }
      }
    }
    return nil
  }

  /// The stretch without what lies far outside the domain.
  private func kept(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let count = 400
    let xs = (0...count).map { range.lowerBound + range.length * Double($0) / Double(count) }
    guard let first = xs.firstIndex(where: { function($0).isFinite }),
      let last = xs.lastIndex(where: { function($0).isFinite })
    else { return range }
    return xs[max(0, first - 20)]...xs[min(count, last + 20)]
  }
}
