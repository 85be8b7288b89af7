import NablaBasics
import NablaDrawing

/// What a curve does within the columns of its picture, looked at in places drawn by lot: evenly spaced ones may meet
/// each of its waves at the same height, and would show waves that are not there.
///
///     sin x    from 0 to 100000: 33 waves in each of 480 columns
struct CurveColumns {
  static let count = 480

  /// The least and the greatest value met in a column in which the curve turns too often to be followed.
  private(set) var extents: [ClosedRange<Double>?]
  /// The columns in which the curve leaves the straight way between their ends.
  private(set) var isBent: [Bool]
  /// All values that were met.
  private(set) var values: [Double] = []
  private let x: ClosedRange<Double>

  /// Places looked at in a column: a few, more where it is bent or beside a crowded one, many where it turns too often.
  private static let (few, more, many) = (4, 12, 32)
  /// The turns within a column that are too many; a pole or a jump is two.
  private static let tooMany = 4

  /// Looks at a curve whose picture shows values of such a range.
  init(of function: FigureFunction, in x: ClosedRange<Double>, values: ClosedRange<Double>) {
    self.x = x
    extents = Array(repeating: nil, count: Self.count)
    isBent = Array(repeating: false, count: Self.count)
    // A turn or a bend of less than about a pixel is none, nor one far outside the picture.
    let least = values.length / 400
    let picture = values.padded(0.5)
    guard least > 0, least.isFinite else { return }
    var random = SplitMix64(start: 2_718_281_828)
    func points(in column: Int, _ count: Int) -> [Point] {
      let points = (0..<count).map { _ in
        let place = place(Double(column) + Double.random(in: 0..<1, using: &random))
        return Point(place, function(place))
      }
      self.values += points.map(\.y).filter(\.isFinite)
      return points
    }
    var end = Point(x.lowerBound, function(x.lowerBound))
    for column in 0..<Self.count {
      let next = place(Double(column + 1))
      let ends = [end, Point(next, function(next))]
      end = ends[1]
      var met = ends + points(in: column, Self.few)
      isBent[column] = met.contains { !Self.isStraight($0, between: ends, within: least, in: picture) }
      let isBeside = column > 0 && extents[column - 1] != nil
      guard isBeside || isBent[column] else { continue }
      met += points(in: column, Self.more)
      guard Self.turns(met, least, in: picture) >= Self.tooMany else { continue }
      let values = (met + points(in: column, Self.many)).map(\.y).filter(\.isFinite)
      if let low = values.min(), let high = values.max() { extents[column] = low...high }
    }
  }

  /// The range of all values that were met.
  var reach: ClosedRange<Double>? {
    values.first.map { first in values.reduce(first...first) { $0.union($1) } }
  }

  /// Where a column begins, of all and their parts.
  func place(_ column: Double) -> Double {
    let part = column / Double(Self.count)
    return x.lowerBound * (1 - part) + x.upperBound * part
  }

  /// The part of x from the first to the last column in which the curve cannot be followed.
  var crowded: ClosedRange<Double>? {
    guard let first = extents.firstIndex(where: { $0 != nil }),
      let last = extents.lastIndex(where: { $0 != nil })
    else { return nil }
    return place(Double(first))...place(Double(last + 1))
  }

  /// How often the values turn by more than a least way, from left to right.
  private static func turns(_ points: [Point], _ least: Double, in picture: ClosedRange<Double>) -> Int {
    let values = points.filter(\.y.isFinite).sorted { $0.x < $1.x }.map { held($0.y, picture) }
    guard var last = values.first else { return 0 }
    var (turns, isRising) = (0, Bool?.none)
    for value in values.dropFirst() {
      let rises = value > last
      if isRising == rises {
        last = value
      } else if (value - last).magnitude > least {
        if isRising != nil { turns += 1 }
        (isRising, last) = (rises, value)
      }
    }
    return turns
  }

  private static func isStraight(
    _ point: Point, between ends: [Point], within least: Double, in picture: ClosedRange<Double>
  ) -> Bool {
    guard point.y.isFinite, ends[0].y.isFinite, ends[1].y.isFinite else { return true }
    let part = (point.x - ends[0].x) / (ends[1].x - ends[0].x)
    let chord = held(ends[0].y, picture) * (1 - part) + held(ends[1].y, picture) * part
    return (held(point.y, picture) - chord).magnitude <= least
  }

  private static func held(_ value: Double, _ picture: ClosedRange<Double>) -> Double {
    max(picture.lowerBound, min(picture.upperBound, value))
  }
}
