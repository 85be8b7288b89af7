/// Names where an operand is expected: variables, indices, and functions with their arguments.
extension Parser {
  /// Whether a piece token is the name of a function.
  func isFunction(_ token: Token) -> Bool { pieces[Int(token.piece)].isFunction }

  /// `name = piece [ element ]`
  func name() -> Int32 {
    startsElement() ? element() : plainName()
  }

  private func plainName() -> Int32 {
    let token = current
    advance()
    switch pieces[Int(token.piece)].kind {
    case .constant(let name): return builder.leaf(.constant(name), span(token))
    case .boundIndex(let name): return builder.leaf(.boundIndex(name), span(token))
    case .variable(let name):
      if current.kind == .prime { complainOfPrime(name, span(token)) }
      return builder.leaf(.variable(name), span(token))
    case .function: return missing()
    }
  }

  private func startsElement() -> Bool {
    next.kind == .leftSquare && !next.isSpaced && pieces[Int(current.piece)].variable != nil
  }

  /// `element = "[" expression "]"`, after the name of a family.
  private func element() -> Int32 {
    guard enter() else { return missing() }
    let piece = current.piece
    guard opensElement() else { return missing() }
    let value = member(of: Int(piece), expression())
    leave()
    return value
  }

  private func opensElement() -> Bool {
    let token = current
    advance()
    guard readsIndices else {
      _ = complainOfIndex(token)
      return false
    }
    openBracket()
    return true
  }

  private func member(of place: Int, _ index: Int32) -> Int32 {
    let piece = pieces[place]
    let start = characters.span(piece.start, piece.end)
    return builder.unary(.element(piece.name), start.joined(closeBracket()), index)
  }

  private func complainOfIndex(_ token: Token) -> Int32 {
    let bracket = current
    var fixes: [Diagnostic.Fix] = []
    if let end = closingSquare(of: bracket) {
      let content = characters.text(Int(bracket.end), end - 1)
      let all = characters.span(Int(token.start), end)
      let typed = text(token)
      fixes = [
        fix(all, "\(typed)(\(content))", "write \(typed)(\(content))"),
        fix(all, "\(typed)_\(content)", "\(typed)_\(content)"),
      ]
    }
    fail(.notIndexed(text(token)), span(token).joined(span(bracket)), fixes: fixes)
    return missing()
  }

  func closingSquare(of open: Token) -> Int? {
    var at = Int(open.end)
    while at < characters.count, characters.at(at) != 0x0A {
      if characters.at(at) == 0x5D { return at + 1 }
      at += 1
    }
    return nil
  }

  // MARK: Application

  /// `application = function [ base ] [ power ] ( arguments | bareArgument )`
  func application() -> Int32 {
    guard enter() else { return missing() }
    let value = startsFold() ? fold() : applied(Int(current.piece))
    leave()
    return value
  }

  private func startsFold() -> Bool {
    guard next.kind == .leftRound, case .function(.known(let name)) = pieces[Int(current.piece)].kind else {
      return false
    }
    return FunctionNames.fold(name) != nil
  }

  private func applied(_ piece: Int) -> Int32 {
    advance()
    if current.kind == .prime { takePrimes(piece) }
    let base = current.kind == .lowered ? logarithmBase() : -1
    let exponent = current.kind == .caret || current.kind == .raisedOpen ? functionExponent() : -1
    let afterExponent = lastEnd
    let first = pending.count
    let isBracketed = current.kind == .leftRound || current.kind == .leftCurly
    if isBracketed { arguments() } else { bareArgument(piece) }
    return finished(piece, base, exponent, afterExponent, first, isBracketed)
  }

  /// The call, when its arguments stand in `pending` from `first` on.
  private func finished(
    _ place: Int, _ base: Int32, _ exponent: Int32, _ afterExponent: Int, _ first: Int, _ isBracketed: Bool
  ) -> Int32 {
    let piece = pieces[place]
    guard case .function(var callee) = piece.kind else { return missing() }
    let start = characters.span(piece.start, piece.end).start
    let whole = Span(start, max(start, characters.span(max(0, lastEnd - 1), lastEnd).end))
    if base >= 0 { append(base) }
    let inverse = exponent < 0 ? nil : inverse(of: callee, exponent, piece, afterExponent)
    if let inverse { callee = .known(inverse) }
    callee = checked(callee, piece, pending.count - first, whole)
    let style: Syntax.CallStyle = isBracketed ? .bracketed : .bare
    let node = builder.node(.call(callee, style), &pending, from: first, opening: whole)
    noteCall(node, piece, isBracketed)
    if inverse != nil { noteInverse(piece, node) }
    if exponent < 0 || inverse != nil { return node }
    return builder.binary(.power(.onFunction), node, exponent)
  }

