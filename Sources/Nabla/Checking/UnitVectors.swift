/// Sums of unit vectors as the components that they stand for: 2x i − 2y j is (2x, −2y).
enum UnitVectors {
  private static let names: [Character] = ["i", "j", "k"]
  /// How books write the letters of unit vectors.
  private static let dressed: [(String, Character)] = [
    ("î", "i"), ("ĵ", "j"), ("k̂", "k"), ("\\hat{i}", "i"), ("\\hat{j}", "j"), ("\\hat{k}", "k"),
    ("\\hat{\\imath}", "i"), ("\\hat{\\jmath}", "j"), ("\\mathbf{i}", "i"), ("\\mathbf{j}", "j"),
    ("\\mathbf{k}", "k"), ("\\vec{i}", "i"), ("\\vec{j}", "j"), ("\\vec{k}", "k"),
  ]

  /// The texts of the components; nil where a term has no unit vector, or two have the same.
  static func components(of body: [Character], variables: [String]) -> [String]? {
    guard (2...3).contains(variables.count),
      !variables.contains(where: { names.map { String($0) }.contains($0) })
    else { return nil }
    let text = dressed.reduce(String(body)) { text, pair in
      text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: String(pair.1))
    }
    let characters = Array(text)
    var starts = VectorText.topLevel(characters) { text, place in
      guard isSign(text[place]) else { return false }
      // A sign that joins terms stands behind an operand.
      let before = text[..<place].last { !$0.isWhitespace }
      return before.map { !"^*/·(,".contains($0) && !isSign($0) } ?? false
    }
    starts.insert(0, at: 0)
    var components = [String](repeating: "0", count: variables.count)
    var seen: Set<Int> = []
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : characters.count
      var term = VectorText.trimmed(characters[start..<end])
      guard let last = term.popLast(), let place = names.firstIndex(of: last), place < variables.count,
        seen.insert(place).inserted
      else { return nil }
      term = VectorText.trimmed(term)
      if let sign = term.last, "*·".contains(sign) { term = VectorText.trimmed(term.dropLast()) }
      if let first = term.first, first == "+" { term = VectorText.trimmed(term.dropFirst()) }
      let isBare = term.isEmpty || (term.count == 1 && isSign(term[0]))
      components[place] = String(term) + (isBare ? "1" : "")
    }
    return components
  }

  private static func isSign(_ character: Character) -> Bool { "+-−–".contains(character) }
}
