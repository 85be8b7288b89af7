/// Functions whose names hold digits: `expm1(x)`, `log1p(x)`.
extension Parser {
  /// The current run as such a function, with how many tokens after it belong to the name; nil where it is none.
  ///
  /// `log1p(x)` is ln(1 + x); without the bracket, `log1p` is the logarithm of 1·p.
  func functionWithDigits() -> (piece: Names.Piece, tokens: Int)? {
    guard peek(0).kind == .number, !peek(0).isSpaced else { return nil }
    var name = text(current)
    var end = current.end
    for count in 0..<2 {
      let token = peek(count)
      guard !token.isSpaced, token.start == end, token.kind == (count == 0 ? .number : .letters) else {
        return nil
      }
      name += text(token)
      end = token.end
      let after = peek(count + 1)
      guard after.kind == .leftRound, !names.isDeclared(name), let known = FunctionNames.known(name) else {
        continue
      }
      let piece = Names.Piece(
        kind: .function(.known(known)), start: Int(current.start), end: Int(end), isDeclared: false)
      return (piece, count + 1)
    }
    return nil
  }
}
