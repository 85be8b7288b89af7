/// A vector as people type one, taken apart into the texts of its components.
///
///     VectorText.components(of: "⟨6x + 8, 8 – 15y^{4}⟩")   // ["6x + 8", "8 – 15y^{4}"]
///
/// Brackets ⟨ ⟩, < >, ( ), [ ] and LaTeX's \langle \rangle may stand around it or not; only commas outside inner
/// brackets separate, and `∇f =` in front is left out.
package enum VectorText {
  private static let openers: [Character: Character] = ["(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉"]
  private static let closers: Set<Character> = [")", "]", "}", "⟩", "〉"]

  /// The texts between its own commas; a text without brackets and commas is its one component.
  package static func components(of text: String) -> [String] {
    var body = trimmed(Array(withoutLatex(text)))
    if let equals = topLevel(body, where: isEquals).last { body = trimmed(body[(equals + 1)...]) }
    if let inner = insideBrackets(body) { body = inner }
    var cuts = topLevel(body) { $0[$1] == "," }
    if cuts.isEmpty { cuts = topLevel(body) { $0[$1] == ";" } }
    var parts: [String] = []
    var start = 0
    for cut in cuts + [body.count] {
      parts.append(String(trimmed(body[start..<cut])))
      start = cut + 1
    }
    return parts
  }

  /// The text with LaTeX's names of brackets replaced and its `\left` and `\right` left out.
  private static func withoutLatex(_ text: String) -> String {
    let names: [(String, String)] = [
      ("\\left", ""), ("\\right", ""), ("\\langle", "⟨"), ("\\rangle", "⟩"), ("$", ""),
    ]
    var result = ""
    var rest = text[...]
    scan: while let first = rest.first {
      for (name, replacement) in names where rest.hasPrefix(name) {
        let after = rest.dropFirst(name.count)
        // \leftarrow and the like are other names.
        if name == "\\left" || name == "\\right", after.first?.isLetter == true { continue }
        result += replacement
        rest = after
        continue scan
      }
      result.append(first)
      rest = rest.dropFirst()
    }
    return result
  }

  private static func trimmed(_ text: some BidirectionalCollection<Character>) -> [Character] {
    let start = text.drop { $0.isWhitespace }
    return Array(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func isEquals(_ text: [Character], _ place: Int) -> Bool {
    guard text[place] == "=" else { return false }
    let before = place > 0 ? text[place - 1] : " "
    let after = place + 1 < text.count ? text[place + 1] : " "
    return !"<>!=".contains(before) && after != "="
  }

  /// The places outside all brackets of which something holds.
  private static func topLevel(_ text: [Character], where holds: ([Character], Int) -> Bool) -> [Int] {
    var depth = 0
    var places: [Int] = []
    for place in text.indices {
      if openers[text[place]] != nil { depth += 1 }
      if closers.contains(text[place]) { depth -= 1 }
      if depth == 0, holds(text, place) { places.append(place) }
    }
    return places
  }

  /// What stands inside, where the first bracket closes with the last character.
  private static func insideBrackets(_ text: [Character]) -> [Character]? {
    guard text.count > 1, let first = text.first, let last = text.last else { return nil }
    if first == "<", last == ">" { return trimmed(text[1..<(text.count - 1)]) }
    guard openers[first] == last else { return nil }
    var depth = 0
    for place in text.indices {
      if openers[text[place]] != nil { depth += 1 }
      if closers.contains(text[place]) { depth -= 1 }
      if depth == 0, place < text.count - 1 { return nil }
    }
    return trimmed(text[1..<(text.count - 1)])
  }
}
