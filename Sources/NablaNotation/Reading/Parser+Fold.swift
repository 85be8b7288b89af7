/// Sums and products over an index.
extension Parser {
  /// `fold = ("sum" | "prod") "(" name ("," bound "," bound | "=" bound ".." bound) "," expression ")"`
  func fold() -> Int32 {
    let piece = current.piece
    let first = pending.count
    guard startFold() else { return missing() }
    append(expression())
    return finishedFold(Int(piece), first)
  }

  /// Reads the index and the bounds, and binds the index.
  private func startFold() -> Bool {
    let start = current
    let name = pieces[Int(start.piece)].name
    advance()
    openBracket()
    guard let index = foldIndex(name, span(start)) else { return false }
    guard foldBounds() else {
      _ = complainOfFold(name, span(start))
      return false
    }
    names.bind(index)
    return true
  }

  private func finishedFold(_ place: Int, _ first: Int) -> Int32 {
    let piece = pieces[place]
    let whole = characters.span(piece.start, piece.end).joined(closeBracket())
    guard case .function(.known(let function)) = piece.kind, let kind = function.fold else {
      return missing()
    }
    return builder.node(.fold(kind, names.unbind()), &pending, from: first, opening: whole)
  }

  /// The bounds in either notation, and the comma after them.
  private func foldBounds() -> Bool {
    let isRange = current.kind == .assign
    advance()
    append(expression())
    guard isRange ? current.kind == .dots : isSeparator else { return false }
    advance()
    append(expression())
    guard isSeparator else { return false }
    advance()
    return true
  }

  /// The name of the index, a whole run of letters before `,` or `=`.
  private func foldIndex(_ name: String, _ start: Span) -> String? {
    let isRow = next.kind == .comma || (next.kind == .semicolon && options.readsDecimalCommas)
    guard current.kind == .letters, isRow || next.kind == .assign else {
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

  private func complainOfFold(_ name: String, _ start: Span) -> Int32 {
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