  /// The function for that many arguments; an error where it takes another number of them.
  private func checked(
    _ callee: Syntax.Callee, _ piece: Names.Piece, _ count: Int, _ span: Span
  ) -> Syntax.Callee {
    let arity: ClosedRange<Int>
    switch callee {
    case .known(let name):
      arity = FunctionNames.known(name)?.arity ?? 1...1
      if name == "log", count == 1 {
        noteNaturalLogarithm(piece)
        return .known("ln")
      }
    case .defined(let name):
      guard let count = names.arity(of: name) else { return callee }
      arity = count...count
    }
    guard !arity.contains(count) else { return callee }
    let most =
      arity.upperBound > 100 ? "at least \(arity.lowerBound)" : "\(arity.lowerBound) or \(arity.upperBound)"
    let expected = arity.count == 1 ? "\(arity.lowerBound)" : most
    let noun = arity.upperBound == 1 ? " argument" : " arguments"
    complain(.wrongArgumentCount(callee.name, expected: expected + noun, given: count), span)
    return callee
  }

  /// `arguments = "(" expression { "," expression } ")"`
  func arguments() {
    openBracket()
    if closesAtOnce() { return }
    append(expression())
    while isSeparator {
      noteComma()
      advance()
      append(expression())
    }
    _ = closeBracket()
  }

  /// The base of `log_2 x`, `log_{2a} x`, `log₂ x`.
  private func logarithmBase() -> Int32 {
    let token = current
    if token.end - token.start == 1, characters.at(Int(token.start)) == 0x5F {
      complain(.unexpectedCharacter("‘_’"), span(token))
    }
    if let simple = simpleSubscript(token), simple.utf8.allSatisfy({ $0 &- 48 < 10 }) {
      advance()
      return builder.leaf(.number(simple), span(token))
    }
    replaceCurrent(with: indexTokens(token))
    openBracket()
    let value = expression()
    _ = closeBracket()
    return value
  }

  /// The exponent between a function's name and its argument: a signed number, a name, raised or in brackets.
  private func functionExponent() -> Int32 {
    if current.kind == .raisedOpen { return superscript() }
    advance()
    let sign = span(current)
    let isNegative = signs()
    if current.kind == .letters { readRun() }
    let value: Int32
    switch current.kind {
    case .number, .leftRound, .leftCurly: value = primary()
    case .piece where !pieces[Int(current.piece)].isFunction: value = primary()
    default: return unexpectedExponent()
    }
    return isNegative ? builder.unary(.negative, sign.joined(builder.span(value)), value) : value
  }

  private func unexpectedExponent() -> Int32 {
    if current.kind == .end || current.kind == .newline { isIncomplete = true }
    fail(.expectedOperand(after: "^"), span(current))
    return missing()
  }

  /// The inverse function for the exponent −1; other negative exponents are errors.
  private func inverse(
    of callee: Syntax.Callee, _ exponent: Int32, _ piece: Names.Piece, _ end: Int
  ) -> String? {
    guard let number = negativeExponent(exponent) else { return nil }
    let name = characters.text(piece.start, piece.end)
    let inverse = "arc" + callee.name
    if number == "1", let known = FunctionNames.known(inverse) ?? FunctionNames.known("a" + callee.name) {
      return known.name
    }
    let place = characters.span(piece.start, end)
    let argument = characters.at(end) == 0x28 ? "(…)" : "(x)"
    complain(
      .negativePowerOfFunction(sourceText(of: place)), place,
      hint: number == "1"
        ? "write 1/\(name)\(argument)"
        : "write 1/\(name)^\(number)\(argument), or \(name)\(argument)^(-\(number))")
    return nil
  }

  /// The number n of an exponent −n, in brackets or not.
  private func negativeExponent(_ node: Int32) -> String? {
    var node = node
    while case .group = builder.kind(node) { node = builder.child(node, 0) }
    switch builder.kind(node) {
    case .negative: break
    case .sum where builder.count(node) == 1 && builder.part(node, 0).link == .minus: break
    default: return nil
    }
    guard case .number(let text) = builder.kind(builder.child(node, 0)) else { return nil }
    return text
  }

  // MARK: Without brackets

  /// `bareArgument = [ "-" ] power { bareFactor }`, put into `pending`.
  private func bareArgument(_ piece: Int) {
    let sign = current.start
    let isNegative = startBareArgument(piece)
    let first = pending.count
    let isNumber = current.kind == .number
    append(power())
    if isNumber, current.kind == .leftRound { complainOfNumberBeforeBracket(pieces[piece]) }
    while continuesBareArgument() { bareFactor() }
    finishBareArgument(first, isNegative, Int(sign))
  }

