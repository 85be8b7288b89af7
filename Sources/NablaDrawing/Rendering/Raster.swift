import NablaBasics

/// A field of dots, several to a character cell, and the ink of each cell.
///
/// Braille has 2·4 dots a cell; ASCII has two, one above the other.
struct Raster {
  let columns: Int
  let rows: Int
  let isASCII: Bool
  /// Dots a cell, sideways and upwards.
  var across: Int { isASCII ? 1 : 2 }
  var down: Int { isASCII ? 2 : 4 }
  var width: Int { columns * across }
  var height: Int { rows * down }

  private var dots: [Bool]
  private var inks: [Ink?]
  private var letters: [Character?]

  init(columns: Int, rows: Int, isASCII: Bool) {
    (self.columns, self.rows, self.isASCII) = (columns, rows, isASCII)
    let perCell = isASCII ? 2 : 8
    dots = Array(repeating: false, count: columns * rows * perCell)
    inks = Array(repeating: nil, count: columns * rows)
    letters = Array(repeating: nil, count: columns * rows)
  }

  private func cell(_ x: Int, _ y: Int) -> Int { (y / down) * columns + x / across }

  /// Sets or clears a dot; what lies outside is left out.
  mutating func set(_ x: Int, _ y: Int, _ ink: Ink?, to value: Bool = true) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    dots[y * width + x] = value
    if value { inks[cell(x, y)] = ink }
  }

  /// Sets the dots of a line between two points in dots.
  mutating func line(_ a: Point, _ b: Point, _ ink: Ink?) {
    let length = max((b.x - a.x).magnitude, (b.y - a.y).magnitude, 1).rounded(.up)
    guard length < 100_000, max(a.x.magnitude, a.y.magnitude) < 1e9 else { return }
    let steps = Int(length)
    for step in 0...steps {
      let t = Double(step) / Double(steps)
      set(
        Int((a.x + (b.x - a.x) * t).rounded(.down)), Int((a.y + (b.y - a.y) * t).rounded(.down)), ink)
    }
  }

  /// Clears the dots inside a polygon.
  mutating func clear(_ points: [Point]) {
    Raster.fill([points], rows: height) { y, from, to in
      for x in max(0, Int(from.rounded(.up)))...max(0, min(width - 1, Int(to)), Int(from.rounded(.up)))
      where x < width {
        set(x, y, nil, to: false)
        letters[cell(x, y)] = nil
      }
    }
  }

  /// Puts a letter into a cell where none is yet, or in place of one.
  mutating func put(_ letter: Character, column: Int, row: Int, _ ink: Ink?, isLast: Bool = true) {
    guard column >= 0, row >= 0, column < columns, row < rows else { return }
    let place = row * columns + column
    if letters[place] != nil, !isLast { return }
    letters[place] = letter
    inks[place] = ink
  }

  /// Calls a closure with the stretches of each row that lie inside loops by the even-odd rule; rows are counted from
  /// the top and asked at their middles.
  static func fill(_ loops: [[Point]], rows: Int, _ body: (Int, Double, Double) -> Void) {
    var crossings = [[Double]](repeating: [], count: rows)
    for loop in loops where loop.count > 2 {
      for (a, b) in zip(loop, loop.dropFirst() + [loop[0]]) where a.y != b.y && a.isFinite && b.isFinite {
        let (low, high) = (min(a.y, b.y), max(a.y, b.y))
        let first = max(0, Int((max(-1, min(low, 1e6)) - 0.5).rounded(.up)))
        var row = first
        while row < rows, Double(row) + 0.5 < high {
          let t = (Double(row) + 0.5 - a.y) / (b.y - a.y)
          let x = a.x + (b.x - a.x) * t
          crossings[row].append(x.isNaN ? 0 : max(-1e6, min(1e6, x)))
          row += 1
        }
      }
    }
    for (row, xs) in crossings.enumerated() {
      let sorted = xs.sorted()
      for pair in stride(from: 0, to: sorted.count - 1, by: 2) { body(row, sorted[pair], sorted[pair + 1]) }
    }
  }

  /// The rows of cells from the top.
  var cells: [[TerminalCell]] {
    (0..<rows).map { row in
      (0..<columns).map { column in
        let place = row * columns + column
        if let letter = letters[place] { return TerminalCell(letter, inks[place]) }
        let character = isASCII ? ascii(column, row) : braille(column, row)
        return TerminalCell(character, character == " " ? nil : inks[place])
      }
    }
  }

  private func dot(_ column: Int, _ row: Int, _ x: Int, _ y: Int) -> Bool {
    dots[(row * down + y) * width + column * across + x]
  }

  private func ascii(_ column: Int, _ row: Int) -> Character {
    switch (dot(column, row, 0, 0), dot(column, row, 0, 1)) {
    case (true, true): ":"
    case (true, false): "'"
    case (false, true): "."
    case (false, false): " "
    }
  }

  private func braille(_ column: Int, _ row: Int) -> Character {
    // The order in which Unicode numbers the eight dots.
    let order = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    var bits: UInt32 = 0
    for (bit, (x, y)) in order.enumerated() where dot(column, row, x, y) { bits |= 1 << UInt32(bit) }
    guard bits > 0, let scalar = Unicode.Scalar(0x2800 + bits) else { return " " }
    return Character(scalar)
  }
}

/// A character of a picture in a terminal and its colour.
package struct TerminalCell: Hashable, Sendable {
  package var character: Character
  /// nil for the terminal's own colour.
  package var ink: Ink?

  package init(_ character: Character, _ ink: Ink? = nil) {
    self.character = character
    self.ink = ink
  }
}
