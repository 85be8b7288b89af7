import NablaAlgebra

/// Operands: numbers, brackets, bars, roots. Names and calls have files of their own.
extension Parser {
  /// `primary = number | fraction | name | application | group | braces | absolute | fence | root`
  func primary() -> Int32 {
    if startsDerivative() { return derivative() }
    if let quotient = quotientOfDifferentials() { return refused(quotient) }
    if current.kind == .letters { readRun() }
    switch current.kind {
    case .number: return number()
    case .vulgar: return vulgar()
    case .piece: return isFunction(current) || startsPrimedFormula() ? application() : name()
    case .leftRound, .leftSquare: return group()
    case .leftCurly: return braces()
    case .bar: return absolute()
    case .leftFloor, .leftCeiling: return fence()
    case .root, .cubeRoot, .fourthRoot: return root()
    case .fraction: return fraction()
    case .radical: return radical()
    case .casesOpen: return cases()
    case .bigSum, .bigProduct: return bigFold()
    default: return unexpected()
    }
  }

  /// `number`, with a note where `2e+1` may mean 2·e + 1; a declared `e` is no exponent.
  private func number() -> Int32 {
    var digits = numberText(current)
    // Most numbers are digits alone, and their characters are asked faster than a text.
    let mayHaveExponent = (Int(current.start)..<Int(current.end)).contains {
      !CharacterClass.isDigit(characters.scalars[$0])
    }
    if mayHaveExponent, let mark = digits.utf8.firstIndex(where: { $0 | 0x20 == 0x65 }) {
      if names.isDeclared(String(digits[mark])) {
        cutNumber(before: digits.utf8.distance(from: digits.utf8.startIndex, to: mark))
        digits = numberText(current)
      } else {
        noteExponent(digits, mark)
      }
    }
    if mayHaveExponent, next.kind == .letters { noteEnding(digits) }
    let node = builder.leaf(.number(digits), span(current))
    advance()
    return node
  }

  /// The digits of a number in ASCII.
  func numberText(_ token: Token) -> String {
    let text = characters.name(Int(token.start), Int(token.end))
    guard options.readsDecimalCommas else { return text }
    return String(text.map { $0 == "," ? "." : $0 })
  }

  /// Reads the current number again as digits, and what follows them as tokens of their own.
  private func cutNumber(before count: Int) {
    var lexer = Lexer(characters, readsDecimalCommas: options.readsDecimalCommas)
    let cut = Int(current.start) + count
    let digits = Token(.number, Int(current.start), cut, isSpaced: current.isSpaced)
    var rest = lexer.tokens(from: cut, to: Int(current.end))
    rest[0].isSpaced = false
    replaceCurrent(with: [digits] + rest)
  }

  private func vulgar() -> Int32 {
    let parts = CharacterClass.vulgar(characters.at(Int(current.start))) ?? (1, 1)
    let node = builder.leaf(.vulgar(parts.0, parts.1), span(current))
    advance()
    return node
  }

  /// `group = "(" expression ")" | "[" expression "]"`
  private func group() -> Int32 {
    guard enter() else { return missing() }
    openBracket()
    if closesAtOnce() { return missing() }
    let value = grouped(expression())
    leave()
    return value
  }

  private func grouped(_ value: Int32) -> Int32 {
    let isRound = outside.last?.kind == .leftRound
    let whole = closeBracket()
    return builder.unary(.group(isRound ? .round : .square), whole, value)
  }

  /// An open bracket, and what was open outside it.
  struct Outside {
    var kind: Token.Kind
    var span: Span
    var bars: Int
    var followedBars: Int32
  }

  /// Takes an opening bracket; bars inside pair among themselves.
  func openBracket() {
    outside.append(
      Outside(kind: current.kind, span: span(current), bars: openBars, followedBars: followedBars))
    (openBars, followedBars) = (0, -1)
    openBrackets += 1
    advance()
  }

  /// The token that closes a bracket.
  private static func closing(_ kind: Token.Kind) -> Token.Kind {
    switch kind {
    case .leftSquare: .rightSquare
    case .leftCurly: .rightCurly
    case .leftFloor: .rightFloor
    case .leftCeiling: .rightCeiling
    case .casesOpen: .casesClose
    default: .rightRound
    }
  }

