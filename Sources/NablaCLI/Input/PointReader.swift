/// The parts of a point or of a list of parameters as they were typed.
///
///     PointReader.parts("x=1, y=max(2, 3)")   // [x = 1, y = max(2, 3)]
///     PointReader.parts("1,2")                // [1, 2]
///
/// Commas split outside brackets only; where commas are decimal points, `;` splits in their place.
package enum PointReader {
  /// One part: a value and, where it has one, its name.
  package struct Part: Hashable, Sendable {
    /// What stands before the equals sign.
    package var name: String?
    /// The rest.
    package var value: String
  }

  /// The parts of a text.
  package static func parts(_ text: String, separator: Character = ",") -> [Part] {
    var parts: [Part] = []
    var current = Part(name: nil, value: "")
    var depth = 0
    var unbracketed = text[...]
    if let inner = withoutBrackets(text, separator) { unbracketed = inner }
    for character in unbracketed {
      switch character {
      case "(", "[", "{", "⟨": depth += 1
      case ")", "]", "}", "⟩": depth -= 1
      default: break
      }
      if character == separator, depth <= 0 {
        parts.append(current)
        current = Part(name: nil, value: "")
      } else if character == "=", depth <= 0, current.name == nil, isName(current.value) {
        current.name = trimmed(current.value)
        current.value = ""
      } else {
        current.value.append(character)
      }
    }
    parts.append(current)
    return parts.map { Part(name: $0.name, value: trimmed($0.value)) }
  }

  /// `(1, 2)` and `⟨1, 2⟩` are the point without its brackets, where one pair holds all of it and a comma.
  private static func withoutBrackets(_ text: String, _ separator: Character) -> Substring? {
    let text = trimmed(text)
    guard let first = text.first, let last = text.last, first == "(" || first == "⟨" || first == "[",
      last == ")" || last == "⟩" || last == "]", text.contains(separator)
    else { return nil }
    var depth = 0
    for (place, character) in text.enumerated() {
      if "([⟨".contains(character) { depth += 1 }
      if ")]⟩".contains(character) { depth -= 1 }
      if depth == 0, place < text.count - 1 { return nil }
    }
    return depth == 0 ? text.dropFirst().dropLast() : nil
  }

  private static func isName(_ text: String) -> Bool {
    let name = trimmed(text)
    return name.first?.isLetter == true
      && name.allSatisfy { $0.isLetter || $0.isNumber || "_{}".contains($0) }
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