  /// Takes the sign and looks at what follows; whether there is a minus.
  private func startBareArgument(_ piece: Int) -> Bool {
    let isNegative = current.kind == .minus && signs()
    if current.kind == .letters { readRun() }
    checkArgument(pieces[piece])
    return isNegative
  }

  /// One more factor of an argument without brackets.
  private func bareFactor() {
    if current.kind == .number { complainOfNumber() }
    let place = span(current).start
    let value = power()
    pending.append(SyntaxTree.Part(node: value, link: .implied, span: Span(place, place)))
  }

  /// Makes one node of the factors from `first` on.
  private func finishBareArgument(_ first: Int, _ isNegative: Bool, _ start: Int) {
    if pending.count > first + 1 {
      noteProduct(from: first)
      append(builder.node(.product, &pending, from: first))
    }
    guard isNegative else { return }
    let value = pending.removeLast().node
    append(builder.unary(.negative, characters.span(start, start + 1).joined(builder.span(value)), value))
  }

  /// Whether the next token is one more factor of an argument without brackets.
  private func continuesBareArgument() -> Bool {
    if pending.last.map({ isApplication($0.node) }) ?? false { return false }
    if current.kind == .letters {
      if startsDerivative() { return false }
      if isWord("and") || isWord("or") || isWord("mod") { return false }
      readRun()
    }
    switch current.kind {
    case .piece: return !pieces[Int(current.piece)].isFunction
    case .number, .vulgar, .root, .cubeRoot, .fourthRoot, .leftFloor, .leftCeiling, .radical: return true
    case .fraction: return !startsDerivative()
    case .bar: return openBars == 0
    default: return false
    }
  }

  /// Whether the node is a function's value: an argument that begins with one ends there.
  private func isApplication(_ node: Int32) -> Bool {
    var node = node
    while true {
      switch builder.kind(node) {
      case .call(_, .bare), .call(_, .bracketed), .power(.onFunction), .fold: return true
      case .power, .factorial: node = builder.child(node, 0)
      default: return false
      }
    }
  }

  /// Says what is missing where no argument begins, or the function takes several.
  private func checkArgument(_ piece: Names.Piece) {
    switch current.kind {
    case .number, .brokenNumber, .vulgar, .piece, .leftCurly, .root, .cubeRoot, .fourthRoot, .leftFloor,
      .leftCeiling, .bar, .command, .fraction, .radical:
      break
    case .leftRound where lastKind == .minus: break
    default:
      let name = characters.text(piece.start, piece.end)
      if current.kind == .end || current.kind == .newline { isIncomplete = true }
      if current.kind == .leftSquare { return complainOfSquare(name) }
      return fail(
        .functionNeedsArgument(name), characters.span(piece.start, piece.end), hint: "write \(name)(…)")
    }
    guard let least = arity(of: piece), least > 1 else { return }
    let name = characters.text(piece.start, piece.end)
    fail(.needsBrackets(name), characters.span(piece.start, piece.end), hint: "write \(name)(…, …)")
  }

  /// `sin[x]`
  private func complainOfSquare(_ name: String) {
    let open = current
    let end = closingSquare(of: open)
    let content = characters.text(Int(open.end), max(Int(open.end), (end ?? 1) - 1))
    let whole = characters.span(Int(open.start), end ?? Int(open.end))
    fail(.notIndexed(name), whole, fixes: [fix(whole, "(\(content))", "write \(name)(\(content))")])
  }

  /// The least number of arguments of the function of a piece.
  private func arity(of piece: Names.Piece) -> Int? {
    guard case .function(let callee) = piece.kind else { return nil }
    switch callee {
    case .known(let name): return FunctionNames.known(name)?.arity.lowerBound
    case .defined(let name): return names.arity(of: name)
    }
  }

  /// `sin 2(x+1)`: sin(2)·(x+1) or sin(2(x+1))?
  private func complainOfNumberBeforeBracket(_ piece: Names.Piece) {
    let whole = characters.span(piece.start, lastEnd)
    let name = characters.text(piece.start, piece.end)
    let number = text(Token(.number, piece.end, lastEnd)).filter { $0 != " " }
    let fixes =
      FunctionNames.known(name + number) == nil
      ? "write \(name)(\(number)(…)), or \(name)(\(number))·(…)"
      : "write \(name)_\(number)(…), or \(name)(\(number)(…))"
    complain(.numberBeforeBracket(name + " " + number + "(…)"), whole, hint: fixes)
  }
}
