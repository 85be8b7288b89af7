import NablaBasics
import NablaDescent
import NablaDrawing

/// Draws one path: the way from iterate to iterate, its start and its end.
struct PathDrawing {
  let path: FigurePath
  let ink: Ink

  /// Adds the path over a curve, where an iterate stands at (x, f), or over a plane, where it stands at (x, y).
  func add(to panel: inout Panel, _ legend: inout [Legend], inOneVariable isCurve: Bool) {
    let points = path.points.filter { $0.f.isFinite }.map { place($0, isCurve) }
    guard let first = points.first, let last = points.last else { return }
    if isCurve, points.count <= 30 {
      for tangent in tangents(panel) { panel.add(.line(tangent, Stroke(ink, width: 1.6)), to: .tangents) }
    }
    // Chords would hide a curve, and contours a path without a rim.
    panel.add(.line(points, Stroke(ink, width: isCurve ? 1 : 1.8, hasRim: !isCurve)), to: .path)
    panel.add(.marks(Array(points.dropFirst().dropLast()), .dot, ink), to: .way)
    if points.count > 1 { panel.add(.marks([last], .star, ink), to: .way) }
    panel.add(.marks([first], .ring, ink), to: .way)
    legend.append(Legend(.path(ink), title))
  }

  /// What the signs at both ends of a path mean.
  static func addEnds(of paths: [FigurePath], to legend: inout [Legend]) {
    guard let path = paths.first, path.points.count > 1 else { return }
    let ink: Ink = paths.count == 1 ? .series(1) : .ink
    legend.append(Legend(.mark(.ring, ink), "start"))
    legend.append(Legend(.mark(.star, ink), "end"))
  }

  private func place(_ point: Trace.Point, _ isCurve: Bool) -> Point {
    isCurve ? Point(point.x[0], point.f) : Point(point.x[0], point.x[1])
  }

  /// `gradient descent, rate 0.1, 15 steps`
  var title: String {
    let steps = path.points.last?.k ?? 0
    return "\(path.name), \(steps) step\(steps == 1 ? "" : "s")"
  }

  /// The path in a sentence.
  var sentence: String {
    guard let first = path.points.first, let last = path.points.last else { return "" }
    return "Path of \(title), from \(CriticalMarks.place(first.x)) to \(CriticalMarks.place(last.x)), "
      + "where the value is \(Axis.text(last.f, digits: 4))."
  }

  /// Short pieces of the tangents at the iterates, which do not reach each other.
  private func tangents(_ panel: Panel) -> [[Point]] {
    let frame = Layout(Scene(title: "", panels: [panel])).frames[0]
    let (unitX, unitY) = (
      frame.width / (panel.x.high - panel.x.low), frame.height / (panel.y.high - panel.y.low)
    )
    let pixels = path.points.filter { $0.f.isFinite }.map { frame.pixel(place($0, true)) }
    return path.points.compactMap { point in
      let slope = point.gradient[0]
      let length = Libm.hypot(unitX, slope * unitY)
      guard point.f.isFinite, slope.isFinite, length > 0, length.isFinite else { return nil }
      let here = frame.pixel(place(point, true))
      let room = pixels.map { Libm.hypot($0.x - here.x, $0.y - here.y) }.filter { $0 > 0 }.min() ?? 60
      let dx = min(30, 0.42 * room) / length
      return [Point(point.x[0] - dx, point.f - slope * dx), Point(point.x[0] + dx, point.f + slope * dx)]
    }
  }
}
