import NablaBasics
import NablaDrawing

/// Turns roles into colours: the one file that knows escape codes.
///
///     Painter(isColoured: true).paint(Styled("error", .error))    // "\u{1B}[1;31merror\u{1B}[0m"
///     Painter(isColoured: false).paint(Styled("error", .error))   // "error"
///
/// Control characters in the text itself are shown, never sent: a formula cannot steer the terminal.
package struct Painter: Sendable {
  /// Whether roles show as colours.
  package let isColoured: Bool

  /// A painter with or without colours.
  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// The text with escape codes around the runs whose role has a colour.
  package func paint(_ text: Styled) -> String {
    var result = ""
    for run in text.runs {
      let shown = Painter.harmless(run.text)
      if isColoured, let code = Painter.code(run.role) {
        result += "\u{1B}[\(code)m\(shown)\u{1B}[0m"
      } else {
        result += shown
      }
    }
    return result
  }

  /// A line of a picture, its inks as the nearest of 256 colours.
  func paint(_ cells: [TerminalCell]) -> String {
    var cells = cells[...]
    while cells.last?.character == " " { cells.removeLast() }
    guard isColoured else { return String(cells.map(\.character)) }
    var result = ""
    var current: Ink?
    for cell in cells {
      if cell.ink != current {
        if current != nil { result += "\u{1B}[0m" }
        if let ink = cell.ink { result += "\u{1B}[38;5;\(Palette.dark.colour(of: ink).terminalNumber)m" }
        current = cell.ink
      }
      result.append(cell.character)
    }
    return current == nil ? result : result + "\u{1B}[0m"
  }

  private static func code(_ role: Styled.Role) -> String? {
    switch role {
    case .text, .operator, .variable: nil
    case .value: "36"
    case .function: "34"
    case .keyword: "1"
    case .error: "1;31"
    case .note: "1;33"
    case .hint: "2"
    case .success: "32"
    }
  }

  /// Control characters other than the line feed become visible stand-ins: ESC is ␛.
  static func harmless(_ text: String) -> String {
    let isHarmful: (Unicode.Scalar) -> Bool = {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || isDirection($0)
    }
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result.append(" ")
      case _ where !isHarmful(scalar): result.append(scalar)
      case _ where scalar.value < 0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
      default: result.append("\u{FFFD}")
      }
    }
    return String(result)
  }

  /// The marks that turn the direction of writing, with which a text can look like another.
  private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}

/// When answers are coloured.
package enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never

  /// Whether to colour: what was asked, then NO_COLOR, FORCE_COLOR, a terminal that takes codes.
  ///
  ///     ColourChoice.auto.isColoured(onTerminal: true, environment: ["NO_COLOR": "1"])   // false
  package func isColoured(onTerminal: Bool, environment: NameTable<String>) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if let no = environment["NO_COLOR"], !no.isEmpty { return false }
      if let force = environment["FORCE_COLOR"], !force.isEmpty { return force != "0" && force != "false" }
      return onTerminal && TerminalCodes.areTaken(environment)
    }
  }
}

/// Whether a terminal knows codes that move the cursor and colour letters.
enum TerminalCodes {
  /// One that is called dumb, or nothing, would show them.
  static func areTaken(_ environment: NameTable<String>) -> Bool {
    ![nil, "", "dumb"].contains(environment["TERM"])
  }
}
