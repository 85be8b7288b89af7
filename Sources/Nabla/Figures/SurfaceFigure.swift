import NablaBasics
import NablaDescent
import NablaDrawing

/// The surface of a formula of two variables in perspective, with its gradient, its paths and its points of zero
/// gradient on it; what lies behind is hidden by what lies in front.
struct SurfaceFigure {
  let plane: PlaneFigure
  let box: PlaneWindow.Box
  let marks: CriticalMarks
  let z: ClosedRange<Double>
  let view: Perspective

  /// Shapes at one place and how far away it is.
  private struct Piece {
    var remoteness: Double
    var shapes: [Shape]

    init(remoteness: Double, shapes: [Shape]) { (self.remoteness, self.shapes) = (remoteness, shapes) }
    init(remoteness: Double, shape: Shape) { self.init(remoteness: remoteness, shapes: [shape]) }
  }

  init(plane: PlaneFigure, box: PlaneWindow.Box, grid: ValueGrid, marks: CriticalMarks) {
    (self.plane, self.box, self.marks) = (plane, box, marks)
    z = plane.options.values ?? Self.ticked(ValueRange.shown(grid.values) ?? 0...1)
    view = Perspective(azimuth: Self.azimuth(grid, z))
  }

  /// The values out to the next half step between ticks.
  private static func ticked(_ z: ClosedRange<Double>) -> ClosedRange<Double> {
    guard z.length > 0, z.length.isFinite else { return (z.lowerBound - 1)...(z.lowerBound + 1) }
    let places = Ticks.places(from: z.lowerBound, to: z.upperBound, about: 5)
    guard places.count > 1 else { return z }
    let half = (places[1] - places[0]) / 2
    let ends = (
      (z.lowerBound / half + 1e-9).rounded(.down) * half, (z.upperBound / half - 1e-9).rounded(.up) * half
    )
    return ends.0 < ends.1 ? min(ends.0, z.lowerBound)...max(ends.1, z.upperBound) : z
  }

  /// The side from which most is seen: where high values lie behind low ones.
  private static func azimuth(_ grid: ValueGrid, _ z: ClosedRange<Double>) -> Double {
    var (alongX, alongY) = (0.0, 0.0)
    let (columns, rows) = (grid.xs.count, grid.ys.count)
    for (place, value) in grid.values.enumerated() where value.isFinite {
      let height = (max(z.lowerBound, min(z.upperBound, value)) - z.lowerBound) / z.length
      alongX += height * (2 * Double(place % columns) / Double(columns - 1) - 1)
      alongY += height * (2 * Double(place / columns) / Double(rows - 1) - 1)
    }
    let sides = [-35.0, -125, 145, 55].map { $0 * Double.pi / 180 }
    let scores = sides.map { alongX * Libm.sin($0) + alongY * Libm.cos($0) }
    let slack = 0.02 * Double(grid.values.count)
    let best = sides.indices.max { scores[$0] < scores[$1] } ?? 0
    // The usual side, unless another one shows clearly more.
    return scores[best] > scores[0] + slack ? sides[best] : sides[0]
  }

  // MARK: Places

  private func floor(_ x: Double, _ y: Double) -> (u: Double, v: Double) {
    (
      2 * (x - box[0].lowerBound) / box[0].length - 1, 2 * (y - box[1].lowerBound) / box[1].length - 1
    )
  }

  private func place(_ x: Double, _ y: Double, _ value: Double) -> Perspective.Place {
    let (u, v) = floor(x, y)
    let part = (max(z.lowerBound, min(z.upperBound, value)) - z.lowerBound) / z.length
    return .init(u, v, view.height * (2 * part - 1))
  }

  private func contains(_ point: Point) -> Bool { box[0].contains(point.x) && box[1].contains(point.y) }

  private func onSurface(_ x: Double, _ y: Double) -> Perspective.Place? {
    let value = plane.function(x, y)
    return value.isFinite && z.padded(0.01).contains(value) ? place(x, y, value) : nil
  }

  // MARK: The scene

  func scene() -> Scene {
    var pieces = faces()
    var legend: [Legend] = []
    if plane.hasField {
      pieces += arrows()
      legend.append(
        Legend(.arrow(.ink), "∇\(plane.formula.shownFunctionName), longer where it is larger"))
    }
    for (number, path) in plane.paths.enumerated() {
      pieces += way(path, .series(plane.paths.count == 1 ? 1 : number), &legend)
    }
    PathDrawing.addEnds(of: plane.paths, to: &legend)
    pieces += critical(&legend)
    let order = pieces.indices.sorted {
      pieces[$0].remoteness != pieces[$1].remoteness
        ? pieces[$0].remoteness > pieces[$1].remoteness : $0 < $1
    }
    let axes = SurfaceAxes(
      view: view, box: box, z: z, names: plane.names + [plane.formula.shownFunctionName])
    let reach = axes.reach
    var panel = Panel(
      x: Axis(reach.x.lowerBound, reach.x.upperBound), y: Axis(reach.y.lowerBound, reach.y.upperBound))
    panel.hasAxes = false
    panel.isEqual = true
    for shape in axes.shapes { panel.add(shape, to: .notes) }
    for place in order { for shape in pieces[place].shapes { panel.add(shape, to: .mesh) } }
    return Scene(
      title: plane.formula.pictureTitle, panels: [panel], legend: legend, size: plane.options.size)
  }

