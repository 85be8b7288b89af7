import NablaBasics
import NablaDrawing

/// The faces of a surface over the cells of a grid: cut off where the domain or the values shown end, cut apart where the
/// function jumps, in strips of their own colours where it is steep.
struct SurfaceMesh {
  let function: FigureFunction
  let box: PlaneWindow.Box
  let z: ClosedRange<Double>
  let view: Perspective
  /// Whether the picture must be small: fewer faces, one colour each.
  let isSmall: Bool

  /// A point of the floor and its value.
  typealias Corner = (point: Point, value: Double)

  /// What is drawn over one cell.
  struct Cell {
    var middle: Point
    var shapes: [Shape]
  }

  /// The heights at which the colour of a steep face changes; fewer where faces are small, as there are many.
  private static let strips = 24

  var cells: [Cell] {
    let parts = parts
    let count = lines * parts + 1
    let grid = function.grid(box[0], box[1], columns: count, rows: count)
    var cells: [Cell] = []
    for row in 0..<(count - 1) {
      for column in 0..<(count - 1) {
        let corners: [Corner] = [(0, 0), (1, 0), (1, 1), (0, 1)].map { shift in
          let (c, r) = (column + shift.0, row + shift.1)
          let point = Point(grid.xs[c], grid.ys[r])
          return (point, value(at: point, grid.values[r * count + c]))
        }
        let shapes = shapes(over: corners, parts)
        guard !shapes.isEmpty else { continue }
        let middle = Point(
          (corners[0].point.x + corners[2].point.x) / 2, (corners[0].point.y + corners[2].point.y) / 2)
        cells.append(Cell(middle: middle, shapes: shapes))
      }
    }
    return cells
  }

  /// The value at a place of the grid. At a pole it is the one beside, which shows on which side of it the place is.
  private func value(at place: Point, _ value: Double) -> Double {
    if value.isFinite { return value }
    // A little to the right and less upwards: poles like to run along the axes and between them.
    let step = 1e-7
    return function(place.x + step * box[0].length, place.y + 0.3 * step * box[1].length)
  }

  private func shapes(over corners: [Corner], _ parts: Int) -> [Shape] {
    guard corners.contains(where: { $0.value.isFinite }) else { return [] }
    let heights = corners.map { height($0.value) }
    let span = (heights.max() ?? 0) - (heights.min() ?? 0)
    let isRough = span > 0.08 || corners.contains { !z.contains($0.value) }
    let around = isSmall ? corners : finer(corners)
    var rings = isRough ? apart(around) : [around]
    let isFolded = rings.count == 1 && !isSmall && folds(corners)
    if isFolded { rings = halves(around, between: corners) }
    return rings.map { within(outline($0)) }.filter { $0.count > 2 }.flatMap { piece in
      let light = light(piece)
      let faces = isRough && !isSmall ? strips(piece, light, parts) : [face(piece, light)]
      return parts == 1 && !isFolded ? faces : withoutInnerEdges(faces, of: piece, parts)
    }
  }

  /// The way around a cell with more places on its steep sides. What is steep is seen at the side alone, so that the cells
  /// on both sides of it agree and no gap opens between them.
  private func finer(_ corners: [Corner]) -> [Corner] {
    let parts = 3
    return zip(corners, corners.dropFirst() + corners.prefix(1)).flatMap { here, next in
      let isSteep = (height(here.value) - height(next.value)).magnitude > 0.1
      guard isSteep || !z.contains(here.value) || !z.contains(next.value) else { return [here] }
      return [here]
        + (1..<parts).map { step -> Corner in
          let point = Self.between(here.point, next.point, Double(step) / Double(parts))
          return (point, value(at: point, function(point.x, point.y)))
        }
    }
  }

