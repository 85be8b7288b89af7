import NablaBasics

/// Values of a function at the nodes of a grid, row after row from the lowest.
package struct ValueGrid: Sendable {
  package let xs: [Double]
  package let ys: [Double]
  package let values: [Double]
  /// How to ask for a value between nodes.
  private let value: @Sendable (Double, Double) -> Double

  /// Asks a function at columns · rows evenly spaced nodes; `row` gives its values at many places with the same y, at
  /// once where it can.
  package init(
    _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, columns: Int, rows: Int,
    value: @escaping @Sendable (Double, Double) -> Double, row: (([Double], Double) -> [Double])? = nil
  ) {
    let spread = { (range: ClosedRange<Double>, count: Int) in
      (0..<count).map { index in
        let t = Double(index) / Double(count - 1)
        return range.lowerBound * (1 - t) + range.upperBound * t
      }
    }
    let (xs, ys) = (spread(x, max(2, columns)), spread(y, max(2, rows)))
    (self.xs, self.ys) = (xs, ys)
    self.value = value
    var values: [Double] = []
    values.reserveCapacity(xs.count * ys.count)
    for y in ys { values += row?(xs, y) ?? xs.map { value($0, y) } }
    self.values = values
  }

  package subscript(column: Int, row: Int) -> Double { values[row * xs.count + column] }

  /// The function itself, between the nodes.
  package func value(at point: Point) -> Double { value(point.x, point.y) }

  /// The finite values in rising order.
  package var finite: [Double] { values.filter(\.isFinite).sorted() }
}

/// The stretches of the plane where a function is at least as large as a level, by marching squares (Lorensen and Cline
/// 1987, in the plane), the ambiguous cells decided by the mean of their corners.
///
/// Loops run with the larger values on their left, so that regions nest when filled by the even-odd rule. Where the
/// function is undefined the region ends at the edge of the domain, found by bisection. The pieces of the boundary that
/// are contour lines proper stand in `lines`; the frame, the domain's edge and the jumps at poles do not. With the jumps
/// they stand in `borders`.
package struct Contour: Sendable {
  package var loops: [[Point]]
  package var lines: [[Point]]
  package var borders: [[Point]]
}

