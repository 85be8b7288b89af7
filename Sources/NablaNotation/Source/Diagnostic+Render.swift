import NablaBasics

extension Diagnostic {
  /// The most errors that are shown at a time.
  static let shownErrors = 3
  /// The most cells of a source line that are shown.
  static let shownCells = 72

  /// The sentence, the line, carets under the span and the hint beside them; at most three errors, all notes.
  ///
  ///     note: ‘1/2x^2’ is read as (1/2)·x²
  ///       1/2x^2 + ln x
  ///          ^ for a denominator, write 1/(2x^2)
  ///
  /// Carets count terminal cells, and a line longer than 72 cells, or than a screen of `columns` cells, is cut around
  /// the span. An empty span is one caret.
  public static func render(
    _ diagnostics: [Diagnostic], in source: SourceText, columns: Int? = nil
  ) -> Styled {
    // Two blanks stand before the line, and two signs where it is cut.
    let most = min(shownCells, max(20, (columns ?? shownCells + 4) - 4))
    var text = Styled()
    var errors = 0
    for diagnostic in diagnostics {
      if diagnostic.severity == .error {
        errors += 1
        if errors > shownErrors { continue }
      }
      if !text.runs.isEmpty { text.append("\n") }
      text.append(diagnostic.rendered(in: source, most))
    }
    if errors > shownErrors { text.append("\n… and \(errors - shownErrors) more", .hint) }
    return text
  }

  private func rendered(in source: SourceText, _ most: Int) -> Styled {
    let role: Styled.Role = severity == .error ? .error : .note
    var text = Styled("\(severity.rawValue): ", role)
    text.append(message)
    let line = source.lineSpan(source.lineIndex(of: span.start))
    let before = Self.cells(of: source.slice(SourceSpan(line.start, min(span.start, line.end))))
    let marked = Self.cells(of: source.slice(SourceSpan(span.start, min(span.end, line.end))))
    let after = Self.cells(of: source.slice(SourceSpan(min(max(span.end, span.start), line.end), line.end)))
    let window = Window(before: before, marked: marked, after: after, most: most)
    text.append("\n  " + window.text + "\n  ")
    text.append(
      String(repeating: " ", count: window.indent) + String(repeating: "^", count: window.carets), role)
    if !hint.isEmpty { text.append(" " + hint, .hint) }
    return text
  }

  /// The characters of a line that take cells, tabs and control characters as one space each.
  private static func cells(of slice: Substring) -> [Character] {
    slice.compactMap { character in
      if let value = character.asciiValue, value < 0x20 || value == 0x7F { return " " }
      return DisplayWidth.of(character) == 0 ? nil : character
    }
  }

  /// As much of a line as is shown, with the place of the carets.
  private struct Window {
    var text = ""
    var indent = 0
    var carets = 0

    init(before: [Character], marked: [Character], after: [Character], most: Int) {
      let shown = Self.fitting(marked, most)
      carets = max(1, Self.width(shown))
      let isWhole = Self.width(before) + Self.width(marked) + Self.width(after) <= most
      let room = isWhole ? Int.max : max(16, (most - carets) / 2)
      let head = Array(Self.fitting(before.reversed(), room).reversed())
      let tail = Self.fitting(after, room)
      let isHeadCut = head.count < before.count
      text = (isHeadCut ? "…" : "") + String(head) + String(shown)
      text += shown.count < marked.count ? "…" : String(tail) + (tail.count < after.count ? "…" : "")
      indent = Self.width(head) + (isHeadCut ? 1 : 0)
    }

    private static func width(_ characters: some Sequence<Character>) -> Int {
      characters.reduce(0) { $0 + DisplayWidth.of($1) }
    }

    private static func fitting(_ characters: [Character], _ room: Int) -> [Character] {
      var used = 0
      return Array(
        characters.prefix {
          used += DisplayWidth.of($0)
          return used <= room
        })
    }
  }
}
