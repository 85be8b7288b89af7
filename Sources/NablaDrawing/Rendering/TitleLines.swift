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
      // A sign of a sum begins the next line.
      if character == " ", raised == 0, place > text.startIndex, !"+−=".contains(before) { best = place }
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

  /// The text, or as much of it as there is room for with dots behind.
  private static func shortened(_ text: String, to room: Double) -> String {
    guard width(text) > room else { return text }
    let left = room - width(" …")
    if let end = lineEnd(text[...], within: left) { return text[..<end] + " …" }
    var length = 0.0
    let shown = text.prefix { character in
      length += width(String(character))
      return length <= left
    }
    return shown + "…"
  }
}
