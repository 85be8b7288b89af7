import NablaBasics
import NablaDrawing

/// Samples a curve so that its picture is right to a quarter of a pixel: finer where it bends, up to the ends of its
/// domain, and broken at poles and jumps. Where it turns too often for that, strokes go from its least to its greatest
/// value.
struct CurveSampler {
  private let function: FigureFunction
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private let width: Double
  private let height: Double
  private let columns: CurveColumns
  /// Whether the column is known to be bent, and how often it is halved in any case.
  private var isBent = false
  private var halvings = 0
  private var pieces: [[Point]] = []
  private var piece: [Point] = []
  private var evaluations = 0

  private static let (deepest, most) = (11, 120_000)

  init(
    _ function: FigureFunction, x: ClosedRange<Double>, y: ClosedRange<Double>,
    columns: CurveColumns? = nil, width: Double = 640, height: Double = 400
  ) {
    (self.function, self.x, self.y, self.width, self.height) = (function, x, y, width, height)
    self.columns = columns ?? CurveColumns(of: function, in: x, values: y)
  }

  /// Values at evenly spaced places, and whether there is a pole among them.
  static func survey(_ function: FigureFunction, _ x: ClosedRange<Double>) -> (
    values: [Double], hasPoles: Bool
  ) {
    let count = 1201
    let at = { (place: Double) in function(x.lowerBound + x.length * place / Double(count - 1)) }
    // Off the round numbers, at which poles like to lie.
    var values = (0..<count).map { at(Double($0) + ($0 == count - 1 ? 0 : 0.0031)) }
    let steps = zip(values.dropFirst(), values).map { ($0 - $1).magnitude }.filter(\.isFinite).sorted()
    let usual = steps.isEmpty ? 0 : steps[steps.count * 3 / 4]
    var hasPoles = false
    for index in 0..<(count - 1) {
      let (a, b) = (values[index], values[index + 1])
      let isEdge = a.isFinite != b.isFinite
      guard isEdge || (a.isFinite && (a - b).magnitude > 8 * usual) else { continue }
      // Towards a pole values grow without end; towards the end of a domain or a steep place they do not.
      var (low, high) = (Double(index), Double(index + 1))
      var largest = 0.0
      for _ in 0..<30 {
        let middle = (low + high) / 2
        let value = at(middle)
        let isLower: Bool
        if isEdge {
          isLower = value.isFinite == a.isFinite
        } else {
          isLower = value.isFinite && (value - at(low)).magnitude < (at(high) - value).magnitude
        }
        if value.isFinite { largest = max(largest, value.magnitude) }
        if isLower { low = middle } else { high = middle }
      }
      let size = max(a.isFinite ? a.magnitude : 0, b.isFinite ? b.magnitude : 0, usual)
      if largest > 3 * size + 1e3 * usual { hasPoles = true }
    }
    values.append(at(Double(count - 1) / 2))
    return (values, hasPoles)
  }

  /// The pieces of the curve from left to right.
  mutating func sampled() -> [[Point]] {
    var last: Point?
    for index in 0...CurveColumns.count {
      let here = point(columns.place(Double(index)))
      if let last, let extent = columns.extents[index - 1] {
        stroke(extent, at: last.x + (here.x - last.x) / 2)
      } else if let last {
        (isBent, halvings) = (columns.isBent[index - 1], 0)
        connect(last, here, depth: 0)
      }
      if here.y.isFinite, piece.last != here { piece.append(here) }
      last = here
    }
    finish()
    return pieces
  }

  /// Adds a stroke over all values of a column, from the end that is nearer.
  private mutating func stroke(_ extent: ClosedRange<Double>, at x: Double) {
    let ends = [Point(x, extent.lowerBound), Point(x, extent.upperBound)]
    let isLow = (piece.last?.y ?? extent.lowerBound) < extent.middle
    piece += isLow ? ends : ends.reversed()
  }

  private mutating func finish() {
    if piece.count > 1 { pieces.append(piece) }
    piece = []
  }

  private mutating func point(_ x: Double) -> Point {
    evaluations += 1
    return Point(x, function(x))
  }

  /// The height in pixels, what lies outside the picture held near it.
  private func level(_ value: Double) -> Double {
    let place = (value / 2 - y.lowerBound / 2) / (y.upperBound / 2 - y.lowerBound / 2)
    return max(-0.5, min(1.5, place)) * height
  }

  private func isOutside(_ a: Double, _ b: Double) -> Bool {
    (a > y.upperBound && b > y.upperBound) || (a < y.lowerBound && b < y.lowerBound)
  }

  /// Adds the points between two neighbours; the first is in the piece, the second is added by the caller.
  private mutating func connect(_ a: Point, _ b: Point, depth: Int) {
    guard a.y.isFinite || b.y.isFinite else {
      finish()
      return
    }
    if a.y.isFinite != b.y.isFinite { return reachEdge(a, b) }
    guard evaluations < Self.most else { return }
    let middle = point(a.x + (b.x - a.x) / 2)
    guard middle.y.isFinite else {
      guard depth < Self.deepest else { return finish() }
      reachEdge(a, middle)
      reachEdge(middle, b)
      return
    }
    let bend = (level(middle.y) - (level(a.y) + level(b.y)) / 2).magnitude
    let isFlat = bend < 0.2 && (level(a.y) - level(b.y)).magnitude < 40
    // The middle may lie on the chord of a wave.
    if isFlat, isBent, depth == 0 { halvings = 3 }
    if (isFlat && depth >= halvings) || (isOutside(a.y, b.y) && isOutside(a.y, middle.y)) {
      if bend > 0.02 { piece.append(middle) }
      return
    }
    guard depth < Self.deepest, middle.x != a.x, middle.x != b.x else {
      if (level(a.y) - level(b.y)).magnitude > 2, isBroken(a, b) { finish() }
      return
    }
    connect(a, middle, depth: depth + 1)
    if piece.last != middle { piece.append(middle) }
    connect(middle, b, depth: depth + 1)
  }

  /// Whether the difference between two neighbours stays when they come together.
  private mutating func isBroken(_ a: Point, _ b: Point) -> Bool {
    var (low, high) = (a, b)
    for _ in 0..<60 {
      let middle = point(low.x + (high.x - low.x) / 2)
      guard middle.y.isFinite else { return true }
      if middle.x == low.x || middle.x == high.x { break }
      if (middle.y - low.y).magnitude > (high.y - middle.y).magnitude { high = middle } else { low = middle }
    }
    // On the jump itself there may be a value in the middle.
    return (high.y - low.y).magnitude > 0.3 * (a.y - b.y).magnitude
  }

  /// Follows the curve to the end of its domain, between a point with a value and one without.
  private mutating func reachEdge(_ a: Point, _ b: Point) {
    guard a.y.isFinite != b.y.isFinite else { return }
    var (inside, outside) = a.y.isFinite ? (a, b.x) : (b, a.x)
    var way: [Point] = []
    for _ in 0..<60 {
      let middle = point(inside.x + (outside - inside.x) / 2)
      if middle.x == inside.x || middle.x == outside { break }
      if middle.y.isFinite {
        inside = middle
        way.append(middle)
      } else {
        outside = middle.x
      }
    }
    if a.y.isFinite {
      for point in way where piece.last != point { piece.append(point) }
      finish()
    } else {
      finish()
      piece = way.reversed()
    }
  }
}
