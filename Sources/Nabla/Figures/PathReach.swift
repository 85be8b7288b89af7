import NablaBasics
import NablaDescent

/// The part of a path that a picture can show: the points before it runs away.
enum PathReach {
  static func shown(_ points: [Trace.Point]) -> [Trace.Point] {
    let finite = points.prefix { $0.f.isFinite && $0.x.allSatisfy(\.isFinite) }
    guard let start = finite.first else { return [] }
    let distances = finite.map { point in zip(point.x, start.x).reduce(0) { Libm.hypot($0, $1.0 - $1.1) } }
    let size = start.x.reduce(1) { max($0, $1.magnitude) }
    let longest = finite.dropLast().reduce(0) { max($0, $1.stepLength) }
    // It runs away where it is far and its last step is the longest of all.
    guard let last = finite.last, let end = distances.last, end > 10 * size, last.stepLength > longest else {
      return Array(finite)
    }
    let near = distances.prefix(2).reduce(size) { max($0, min($1, 2 * size)) }
    let far = 2 * near
    return Array(finite.prefix(distances.firstIndex { $0 > far } ?? finite.count))
  }
}
