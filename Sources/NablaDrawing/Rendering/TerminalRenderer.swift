import NablaBasics

/// Draws scenes with braille dots, or with ASCII characters alone.
package struct TerminalRenderer: Renderer {
  /// The cells of a line.
  package var columns: Int
  /// The lines of all panels with their axes; nil for what suits their shape.
  package var rows: Int?
  package var isASCII: Bool

  package init(columns: Int = 80, rows: Int? = nil, isASCII: Bool = false) {
    self.columns = columns
    self.rows = rows
    self.isASCII = isASCII
  }

  /// The picture without colours.
  package func text(of scene: Scene) -> String {
    var text = ""
    for line in lines(of: scene) {
      text += String(line.map(\.character))
      while text.last == " " { text.removeLast() }
      text += "\n"
    }
    return text
  }

  /// The lines of the picture: each panel with its axes, then the legend.
  package func lines(of scene: Scene) -> [[TerminalCell]] {
    var lines: [[TerminalCell]] = []
    let isLettered = TerminalSigns.isLettered(scene)
    // Panels below each other have their axes below each other.
    let margin = scene.panels.map { TerminalPanel.margin($0, rows: rows, isASCII: isASCII) }.max() ?? 0
    for panel in scene.panels {
      if !lines.isEmpty { lines.append([]) }
      // Panels share the lines: the first gets more, as the main one.
      let share =
        scene.panels.count == 1
        ? rows : rows.map { max(6, $0 * (lines.count > 1 ? 2 : 3) / 5) } ?? (lines.count > 1 ? 10 : 18)
      lines +=
        TerminalPanel(
          panel: panel, columns: columns, rows: share, isASCII: isASCII,
          margin: scene.panels.count > 1 ? margin : 0, isLettered: isLettered
        ).lines
    }
    lines += legend(scene)
    return lines
  }

  /// The meaning of the signs, as many to a line as fit.
  private func legend(_ scene: Scene) -> [[TerminalCell]] {
    var lines: [[TerminalCell]] = []
    var line: [TerminalCell] = []
    let isLettered = TerminalSigns.isLettered(scene)
    for legend in scene.legend where !TerminalSigns.isLeftOut(legend.sign) {
      let (sign, ink) = TerminalSigns.sign(legend.sign, isASCII, isLettered: isLettered)
      var entry = sign.map { TerminalCell($0, ink) } + [TerminalCell(" ")]
      entry += (isASCII ? TerminalSigns.plain(legend.text) : legend.text).map { TerminalCell($0) }
      if !line.isEmpty, line.count + 3 + entry.count > columns {
        lines.append(line)
        line = []
      }
      line += line.isEmpty ? [] : Array(repeating: TerminalCell(" "), count: 3)
      line += entry
    }
    if !line.isEmpty { lines.append(line) }
    return lines.isEmpty ? [] : [[]] + lines
  }
}

/// The characters that stand for signs.
enum TerminalSigns {
  static func mark(_ symbol: Symbol, _ isASCII: Bool) -> Character {
    switch symbol {
    case .dot: isASCII ? "o" : "●"
    case .speck: isASCII ? "." : "·"
    case .ring: isASCII ? "O" : "○"
    case .star: isASCII ? "*" : "★"
    case .minimum: isASCII ? "v" : "▼"
    case .maximum: isASCII ? "^" : "▲"
    case .saddle: isASCII ? "x" : "✕"
    case .diamond: isASCII ? "+" : "◆"
    }
  }

  /// Whether several lines or paths are told apart by letters: a terminal may have no colours.
  static func isLettered(_ scene: Scene) -> Bool {
    let letters = scene.legend.compactMap { entry in
      switch entry.sign {
      case .line(let stroke): letter(stroke.ink)
      case .path(let ink): letter(ink)
      case .mark, .arrow, .band: nil
      }
    }
    return Set(letters).count > 1
  }

  /// The letter of a series: a for the first.
  static func letter(_ ink: Ink) -> Character? {
    guard case .series(let number) = ink, let first = Unicode.Scalar("a").value as UInt32?,
      let scalar = Unicode.Scalar(first + UInt32(((number % 26) + 26) % 26))
    else { return nil }
    return Character(scalar)
  }

  static func sign(_ sign: Legend.Sign, _ isASCII: Bool, isLettered: Bool = false) -> (String, Ink?) {
    switch sign {
    case .line(let stroke) where isLettered:
      (letter(stroke.ink).map { isASCII ? "-\($0)-" : "─\($0)─" } ?? (isASCII ? "--" : "──"), stroke.ink)
    case .path(let ink) where isLettered:
      (letter(ink).map { isASCII ? "\($0).\($0)" : "\($0)─\($0)" } ?? "", ink)
    case .line(let stroke): (isASCII ? "--" : "──", stroke.ink)
    case .mark(let symbol, let ink): (String(mark(symbol, isASCII)), ink == .ink ? nil : ink)
    case .arrow(let ink): (isASCII ? "->" : "→", ink == .ink ? nil : ink)
    case .band(let ink): (isASCII ? "##" : "▒▒", ink)
    case .path(let ink): (isASCII ? "o.o" : "●─●", ink)
    }
  }

  /// Whether a sign stands for what a terminal does not draw: a translucent area.
  static func isLeftOut(_ sign: Legend.Sign) -> Bool {
    if case .band = sign { true } else { false }
  }

  /// The arrow that comes nearest to a direction, upwards positive.
  static func arrow(_ x: Double, _ y: Double, _ isASCII: Bool) -> Character {
    let arrows: [Character] =
      isASCII ? [">", "/", "^", "\\", "<", "/", "v", "\\"] : ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"]
    let eighth = Int((Libm.atan2(y, x) / (Double.pi / 4)).rounded())
    return arrows[((eighth % 8) + 8) % 8]
  }

  /// Texts of pictures in ASCII.
  static func plain(_ text: String) -> String {
    var result = ""
    var isRaised = false
    for character in text {
      if let digit = raised[character] {
        result += isRaised ? String(digit) : "^" + String(digit)
        isRaised = true
        continue
      }
      isRaised = false
      switch character {
      case "\u{2212}": result += "-"
      case "·": result += "*"
      case "∇": result += "grad "
      case "∞": result += "inf"
      case "…": result += "..."
      case "≈": result += "~"
      case "′": result += "'"
      default: result += character.isASCII ? String(character) : "?"
      }
    }
    return result
  }

  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    "⁻": "-",
  ]
}
