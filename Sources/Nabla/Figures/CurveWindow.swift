import NablaBasics
import NablaDescent

/// Chooses the stretch of x in which a formula of one variable shows what it has: zeros, turning points, poles, ends of
/// its domain; and the values to show.
struct CurveWindow {
  let function: FigureFunction
  /// The box that the paths keep within.
  var bounds: FigureBounds?

  /// A stretch and what it was chosen from.
  struct Choice {
    var range: ClosedRange<Double>
    var reason: String
  }

  /// What happens where along x.
  private struct Scan {
    var features: [Double] = []
    var defined: ClosedRange<Double>?
    var isCutLow = false
    var isCutHigh = false
  }

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

  /// The stretch for the formula alone; nil where no point with a value was found.
  func choice() -> Choice? {
    guard let scan = scan() else { return nil }
    guard let defined = scan.defined else { return nil }
    let reason: String
    var range: ClosedRange<Double>
    var middle = 0.0
    if let first = scan.features.first, let last = scan.features.last {
      let half = (last - first) / 2
      let between = (first + last) / 2
      let centre = between.magnitude < 0.02 * max(half, 1) ? 0 : between
      middle = centre
      var reach =
        scan.features.count < 4
        ? max(3, 1.6 * half, 1e-8 * centre.magnitude) : (scan.features.count < 8 ? 1.5 : 1.1) * half
      if centre.magnitude > reach, centre.magnitude < 2.5 * reach { reach = 1.1 * centre.magnitude }
      range = (centre - reach)...(centre + reach)
      reason = "where it is zero, turns or ends"
    } else {
      range = -5...5
      reason = "the middle of its domain"
      if !defined.overlaps(range) || defined.length < 10 { range = defined }
    }
    // Not far beyond the ends of the domain.
    let margin = 0.06 * min(defined.length, range.length)
    if scan.isCutLow, range.lowerBound < defined.lowerBound - margin {
      range = (defined.lowerBound - margin)...max(defined.lowerBound, range.upperBound)
    }
    if scan.isCutHigh, range.upperBound > defined.upperBound + margin {
      range = min(defined.upperBound, range.lowerBound)...(defined.upperBound + margin)
    }
    if range.length <= 0 { range = (range.lowerBound - 1)...(range.upperBound + 1) }
    if variety(range).isPoor {
      if let better = zoomed(around: middle, than: score(range)) {
        return Choice(range: better.rounded, reason: "where its values change")
      }
    }
    return Choice(range: range.rounded, reason: reason)
  }

