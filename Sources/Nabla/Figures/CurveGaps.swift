import NablaBasics
import NablaDrawing

/// Single points at which a curve is interrupted: a hole is drawn as an open circle, a value of its own as a dot, and at
/// a jump the end without the value is open.
///
///     (x² − 4)/(x − 2)    a hole at (2, 4)
///
///     x ln x              an end without its value at (0, 0)
///
/// They are looked for at short numbers and parts of π: elsewhere no number lies on the point itself. Where the curve
/// jumps at other places too, none of its jumps has circles: they would seem to be something of their own.
struct CurveGaps {
  /// Where the curve has an end without its value.
  private(set) var holes: [Point] = []
  /// The values at such places.
  private(set) var dots: [Point] = []

  /// More of them than this are a pattern, and no circles are drawn.
  private static let most = 24

  /// Looks at a curve whose values are worth so much.
  init(of function: FigureFunction, in x: ClosedRange<Double>, height: Double) {
    guard height > 0, height.isFinite else { return }
    let isApart = { (a: Double, b: Double) in (a - b).magnitude > 0.01 * height }
    var jumps = 0
    var ends: (open: [Point], closed: [Point]) = ([], [])
    for place in Self.places(in: x) {
      func value(_ part: Double) -> Double { function(place + part * x.length) }
      let (here, before, after) = (function(place), value(-1e-5), value(1e-5))
      guard !(here == before && here == after) else { continue }
      guard before.isFinite, after.isFinite else {
        // An end of the domain: open where the values come to something that the formula does not have there.
        let side = before.isFinite ? -1.0 : 1
        let far = before.isFinite ? before : after
        let near =
          place == 0
          ? Self.limit(of: function, from: side * x.length, within: 1e-9 * height) : value(side * 1e-12)
        if !here.isFinite, far.isFinite, near.isFinite, place == 0 || !isApart(near, far) {
          holes.append(Point(place, near.magnitude < 1e-9 * height ? 0 : near))
        }
        continue
      }
      // Towards a pole values go on growing, however small they still are.
      if !here.isFinite, Self.isPole(value) { continue }
      if isApart(before, after) {
        // Next to the place as well: a slope, however steep, has become less there, a jump has not.
        let (left, right) = (value(-1e-12), value(1e-12))
        guard isApart(left, right), !isApart(left, before), !isApart(right, after) else { continue }
        for end in [left, right] where !here.isFinite || isApart(here, end) {
          ends.open.append(Point(place, end))
        }
        if here.isFinite { ends.closed.append(Point(place, here)) }
        jumps += 1
      } else if !here.isFinite || isApart(here, (before + after) / 2) {
        holes.append(Point(place, (before + after) / 2))
        if here.isFinite { dots.append(Point(place, here)) }
      }
      if holes.count + ends.open.count > Self.most {
        (holes, dots) = ([], [])
        return
      }
    }
    guard jumps > 0, Self.jumps(of: function, in: x, above: 0.01 * height) <= jumps else { return }
    holes += ends.open
    dots += ends.closed
  }

  /// What a curve comes to at 0 from one side. It may come to it as slowly as 1/ln x does: the differences over the
  /// squares of distances then shrink in proportion, and their sum is known. Not a number where it comes to nothing.
  private static func limit(
    of function: FigureFunction, from side: Double, within least: Double
  ) -> Double {
    let values = [1e-12, 1e-24, 1e-48].map { function(side * $0) }
    let (first, last) = (values[1] - values[0], values[2] - values[1])
    if last.magnitude <= least { return values[2] }
    guard last.magnitude < 0.7 * first.magnitude else { return .nan }
    let limit = values[2] + last * last / (first - last)
    // What is far below the last difference is zero as far as can be told.
    return limit.magnitude < 0.1 * last.magnitude ? 0 : limit
  }

  /// Whether the values on one side of a place grow with each step towards it.
  private static func isPole(_ value: (Double) -> Double) -> Bool {
    [-1.0, 1].contains { side in
      let sizes = [1e-6, 1e-7, 1e-8, 1e-9].map { value(side * $0).magnitude }
      return zip(sizes, sizes.dropFirst()).allSatisfy { $1 > 1.9 * $0 && $0 > 0 }
    }
  }

  /// How often a curve jumps by more than so much.
  private static func jumps(
    of function: FigureFunction, in x: ClosedRange<Double>, above least: Double
  ) -> Int {
    let count = 1200
    let at = { (place: Double) in function(x.lowerBound + x.length * (place + 0.37) / Double(count)) }
    let values = (0..<count).map { at(Double($0)) }
    return (1..<count).count { index in
      (values[index] - values[index - 1]).magnitude > least
        && Jump.between(values[index - 1], values[index], halvings: 40) { at(Double(index - 1) + $0) } != nil
    }
  }

  /// Adds the circles and dots that lie in the picture.
  func add(to panel: inout Panel, values: ClosedRange<Double>) {
    let (open, closed) = (
      holes.filter { values.contains($0.y) }, dots.filter { values.contains($0.y) }
    )
    if !closed.isEmpty { panel.add(.marks(closed, .dot, .series(0)), to: .points) }
    if !open.isEmpty { panel.add(.marks(open, .ring, .series(0)), to: .points) }
  }

  /// Tenths and twelfths of a power of ten as large as the stretch, and twelfths of π, in order and each once.
  private static func places(in x: ClosedRange<Double>) -> [Double] {
    let size = Libm.pow(10, Libm.log10(x.length).rounded(.down))
    guard size > 0, size.isFinite else { return [] }
    var places: [Double] = []
    for (unit, parts) in [(size, 10.0), (size, 12), (.pi, 12)] {
      let (first, last) = (
        (x.lowerBound / unit * parts).rounded(.up), (x.upperBound / unit * parts).rounded(.down)
      )
      guard last - first < 400 else { continue }
      places += stride(from: first, through: last, by: 1).map { $0 * unit / parts }
    }
    places.sort()
    return places.indices.filter { $0 == 0 || places[$0] - places[$0 - 1] > 1e-9 * x.length }.map {
      places[$0]
    }.filter { $0 > x.lowerBound && $0 < x.upperBound }
  }
}
