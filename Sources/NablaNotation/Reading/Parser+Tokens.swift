/// Where the parser is, and what it says.
extension Parser {
  /// The token after the current one.
  var next: Token {
    @inline(__always) get { queue.isEmpty && place + 1 < tokens.count ? tokens[place + 1] : peek(0) }
  }

  /// The token so many places after the next one.
  func peek(_ ahead: Int) -> Token {
    let waiting = queue.count
    if ahead < waiting { return queue[waiting - 1 - ahead] }
    return tokens[min(place + 1 + ahead - waiting, tokens.count - 1)]
  }

  /// Takes out the token after the current one.
  func dropNext() {
    if queue.popLast() == nil, place + 1 < tokens.count { place += 1 }
  }

  func advance() {
    lastEnd = Int(current.end)
    lastKind = current.kind
    guard !isStopped else { return }
    if !queue.isEmpty {
      current = queue.removeLast()
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
  /// Whether a token is this word; the first letter tells most words apart.
  @inline(__always)
  func stands(_ word: String, at token: Token) -> Bool {
    let start = Int(token.start)
    return Int(token.end) - start == word.utf8.count
      && characters.at(start) == word.utf8.first.map(UInt32.init) && characters.stands(word, at: start)
  }

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
}
