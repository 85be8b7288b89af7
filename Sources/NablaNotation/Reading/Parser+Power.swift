/// Powers, factorials and degrees.
extension Parser {
  /// `power = primary [ "!" ] [ "^" exponent | superscript ]`
  func power() -> Int32 {
    var value = primary()
    if current.kind == .bang { value = factorial(value) }
    if current.kind == .degree { value = degrees(value) }
    switch current.kind {
    case .caret: return raisedCall(value) ?? raised(value)
    case .raisedOpen: return superscripted(value)
    case .doubleCaret: return complainOfDoubledCaret(value)
    default: return value
    }
  }

  private func complainOfDoubledCaret(_ value: Int32) -> Int32 {
    fail(.doubledCaret, span(current), fixes: [fix(span(current), "^", "write ^")])
    return value
  }

  /// `\sin{x}^2`, which is printed like `\sin x^2`: a note says which power is read.
  private func raisedCall(_ call: Int32) -> Int32? {
    guard case .call(_, .bracketed) = builder.kind(call), lastKind == .rightCurly, builder.count(call) == 1
    else {
      return nil
    }
    let value = raised(call)
    let whole = builder.span(value)
    let argument = builder.span(builder.child(call, 0))
    let head = Self.trimmed(sourceText(of: Span(whole.start, argument.start)))
    let exponent = Self.trimmed(sourceText(of: Span(builder.span(call).end, whole.end)))
    let typed = sourceText(of: argument)
    let opening = head.hasSuffix("{") ? String(head.dropLast()) : head
    let corrected = "\(opening)((\(typed))\(exponent))"
    note(
      .bareArgument(sourceText(of: whole), reading: builder.reading(value)),
      builder.span(builder.child(value, 1)),
      fixes: [fix(whole, corrected, "for a power of the argument, write \(corrected)")])
    return value
  }

  /// `exponent = { sign } power`
  private func raised(_ base: Int32) -> Int32 {
    advance()
    let exponent = exponent()
    noteRaisedIndex(base, exponent)
    return builder.binary(.power(.caret), base, exponent)
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

  /// Whether the current letters are this word and no name: `not_i` and `and₂` are names.
  @inline(__always)
  func isWord(_ word: String) -> Bool {
    current.kind == .letters && stands(word, at: current) && !names.isDeclared(word)
      && !(next.kind == .lowered && !next.isSpaced)
  }
}