  static func between(_ a: Point, _ b: Point, _ t: Double) -> Point {
    Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)
  }

  // MARK: Cutting

  /// The pieces of a cell between the jumps on the way around it; each keeps the values of its own side.
  private func apart(_ around: [Corner]) -> [[Corner]] {
    var jumps: [(after: Int, jump: Jump, point: Point)] = []
    for (place, here) in around.enumerated() {
      let next = around[(place + 1) % around.count]
      guard here.value.isFinite, next.value.isFinite,
        (height(here.value) - height(next.value)).magnitude > 0.03,
        let jump = Jump.between(
          here.value, next.value, halvings: 16,
          value: { t in
            let point = Self.between(here.point, next.point, t)
            return function(point.x, point.y)
          })
      else { continue }
      jumps.append((place, jump, Self.between(here.point, next.point, jump.part)))
    }
    guard jumps.count > 1 else { return [around] }
    let centre = Point(
      jumps.reduce(0) { $0 + $1.point.x } / Double(jumps.count),
      jumps.reduce(0) { $0 + $1.point.y } / Double(jumps.count))
    return jumps.indices.map { number in
      let (from, to) = (jumps[number], jumps[(number + 1) % jumps.count])
      var piece: [Corner] = [(from.point, from.jump.after)]
      var place = from.after
      repeat {
        place = (place + 1) % around.count
        piece.append(around[place])
      } while place != to.after
      piece.append((to.point, to.jump.before))
      // Where more than two sides meet, they meet in the middle.
      if jumps.count > 2 { piece.append((centre, from.jump.after / 2 + to.jump.before / 2)) }
      return piece
    }
  }

  /// The corners that have values, and the ends of the domain between them and those without.
  private func outline(_ corners: [Corner]) -> [Corner] {
    if corners.allSatisfy({ $0.value.isFinite }) { return corners }
    var outline: [Corner] = []
    for (here, next) in zip(corners, corners.dropFirst() + corners.prefix(1)) {
      if here.value.isFinite { outline.append(here) }
      guard here.value.isFinite != next.value.isFinite else { continue }
      var (inside, outside) = here.value.isFinite ? (here, next) : (next, here)
      for _ in 0..<16 {
        let middle = Self.between(inside.point, outside.point, 0.5)
        let value = function(middle.x, middle.y)
        if value.isFinite { inside = (middle, value) } else { outside = (middle, value) }
      }
      outline.append(inside)
    }
    return outline
  }

  /// The part between the ends of the values that are shown.
  private func within(_ outline: [Corner]) -> [Corner] {
    Self.cut(Self.cut(outline, at: z.upperBound, keeping: 1), at: z.lowerBound, keeping: -1)
  }

  /// The part of a polygon on one side of a value: below it for 1, above for −1 (Sutherland and Hodgman 1974).
  private static func cut(_ outline: [Corner], at end: Double, keeping sign: Double) -> [Corner] {
    guard outline.contains(where: { sign * ($0.value - end) > 0 }) else { return outline }
    var kept: [Corner] = []
    for (here, next) in zip(outline, outline.dropFirst() + outline.prefix(1)) {
      let (isIn, isNextIn) = (sign * (here.value - end) <= 0, sign * (next.value - end) <= 0)
      if isIn { kept.append(here) }
      guard isIn != isNextIn else { continue }
      let t = (end / 2 - here.value / 2) / (next.value / 2 - here.value / 2)
      kept.append((between(here.point, next.point, t), end))
    }
    return kept
  }

  // MARK: Drawing

  /// The height of a value as a part of the values shown.
  private func height(_ value: Double) -> Double {
    (max(z.lowerBound, min(z.upperBound, value.isNaN ? z.lowerBound : value)) - z.lowerBound) / z.length
  }

  func seen(_ corner: Corner) -> Point {
    view.seen(
      .init(
        2 * (corner.point.x - box[0].lowerBound) / box[0].length - 1,
        2 * (corner.point.y - box[1].lowerBound) / box[1].length - 1,
        view.height * (2 * height(corner.value) - 1)))
  }

  /// The light on a face, by the gradient in its middle.
  private func light(_ piece: [Corner]) -> Double {
    let count = Double(piece.count)
    let middle = Point(
      piece.reduce(0) { $0 + $1.point.x / count }, piece.reduce(0) { $0 + $1.point.y / count })
    let gradient = function.gradient(middle.x, middle.y)
    let scale = view.height / z.length
    let (du, dv) = (gradient.x * box[0].length * scale, gradient.y * box[1].length * scale)
    guard du.isFinite, dv.isFinite else { return 0.5 }
    return view.light(.init(0, 0, 0), .init(1, 0, du), .init(0, 1, dv))
  }

  private func face(_ piece: [Corner], _ light: Double) -> Shape {
    let mean = piece.reduce(0) { $0 + height($1.value) / Double(piece.count) }
    return .face(piece.map(seen), fill: .shaded(mean, light: light))
  }

  /// A steep face in strips between heights, with one edge around.
  private func strips(_ piece: [Corner], _ light: Double, _ parts: Int) -> [Shape] {
    let heights = piece.map { height($0.value) }
    let (low, high) = (heights.min() ?? 0, heights.max() ?? 0)
    let strips = 2 * Self.strips / (parts + 1)
    let count = Double(strips)
    let first = Int(low * count)
    let last = min(strips - 1, Int(high * count))
    guard first < last else { return [face(piece, light)] }
    var shapes: [Shape] = []
    for strip in first...last {
      let (from, to) = (Double(strip) / count, Double(strip + 1) / count)
      var part = piece
      if strip > first { part = Self.cut(part, at: z.lowerBound + from * z.length, keeping: -1) }
      if strip < last { part = Self.cut(part, at: z.lowerBound + to * z.length, keeping: 1) }
      guard part.count > 2 else { continue }
      let middle = (max(low, from) + min(high, to)) / 2
      shapes.append(.face(part.map(seen), fill: .shaded(middle, light: light), part: .inside))
    }
    let middle = heights.reduce(0, +) / Double(heights.count)
    return shapes + [.face(piece.map(seen), fill: .shaded(middle, light: light), part: .edge)]
  }
}
