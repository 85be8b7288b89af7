/// Sums and products over an index.
extension Parser {
  /// `fold = ("sum" | "prod") "(" name ("," bound "," bound | "=" bound ".." bound) "," expression ")"`
  mutating func fold(_ name: String) -> Int32 {
    let start = span(current)
    let kind = FunctionNames.fold(name) ?? .sum
    advance()
    let open = span(current)
    let outside = openBracket()
    guard let index = foldIndex(name, start) else { return missing() }
    let isRange = current.kind == .assign
    advance()
    let lower = expression()
    guard current.kind == (isRange ? .dots : .comma) else { return complainOfFold(name, start) }
    advance()
    let upper = expression()
    guard current.kind == .comma else { return complainOfFold(name, start) }
    advance()
    names.bind(index)
    let body = expression()
    names.unbind()
    let end = closeBracket(.rightRound, openedAt: open, outside)
    let first = pending.count
    append(lower)
    append(upper)
    append(body)
    return builder.node(.fold(kind, index), &pending, from: first, opening: start.joined(end))
  }

  /// The name of the index, a whole run of letters before `,` or `=`.
  private mutating func foldIndex(_ name: String, _ start: Span) -> String? {
    guard current.kind == .letters, next.kind == .comma || next.kind == .assign else {
      _ = complainOfFold(name, start)
      return nil
    }
    let index = characters.name(Int(current.start), Int(current.end))
    if names.isBound(index) {
      fail(.indexTaken(index), span(current), hint: "give it another name")
      return nil
    }
    advance()
    return index
  }

  private mutating func complainOfFold(_ name: String, _ start: Span) -> Int32 {
    switch current.kind {
    case .comma, .rightRound, .assign, .dots, .number, .piece, .letters, .semicolon:
      fail(.badFold(name), start, hint: "write \(name)(i, 1, 10, x[i]^2)")
    case .end, .newline:
      isIncomplete = true
      fail(.badFold(name), start, hint: "write \(name)(i, 1, 10, x[i]^2)")
    default: complainOfToken()
    }
    return missing()
  }
}
