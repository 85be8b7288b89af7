import NablaBasics
import NablaDrawing

// Where a function bends more than its grid can follow, cells are drawn in parts, and the lines of the grid stay.
extension SurfaceMesh {
  /// How many cells lie side by side.
  var lines: Int { isSmall ? 17 : 30 }

  /// Into how many parts each side of a cell is cut, so that the faces keep near the surface.
  var parts: Int {
    if isSmall { return 1 }
    let bends = bends.sorted()
    // A few sharp places are no reason.
    guard let most = bends.dropLast(bends.count / 20).last else { return 1 }
    return max(1, min(3, Int((most / 0.02).squareRoot().rounded(.up))))
  }

  /// How far the middles of the cells are from the mean of their corners, as parts of the height, where nothing is cut.
  private var bends: [Double] {
    let count = 2 * lines + 1
    let grid = function.grid(box[0], box[1], columns: count, rows: count)
    var bends: [Double] = []
    for row in stride(from: 1, to: count, by: 2) {
      for column in stride(from: 1, to: count, by: 2) {
        let middle = grid[column, row]
        let corners = [(-1, -1), (1, 1), (-1, 1), (1, -1)].map { grid[column + $0.0, row + $0.1] }
        guard (corners + [middle]).allSatisfy(z.contains) else { continue }
        let bend = (middle - corners.reduce(0, +) / 4).magnitude / z.length
        // A jump bends nothing, and is cut anyway.
        if bend < 0.01 || !jumps(grid, around: column, row) { bends.append(bend) }
      }
    }
    return bends
  }

  /// Whether the function jumps between a node and one of the four beside it across.
  private func jumps(_ grid: ValueGrid, around column: Int, _ row: Int) -> Bool {
    let middle = Point(grid.xs[column], grid.ys[row])
    return [(-1, -1), (1, 1), (-1, 1), (1, -1)].contains { across, up in
      let corner = Point(grid.xs[column + across], grid.ys[row + up])
      let jump = Jump.between(grid[column, row], grid[column + across, row + up], halvings: 16) { part in
        let point = Self.between(middle, corner, part)
        return function(point.x, point.y)
      }
      return jump.map { ($0.after - $0.before).magnitude > 0.01 * z.length } ?? false
    }
  }

  // MARK: Folds

  /// Whether the corners of a cell that nothing cuts are far from lying in a plane.
  func folds(_ corners: [Corner]) -> Bool {
    let values = corners.map(\.value)
    return values.allSatisfy(z.contains)
      && (values[0] - values[1] + values[2] - values[3]).magnitude > 0.02 * z.length
  }

  /// The two halves of a cell beside the diagonal that is nearer to the surface: along a ridge, which a face over all four
  /// corners would cut into teeth.
  func halves(_ around: [Corner], between corners: [Corner]) -> [[Corner]] {
    let centre = Self.between(corners[0].point, corners[2].point, 0.5)
    let value = function(centre.x, centre.y)
    let distances = [0, 1].map { ((corners[$0].value + corners[$0 + 2].value) / 2 - value).magnitude }
    let first = distances[1] < distances[0] ? 1 : 0
    let ends = [first, first + 2].compactMap { end in
      around.firstIndex { $0.point == corners[end].point }
    }
    guard ends.count == 2 else { return [around] }
    return [
      Array(around[ends[0]...ends[1]]), Array(around[ends[1]...] + around[...ends[0]]),
    ]
  }

  // MARK: Edges

  /// The insides of the faces of a part, and of its sides those that do not lie within a cell.
  func withoutInnerEdges(_ faces: [Shape], of piece: [Corner], _ parts: Int) -> [Shape] {
    var shapes: [Shape] = []
    var ink: Ink?
    for case .face(let points, let fill, let part) in faces {
      ink = fill
      if part.hasInside { shapes.append(.face(points, fill: fill, part: .inside)) }
    }
    guard let ink else { return shapes }
    var line: [Point] = []
    for (here, next) in zip(piece, piece.dropFirst() + piece.prefix(1)) {
      if isInner(here.point, next.point, parts) {
        if line.count > 1 { shapes.append(.face(line, fill: ink, part: .side)) }
        line = []
      } else {
        line += line.isEmpty ? [seen(here), seen(next)] : [seen(next)]
      }
    }
    if line.count > 1 { shapes.append(.face(line, fill: ink, part: .side)) }
    return shapes
  }

  /// Whether a side of a part lies on one of the lines that cut cells apart, or on a diagonal.
  private func isInner(_ a: Point, _ b: Point, _ parts: Int) -> Bool {
    let places = [a, b].map { point in
      [(point.x, box[0]), (point.y, box[1])].map { value, range in
        (value - range.lowerBound) / range.length * Double(lines * parts)
      }
    }
    let isWhole = { (value: Double) in (value - value.rounded()).magnitude < 1e-6 }
    for axis in 0...1 where (places[0][axis] - places[1][axis]).magnitude < 1e-6 && isWhole(places[0][axis]) {
      return Int(places[0][axis].rounded()) % parts != 0
    }
    return [1.0, -1].contains { sign in
      let sums = places.map { $0[0] + sign * $0[1] }
      return (sums[0] - sums[1]).magnitude < 1e-6 && isWhole(sums[0])
    }
  }
}
