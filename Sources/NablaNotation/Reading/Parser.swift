import NablaBasics

/// Reads text into `Syntax` and diagnostics; it never traps, never loops and never evaluates.
///
/// Rules of `grammar.md` are methods of the same name. One call of `expression` reads one level of brackets:
/// the chains of operators that are open in it stand in `chains`, their parts in `pending`, so that the depth
/// of calls follows the nesting of the text and never its length, and a call's own frame is small.
final class Parser {
  let source: SourceText
  let characters: Characters
  let options: ParsingOptions
  var names: Names
  var runs = RunMemory()
  var builder = SyntaxBuilder()
  var notes = Notes()
  var errors: [Diagnostic] = []
  /// Whether the text ends where something is still missing.
  var isIncomplete = false
  /// Set by an error that leaves the rest of the line without meaning.
  var isStopped = false

  // Where the parser is.
  var tokens: [Token]
  var place = 0
  /// Tokens that stand in front of `tokens[place]`, the next one last.
  var queue: [Token] = []
  var current: Token
  /// The end of the token before the current one.
  var lastEnd = 0
  var lastKind: Token.Kind = .newline
  /// The pieces that piece tokens point to.
  var pieces: [Names.Piece] = []

  // What is open.
  var depth = 0
  var openBrackets = 0
  var openBars = 0
  /// The brackets that are open, and what was open outside each.
  var outside: [Outside] = []
  /// The last `|…|` that an operand followed, at this level of brackets.
  var followedBars: Int32 = -1
  var chains: [Chain] = []
  var pending: [SyntaxTree.Part] = []
  /// The last operand that is a word read as one name, and where it ends; two of them side by side are an error.
  var lastWord: (end: Int, text: String)?
  /// Whether the text holds `sum(` or `prod(`, so that `x[3]` may be a member of a family.
  var readsIndices = false
  /// Whether no run of letters of the line has been read yet.
  var isFirstRun = true
  /// The indices of the sums that have ended in the line.
  var endedIndices: Set<String> = []
  /// Names that have a value or a definition.
  var defined: Set<String>
  /// The first places of names in earlier lines that had no definition there.
  var undefinedUses: [String: Span] = [:]
  /// Where the brackets begin that hold a comma.
  var bracketsWithComma: Set<Int32> = []

  /// Operands joined by operators of one level, while the chain grows.
  struct Chain {
    var level: Operator.Level
    /// Where its parts begin in `pending`.
    var start: Int
    /// How the next part is tied.
    var link: Syntax.Link
    var span: Span
  }

  init(_ source: SourceText, names: Names, options: ParsingOptions) {
    self.source = source
    characters = Characters(source)
    self.options = options
    self.names = names
    var lexer = Lexer(characters, readsDecimalCommas: options.readsDecimalCommas)
    tokens = Commands.replaced(in: lexer.tokens(from: 0, to: characters.count), characters)
    tokens.append(Token(.end, characters.count, characters.count))
    current = tokens[0]
    builder.reserve(tokens.count)
    defined = options.valued
    sayRemarks()
    scanBrackets()
  }

  /// What the characters themselves give to say.
  private func sayRemarks() {
    for remark in characters.remarks {
      let label = remark.replacement.isEmpty ? "leave it out" : "to say so, write \(remark.replacement)"
      let said = Diagnostic(
        remark.kind, remark.span,
        fixes: [Diagnostic.Fix(span: remark.span, replacement: remark.replacement, label: label)])
      if said.severity == .error { errors.append(said) } else { notes.add(said) }
    }
    for (place, letter) in characters.controls {
      var end = place + 1
      while characters.at(end) < 0x80, CharacterClass.isLetter(characters.at(end)) { end += 1 }
      // A line may begin with any letters; a tab, with a letter.
      guard end - place > (letter == "n" || letter == "r" ? 3 : 2) else { continue }
      let command = String(letter) + characters.text(place + 1, end)
      guard Commands.all.contains(command) else { continue }
      errors.append(
        Diagnostic(
          .lostBackslash("\\" + command), characters.span(place, end),
          hint: "in JSON and in program texts, write \\\\\(command)"))
    }
  }

  /// One look over all tokens: which brackets hold a comma, and whether there is a sum or product over an index.
  private func scanBrackets() {
    var open: [(start: Int32, hasComma: Bool)] = []
    for place in tokens.indices {
      switch tokens[place].kind {
      case .leftRound, .leftSquare, .leftCurly:
        open.append((tokens[place].start, false))
        if place > 0, tokens[place - 1].kind == .letters, FunctionNames.fold(text(tokens[place - 1])) != nil {
          readsIndices = true
        }
      case .rightRound, .rightSquare, .rightCurly:
        if let last = open.popLast(), last.hasComma { bracketsWithComma.insert(last.start) }
      case .bigSum, .bigProduct: readsIndices = true
      case .semicolon where !options.readsDecimalCommas: break
      case .comma, .semicolon: if !open.isEmpty { open[open.count - 1].hasComma = true }
      default: break
      }
    }
  }