/// Finds the contours of one grid.
package struct ContourFinder {
  private let grid: ValueGrid
  private let (width, height): (Int, Int)
  /// Where the domain ends on an edge between a defined and an undefined node, as a part of the edge; NaN elsewhere.
  private var ends: [Double]
  /// Where a pole or a jump lies on an edge between defined nodes; NaN elsewhere.
  private var poles: [Double]

  /// Looks at the grid once for what all levels share.
  package init(_ grid: ValueGrid) {
    self.grid = grid
    (width, height) = (grid.xs.count + 2, grid.ys.count + 2)
    ends = Array(repeating: .nan, count: 2 * width * height)
    poles = ends
    let finite = grid.finite
    let spread = finite.isEmpty ? 0 : finite[finite.count * 9 / 10] - finite[finite.count / 10]
    for row in 1...grid.ys.count {
      for column in 1...grid.xs.count {
        if column < grid.xs.count { examine(column, row, column + 1, row, id: edge(column, row), spread) }
        if row < grid.ys.count { examine(column, row, column, row + 1, id: upright(column, row), spread) }
      }
    }
  }

  private func edge(_ column: Int, _ row: Int) -> Int { row * width + column }
  private func upright(_ column: Int, _ row: Int) -> Int { width * height + row * width + column }

  private func isRing(_ column: Int, _ row: Int) -> Bool {
    column == 0 || row == 0 || column == width - 1 || row == height - 1
  }

  private func node(_ column: Int, _ row: Int) -> Double {
    isRing(column, row) ? .nan : grid[column - 1, row - 1]
  }

  private func place(_ column: Int, _ row: Int) -> Point {
    Point(
      grid.xs[max(0, min(grid.xs.count - 1, column - 1))],
      grid.ys[max(0, min(grid.ys.count - 1, row - 1))])
  }

  private mutating func examine(_ c: Int, _ r: Int, _ d: Int, _ s: Int, id: Int, _ spread: Double) {
    let (a, b) = (node(c, r), node(d, s))
    let (from, to) = (place(c, r), place(d, s))
    let between = { [grid] (t: Double) in
      grid.value(at: Point(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t))
    }
    if a.isFinite != b.isFinite {
      var (inside, outside) = a.isFinite ? (0.0, 1.0) : (1.0, 0.0)
      for _ in 0..<14 {
        let middle = (inside + outside) / 2
        if between(middle).isFinite { inside = middle } else { outside = middle }
      }
      ends[id] = inside
    } else if a.isFinite, spread > 0, stands(out: (a - b).magnitude, (c, r), (d, s), spread) {
      if let jump = Jump.between(a, b, halvings: 12, value: between) { poles[id] = jump.part }
    }
  }

  /// Whether a difference along an edge is large in the picture, or far larger than those of the edges before and after.
  private func stands(
    out difference: Double, _ from: (Int, Int), _ to: (Int, Int), _ spread: Double
  ) -> Bool {
    if difference > spread / 4 { return true }
    guard difference > 1e-3 * spread else { return false }
    let (dx, dy) = (to.0 - from.0, to.1 - from.1)
    let before = node(max(0, from.0 - dx), max(0, from.1 - dy))
    let after = node(min(width - 1, to.0 + dx), min(height - 1, to.1 + dy))
    let usual = [node(from.0, from.1) - before, after - node(to.0, to.1)].filter(\.isFinite)
    return !usual.isEmpty && usual.allSatisfy { 4 * $0.magnitude < difference }
  }

  /// The region where the function is at least `level`; −∞ asks for its domain.
  package func contour(at level: Double) -> Contour {
    var next = [Int32](repeating: -1, count: 2 * width * height)
    for row in 0..<(height - 1) {
      for column in 0..<(width - 1) { link(column, row, level, &next) }
    }
    var contour = Contour(loops: [], lines: [], borders: [])
    for start in next.indices where next[start] >= 0 {
      var loop: [Point] = []
      var (isLine, isBorder): ([Bool], [Bool]) = ([], [])
      var here = start
      while next[here] >= 0 {
        let (point, isReal) = crossing(here, level)
        loop.append(point)
        isLine.append(isReal)
        isBorder.append(isReal || !poles[here].isNaN)
        let onward = Int(next[here])
        next[here] = -1
        here = onward
      }
      guard loop.count > 2 else { continue }
      contour.loops.append(loop)
      contour.lines += Self.lines(of: loop, isLine)
      contour.borders += Self.lines(of: loop, isBorder)
    }
    return contour
  }

  private func isInside(_ value: Double, _ level: Double) -> Bool { value.isFinite && value >= level }

  private func link(_ c: Int, _ r: Int, _ level: Double, _ next: inout [Int32]) {
    let corners = [node(c, r), node(c + 1, r), node(c + 1, r + 1), node(c, r + 1)]
    var state = 0
    for (bit, value) in corners.enumerated() where isInside(value, level) { state |= 1 << bit }
    guard state != 0, state != 15 else { return }
    let (bottom, right, top, left) = (edge(c, r), upright(c + 1, r), edge(c, r + 1), upright(c, r))
    func go(_ from: Int, _ to: Int) { next[from] = Int32(to) }
    let isCentreInside =
      state == 5 || state == 10 ? isInside(corners.reduce(0) { $0 + $1 / 4 }, level) : false
    switch state {
    case 1: go(bottom, left)
    case 2: go(right, bottom)
    case 3: go(right, left)
    case 4: go(top, right)
    case 5 where isCentreInside:
      go(bottom, right)
      go(top, left)
    case 5:
      go(bottom, left)
      go(top, right)
    case 6: go(top, bottom)
    case 7: go(top, left)
    case 8: go(left, top)
    case 9: go(bottom, top)
    case 10 where isCentreInside:
      go(left, bottom)
      go(right, top)
    case 10:
      go(right, bottom)
      go(left, top)
    case 11: go(right, top)
    case 12: go(left, right)
    case 13: go(bottom, right)
    default: go(left, bottom)
    }
  }

  /// Where the boundary crosses an edge, and whether a contour line does.
  private func crossing(_ id: Int, _ level: Double) -> (Point, Bool) {
    let isUpright = id >= width * height
    let place = isUpright ? id - width * height : id
    let (c, r) = (place % width, place / width)
    let (d, s) = isUpright ? (c, r + 1) : (c + 1, r)
    let (from, to) = (self.place(c, r), self.place(d, s))
    let (a, b) = (node(c, r), node(d, s))
    if isRing(c, r) { return (to, false) }
    if isRing(d, s) { return (from, false) }
    var t = ends[id]
    let isReal = t.isNaN && poles[id].isNaN
    if t.isNaN, !poles[id].isNaN {
      t = poles[id]
    } else if isReal {
      t = a == b ? 0.5 : (level / 2 - a / 2) / (b / 2 - a / 2)
      t = max(0, min(1, t))
    }
    return (
      Point(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t), isReal
    )
  }

  /// The runs of a loop between points that lie on contour lines proper.
  private static func lines(of loop: [Point], _ isLine: [Bool]) -> [[Point]] {
    guard let gap = isLine.firstIndex(of: false) else { return [loop + [loop[0]]] }
    var lines: [[Point]] = []
    var line: [Point] = []
    for offset in 1...loop.count {
      let place = (gap + offset) % loop.count
      if isLine[place] {
        line.append(loop[place])
      } else {
        if line.count > 1 { lines.append(line) }
        line = []
      }
    }
    if line.count > 1 { lines.append(line) }
    return lines
  }
}
