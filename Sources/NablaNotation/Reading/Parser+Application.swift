/// Functions with their arguments in brackets, their powers and their bases.
extension Parser {
  /// `application = function [ base ] [ power ] ( arguments | bareArgument )`
  func application() -> Int32 {
    guard enter() else { return missing() }
    let value = startsFold() ? fold() : applied(Int(current.piece))
    leave()
    return value
  }

  func startsFold() -> Bool {
    guard next.kind == .leftRound, case .function(.known(let function)) = pieces[Int(current.piece)].kind
    else { return false }
    return function.fold != nil
  }

  func applied(_ piece: Int) -> Int32 {
    advance()
    if current.kind == .prime {
      takePrimes(piece)
    } else if let mark = derivativeMark(0) {
      takeDerivative(mark, piece)
    }
    let base = current.kind == .lowered ? logarithmBase() : -1
    let exponent = current.kind == .caret || current.kind == .raisedOpen ? functionExponent() : -1
    let afterExponent = lastEnd
    let first = pending.count
    let isBracketed = current.kind == .leftRound || current.kind == .leftCurly
    if isBracketed { arguments() } else { bareArgument(piece) }
    return finished(piece, base, exponent, afterExponent, first, isBracketed)
  }

  /// The call, when its arguments stand in `pending` from `first` on.
  func finished(
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
    noteRadians(node)
    let isRaised = exponent >= 0 && inverse == nil
    let value = isRaised ? builder.binary(.power(.onFunction), node, exponent) : node
    if base < 0 || !isBracketed { noteCall(node, in: value, piece, isBracketed) }
    if inverse != nil { noteInverse(piece, node) }
    return value
  }

  /// The function for that many arguments; an error where it takes another number of them.
  func checked(
    _ callee: Syntax.Callee, _ piece: Names.Piece, _ count: Int, _ span: Span
  ) -> Syntax.Callee {
    let arity: ClosedRange<Int>
    switch callee {
    case .known(let function):
      arity = function.arity
      if count == 1, arity.upperBound == 2, function.name == "log" {
        noteNaturalLogarithm(piece)
        return .known(KnownFunction(.ln))
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
    let said = Diagnostic.Kind.wrongArgumentCount(callee.name, expected: expected + noun, given: count)
    if sayWhenCarved(piece) { return callee }
    if case .known = callee, count == 1, Greek.isName(callee.name), piece.end < lastEnd {
      let name = sourceText(of: characters.span(piece.start, piece.end))
      let place = characters.span(piece.end, piece.end)
      complain(said, span, fixes: [fix(place, "*", "to multiply, write \(name)*(…)")])
    } else {
      complain(said, span)
    }
    return callee
  }

  /// `sigmod(x)`: a slip in one name, whose end is a function that takes other arguments.
  private func sayWhenCarved(_ piece: Names.Piece) -> Bool {
    var start = piece.start
    while start > 0, CharacterClass.isLetter(characters.at(start - 1)) { start -= 1 }
    let name = characters.text(start, piece.end)
    guard start < piece.start, let close = Suggestion.closest(to: name, among: names.functionNames)
    else { return false }
    let place = characters.span(start, piece.end)
    complain(.unknownFunction(name), place, fixes: [fix(place, close, "did you mean ‘\(close)’?")])
    return true
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
  func logarithmBase() -> Int32 {
    let token = current
    if token.end - token.start == 1, characters.at(Int(token.start)) == 0x5F {
      complain(.unexpectedCharacter("‘_’"), span(token))
    }
    if let simple = simpleSubscript(token), simple.isAllDigits {
      advance()
      return builder.leaf(.number(simple), span(token))
    }
    let base = indexTokens(token)
    look(over: base)
    replaceCurrent(with: base)
    openBracket()
    let value = expression()
    _ = closeBracket()
    return value
  }

  /// The exponent between a function's name and its argument: a signed number, a name, raised or in brackets.
  func functionExponent() -> Int32 {
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

  func unexpectedExponent() -> Int32 {
    if current.kind == .end || current.kind == .newline { isIncomplete = true }
    fail(.expectedOperand(after: "^"), span(current))
    return missing()
  }

  /// The inverse function for the exponent −1; other negative exponents are errors.
  func inverse(
    of callee: Syntax.Callee, _ exponent: Int32, _ piece: Names.Piece, _ end: Int
  ) -> KnownFunction? {
    guard let number = negativeExponent(exponent) else { return nil }
    let name = characters.text(piece.start, piece.end)
    if number == "1", let inverse = FunctionNames.inverse(of: callee.name) { return inverse }
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
  func negativeExponent(_ node: Int32) -> String? {
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
}
