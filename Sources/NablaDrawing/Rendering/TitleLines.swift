/// A long title in lines, each as long as there is room, broken at blanks outside of exponents.
enum TitleLines {
  /// At most so many lines; where they do not hold all, the last one ends with dots.
  static func of(_ title: String, within room: Double, most: Int) -> [String] {
    var lines: [String] = []
    var rest = title[...]
    while lines.count < most - 1, let end = lineEnd(rest, within: room) {
      lines.append(String(rest[..<end]))
      rest = rest[rest.index(after: end)...]
    }
    return lines + [shortened(String(rest), to: room)]
  }

  static func width(_ text: some StringProtocol) -> Double { Layout.textWidth(text, size: 17) }

  /// The last blank up to which a text fits; nil where all of it does, or nothing.
  private static func lineEnd(_ text: Substring, within room: Double) -> Substring.Index? {
    var (length, best) = (0.0, Substring.Index?.none)
    // For every open bracket, whether it holds an exponent, and how many do.
    var brackets: [Bool] = []
    var raised = 0
    var before: Character = " "
    for place in text.indices {
      let character = text[place]
      if character == " ", raised == 0, place > text.startIndex { best = place }
      if character == "(" {
        brackets.append(before == "^")
        raised += before == "^" ? 1 : 0
      }
      if character == ")", let last = brackets.popLast(), last { raised -= 1 }
      before = character
      length += width(String(character))
      if length > room { return best }
    }
    return nil
  }

  private static func shortened(_ text: String, to room: Double) -> String {
    var length = 0.0
    var end: String.Index?
    let dots = width("…")
    for place in text.indices {
      if end == nil, length + width(String(text[place])) + dots > room { end = place }
      length += width(String(text[place]))
      if length > room, let end { return text[..<end] + "…" }
    }
    return text
  }
}
