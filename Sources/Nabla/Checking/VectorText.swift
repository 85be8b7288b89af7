/// A vector as people type one, taken apart into the texts of its components.
///
///     VectorText.components(of: "⟨6x + 8, 8 – 15y^{4}⟩")   // ["6x + 8", "8 – 15y^{4}"]
///
/// Brackets ⟨ ⟩, < >, ( ), [ ] and LaTeX's \langle \rangle may stand around it or not; only commas outside inner
/// brackets separate, and `∇f =` in front is left out.
package enum VectorText {
  private static let openers: [Character: Character] = ["(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉"]
  private static let closers: Set<Character> = [")", "]", "}", "⟩", "〉"]

  /// A component and the name of the variable that it is said to be the derivative by.
  struct Component: Hashable {
    var variable: String?
    var text: String
  }

  /// The texts between its own commas; a text without brackets and commas is its one component.
  package static func components(of text: String) -> [String] { labelled(of: text).map(\.text) }

  /// The components with their names: `∂f/∂x = y, ∂f/∂y = x` has the names x and y.
  static func labelled(of text: String) -> [Component] {
    var body = trimmed(Array(withoutLatex(text)))
    // One sign of equality belongs to the whole, several to the components.
    let signs = topLevel(body, where: isEquals)
    if signs.count == 1, !isLabel(body[..<signs[0]]) { body = trimmed(body[(signs[0] + 1)...]) }
    if let inner = insideBrackets(body) { body = inner }
    var cuts = topLevel(body) { $0[$1] == "," }
    if cuts.isEmpty { cuts = topLevel(body) { $0[$1] == ";" } }
    if cuts.isEmpty { cuts = topLevel(body) { $0[$1].isNewline } }
    var parts: [Component] = []
    var start = 0
    for cut in cuts + [body.count] {
      let part = trimmed(body[start..<cut])
      start = cut + 1
      guard let sign = topLevel(part, where: isEquals).last else {
        parts.append(Component(variable: nil, text: String(part)))
        continue
      }
      parts.append(
        Component(variable: variable(of: part[..<sign]), text: String(trimmed(part[(sign + 1)...]))))
    }
    return parts
  }

  private static func isLabel(_ text: ArraySlice<Character>) -> Bool { variable(of: text) != nil }

  /// The x of ∂f/∂x, df/dx and f_x.
  private static func variable(of label: ArraySlice<Character>) -> String? {
    let text = String(trimmed(label)).filter { !$0.isWhitespace }
    if let slash = text.lastIndex(of: "/") {
      let below = text[text.index(after: slash)...]
      guard let mark = below.first, mark == "∂" || mark == "d", below.count > 1 else { return nil }
      return String(below.dropFirst())
    }
    guard let bar = text.firstIndex(of: "_") else { return nil }
    let name = text[text.index(after: bar)...].filter { $0 != "{" && $0 != "}" }
    return name.isEmpty ? nil : name
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
      // The branches of one component: {x > 0: 1; 0}.
      if depth == 1, first == "{", text[place] == ":" { return nil }
    }
    return trimmed(text[1..<(text.count - 1)])
  }
}