  // MARK: Tokens

  /// The token after the current one.
  var next: Token { peek(0) }

  /// The token so many places after the next one.
  func peek(_ ahead: Int) -> Token {
    if ahead < queue.count { return queue[queue.count - 1 - ahead] }
    return tokens[min(place + 1 + ahead - queue.count, tokens.count - 1)]
  }

  /// Takes out the token after the current one.
  func dropNext() {
    if queue.popLast() == nil, place + 1 < tokens.count { place += 1 }
  }

  func advance() {
    lastEnd = Int(current.end)
    lastKind = current.kind
    guard !isStopped else { return }
    if let queued = queue.popLast() {
      current = queued
      return
    }
    if current.kind != .end, place + 1 < tokens.count { place += 1 }
    while openBrackets > 0, tokens[place].kind == .newline { place += 1 }
    current = tokens[place]
  }

  /// Puts tokens in front of everything that follows; the first of them becomes current.
  func replaceCurrent(with replacement: [Token]) {
    guard let first = replacement.first else { return advance() }
    queue.append(contentsOf: replacement.dropFirst().reversed())
    current = first
  }

  func text(_ token: Token) -> String { characters.text(Int(token.start), Int(token.end)) }
  func span(_ token: Token) -> Span { characters.span(Int(token.start), Int(token.end)) }
  /// Whether nothing stands between the current token and the next.
  var touchesNext: Bool { !next.isSpaced && next.start == current.end }

  // MARK: Diagnostics

  /// Reports an error; the line goes on.
  func complain(
    _ kind: Diagnostic.Kind, _ span: Span, hint: String = "", fixes: [Diagnostic.Fix] = []
  ) {
    guard !isStopped, errors.count < 100 else { return }
    errors.append(Diagnostic(kind, span, hint: hint, fixes: fixes))
  }

  /// Reports an error that leaves the rest of the line without meaning.
  func fail(_ kind: Diagnostic.Kind, _ span: Span, hint: String = "", fixes: [Diagnostic.Fix] = []) {
    complain(kind, span, hint: hint, fixes: fixes)
    isStopped = true
    queue.removeAll()
    current = Token(.end, Int(current.start), Int(current.start))
  }

  /// One level of brackets, functions or powers deeper; false at the limit.
  func enter() -> Bool {
    depth += 1
    if depth <= options.limits.nesting { return true }
    fail(.nestedTooDeep(limit: options.limits.nesting), span(current))
    return false
  }

  func leave() { depth -= 1 }

  func missing() -> Int32 {
    builder.leaf(.missing, Span(span(current).start, span(current).start))
  }

  // MARK: Expression

  /// `expression = [sign] operand { operator operand }`, all levels of operators between two brackets.
  ///
  /// With a level, operators that bind no tighter end it.
  func expression(above floor: Operator.Level = .none) -> Int32 {
    let base = chains.count
    while true {
      prefixes(base)
      var value = chains.last?.level == .product && chains.count > base ? factor() : power()
      var next = nextOperator()
      if next.level <= floor { next = .end }
      close(&value, looserThan: next.level, base)
      if next.level == .none { return value }
      shift(next, value, base)
    }
  }

  /// Signs and `not` where an operand is expected.
  private func prefixes(_ base: Int) {
    while current.kind == .not || isWord("not") {
      chains.append(Chain(level: .not, start: pending.count, link: .first, span: span(current)))
      advance()
    }
    guard current.kind == .plus || current.kind == .minus else { return }
    if chains.count > base, let last = chains.last, last.level == .product { return }
    let sign = span(current)
    let isNegative = signs()
    if chains.count > base, let last = chains.last, last.level == .sum {
      if isNegative { chains[chains.count - 1].link = last.link == .plus ? .minus : .plus }
    } else if isNegative {
      chains.append(Chain(level: .sum, start: pending.count, link: .minus, span: sign))
    }
  }

  /// A run of signs; whether they make a minus.
  func signs() -> Bool {
    var isNegative = false
    while current.kind == .plus || current.kind == .minus {
      if current.kind == .minus { isNegative.toggle() }
      advance()
    }
    return isNegative
  }

  /// `factor = { sign } power`, an operand of a product.
  func factor() -> Int32 {
    current.kind == .plus || current.kind == .minus ? signedPower() : power()
  }

  private func signedPower() -> Int32 {
    let sign = span(current)
    let isNegative = signs()
    let value = power()
    return isNegative ? builder.unary(.negative, sign.joined(builder.span(value)), value) : value
  }

  /// The operator at the current token, if it is one.
  private func nextOperator() -> Operator {
    if let typed = Operator.spelled(by: current.kind) { return typed }
    switch current.kind {
    case .bar: return openBars > 0 ? .end : .implied
    case .letters:
      if isWord("and") { return Operator(.and, .first) }
      if isWord("or") { return Operator(.or, .first) }
      if isWord("mod") { return complainOfMod() }
      return .implied
    case .number, .vulgar:
      complainOfNumber()
      return .implied
    case .percent:
      complainOfPercent()
      return .end
    default: return current.startsOperand ? .implied : .end
    }
  }