  /// Whether nothing stands between the brackets; that is an error.
  func closesAtOnce() -> Bool {
    guard let open = outside.last, current.kind == Parser.closing(open.kind), lastKind == open.kind else {
      return false
    }
    fail(.emptyBrackets, open.span.joined(span(current)))
    return true
  }

  /// Takes the closing bracket, or says what is wrong; where the whole stands.
  func closeBracket() -> Span {
    guard let open = outside.popLast() else { return span(current) }
    let whole = open.span.joined(span(current))
    openBrackets -= 1
    (openBars, followedBars) = (open.bars, open.followedBars)
    if current.kind == Parser.closing(open.kind) {
      advance()
    } else {
      complainOfBracket(open.span)
    }
    return whole
  }

  private func complainOfBracket(_ open: Span) {
    let opening = sourceText(of: open)
    switch current.kind {
    case .end, .newline:
      isIncomplete = isIncomplete || !isStopped
      fail(.unclosedBracket(opening), open, hint: "opened here")
    case .rightRound, .rightSquare, .rightCurly, .bar:
      fail(.wrongBracket(open: opening, close: text(current)), span(current))
    case .comma: complainOfComma(in: opening)
    case .semicolon where opening == "(":
      fail(
        .unexpectedToken(text(current)), span(current),
        fixes: [fix(span(current), ",", "between arguments, write ,")])
    default: complainOfToken()
    }
  }

  /// `braces = "{" expression "}" | piecewise`
  private func braces() -> Int32 {
    guard enter() else { return missing() }
    openBracket()
    if closesAtOnce() { return missing() }
    let start = pending.count
    var value = expression()
    while current.kind == .colon || current.kind == .semicolon { value = branch(value, start) }
    leave()
    return braced(value, start)
  }

  private func braced(_ value: Int32, _ start: Int) -> Int32 {
    let whole = closeBracket()
    guard pending.count > start else { return builder.unary(.group(.curly), whole, value) }
    append(value)
    return builder.node(.piecewise, &pending, from: start, opening: whole)
  }

  /// `piecewise = "{" expression ":" expression { ";" expression ":" expression } [ ";" expression ] "}"`
  private func branch(_ value: Int32, _ start: Int) -> Int32 {
    let isCondition = (pending.count - start) % 2 == 0
    if isCondition != (current.kind == .colon) {
      fail(.missingBranch, span(current))
      return value
    }
    append(value)
    advance()
    return expression()
  }

  /// Adds a part to the node that is being made.
  func append(_ node: Int32) {
    let place = builder.span(node).start
    pending.append(SyntaxTree.Part(node: node, link: .first, span: Span(place, place)))
  }

  /// `absolute = "|" expression "|"`; where an operand is expected, a bar opens.
  private func absolute() -> Int32 {
    guard enter() else { return missing() }
    let open = current
    let first = builder.nodes.count
    noteBars()
    openBars += 1
    advance()
    let value = barred(expression(), open)
    noteNorm(value, from: first, open)
    leave()
    return value
  }

  private func barred(_ value: Int32, _ open: Token) -> Int32 {
    openBars -= 1
    guard current.kind == .bar else {
      complainOfBracket(span(open))
      return value
    }
    let whole = span(open).joined(span(current))
    let node = isInside(value, open) ? value : builder.unary(.absolute, whole, value)
    builder.widen(node, to: whole)
    noteBars(closing: node)
    advance()
    if current.startsOperand { followedBars = node }
    return node
  }

  /// Whether the value is the inner pair of `||x||`, which is one pair of double bars.
  private func isInside(_ value: Int32, _ open: Token) -> Bool {
    builder.kind(value) == .absolute && builder.span(value).start <= span(open).end
      && builder.span(value).end >= span(current).start
  }

  /// `fence = "⌊" expression "⌋" | "⌈" expression "⌉"`
  private func fence() -> Int32 {
    guard enter() else { return missing() }
    openBracket()
    if closesAtOnce() { return missing() }
    let value = fenced(expression())
    leave()
    return value
  }

  private func fenced(_ value: Int32) -> Int32 {
    let function: Function = outside.last?.kind == .leftFloor ? .floor : .ceil
    let whole = closeBracket()
    return builder.unary(.call(.known(KnownFunction(function)), .fence), whole, value)
  }

  /// The source text of a span, commands whole.
  func sourceText(of span: Span) -> String { String(source.slice(source.whole(span))) }
}
