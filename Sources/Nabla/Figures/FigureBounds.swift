import NablaBasics
import NablaDescent
import NablaDrawing

/// The box that descents keep within, as their picture shows it: its edges dashed, and pale what lies outside.
struct FigureBounds {
  /// One stretch a variable; infinite where there is no bound.
  let ranges: [(low: Double, high: Double)]

  /// The box that all paths have in common; nil where there is none.
  init?(_ paths: [FigurePath]) {
    guard let bounds = paths.first?.bounds, paths.allSatisfy({ $0.bounds == bounds }) else { return nil }
    let ranges = zip(bounds.lower, bounds.upper).map { (low: $0, high: $1) }
    guard ranges.contains(where: { $0.low.isFinite || $0.high.isFinite }) else { return nil }
    self.ranges = ranges
  }

  /// Whether a point lies in the box, or on its edge but for rounding.
  func contains(_ coordinates: [Double]) -> Bool {
    zip(ranges, coordinates).allSatisfy { range, value in
      let slack = 1e-9 * max(1, value.magnitude)
      return value >= range.low - slack && value <= range.high + slack
    }
  }

  /// A stretch with the ends of the box that are no farther from it than so much.
  func joined(to range: ClosedRange<Double>, at place: Int, within reach: Double) -> ClosedRange<Double> {
    guard ranges.indices.contains(place), reach.isFinite else { return range }
    let near = (range.lowerBound - reach)...(range.upperBound + reach)
    return [ranges[place].low, ranges[place].high].filter(near.contains).reduce(range) { $0.union($1) }
  }

  /// Adds the box to a picture in whose window some of its edge lies; the variables that have an axis are the first ones.
  func add(to panel: inout Panel, _ legend: inout [Legend], variables: Int) {
    let axes = [panel.x, panel.y]
    var ends = axes.map { (low: $0.low, high: $0.high) }
    var isSeen = false
    for place in ranges.indices.prefix(variables) {
      let (low, high) = (max(ends[place].low, ranges[place].low), min(ends[place].high, ranges[place].high))
      // Nothing of the box is in the window.
      guard low <= high else { return }
      isSeen = isSeen || low > ends[place].low || high < ends[place].high
      ends[place] = (low, high)
    }
    guard isSeen else { return }
    let corners = { (x: (low: Double, high: Double), y: (low: Double, high: Double)) in
      [Point(x.low, y.low), Point(x.high, y.low), Point(x.high, y.high), Point(x.low, y.high)]
    }
    let window = corners((axes[0].low, axes[0].high), (axes[1].low, axes[1].high))
    let box = corners(ends[0], ends[1])
    panel.add(.area([window, box], .page), to: .outside)
    let stroke = Stroke(.ink, width: 1.4, isDashed: true)
    for (a, b) in zip(box, box.dropFirst() + box.prefix(1)) {
      // The window's own edge is none of the box.
      let isEdge = { (value: Double, low: Double, high: Double) in value > low && value < high }
      if a.x == b.x, isEdge(a.x, axes[0].low, axes[0].high) { panel.add(.line([a, b], stroke), to: .bounds) }
      if a.y == b.y, a.x != b.x, isEdge(a.y, axes[1].low, axes[1].high) {
        panel.add(.line([a, b], stroke), to: .bounds)
      }
    }
    legend.append(Legend(.line(stroke), "bounds"))
  }
}
