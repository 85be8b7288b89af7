/// A vector as people type one, taken apart into the texts of its components.
///
///     VectorText.components(of: "⟨6x + 8, 8 – 15y^{4}⟩")   // ["6x + 8", "8 – 15y^{4}"]
///
/// Brackets ⟨ ⟩, < >, ( ), [ ] and LaTeX's \langle \rangle may stand around it or not; only commas outside inner
/// brackets separate, and `∇f =` in front is left out.
package enum VectorText {
  private static let openers: [Character: Character] = ["(": ")", "[": "]", "{": "}", "⟨": "⟩", "〈": "〉"]
  private static let closers: Set<Character> = [")", "]", "}", "⟩", "〉"]

  /// A component and what it is said to be.
  struct Component: Hashable {
    var label: ComponentLabel?
    /// The label as typed.
    var typed = ""
    var text: String
  }

  /// The texts between its own commas; a text without brackets and commas is its one component.
  package static func components(of text: String) -> [String] { labelled(of: text).map(\.text) }

  /// The components with their names: `∂f/∂x = y, ∂f/∂y = x` has the names x and y. Beside variables that are not called
  /// i, j and k, these are the unit vectors: 2x i + 2y j.
  static func labelled(of text: String, variables: [String] = []) -> [Component] {
    var body = trimmed(Array(withoutLatex(text)))
    // One sign of equality belongs to the whole, several to the components.
    let signs = topLevel(body, where: isEquals)
    if signs.count == 1, !isLabel(body[..<signs[0]]) { body = trimmed(body[(signs[0] + 1)...]) }
    if let inner = insideBrackets(body) { body = inner }
    if let components = UnitVectors.components(of: body, variables: variables) {
      return components.map { Component(text: $0) }
    }
    var cuts = topLevel(body) { $0[$1] == "," }
    if cuts.isEmpty { cuts = topLevel(body) { $0[$1] == ";" } }
    if cuts.isEmpty { cuts = topLevel(body) { $0[$1].isNewline } }
    var parts: [Component] = []
    var start = 0
    for cut in cuts + [body.count] {
      let part = trimmed(body[start..<cut])
      start = cut + 1
      guard let sign = topLevel(part, where: isEquals).last else {
        parts.append(Component(text: String(part)))
        continue
      }
      let typed = String(trimmed(part[..<sign]))
      parts.append(
        Component(
          label: ComponentLabel(typed), typed: typed, text: String(trimmed(part[(sign + 1)...]))))
    }
    return parts
  }

  private static func isLabel(_ text: ArraySlice<Character>) -> Bool {
    ComponentLabel(String(text)) != .whole
  }

  /// The text with LaTeX's names of brackets replaced and its `\left` and `\right` left out.
  private static func withoutLatex(_ text: String) -> String {
    var names: [(String, String)] = [
      ("\\left", ""), ("\\right", ""), ("\\langle", "⟨"), ("\\rangle", "⟩"), ("$", ""),
    ]
    // The rows of a column.
    for matrix in ["pmatrix", "bmatrix", "matrix"] where text.contains("\\begin{\(matrix)}") {
      names += [("\\begin{\(matrix)}", "("), ("\\end{\(matrix)}", ")"), ("\\\\", ",")]
    }
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

  static func trimmed(_ text: some BidirectionalCollection<Character>) -> [Character] {
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
  static func topLevel(_ text: [Character], where holds: ([Character], Int) -> Bool) -> [Int] {
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
