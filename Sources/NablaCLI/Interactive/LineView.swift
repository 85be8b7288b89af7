import NablaBasics

/// How a line being typed is laid out on a screen: rows of cells, and where the cursor stands.
///
///     LineView(prompt: "> ", line: "x^2", cursor: 3, columns: 80).cursor   // row 0, column 5
///
/// Rows break where a character would not fit; a line feed in the text begins a row under the text, not the prompt.
struct LineView {
  /// A cell of the screen.
  struct Place: Hashable {
    var row: Int
    var column: Int
  }

  /// The rows, without their line ends.
  private(set) var rows: [Styled] = [Styled()]
  /// Where the cursor stands.
  private(set) var cursor = Place(row: 0, column: 0)
  private var column = 0
  private let columns: Int

  /// The rows of a styled line behind its prompt; `cursor` counts its characters.
  init(prompt: Styled, line: Styled, cursor place: Int, columns: Int) {
    self.columns = max(columns, 20)
    for run in prompt.runs { for character in run.text { put(character, run.role) } }
    let indent = column
    var count = 0
    for run in line.runs {
      for character in run.text {
        if count == place { cursor = here }
        count += 1
        if character == "\n" {
          breakRow()
          for _ in 0..<indent { put(" ", .text) }
        } else {
          put(character, run.role)
        }
      }
    }
    if count <= place { cursor = here }
    if cursor.row == rows.count { rows.append(Styled()) }
  }

  /// The place of the next character; the start of a row where this one is full.
  private var here: Place {
    column < columns
      ? Place(row: rows.count - 1, column: column) : Place(row: rows.count, column: 0)
  }

  private mutating func breakRow() {
    rows.append(Styled())
    column = 0
  }

  private mutating func put(_ character: Character, _ role: Styled.Role) {
    let shown = Painter.harmless(String(character))
    let width = DisplayWidth.of(shown)
    if column + width > columns { breakRow() }
    rows[rows.count - 1].append(shown, role)
    column += width
  }

  /// A text cut to the width of the screen.
  static func cut(_ text: Styled, to columns: Int) -> Styled {
    guard text.width > columns else { return text }
    var result = Styled()
    var width = 0
    for run in text.runs {
      for character in run.text {
        width += DisplayWidth.of(character)
        if width > columns - 1 { return result + Styled("…", .hint) }
        result.append(String(character), run.role)
      }
    }
    return result
  }
}

/// Keeps a line and the remark under it drawn at the bottom of what the terminal shows.
struct LineScreen {
  private let output: Output
  private let painter: Painter
  /// The row of the drawn line that the terminal's cursor is in.
  private var row = 0

  init(output: Output, painter: Painter) {
    self.output = output
    self.painter = painter
  }

  /// Draws the line in place of the one drawn before.
  mutating func draw(_ view: LineView, remark: Styled?, columns: Int) {
    var text = start
    text += view.rows.map(painter.paint).joined(separator: "\r\n")
    var below = view.rows.count - 1
    if let remark {
      text += "\r\n" + painter.paint(LineView.cut(remark, to: columns - 1))
      below += 1
    }
    if below > view.cursor.row { text += "\u{1B}[\(below - view.cursor.row)A" }
    text += "\r"
    if view.cursor.column > 0 { text += "\u{1B}[\(view.cursor.column)C" }
    row = view.cursor.row
    output.write(text)
    output.flush()
  }

  /// Leaves the line as drawn last, without a remark, and goes to a fresh row.
  mutating func leave(_ view: LineView) {
    output.write(start + view.rows.map(painter.paint).joined(separator: "\r\n") + "\r\n")
    output.flush()
    row = 0
  }

  /// What empties a screen and goes to its first cell.
  static let emptyScreen = "\u{1B}[H\u{1B}[2J"

  /// From here on a terminal marks where a pasted text begins and ends; from here on it does not.
  static let markedPastes: StaticString = "\u{1B}[?2004h"
  static let plainPastes: StaticString = "\u{1B}[?2004l"

  /// An empty screen.
  mutating func clear() {
    output.write(LineScreen.emptyScreen)
    row = 0
  }

  /// Back to the first cell of the drawn line, with everything behind it gone.
  private var start: String { (row > 0 ? "\u{1B}[\(row)A" : "") + "\r\u{1B}[J" }
}
