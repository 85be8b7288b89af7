/// Displays, their rows, and what says nothing in them.
extension Commands {
  /// `$` says nothing; `$$` opens a display or closes it.
  mutating func dollar(_ token: Token) {
    let isDouble = at(place + 1) == .dollar && tokens[place + 1].start == token.end
    if isDouble { openDisplays = openDisplays > 0 ? openDisplays - 1 : 1 }
    skip(isDouble ? 2 : 1, token.isSpaced)
  }

  /// The most tokens that a length, a colour or a label has.
  private static let longestArgument = 60

  /// The place behind `{…}`; nil where no braces stand there.
  func argumentEnd(_ place: Int) -> Int? {
    guard at(place) == .leftCurly else { return nil }
    var (end, depth) = (place, 0)
    repeat {
      if end - place > Self.longestArgument { return nil }
      if at(end) == .leftCurly { depth += 1 }
      if at(end) == .rightCurly { depth -= 1 }
      end += 1
    } while depth > 0 && end < tokens.count
    return depth == 0 ? end : nil
  }
}
