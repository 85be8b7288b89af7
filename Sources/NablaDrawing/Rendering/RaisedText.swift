/// A line of mathematics whose exponents stand raised, as a book sets what a line of characters writes with ^.
///
///     RaisedText("e^(−k·t) + 1").pieces   // e, raised −k·t, + 1
///
/// Where a bracket is left open, the rest stays as it is.
struct RaisedText {
  /// A stretch of text and how many exponents it stands in.
  struct Piece: Equatable {
    var text: String
    var level: Int
  }

  /// The pieces in order; neighbours differ in level.
  private(set) var pieces: [Piece] = []

  init(_ text: String) { add(text[...], level: 0) }

  private mutating func add(_ text: Substring, level: Int) {
    var rest = text
    while let sign = rest.firstIndex(of: "^") {
      let after = rest[rest.index(after: sign)...]
      guard let (exponent, next) = Self.exponent(of: after) else { break }
      append(String(rest[..<sign]), level)
      add(exponent, level: level + 1)
      rest = next
    }
    append(String(rest), level)
  }

  private mutating func append(_ text: String, _ level: Int) {
    guard !text.isEmpty else { return }
    if let last = pieces.indices.last, pieces[last].level == level {
      pieces[last].text += text
    } else {
      pieces.append(Piece(text: text, level: level))
    }
  }

  /// What stands in the brackets that begin a text, or the word or number that does, and what comes after.
  private static func exponent(of text: Substring) -> (Substring, Substring)? {
    guard text.first == "(" else {
      let end = text.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") } ?? text.endIndex
      return end > text.startIndex ? (text[..<end], text[end...]) : nil
    }
    var depth = 0
    for place in text.indices {
      if text[place] == "(" { depth += 1 }
      if text[place] == ")" { depth -= 1 }
      if depth == 0 { return (text[..<place].dropFirst(), text[text.index(after: place)...]) }
    }
    return nil
  }
}
