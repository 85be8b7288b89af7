import NablaBasics

/// The partial derivatives as lines, their equals signs below one another.
///
///     ∂f/∂x = 6x + 8y
///     ∂f/∂y = 8x − 15y⁴
///        ∇f = ⟨6x + 8y, 8x − 15y⁴⟩
struct GradientText {
  /// A partial derivative: its label, its formula, where it holds, its value at a point.
  struct Row {
    var label: String
    var formula: String
    var range: String?
    var condition: String?
    var value: String?
  }

  let glyphs: Glyphs
  /// The label of the last line.
  var nabla = ""
  let rows: [Row]
  /// What stands in the last line, nil for none.
  let gradient: String?
  /// The sign of the last line.
  var sign = "="
  /// How many rows are left out before the last one, 0 for none.
  var left = 0

  var lines: [Styled] {
    var grid = Grid(columns: [.right, .left, .left], gap: 1)
    for place in rows.indices {
      let row = rows[place]
      if left > 0, place == rows.count - 1 { grid.add([Styled(glyphs.ellipsis, .hint)]) }
      var formula = Styled("= ", .operator)
      formula.append(row.formula)
      if let range = row.range ?? row.condition { formula.append("      for " + range, .hint) }
      var cells = [Styled(row.label, .keyword), formula]
      if let value = row.value { cells.append(Styled("  ") + Styled(value, .value)) }
      grid.add(cells)
    }
    if let gradient {
      grid.add([Styled(nabla, .keyword), Styled(sign + " ", .operator) + Styled(gradient)])
    }
    return grid.lines
  }
}
