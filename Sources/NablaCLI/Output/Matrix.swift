import NablaBasics

/// A matrix between brackets, one line a row.
///
///     Matrix([["6", "8"], ["8", "60"]], isNumeric: true).lines(.unicode)
///     // ⎡ 6    8 ⎤
///     // ⎣ 8   60 ⎦
///
/// Numbers stand to the right. Formulas are centred without their sign, which hangs out to the left.
package struct Matrix {
  private let entries: [[String]]
  private let isNumeric: Bool

  /// A matrix of texts.
  package init(_ entries: [[String]], isNumeric: Bool) {
    self.entries = entries
    self.isNumeric = isNumeric
  }

  /// The line on which a label stands beside the matrix: the middle, the lower one of two.
  package var labelRow: Int { entries.count / 2 }

  /// The rows with brackets.
  package func lines(_ glyphs: Glyphs) -> [String] {
    let columns = entries.first?.count ?? 0
    let cells = (0..<columns).map { column in aligned(entries.map { $0[column] }) }
    return entries.indices.map { row in
      let (left, right) = glyphs.brackets(row: row, of: entries.count)
      let inner = cells.map { $0[row] }.joined(separator: "   ")
      return "\(left) \(inner) \(right)"
    }
  }

  /// The texts of a column made equally wide.
  private func aligned(_ column: [String]) -> [String] {
    if isNumeric {
      let width = column.reduce(0) { max($0, DisplayWidth.of($1)) }
      return column.map { spaces(width - DisplayWidth.of($0)) + $0 }
    }
    let signs = column.map { $0.hasPrefix("−") || $0.hasPrefix("-") ? 1 : 0 }
    let bodies = zip(column, signs).map { DisplayWidth.of($0) - $1 }
    let slot = signs.max() ?? 0
    let width = (bodies.max() ?? 0) + 2 * slot
    return column.indices.map { row in
      let space = width - bodies[row]
      let left = (space + 1) / 2
      return spaces(left - signs[row]) + column[row] + spaces(space - left)
    }
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
