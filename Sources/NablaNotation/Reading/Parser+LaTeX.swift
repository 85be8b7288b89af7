/// Fractions, roots and cases as LaTeX spells them.
extension Parser {
  /// `fraction = "\frac" part part`
  func fraction() -> Int32 {
    guard enter() else { return missing() }
    let start = span(current).start
    if isFractionOfDifferentials() { return missing() }
    advance()
    let above = part()
    let below = part()
    leave()
    return finishedFraction(above, below, start)
  }

  private func finishedFraction(_ above: Int32, _ below: Int32, _ start: Int) -> Int32 {
    let first = pending.count
    append(above)
    append(below)
    return builder.node(.fraction, &pending, from: first, opening: spanToHere(from: start))
  }

  /// From a place to the end of the last token.
  func spanToHere(from start: Int) -> Span {
    Span(start, max(start, characters.span(max(0, lastEnd - 1), lastEnd).end))
  }

  /// `part = "{" expression "}" | primary`, a primary of one letter or digit.
  private func part() -> Int32 {
    if current.kind == .leftCurly { return bracedPart() }
    splitCurrent()
    return primary()
  }

  private func bracedPart() -> Int32 {
    openBracket()
    if closesAtOnce() { return missing() }
    let value = expression()
    _ = closeBracket()
    return value
  }

  /// Cuts the current run of digits or letters after the first, as LaTeX does: `\frac12` is a half.
  private func splitCurrent() {
    let token = current
    if token.kind == .letters, token.piece != Token.word { keepApart(.number) }
    guard token.end - token.start > 1, token.piece != Token.word,
      token.kind == .number || token.kind == .letters
    else { return }
    var (first, rest) = (token, token)
    first.end = token.start + 1
    rest.start = token.start + 1
    rest.isSpaced = false
    replaceCurrent(with: [first, rest])
  }

  /// Keeps what touches the current letters from being their subscript: `\frac x2` is a half of x.
  func keepApart(_ kind: Token.Kind) {
    guard next.kind == kind else { return }
    if queue.isEmpty { tokens[place + 1].isSpaced = true } else { queue[queue.count - 1].isSpaced = true }
  }

  /// `\frac{dy}{dx}`, `\frac{\partial f}{\partial x}`
  private func isFractionOfDifferentials() -> Bool {
    if peek(0).kind == .leftCurly, peek(1).kind == .partial {
      let place = span(current).joined(span(peek(2)))
      fail(
        .quotientOfDifferentials(sourceText(of: place)), place,
        hint: "write \\frac{\\partial}{\\partial x} in front of the formula in brackets")
      return true
    }
    guard peek(0).kind == .leftCurly, peek(1).kind == .letters, peek(2).kind == .rightCurly,
      peek(3).kind == .leftCurly, peek(4).kind == .letters, peek(5).kind == .rightCurly
    else { return false }
    for token in [peek(1), peek(4)] {
      guard token.end - token.start == 2, characters.at(Int(token.start)) == 0x64,
        !names.isDeclared(text(token))
      else { return false }
    }
    if names.isDeclared("d") { return false }
    complainOfQuotient(
      span(current).joined(span(peek(5))), text(peek(1)).dropFirst(), text(peek(4)).dropFirst())
    return true
  }

  /// `radical = "\sqrt" [ "[" expression "]" ] part`
  func radical() -> Int32 {
    guard enter() else { return missing() }
    let start = span(current).start
    advance()
    let degree = current.kind == .leftSquare ? bracedPart() : -1
    let radicand = radicand()
    leave()
    return finishedRadical(radicand, degree, start)
  }

  private func radicand() -> Int32 {
    let isBraced = current.kind == .leftCurly
    let value = part()
    return isBraced ? builder.unary(.group(.curly), builder.span(value), value) : value
  }

  private func finishedRadical(_ radicand: Int32, _ degree: Int32, _ start: Int) -> Int32 {
    let first = pending.count
    append(radicand)
    if degree >= 0 { append(degree) }
    return builder.node(.root, &pending, from: first, opening: spanToHere(from: start))
  }

  // MARK: Cases

  /// `cases = "\begin{cases}" row { "\\" row } "\end{cases}"`
  func cases() -> Int32 {
    guard enter() else { return missing() }
    let start = pending.count
    openBracket()
    if closesAtOnce() { return missing() }
    repeat { row(start) } while takesRowBreak()
    leave()
    return finishedCases(start)
  }

