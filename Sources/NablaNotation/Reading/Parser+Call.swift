/// Names where an operand is expected: variables, indices, and functions with their arguments.
extension Parser {
  /// `name = piece [ "[" expression "]" ]`
  mutating func name() -> Int32 {
    let token = current
    let piece = pieces[Int(token.piece)]
    switch piece.kind {
    case .function(let callee): return application(callee, piece)
    case .constant(let name):
      advance()
      return builder.leaf(.constant(name), span(token))
    case .boundIndex(let name):
      advance()
      return builder.leaf(.boundIndex(name), span(token))
    case .variable(let name):
      advance()
      if current.kind == .leftSquare, !current.isSpaced { return element(name, token) }
      return builder.leaf(.variable(name), span(token))
    }
  }

  /// `x[i+1]`
  private mutating func element(_ name: String, _ token: Token) -> Int32 {
    guard readsIndices else {
      let whole = span(token)
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
      fail(.notIndexed(text(token)), whole.joined(span(bracket)), fixes: fixes)
      return missing()
    }
    guard enter() else { return missing() }
    defer { leave() }
    let open = span(current)
    let outside = openBracket()
    let index = expression()
    let end = closeBracket(.rightSquare, openedAt: open, outside)
    return builder.unary(.element(name), span(token).joined(end), index)
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
  mutating func application(_ callee: Syntax.Callee, _ piece: Names.Piece) -> Int32 {
    guard enter() else { return missing() }
    defer { leave() }
    let start = span(current).start
    if case .known(let name) = callee, FunctionNames.fold(name) != nil, next.kind == .leftRound {
      return fold(name)
    }
    advance()
    var base: Int32 = -1
    if current.kind == .lowered { base = logarithmBase() }
    guard current.kind == .caret || current.kind == .raisedOpen else {
      return applied(callee, piece, base, from: start)
    }
    let exponent = functionExponent(piece)
    if let inverse = inverse(of: callee, exponent, piece) {
      let value = applied(.known(inverse), piece, base, from: start)
      noteInverse(piece, value)
      return value
    }
    let call = applied(callee, piece, base, from: start)
    return builder.binary(.power(.onFunction), call, exponent)
  }

  /// The function with its arguments, in brackets or without.
  private mutating func applied(
    _ callee: Syntax.Callee, _ piece: Names.Piece, _ base: Int32, from start: Int
  ) -> Int32 {
    let first = pending.count
    let isBracketed = current.kind == .leftRound || current.kind == .leftCurly
    if isBracketed { arguments() } else { append(bareArgument(piece, from: start)) }
    if base >= 0 { append(base) }
    let count = pending.count - first
    let end = characters.span(max(0, lastEnd - 1), lastEnd).end
    let kind = checked(callee, piece, count, Span(start, max(start, end)))
    let node = builder.node(
      .call(kind, isBracketed ? .bracketed : .bare), &pending, from: first,
      opening: Span(start, max(start, end)))
    noteCall(node, piece, isBracketed)
    return node
  }

  /// The function for that many arguments; an error where it takes another number of them.
  private mutating func checked(
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
      guard let count = names.functions[name] else { return callee }
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
  mutating func arguments() {
    let open = span(current)
    let isRound = current.kind == .leftRound
    let outside = openBracket()
    if current.kind == (isRound ? .rightRound : .rightCurly) {
      fail(.emptyBrackets, open.joined(span(current)))
      return
    }
    append(expression())
    while current.kind == .comma || (current.kind == .semicolon && options.readsDecimalCommas) {
      noteComma()
      advance()
      append(expression())
    }
    _ = closeBracket(isRound ? .rightRound : .rightCurly, openedAt: open, outside)
  }

  /// The base of `log_2 x`, `log_{2a} x`, `log₂ x`.
  private mutating func logarithmBase() -> Int32 {
    let token = current
    if let simple = simpleSubscript(token), simple.utf8.allSatisfy({ $0 &- 48 < 10 }) {
      advance()
      return builder.leaf(.number(simple), span(token))
    }
    replaceCurrent(with: indexTokens(token))
    guard enter() else { return missing() }
    defer { leave() }
    let open = span(token)
    let outside = openBracket()
    let value = expression()
    _ = closeBracket(.rightSquare, openedAt: open, outside)
    return value
  }

  /// The exponent between a function's name and its argument: a signed number, a name, raised or in brackets.
  private mutating func functionExponent(_ piece: Names.Piece) -> Int32 {
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

  private mutating func unexpectedExponent() -> Int32 {
    if current.kind == .end || current.kind == .newline { isIncomplete = true }
    fail(.expectedOperand(after: "^"), span(current))
    return missing()
  }

  /// The inverse function for the exponent −1; other negative exponents are errors.
  private mutating func inverse(
    of callee: Syntax.Callee, _ exponent: Int32, _ piece: Names.Piece
  ) -> String? {
    guard let number = negativeExponent(exponent) else { return nil }
    let name = characters.text(piece.start, piece.end)
    let inverse = "arc" + callee.name
    if number == "1", let known = FunctionNames.known(inverse) ?? FunctionNames.known("a" + callee.name) {
      return known.name
    }
    let place = characters.span(piece.start, lastEnd)
    let argument = characters.at(lastEnd) == 0x28 || current.kind == .leftRound ? "(…)" : "(x)"
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

  /// `bareArgument = { sign } ( application | bareFactor { bareFactor } )`
  private mutating func bareArgument(_ piece: Names.Piece, from start: Int) -> Int32 {
    let sign = span(current)
    let isNegative = current.kind == .minus && signs()
    if current.kind == .letters { readRun() }
    if complainOfNoArgument(piece) { return missing() }
    let isNumber = current.kind == .number
    let first = pending.count
    append(power())
    if isNumber, current.kind == .leftRound, pending.count == first + 1 {
      complainOfNumberBeforeBracket(piece, start)
    }
    while continuesBareArgument() {
      if current.kind == .number { complainOfNumber() }
      let place = span(current).start
      let value = power()
      pending.append(SyntaxTree.Part(node: value, link: .implied, span: Span(place, place)))
    }
    let value: Int32
    if pending.count == first + 1 {
      value = pending.removeLast().node
    } else {
      noteProduct(from: first)
      value = builder.node(.product, &pending, from: first)
    }
    return isNegative ? builder.unary(.negative, sign.joined(builder.span(value)), value) : value
  }

  /// Whether the next token is one more factor of an argument without brackets.
  private mutating func continuesBareArgument() -> Bool {
    if pending.last.map({ isApplication($0.node) }) ?? false { return false }
    if current.kind == .letters {
      if isWord("and") || isWord("or") || isWord("mod") { return false }
      readRun()
    }
    switch current.kind {
    case .piece: return !pieces[Int(current.piece)].isFunction
    case .number, .vulgar, .root, .cubeRoot, .fourthRoot, .leftFloor, .leftCeiling: return true
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

  private mutating func complainOfNoArgument(_ piece: Names.Piece) -> Bool {
    switch current.kind {
    case .number, .brokenNumber, .vulgar, .piece, .leftCurly, .root, .cubeRoot, .fourthRoot, .leftFloor,
      .leftCeiling, .bar, .command:
      break
    case .leftRound where lastKind == .minus: break
    default:
      let name = characters.text(piece.start, piece.end)
      if current.kind == .end || current.kind == .newline { isIncomplete = true }
      if current.kind == .leftSquare {
        complainOfSquare(name)
      } else {
        fail(.functionNeedsArgument(name), characters.span(piece.start, piece.end), hint: "write \(name)(…)")
      }
      return true
    }
    guard let most = arity(of: piece), most > 1 else { return false }
    let name = characters.text(piece.start, piece.end)
    fail(.needsBrackets(name), characters.span(piece.start, piece.end), hint: "write \(name)(…, …)")
    return true
  }

  /// `sin[x]`
  private mutating func complainOfSquare(_ name: String) {
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
    case .defined(let name): return names.functions[name]
    }
  }

  /// `sin 2(x+1)`: sin(2)·(x+1) or sin(2(x+1))?
  private mutating func complainOfNumberBeforeBracket(_ piece: Names.Piece, _ start: Int) {
    let whole = Span(start, characters.span(lastEnd, lastEnd).start)
    let name = characters.text(piece.start, piece.end)
    let number = text(Token(.number, piece.end, lastEnd)).filter { $0 != " " }
    let fixes =
      FunctionNames.known(name + number) == nil
      ? "write \(name)(\(number)(…)), or \(name)(\(number))·(…)"
      : "write \(name)_\(number)(…), or \(name)(\(number)(…))"
    complain(.numberBeforeBracket(name + " " + number + "(…)"), whole, hint: fixes)
  }
}
