import NablaBasics

extension Styled {
  /// The lines of the text, each at most so many cells wide.
  ///
  ///     Styled("hint: start elsewhere").wrapped(to: 16)   // "hint: start", "  elsewhere"
  ///
  /// A line breaks at the last blanks that fit, at wide ones rather than between two words, and goes on below, a
  /// little further in. A sign of an operation begins a line rather than end it. Only what has no blanks is cut.
  package func wrapped(to columns: Int) -> [Styled] {
    var lines: [Styled] = []
    var line: [Cell] = []
    func close() {
      var layout = LineLayout(cells: line, columns: Swift.max(columns, 10))
      lines += layout.lines()
      line = []
    }
    for run in runs {
      for character in run.text {
        if character == "\n" { close() } else { line.append(Cell(character: character, role: run.role)) }
      }
    }
    close()
    return lines
  }

  /// A character with its role and its width.
  fileprivate struct Cell {
    let character: Character
    let role: Role
    let width: Int

    init(character: Character, role: Role) {
      (self.character, self.role) = (character, role)
      width = DisplayWidth.of(character)
    }

    var isBlank: Bool { character == " " }
  }

  /// One line while it is broken.
  private struct LineLayout {
    let cells: [Cell]
    let columns: Int
    private let indent: Int
    private var start = 0

    /// What makes a gap between parts of a line that say different things.
    private static let wideGap = 3

    init(cells: [Cell], columns: Int) {
      (self.cells, self.columns) = (cells, columns)
      let leading = cells.prefix(while: \.isBlank).count
      indent = Swift.min(leading + 2, columns / 3)
    }

    mutating func lines() -> [Styled] {
      var lines: [Styled] = []
      while true {
        let margin = start == 0 ? 0 : indent
        let end = self.end(columns - margin)
        var line = Styled(String(repeating: " ", count: margin))
        for cell in cells[start..<end] { line.append(String(cell.character), cell.role) }
        lines.append(line)
        start = end
        while start < cells.count, cells[start].isBlank { start += 1 }
        if start == cells.count { return lines }
      }
    }

    /// Where the line that begins at `start` ends, with room for so many cells.
    private func end(_ room: Int) -> Int {
      var (place, width) = (start, 0)
      while place < cells.count, width + cells[place].width <= room {
        width += cells[place].width
        place += 1
      }
      if cells[place...].allSatisfy(\.isBlank) { return place }
      var (narrow, wide): (Int?, Int?)
      var at = place
      let first = cells[start...].firstIndex { !$0.isBlank } ?? start
      while at > first {
        if at < cells.count, cells[at].isBlank, !cells[at - 1].isBlank {
          if isWide(at) { wide = wide ?? at }
          narrow = narrow ?? at
        }
        at -= 1
      }
      if let wide, wide - start >= room / 4 { return wide }
      guard let narrow else { return Swift.max(place, start + 1) }
      return beforeSign(narrow, first)
    }

    private func isWide(_ place: Int) -> Bool {
      place + Self.wideGap <= cells.count && cells[place..<place + Self.wideGap].allSatisfy(\.isBlank)
    }

    /// A break after a lone sign, `x +`, is one before it.
    private func beforeSign(_ place: Int, _ first: Int) -> Int {
      let signs: Set<Character> = ["+", "−", "-", "·", "=", "≈", "<", ">", "≤", "≥"]
      guard place - 2 > first, signs.contains(cells[place - 1].character), cells[place - 2].isBlank else {
        return place
      }
      var end = place - 2
      while end > first, cells[end - 1].isBlank { end -= 1 }
      return end
    }
  }
}