  private func takesRowBreak() -> Bool {
    guard current.kind == .rowBreak else { return false }
    advance()
    return current.kind != .casesClose
  }

  private func finishedCases(_ start: Int) -> Int32 {
    let whole = closeBracket()
    // One row without a condition is its value.
    if pending.count - start == 1, let only = pending.popLast() {
      return builder.unary(.group(.curly), whole, only.node)
    }
    return builder.node(.piecewise, &pending, from: start, opening: whole)
  }

  /// `row = expression [ "," ] [ "&" ] [ "if" ] ( expression | "otherwise" )`
  private func row(_ start: Int) {
    if (pending.count - start) % 2 == 1 { fail(.missingBranch, span(current)) }
    let value = expression()
    if takesCondition() { append(expression()) }
    append(value)
    if current.kind == .comma || current.kind == .semicolon { advance() }
  }

  /// Takes what stands between a value and its condition; whether there is a condition.
  private func takesCondition() -> Bool {
    if current.kind == .comma || current.kind == .semicolon { advance() }
    if current.kind == .ampersand { advance() }
    guard current.kind == .letters else { return current.kind != .rowBreak && current.kind != .casesClose }
    switch text(current).lowercased() {
    case "if", "for", "when":
      advance()
      if current.kind == .letters, text(current) == "all" || text(current) == "every" { advance() }
    case "otherwise", "else", "elsewhere", "default":
      advance()
      if current.kind == .unknown, text(current) == "." { advance() }
      return false
    default: refuseWord()
    }
    return true
  }

  /// `\text{sonst}` alone is no condition.
  private func refuseWord() {
    let isAlone = next.kind == .rowBreak || next.kind == .casesClose
    guard current.piece == Token.word, isAlone, !names.isDeclared(text(current)) else { return }
    fail(
      .unexpectedToken(text(current)), span(current),
      fixes: [fix(span(current), "\\text{otherwise}", "for all other values, write \\text{otherwise}")])
  }

  // MARK: Commands

  /// A command that nobody knows, with the one that may be meant.
  func complainOfCommand() {
    let place = span(current)
    let typed = text(current)
    let name = String(typed.dropFirst())
    if let reason = Commands.unsupported[name] {
      return fail(.unsupportedCommand(typed), place, hint: reason)
    }
    if name == "over", let (whole, fraction) = fractionOver() {
      return fail(.unsupportedCommand(typed), place, fixes: [fix(whole, fraction, "write \(fraction)")])
    }
    if Commands.accents.contains(name) { return complainOfAccent(typed, name) }
    guard let close = Suggestion.closest(to: name, among: Commands.all) else {
      return fail(.unsupportedCommand(typed), place)
    }
    fail(
      .unsupportedCommand(typed), place,
      fixes: [fix(place, "\\" + close, "did you mean ‘\\\(close)’?")])
  }

  /// `{a \over b}` as `\frac{a}{b}`, and where it stands.
  private func fractionOver() -> (Span, String)? {
    guard let open = outside.last, open.kind == .leftCurly else { return nil }
    var (end, depth) = (Int(current.end), 0)
    while end < characters.count, depth > 0 || characters.at(end) != 0x7D {
      if characters.at(end) == 0x7B { depth += 1 }
      if characters.at(end) == 0x7D { depth -= 1 }
      end += 1
    }
    guard end < characters.count else { return nil }
    let above = Self.trimmed(String(source.slice(Span(open.span.end, span(current).start))))
    let below = Self.trimmed(characters.text(Int(current.end), end))
    return (open.span.joined(characters.span(end, end + 1)), "\\frac{\(above)}{\(below)}")
  }

  /// `\hat{y}`: the accent as a part of the name in words.
  private func complainOfAccent(_ typed: String, _ accent: String) {
    let place = span(current)
    guard peek(0).kind == .leftCurly, peek(1).kind == .letters, peek(2).kind == .rightCurly else {
      return fail(.unsupportedCommand(typed), place, hint: "for a name of its own, write y_\(accent)")
    }
    let name = text(peek(1)) + "_" + accent
    let whole = place.joined(span(peek(2)))
    fail(
      .unsupportedCommand(sourceText(of: whole)), whole,
      fixes: [fix(whole, name, "for a name of its own, write \(name)")])
  }
}
