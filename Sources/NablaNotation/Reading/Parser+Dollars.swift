/// Text with one formula between dollars: what stands outside of them is no part of it.
///
///     7. $x^2 + y$,      is x² + y
extension Parser {
  /// The tokens of the one formula between dollars, where what stands outside is words, numbers and signs of a sentence;
  /// and what stands outside.
  static func insideDollars(_ tokens: [Token], _ characters: Characters) -> (
    tokens: [Token], outside: [Token]
  )? {
    var signs: [Range<Int>] = []
    var place = 0
    while place < tokens.count {
      guard tokens[place].kind == .dollar else {
        place += 1
        continue
      }
      let isDouble =
        place + 1 < tokens.count && tokens[place + 1].kind == .dollar
        && tokens[place + 1].start == tokens[place].end
      signs.append(place..<place + (isDouble ? 2 : 1))
      if signs.count > 2 { return nil }
      place += isDouble ? 2 : 1
    }
    guard signs.count == 2, signs[0].count == signs[1].count, signs[0].upperBound < signs[1].lowerBound else {
      return nil
    }
    let (before, after) = (tokens[..<signs[0].lowerBound], tokens[signs[1].upperBound...])
    guard isText(before, characters), isText(after, characters) else { return nil }
    let outside = [before, after].filter { $0.contains { $0.kind != .newline } }
    guard !outside.isEmpty else { return nil }
    return (
      Array(tokens[signs[0].lowerBound..<signs[1].upperBound]),
      outside.compactMap { part in
        guard let first = part.first, let last = part.last(where: { $0.kind != .newline }) else { return nil }
        return Token(.unknown, Int(first.start), Int(last.end))
      }
    )
  }

  /// A lone `$`, which begins nothing and ends nothing.
  static func loneDollar(_ typed: [Token]) -> Token? {
    let signs = typed.filter { $0.kind == .dollar }
    return signs.count % 2 == 1 ? signs.first : nil
  }

  /// Whether nothing in it could be a part of a formula: words of two letters and more, numbers, brackets, full stops.
  private static func isText(_ tokens: ArraySlice<Token>, _ characters: Characters) -> Bool {
    for place in tokens.indices {
      let token = tokens[place]
      switch token.kind {
      case .newline, .number, .comma, .semicolon, .colon, .leftRound, .rightRound, .leftSquare, .rightSquare,
        .bar:
        continue
      case .minus, .star, .greater: if place == tokens.startIndex { continue }
      case .unknown: if characters.at(Int(token.start)) == 0x2E { continue }
      case .letters:
        let isLong = token.end - token.start > 1
        let isItem = place + 1 < tokens.endIndex && tokens[place + 1].kind == .rightRound
        let isArticle = place + 1 < tokens.endIndex && tokens[place + 1].kind == .letters
        if isItem || isArticle && characters.at(Int(token.start)) | 0x20 == 0x61 { continue }
        if isLong, FunctionNames.known(characters.text(Int(token.start), Int(token.end))) == nil { continue }
      default: break
      }
      return false
    }
    return true
  }
}
