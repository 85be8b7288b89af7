/// `x^2 dx`: what remains of an integral whose sign is lost.
extension Parser {
  /// The differentials at the end of a line, and the product that they would be.
  struct IntegralEnd {
    var place: Span
    var product: String
  }

  /// `dx`, or `dx dy`, from the current token to the end of a line whose formula has these letters. A sign before it
  /// makes it a product; d is a variable where it is declared or stands elsewhere in the formula.
  func integralEnd() -> IntegralEnd? {
    guard characters.at(Int(current.start)) == 0x64, endsOperand(lastKind), !names.isDeclared("d") else {
      return nil
    }
    var (at, letters) = (0, [Token]())
    // No integral has more of them; a long product of them is looked at once, at its end.
    while letters.count < 4, let letter = differentialOfLetter(&at) { letters.append(letter) }
    let after = at == 0 ? current : peek(at - 1)
    guard let last = letters.last, after.kind == .end || after.kind == .newline else { return nil }
    var first = Int(current.start)
    while first > 0, characters.at(first - 1) != 0x0A { first -= 1 }
    let used = pieces.filter { $0.start >= first }.compactMap(\.variable)
    let areUsed = letters.allSatisfy { used.contains(characters.name(Int($0.start), Int($0.end))) }
    guard areUsed, !used.contains("d") else { return nil }
    var start = Int(current.start)
    if isUpright(current) {
      while start > 0, characters.at(start) != 0x5C { start -= 1 }
    }
    return IntegralEnd(
      place: characters.span(start, Int(last.end)),
      product: letters.map { "d*" + text($0) }.joined(separator: " "))
  }

  /// The letter of `dx` or `\mathrm{d}x` so many tokens after the current one; the place moves behind it.
  private func differentialOfLetter(_ at: inout Int) -> Token? {
    var token = at == 0 ? current : peek(at - 1)
    guard token.kind == .letters, characters.at(Int(token.start)) == 0x64 else { return nil }
    if isUpright(token) {
      token = peek(at)
      guard token.kind == .letters, token.end - token.start == 1 else { return nil }
      at += 2
      return token
    }
    guard token.end - token.start == 2, !names.isDeclared(text(token)) else { return nil }
    token.start += 1
    at += 1
    return token
  }

  /// Whether a token is one letter between the braces of `\mathrm{d}`.
  private func isUpright(_ token: Token) -> Bool {
    token.end - token.start == 1 && token.start > 0 && characters.at(Int(token.start) - 1) == 0x7B
      && characters.at(Int(token.end)) == 0x7D
  }

  func complainOfIntegralEnd(_ end: IntegralEnd) {
    fail(
      .notDone("‘\(sourceText(of: end.place))’ at the end", what: "integrals"), end.place,
      fixes: [
        fix(end.place, "", "leave it out for the derivative"),
        fix(end.place, end.product, "for a product, write \(end.product)"),
      ])
  }

  /// Whether a token of that kind may be the last of an operand.
  private func endsOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .piece, .number, .vulgar, .lowered, .raisedClose, .bang, .bar: true
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling: true
    default: false
    }
  }
}
