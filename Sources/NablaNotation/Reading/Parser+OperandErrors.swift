/// What is said where no operand begins.
extension Parser {
  /// No operand begins here.
  func unexpected() -> Int32 {
    let token = current
    switch token.kind {
    case .end, .newline:
      if isStopped { break }
      isIncomplete = true
      if lastKind == .newline {
        fail(.emptyFormula, span(token))
      } else {
        let last = sourceText(of: characters.span(max(0, lastEnd - 1), lastEnd))
        fail(.expectedOperand(after: last), Span(span(token).start, span(token).start))
      }
    case .assign where lastKind == .newline && !builder.nodes.isEmpty:
      fail(
        .operandMissingBefore(text(token)), span(token), hint: "to say the same again, leave this line out")
    case .assign where lastKind == .newline:
      let sign = span(token)
      fail(.operandMissingBefore(text(token)), sign, fixes: [fix(sign, "", "of a spreadsheet, leave it out")])
    case .raisedOpen where peek(1).kind == .raisedClose && peek(2).kind == .root:
      complainOfRaisedDegree()
    case .comma where lastKind == .leftCurly && next.kind == .rightCurly:
      complainOfBracedComma()
    case .star where lastKind == .caret || (lastKind == .leftCurly && next.kind == .rightCurly):
      fail(.operandMissingBefore(text(token)), span(token), hint: "for a name of its own, write x_star")
    case .slash where lastKind == .slash:
      fail(.operandMissingBefore(text(token)), span(token), hint: "for a whole quotient, write floor(a/b)")
    case .star, .slash, .caret, .doubleCaret, .bang, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal,
      .assign, .notEqual, .and, .or, .raisedOpen, .comma, .semicolon, .colon:
      fail(.operandMissingBefore(text(token)), span(token))
    case .raisedClose:
      let last = sourceText(of: characters.span(max(0, lastEnd - 1), lastEnd))
      fail(.expectedOperand(after: last), Span(span(token).start, span(token).start))
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling:
      if lastKind == .newline || openBrackets == 0 {
        fail(.unopenedBracket(text(token)), span(token))
      } else {
        let last = sourceText(of: characters.span(max(0, lastEnd - 1), lastEnd))
        fail(.expectedOperand(after: last), span(token))
      }
    default: complainOfToken()
    }
    return missing()
  }

  /// `³√x`
  private func complainOfRaisedDegree() {
    let sign = span(current).joined(span(peek(2)))
    let roots = ["3": "∛", "4": "∜"]
    let root = roots[characters.name(Int(next.start), Int(next.end))]
    fail(
      .operandMissingBefore(text(current)), sign,
      hint: root == nil ? "for another root, write root(x, n)" : "",
      fixes: root.map { [fix(sign, $0, "write \($0)")] } ?? [])
  }

  /// `2{,}5`, a decimal comma that LaTeX does not set apart.
  private func complainOfBracedComma() {
    let braces = characters.span(Int(current.start) - 1, Int(next.end))
    let isNumber = CharacterClass.isDigit(characters.at(Int(next.end)))
    fail(
      isNumber ? .commaInNumber(sourceText(of: braces)) : .unexpectedComma, braces,
      fixes: isNumber ? [fix(braces, ".", "for a decimal point, write .")] : [])
  }
}
