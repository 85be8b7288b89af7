import NablaBasics

/// Colours a formula as the lexer cuts it, complete or not.
///
///     Highlight.styled("2sin x").runs.map(\.role)   // value, function, text, variable
///
/// No character is added, left out or moved; a character that means nothing has the role of an error.
package enum Highlight {
  /// The text in roles.
  package static func styled(_ text: String) -> Styled {
    let source = SourceText(text)
    let characters = Characters(source)
    var lexer = Lexer(characters)
    var result = Styled()
    let bytes = Array(source.text.utf8)
    var offset = 0
    func piece(to end: Int, _ role: Styled.Role) {
      guard end > offset else { return }
      result.append(String(decoding: bytes[offset..<min(end, bytes.count)], as: UTF8.self), role)
      offset = end
    }
    for token in lexer.tokens(from: 0, to: characters.scalars.count) where token.kind != .newline {
      let span = characters.span(Int(token.start), Int(token.end))
      piece(to: span.start, .text)
      piece(to: span.end, role(of: token, characters))
    }
    piece(to: bytes.count, .text)
    return result
  }

  private static func role(of token: Token, _ characters: Characters) -> Styled.Role {
    switch token.kind {
    case .letters:
      let name = characters.name(Int(token.start), Int(token.end))
      return FunctionNames.known(name) != nil && !Greek.isName(name) ? .function : .variable
    case .number, .vulgar, .infinity: return .value
    case .unknown, .brokenNumber: return .error
    case .command, .fraction, .radical, .root, .cubeRoot, .fourthRoot, .bigSum, .bigProduct, .casesOpen,
      .casesClose, .partial:
      return .function
    case .leftRound, .rightRound, .leftSquare, .rightSquare, .leftCurly, .rightCurly, .comma, .semicolon,
      .lowered, .piece, .end, .newline, .bar, .leftFloor, .rightFloor, .leftCeiling, .rightCeiling, .rowBreak,
      .ampersand, .dollar:
      return .text
    case .plus, .minus, .star, .slash, .caret, .doubleCaret, .bang, .colon, .dots, .assign, .equal, .notEqual,
      .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or, .not, .prime, .degree, .percent,
      .raisedOpen, .raisedClose:
      return .operator
    }
  }
}
