/// Operands: numbers, brackets, bars, roots. Names and calls have files of their own.
extension Parser {
  /// `primary = number | fraction | name | application | group | braces | absolute | fence | root`
  mutating func primary() -> Int32 {
    if current.kind == .letters { readRun() }
    switch current.kind {
    case .number: return number()
    case .vulgar: return vulgar()
    case .piece: return name()
    case .leftRound, .leftSquare: return group()
    case .leftCurly: return braces()
    case .bar: return absolute()
    case .leftFloor, .leftCeiling: return fence()
    case .root, .cubeRoot, .fourthRoot: return root()
    default: return unexpected()
    }
  }

  /// `number`, with a note where `2e+1` may mean 2·e + 1; a declared `e` is no exponent.
  private mutating func number() -> Int32 {
    var digits = numberText(current)
    if let mark = digits.utf8.firstIndex(where: { $0 | 0x20 == 0x65 }) {
      if names.isDeclared(String(digits[mark])) {
        cutNumber(before: digits.utf8.distance(from: digits.utf8.startIndex, to: mark))
        digits = numberText(current)
      } else {
        noteExponent(digits, mark)
      }
    }
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
  private mutating func cutNumber(before count: Int) {
    var lexer = Lexer(characters, readsDecimalCommas: options.readsDecimalCommas)
    let cut = Int(current.start) + count
    let digits = Token(.number, Int(current.start), cut, isSpaced: current.isSpaced)
    var rest = lexer.tokens(from: cut, to: Int(current.end))
    rest[0].isSpaced = false
    replaceCurrent(with: [digits] + rest)
  }

  private mutating func vulgar() -> Int32 {
    let parts = CharacterClass.vulgar(characters.at(Int(current.start))) ?? (1, 1)
    let node = builder.leaf(.vulgar(parts.0, parts.1), span(current))
    advance()
    return node
  }

  /// `group = "(" expression ")" | "[" expression "]"`
  private mutating func group() -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let isRound = current.kind == .leftRound
    let open = span(current)
    let before = openBracket()
    if current.kind == (isRound ? .rightRound : .rightSquare) {
      fail(.emptyBrackets, open.joined(span(current)))
      return missing()
    }
    let value = expression()
    let end = closeBracket(isRound ? .rightRound : .rightSquare, openedAt: open, before)
    return builder.unary(.group(isRound ? .round : .square), open.joined(end), value)
  }

  /// What is open outside a bracket, while its content is read.
  struct Outside {
    var bars: Int
    var followedBars: Int32
  }

  /// Takes an opening bracket; bars inside pair among themselves.
  mutating func openBracket() -> Outside {
    let outside = Outside(bars: openBars, followedBars: followedBars)
    (openBars, followedBars) = (0, -1)
    openBrackets += 1
    advance()
    return outside
  }

  /// Takes the closing bracket, or says what is wrong; where it ends.
  mutating func closeBracket(_ kind: Token.Kind, openedAt open: Span, _ outside: Outside) -> Span {
    let end = span(current)
    openBrackets -= 1
    (openBars, followedBars) = (outside.bars, outside.followedBars)
    if current.kind == kind {
      advance()
    } else {
      complainOfBracket(open)
    }
    return end
  }

  private mutating func complainOfBracket(_ open: Span) {
    let opening = sourceText(of: open)
    switch current.kind {
    case .end, .newline:
      isIncomplete = isIncomplete || !isStopped
      fail(.unclosedBracket(opening), open, hint: "opened here")
    case .rightRound, .rightSquare, .rightCurly, .bar:
      fail(.wrongBracket(open: opening, close: text(current)), span(current))
    case .comma: complainOfComma()
    default: complainOfToken()
    }
  }

  /// `braces = "{" expression "}" | piecewise`
  private mutating func braces() -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let open = span(current)
    let outside = openBracket()
    if current.kind == .rightCurly {
      fail(.emptyBrackets, open.joined(span(current)))
      return missing()
    }
    let start = pending.count
    var value = expression()
    while current.kind == .colon || current.kind == .semicolon { value = branch(value, start) }
    let end = closeBracket(.rightCurly, openedAt: open, outside)
    guard pending.count > start else { return builder.unary(.group(.curly), open.joined(end), value) }
    append(value)
    return builder.node(.piecewise, &pending, from: start, opening: open.joined(end))
  }

  /// `piecewise = "{" expression ":" expression { ";" expression ":" expression } [ ";" expression ] "}"`
  private mutating func branch(_ value: Int32, _ start: Int) -> Int32 {
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
  mutating func append(_ node: Int32) {
    let place = builder.span(node).start
    pending.append(SyntaxTree.Part(node: node, link: .first, span: Span(place, place)))
  }

  /// `absolute = "|" expression "|"`; where an operand is expected, a bar opens.
  private mutating func absolute() -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let open = span(current)
    noteBars()
    openBars += 1
    advance()
    let value = expression()
    openBars -= 1
    guard current.kind == .bar else {
      complainOfBracket(open)
      return value
    }
    noteBars()
    let node = builder.unary(.absolute, open.joined(span(current)), value)
    advance()
    if current.startsOperand { followedBars = node }
    return node
  }

  /// `fence = "⌊" expression "⌋" | "⌈" expression "⌉"`
  private mutating func fence() -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let isFloor = current.kind == .leftFloor
    let open = span(current)
    let outside = openBracket()
    let value = expression()
    let end = closeBracket(isFloor ? .rightFloor : .rightCeiling, openedAt: open, outside)
    return builder.unary(.call(.known(isFloor ? "floor" : "ceil"), .fence), open.joined(end), value)
  }

  /// `root = ("√" | "∛" | "∜") power`
  private mutating func root() -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let sign = current
    advance()
    let radicand = power()
    noteRoot(sign, radicand)
    let whole = span(sign).joined(builder.span(radicand))
    if sign.kind == .root { return builder.unary(.root, whole, radicand) }
    let degree = builder.leaf(.number(sign.kind == .cubeRoot ? "3" : "4"), span(sign))
    return builder.binary(.root, radicand, degree)
  }

  /// No operand begins here.
  private mutating func unexpected() -> Int32 {
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
    case .star, .slash, .caret, .doubleCaret, .bang, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal,
      .assign, .notEqual, .and, .or, .raisedOpen, .comma, .semicolon, .colon:
      fail(.operandMissingBefore(text(token)), span(token))
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling, .raisedClose:
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

  /// The source text of a span, as it is read.
  func sourceText(of span: Span) -> String { String(source.slice(span)) }
}
