import NablaBasics

/// Lines made smaller without a visible difference, and cut to a frame; all in pixels.
package enum Polyline {
  /// The points that keep the line within a tolerance (Douglas and Peucker 1973).
  package static func simplified(_ points: [Point], tolerance: Double) -> [Point] {
    guard points.count > 2 else { return points }
    var keep = [Bool](repeating: false, count: points.count)
    keep[0] = true
    keep[points.count - 1] = true
    var stretches = [(0, points.count - 1)]
    while let (first, last) = stretches.popLast() {
      guard last - first > 1 else { continue }
      let (a, b) = (points[first], points[last])
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let square = dx * dx + dy * dy
      var (farthest, place) = (0.0, first)
      for index in (first + 1)..<last {
        let (px, py) = (points[index].x - a.x, points[index].y - a.y)
        let t = square > 0 ? max(0, min(1, (px * dx + py * dy) / square)) : 0
        let distance = Libm.hypot(px - t * dx, py - t * dy)
        if distance > farthest { (farthest, place) = (distance, index) }
      }
      if farthest > tolerance {
        keep[place] = true
        stretches.append((first, place))
        stretches.append((place, last))
      }
    }
    return zip(points, keep).filter(\.1).map(\.0)
  }

  /// The first, lowest, highest and last of the points that fall into the same column of so many pixels.
  package static func thinned(_ points: [Point], column: Double) -> [Point] {
    guard points.count > 8 else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let place = (points[start].x / column).rounded(.down)
      var end = start + 1
      while end < points.count, (points[end].x / column).rounded(.down) == place { end += 1 }
      if end - start <= 4 {
        result += points[start..<end]
      } else {
        let stretch = start..<end
        let low = stretch.min { points[$0].y < points[$1].y } ?? start
        let high = stretch.max { points[$0].y < points[$1].y } ?? start
        result += Set([start, low, high, end - 1]).sorted().map { points[$0] }
      }
      start = end
    }
    return result
  }

  /// The parts of a line within a rectangle (Liang and Barsky 1984).
  package static func clipped(
    _ points: [Point], x: ClosedRange<Double>, y: ClosedRange<Double>
  ) -> [[Point]] {
    var lines: [[Point]] = []
    var line: [Point] = []
    func finish() {
      if line.count > 1 { lines.append(line) }
      line = []
    }
    for (a, b) in zip(points, points.dropFirst()) {
      guard a.isFinite, b.isFinite, let (t, u) = part(a, b, x, y) else {
        finish()
        continue
      }
      if t > 0 { finish() }
      if line.isEmpty { line = [t > 0 ? cut(b, a, 1 - t, x, y) : a] }
      line.append(u < 1 ? cut(a, b, u, x, y) : b)
      if u < 1 { finish() }
    }
    finish()
    return lines
  }

  /// Where a line leaves a rectangle, a part of its way along: on the rectangle's edge, whatever rounding says.
  private static func cut(
    _ a: Point, _ b: Point, _ t: Double, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) -> Point {
    func coordinate(_ a: Double, _ b: Double, _ range: ClosedRange<Double>) -> Double {
      let end = b > a ? range.upperBound : range.lowerBound
      let isCutHere = a != b && ((end - a) / (b - a) - t).magnitude <= 1e-12
      return isCutHere ? end : max(range.lowerBound, min(range.upperBound, a + (b - a) * t))
    }
    return Point(coordinate(a.x, b.x, x), coordinate(a.y, b.y, y))
  }

  private static func part(
    _ a: Point, _ b: Point, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>
  ) -> (Double, Double)? {
    var (enter, leave) = (0.0, 1.0)
    for (start, delta, range) in [(a.x, b.x - a.x, x), (a.y, b.y - a.y, y)] {
      if delta == 0 {
        if !range.contains(start) { return nil }
        continue
      }
      let (t, u) = ((range.lowerBound - start) / delta, (range.upperBound - start) / delta)
      enter = max(enter, min(t, u))
      leave = min(leave, max(t, u))
    }
    return enter <= leave ? (enter, leave) : nil
  }
}
