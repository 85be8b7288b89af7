import NablaBasics
import NablaDescent

/// Chooses the part of the plane in which a formula of two variables shows what it has.
struct PlaneWindow {
  let function: FigureFunction
  /// The points of zero gradient that are known.
  let critical: [[Double]]
  /// The box that the paths keep within.
  var bounds: FigureBounds?

  typealias Box = [ClosedRange<Double>]

  /// The stretch for paths and the points of zero gradient near them; nil for paths that are not finite.
  func choice(for paths: [FigurePath]) -> (box: Box, reason: String)? {
    let points = paths.flatMap { PathReach.shown($0.points).map { [$0.x[0], $0.x[1]] } }
    guard let path = Self.hull(points) else { return nil }
    let size = max(path[0].length, path[1].length, 1e-6)
    let reach = path.map { ($0.lowerBound - 4 * size)...($0.upperBound + 4 * size) }
    let within = critical.filter { reach[0].contains($0[0]) && reach[1].contains($0[1]) }
    let near = within.count > 6 ? [] : within
    guard var hull = Self.hull(points + near) else { return nil }
    if let bounds { hull = hull.indices.map { bounds.joined(to: hull[$0], at: $0, within: 1.5 * size) } }
    // Around a box of which all is seen there is nothing to look at.
    let isWhole = bounds.map { bounds in
      zip(bounds.ranges, hull).allSatisfy { $0.low == $1.lowerBound && $0.high == $1.upperBound }
    }
    return (
      shaped(hull, padding: isWhole == true ? 0.08 : 0.22, least: Self.least(around: hull)),
      near.isEmpty ? "the path" : "the path and the points of zero gradient"
    )
  }

  /// The stretch for the formula alone; nil where no point with a value was found.
  ///
  /// Round a surface there is less room: what rises far away would hide how small the rest is.
  func choice(isSurface: Bool) -> (box: Box, reason: String)? {
    var half = 10.0
    let size = { (point: [Double]) in max(abs(point[0]), abs(point[1])) }
    // The nearest of those that lie far away, where none lies near.
    let nearest = max(100, 2 * (critical.map(size).min() ?? 0))
    var points = critical.filter { size($0) <= nearest }
    if nearest > 100 { half = nearest }
    while points.count(where: { max(abs($0[0]), abs($0[1])) > half / 2 }) > 12 {
      half /= 2
      points.removeAll { max(abs($0[0]), abs($0[1])) > half }
    }
    let box: Box
    var reason = "the points of zero gradient"
    if let hull = Self.hull(points) {
      let size = max(hull[0].length, hull[1].length)
      let nearOrigin = hull.allSatisfy { abs($0.middle) <= max(3, size) }
      box = shaped(
        nearOrigin ? hull.map { $0.union(0) } : hull, padding: points.count >= 4 || isSurface ? 0.2 : 0.4,
        least: isSurface ? 1 : 2)
    } else {
      reason = "the middle of its domain"
      box = [-2.6...2.6, -2...2]
    }
    if let known = defined(in: box) {
      let box = clipped(box, to: known)
      if let near = zoomed(box, around: points.first) { return (near, "where its values change") }
      return (box, reason)
    }
    for reach in [10.0, 100, 1000, 0.5] {
      let wide: Box = [-reach...reach, -reach...reach]
      if let known = defined(in: wide) { return (clipped(wide, to: known), "its domain") }
    }
    return nil
  }

  private static func hull(_ points: [[Double]]) -> Box? {
    guard let first = points.first else { return nil }
    return (0..<2).map { place in points.reduce(first[place]...first[place]) { $0.union($1[place]) } }
  }

  /// The smallest half of a stretch around a path: as small as the path, a quarter of the way from zero for one that
  /// does not move.
  private static func least(around hull: Box) -> Double {
    let size = hull.reduce(0) { max($0, $1.lowerBound.magnitude, $1.upperBound.magnitude) }
    let isPoint = hull.allSatisfy { $0.length <= 1e-9 * size }
    return isPoint ? max(1, size / 4) : 1e-8 * size
  }

  /// A box with some room around, at least so long from the middle, and about as high as wide is three quarters.
  private func shaped(_ hull: Box, padding: Double, least: Double) -> Box {
    var half = hull.map { range in range.length / 2 }
    let size = max(half[0], half[1], least)
    half = half.map { $0 + 2 * padding * size }
    half = half.map { max($0, least, 0.4 * size) }
    let ratio = half[1] / half[0]
    if ratio < 0.75 { half[1] = ratio < 0.25 ? half[1] : 0.75 * half[0] }
    if ratio > 0.75 { half[0] = ratio > 4 ? half[0] : half[1] / 0.75 }
    return zip(hull, half).map { range, half in
      ((range.middle - half)...(range.middle + half)).rounded
    }
  }

  /// The smallest box around the nodes of a grid at which the function has a value.
  private func defined(in box: Box) -> Box? {
    let count = 80
    let at = { (range: ClosedRange<Double>, place: Int) in
      range.lowerBound + range.length * (Double(place) + 0.5) / Double(count)
    }
    var points: [[Double]] = []
    for row in 0..<count {
      for column in 0..<count {
        let (x, y) = (at(box[0], column), at(box[1], row))
        if function(x, y).isFinite { points.append([x, y]) }
      }
    }
    return Self.hull(points)
  }

  /// A smaller box in which the values vary much more; nil where the box itself shows enough.
  private func zoomed(_ box: Box, around point: [Double]?) -> Box? {
    let usual = variety(box)
    guard usual.isPoor, usual.bins < 0.15 || usual.size > 9 else { return nil }
    let centre = point ?? box.map(\.middle)
    var best = usual.score(length: box[0].length) + 0.05
    var found: Box?
    for power in 0...30 {
      let part = Libm.pow(10, -Double(power) / 5)
      let smaller = zip(box, centre).map { range, middle in
        ((middle - part * range.length / 2)...(middle + part * range.length / 2)).rounded
      }
      let score = variety(smaller).score(length: smaller[0].length)
      if score > best { (best, found) = (score, smaller) }
    }
    return found
  }

  private func variety(_ box: Box) -> Variety {
    let count = 40
    var values: [Double] = []
    for row in 0..<count {
      for column in 0..<count {
        let value = function(
          box[0].lowerBound + box[0].length * (Double(column) + 0.5) / Double(count),
          box[1].lowerBound + box[1].length * (Double(row) + 0.5) / Double(count))
        if value.isFinite { values.append(value) }
      }
    }
    return Variety(of: values, among: count * count)
  }

  private func clipped(_ box: Box, to known: Box) -> Box {
    zip(box, known).map { range, known in
      let step = range.length / 80
      let margin = 0.06 * known.length + step
      let low = known.lowerBound > range.lowerBound + 2 * step ? known.lowerBound - margin : range.lowerBound
      let high = known.upperBound < range.upperBound - 2 * step ? known.upperBound + margin : range.upperBound
      return (low...high).rounded
    }
  }
}