  /// Closes the open chains that bind tighter than what follows.
  private func close(_ value: inout Int32, looserThan level: Operator.Level, _ base: Int) {
    while chains.count > base, let chain = chains.last, chain.level > level {
      pending.append(SyntaxTree.Part(node: value, link: chain.link, span: chain.span))
      value = closeChain(chain)
    }
  }

  private func closeChain(_ chain: Chain) -> Int32 {
    chains.removeLast()
    let kind: Syntax.Kind
    switch chain.level {
    case .or: kind = .or
    case .and: kind = .and
    case .not: kind = .not
    case .comparison: kind = .comparison
    case .sum: kind = .sum
    case .product, .none: kind = .product
    }
    if kind == .product { noteProduct(from: chain.start) }
    return builder.node(kind, &pending, from: chain.start, opening: kind == .not ? chain.span : nil)
  }

  /// Puts an operand into the chain of its operator, and takes the operator.
  private func shift(_ next: Operator, _ value: Int32, _ base: Int) {
    let place = next.isTyped ? span(current) : Span(span(current).start, span(current).start)
    if chains.count > base, let chain = chains.last, chain.level == next.level {
      pending.append(SyntaxTree.Part(node: value, link: chain.link, span: chain.span))
    } else {
      chains.append(Chain(level: next.level, start: pending.count, link: next.link, span: place))
      let link: Syntax.Link = next.level == .sum ? .plus : .first
      let start = builder.span(value).start
      pending.append(SyntaxTree.Part(node: value, link: link, span: Span(start, start)))
    }
    chains[chains.count - 1].link = next.link
    chains[chains.count - 1].span = place
    if next.isTyped { advance() }
  }

  // MARK: Powers

  /// `power = primary [ "!" ] [ "^" exponent | superscript ]`
  func power() -> Int32 {
    var value = primary()
    if current.kind == .bang { value = factorial(value) }
    if current.kind == .degree { value = degrees(value) }
    switch current.kind {
    case .caret: return raised(value)
    case .raisedOpen: return superscripted(value)
    case .doubleCaret: return complainOfDoubledCaret(value)
    default: return value
    }
  }

  private func complainOfDoubledCaret(_ value: Int32) -> Int32 {
    fail(.doubledCaret, span(current), fixes: [fix(span(current), "^", "write ^")])
    return value
  }

  /// `exponent = { sign } power`
  private func raised(_ base: Int32) -> Int32 {
    advance()
    return builder.binary(.power(.caret), base, exponent())
  }

  /// An optional sign and one primary with its own powers.
  func exponent() -> Int32 {
    guard enter() else { return missing() }
    let value = factor()
    leave()
    return value
  }

  /// `superscript = raised characters`
  private func superscripted(_ base: Int32) -> Int32 {
    guard enter() else { return base }
    defer { leave() }
    var exponent = superscript()
    let isPowerOfSuperscript = current.kind == .caret
    if isPowerOfSuperscript { exponent = raised(exponent) }
    let value = builder.binary(.power(.superscript), base, exponent)
    if isPowerOfSuperscript { notePowerOfSuperscript(value) }
    return value
  }

  /// The expression that raised characters spell.
  func superscript() -> Int32 {
    let open = current
    advance()
    let bars = openBars
    openBars = 0
    let value = expression()
    openBars = bars
    if current.kind == .raisedClose {
      advance()
    } else {
      fail(.unexpectedToken(text(current)), span(open))
    }
    return value
  }

  /// `factorial = primary "!"`
  private func factorial(_ operand: Int32) -> Int32 {
    let sign = span(current)
    advance()
    if current.kind == .bang {
      fail(.repeatedFactorial, sign.joined(span(current)), hint: "write \(bracketed(operand, "!"))!")
    }
    return builder.unary(.factorial, builder.span(operand).joined(sign), operand)
  }

  /// `degrees = primary "°"`
  private func degrees(_ operand: Int32) -> Int32 {
    let sign = span(current)
    advance()
    return builder.unary(.degrees, builder.span(operand).joined(sign), operand)
  }

  /// Whether the current token separates the arguments of a function.
  var isSeparator: Bool {
    current.kind == .comma || (current.kind == .semicolon && options.readsDecimalCommas)
  }

  func isWord(_ word: String) -> Bool {
    current.kind == .letters && Int(current.end - current.start) == word.utf8.count && text(current) == word
      && !names.isDeclared(word)
  }
}

/// What the parser has to know apart from the text.
struct ParsingOptions: Sendable {
  var limits = Limits.standard
  /// Whether `3,5` is a number and `;` separates arguments.
  var readsDecimalCommas = false
  /// Whether `x^2 + y^2 = 1` is read; its tree is a comparison.
  var readsEquations = false
  /// Names that have a value before the first line.
  var valued: Set<String> = []
}