  /// The part of a stretch that a path lies in from which on values are not far above or below those of the path.
  private func lowered(_ range: ClosedRange<Double>, around path: FigurePath) -> ClosedRange<Double> {
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

  // MARK: Looking along x

  /// Two neighbouring places between which something happens, and which side of it a place is on: −1 before, 1 after,
  /// 0 where that cannot be told.
  private struct Bracket {
    var low: Double
    var high: Double
    var side: (Double) -> Int

    /// Where it happens: the middle of what cannot be told.
    var end: Double { border { side($0) < 0 } / 2 + border { side($0) <= 0 } / 2 }

    private func border(_ isBefore: (Double) -> Bool) -> Double {
      var (low, high) = (low, high)
      for _ in 0..<50 {
        let middle = low / 2 + high / 2
        if isBefore(middle) { low = middle } else { high = middle }
      }
      return low / 2 + high / 2
    }
  }

  private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

  /// The nearest stretch in which something happens; a farther one, where it shows a few things instead of one or two.
  private func scan() -> Scan? {
    var best: Scan?
    for reach in [10.0, 100, 1000, 1e4, 1, 1e6, 1e8, 1e10, 1e12] {
      let found = scan(reach)
      guard let known = best, known.defined != nil else {
        best = found
        continue
      }
      if known.features.isEmpty {
        if !found.features.isEmpty { best = found }
      } else if known.features.count < 3, reach > 10, reach <= 1e4 {
        if found.features.count > known.features.count, found.features.count <= 8 { best = found }
      } else {
        break
      }
    }
    return best
  }

  private func scan(_ reach: Double) -> Scan {
    let count = 4000
    let step = 2 * reach / Double(count)
    var scan = Scan()
    var brackets: [Bracket] = []
    var before: (x: Double, f: Double)?
    // The last place with a slope: a turn lies between it and the next one with a slope the other way.
    var sloping: (x: Double, slope: Double)?
    for index in 0..<count {
      let x = -reach + (Double(index) + 0.5) * step
      let f = function(x)
      let slope = f.isFinite ? function.slope(x) : .nan
      if f.isFinite { scan.defined = scan.defined?.union(x) ?? x...x }
      if let before {
        // What overflows is large, not undefined.
        let isEdge = before.f.isNaN != f.isNaN
        // What falls below the smallest number is no zero.
        let isZero =
          before.f.isFinite && f.isFinite && Self.sign(before.f) != Self.sign(f)
          && (before.f * f != 0 || max(before.f.magnitude, f.magnitude) > 1e-30)
        if isEdge || isZero {
          let sign = Self.sign(before.f)
          brackets.append(
            Bracket(low: before.x, high: x) { [function] x in
              let f = function(x)
              if isEdge { return f.isNaN == before.f.isNaN ? -1 : 1 }
              return Self.sign(f) == sign ? -1 : 1
            })
        }
      }
      if let last = sloping, slope.isFinite, slope != 0, (last.slope < 0) != (slope < 0),
        x - last.x < reach / 10
      {
        brackets.append(
          Bracket(low: last.x, high: x) { [function] in
            Self.sign(function.slope($0)) * (last.slope < 0 ? 1 : -1)
          })
      }
      before = (x, f)
      if slope != 0 { sloping = slope.isFinite ? (x, slope) : nil }
    }
    // A few are looked for exactly: far out, neighbouring places are far apart.
    scan.features = brackets.map { brackets.count <= 8 ? $0.end : $0.low / 2 + $0.high / 2 }.sorted()
    if let defined = scan.defined {
      scan.isCutLow = defined.lowerBound > -reach + step
      scan.isCutHigh = defined.upperBound < reach - step
      // The ends of the domain are features, and known better than the grid knows them.
      let ends = scan.features.filter {
        ((defined.lowerBound - step)...(defined.upperBound + step)).contains($0)
      }
      if let first = ends.first { scan.defined = scan.defined?.union(first) }
      if let last = ends.last { scan.defined = scan.defined?.union(last) }
    }
    // Many features everywhere: the ones around the middle stand for all.
    var half = reach
    while scan.features.count(where: { $0.magnitude > half / 2 }) > 10 {
      half /= 2
      scan.features.removeAll { $0.magnitude > half }
    }
    return scan
  }

  // MARK: How much there is to see

  /// How evenly the values are spread over the height of the picture, 0 to 1, and the power of ten of the largest.
  private func variety(_ range: ClosedRange<Double>) -> Variety {
    let count = 512
    var values: [Double] = []
    for index in 0..<count {
      let value = function(range.lowerBound + range.length * (Double(index) + 0.5) / Double(count))
      if value.isFinite { values.append(value) }
    }
    return Variety(of: values, among: count)
  }

  private func score(_ range: ClosedRange<Double>) -> Double {
    variety(range).score(length: range.length)
  }

  /// The window around a point in which the values vary most, where one is much better.
  private func zoomed(around centre: Double, than known: Double) -> ClosedRange<Double>? {
    var best: (score: Double, range: ClosedRange<Double>)?
    for power in -24...12 {
      let half = Libm.pow(10, Double(power) / 4)
      let range = (centre - half)...(centre + half)
      let score = score(range)
      if score > best?.score ?? (known + 0.05) { best = (score, range) }
    }
    return best?.range
  }
}