  /// The faces, cell by cell.
  private func faces() -> [Piece] {
    let mesh = SurfaceMesh(
      function: plane.function, box: box, z: z, view: view, isSmall: plane.options.isPage)
    return mesh.cells.map { cell in
      let middle = floor(cell.middle.x, cell.middle.y)
      return Piece(remoteness: view.remoteness(middle.u, middle.v), shapes: cell.shapes)
    }
  }

  /// What lies on the surface is a little nearer than the cell it lies on.
  private func remoteness(_ place: Perspective.Place) -> Double {
    view.remoteness(place.u, place.v) - 0.09
  }

  private func arrows() -> [Piece] {
    // The floor is about as wide as this; in a small picture there are fewer arrows.
    let side = min(460, plane.options.size.map { min(0.64 * $0.width, 0.8 * $0.height) } ?? 460)
    let field = GradientField(function: plane.function, box: box, width: side, height: side)
    return field.arrows.compactMap { arrow in
      guard let tail = onSurface(arrow.tail.x, arrow.tail.y),
        let head = onSurface(arrow.head.x, arrow.head.y), goesOn(from: arrow.tail, to: arrow.head)
      else { return nil }
      return Piece(
        remoteness: min(remoteness(tail), remoteness(head)),
        shape: .arrows([Arrow(from: view.seen(lifted(tail)), to: view.seen(lifted(head)))], .ink))
    }
  }

  /// Whether the surface goes on from one place of the floor to another: no jump and no pole lies between them.
  private func goesOn(from tail: Point, to head: Point) -> Bool {
    let values = [tail, head].map { plane.function($0.x, $0.y) }
    let jump = Jump.between(values[0], values[1], halvings: 16) { part in
      plane.function(tail.x + part * (head.x - tail.x), tail.y + part * (head.y - tail.y))
    }
    return jump.map { ($0.after - $0.before).magnitude < 0.01 * z.length } ?? true
  }

  private func lifted(_ place: Perspective.Place) -> Perspective.Place {
    .init(place.u, place.v, place.w + 0.012)
  }

  /// The way from iterate to iterate along the surface, in pieces that the surface may hide.
  private func way(_ path: FigurePath, _ ink: Ink, _ legend: inout [Legend]) -> [Piece] {
    let points = path.points.filter { $0.f.isFinite }
    var pieces: [Piece] = []
    for (a, b) in zip(points, points.dropFirst()) {
      let ends = (floor(a.x[0], a.x[1]), floor(b.x[0], b.x[1]))
      let length = Libm.hypot(ends.1.u - ends.0.u, ends.1.v - ends.0.v)
      guard length.isFinite, length < 20 else { break }
      let count = max(1, Int(length / 0.05))
      let places = (0...count).map { step in
        let t = Double(step) / Double(count)
        return Point(a.x[0] + (b.x[0] - a.x[0]) * t, a.x[1] + (b.x[1] - a.x[1]) * t)
      }
      for (here, next) in zip(places, places.dropFirst()) {
        guard contains(here), contains(next), let from = onSurface(here.x, here.y),
          let to = onSurface(next.x, next.y), goesOn(from: here, to: next)
        else { continue }
        pieces.append(
          Piece(
            remoteness: min(remoteness(from), remoteness(to)),
            shape: .line([view.seen(lifted(from)), view.seen(lifted(to))], Stroke(ink, width: 2.2))))
      }
    }
    for (order, point) in points.enumerated() {
      guard order == 0 || order == points.count - 1 || points.count <= 80, box[0].contains(point.x[0]),
        box[1].contains(point.x[1]), let place = onSurface(point.x[0], point.x[1])
      else { continue }
      let symbol: Symbol = order == 0 ? .ring : order == points.count - 1 ? .star : .dot
      pieces.append(
        Piece(
          remoteness: remoteness(place) - 0.02, shape: .marks([view.seen(lifted(place))], symbol, ink)))
    }
    legend.append(Legend(.path(ink), PathDrawing(path: path, ink: ink).title))
    return pieces
  }

  private func critical(_ legend: inout [Legend]) -> [Piece] {
    var unused = Panel(x: Axis(0, 1), y: Axis(0, 1))
    marks.add(to: &unused, &legend) { $0.coordinates }
    return marks.points.compactMap { point in
      guard let place = onSurface(point.coordinates[0], point.coordinates[1]) else { return nil }
      return Piece(
        remoteness: remoteness(place) - 0.03,
        shape: .marks([view.seen(lifted(place))], CriticalMarks.symbol(point.kind), .ink))
    }
  }
}
