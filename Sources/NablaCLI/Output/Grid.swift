import NablaBasics

/// Cells in columns, each as wide as its widest cell.
///
///     var grid = Grid(columns: [.right, .left], gap: 1)
///     grid.add(["∂f/∂x", "= 6x"])
///     grid.add(["∇f", "= ⟨6x⟩"])
///     grid.lines   // ["∂f/∂x = 6x", "   ∇f = ⟨6x⟩"]
///
/// Spaces at the end of a line are left out.
package struct Grid {
  /// On which side of a column its cells stand.
  package enum Side: Sendable { case left, right }

  private let sides: [Side]
  private let gap: Int
  private var widths: [Int]
  private var rows: [[Styled]] = []

  /// An empty grid; `least` gives the least width of columns, from the first on.
  package init(columns sides: [Side], gap: Int, least: [Int] = []) {
    self.sides = sides
    self.gap = gap
    widths = sides.indices.map { $0 < least.count ? least[$0] : 0 }
  }

  /// Adds a row; missing cells are empty.
  package mutating func add(_ cells: [Styled]) {
    rows.append(cells)
    for (column, cell) in cells.enumerated() { widths[column] = max(widths[column], cell.width) }
  }

  /// Adds a row of cells without roles.
  package mutating func add(_ cells: [String]) { add(cells.map { Styled($0) }) }

  /// The rows as lines.
  package var lines: [Styled] {
    rows.map { cells in
      var line = Styled()
      var waiting = 0
      for (column, cell) in cells.enumerated() {
        let space = widths[column] - cell.width
        if column > 0 { waiting += gap }
        if sides[column] == .right { waiting += space }
        if !cell.runs.isEmpty {
          line.append(String(repeating: " ", count: waiting))
          line.append(cell)
          waiting = 0
        } else {
          waiting += cell.width
        }
        if sides[column] == .left { waiting += space }
      }
      return line
    }
  }
}
