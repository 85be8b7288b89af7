/// Names where an operand is expected: variables, indices, and functions with their arguments.
extension Parser {
  /// Whether a piece token is the name of a function.
  func isFunction(_ token: Token) -> Bool { pieces[Int(token.piece)].isFunction }

  /// `name = piece [ element ]`
  func name() -> Int32 {
    startsElement() ? element() : plainName()
  }

  func plainName() -> Int32 {
    let token = current
    advance()
    switch pieces[Int(token.piece)].kind {
    case .constant(let name): return builder.leaf(.constant(name), span(token))
    case .boundIndex(let name): return builder.leaf(.boundIndex(name), span(token))
    case .variable(let name):
      if current.kind == .prime || isStrangeDerivative(Int(token.piece)) {
        complainOfPrime(name, span(token))
      }
      return builder.leaf(.variable(name), span(token))
    case .function: return missing()
    }
  }

  func startsElement() -> Bool {
    next.kind == .leftSquare && !next.isSpaced && pieces[Int(current.piece)].variable != nil
  }

  /// `element = "[" expression "]"`, after the name of a family.
  func element() -> Int32 {
    guard enter() else { return missing() }
    let piece = current.piece
    guard opensElement() else { return missing() }
    let value = member(of: Int(piece), expression())
    leave()
    return value
  }

  func opensElement() -> Bool {
    let token = current
    advance()
    guard readsIndices else {
      _ = complainOfIndex(token)
      return false
    }
    openBracket()
    return true
  }

  func member(of place: Int, _ index: Int32) -> Int32 {
    let piece = pieces[place]
    let start = characters.span(piece.start, piece.end)
    return builder.unary(.element(piece.name), start.joined(closeBracket()), index)
  }

  func complainOfIndex(_ token: Token) -> Int32 {
    let bracket = current
    var fixes: [Diagnostic.Fix] = []
    if ["D", "Grad"].contains(text(token)), let end = closingSquare(of: bracket) {
      let all = characters.span(Int(token.start), end)
      let alone = firstArgument(from: Int(bracket.end), to: end - 1)
      fixes = [fix(all, alone, "for its derivatives, write the formula alone: \(alone)")]
    } else if let all = membersOfLine(from: token) {
      fixes = [fix(all.place, all.text, "write \(all.text)")]
    } else if let end = closingSquare(of: bracket) {
      let content = characters.text(Int(bracket.end), end - 1)
      let all = characters.span(Int(token.start), end)
      let typed = text(token)
      let isNumber = content.isAllDigits
      let isSimple = isNumber || content.unicodeScalars.allSatisfy { CharacterClass.isLetter($0.value) }
      let product = fix(all, "\(typed)(\(content))", "write \(typed)(\(content))")
      let member = fix(all, "\(typed)_\(content)", "write \(typed)_\(content)")
      // Before a number in brackets a letter multiplies: x[0] is no x(0).
      fixes = !isSimple ? [product] : isNumber ? [member] : [product, member]
    }
    fail(.notIndexed(text(token)), span(token).joined(span(bracket)), fixes: fixes)
    return missing()
  }

  /// What stands before the first comma outside of brackets.
  private func firstArgument(from start: Int, to end: Int) -> String {
    var (at, depth) = (start, 0)
    while at < end, depth > 0 || characters.at(at) != 0x2C {
      if [0x28, 0x5B, 0x7B].contains(characters.at(at)) { depth += 1 }
      if [0x29, 0x5D, 0x7D].contains(characters.at(at)) { depth -= 1 }
      at += 1
    }
    return Self.trimmed(characters.text(start, at))
  }

  /// `x[0]**2 + x[1]` with all members as names, where there are several in the line.
  private func membersOfLine(from first: Token) -> (place: Span, text: String)? {
    var (written, done, at, count, last) = ("", Int(first.start), Int(first.start), 0, 0)
    while at < characters.count, characters.at(at) != 0x0A, at - done < 200 {
      var end = at + 1
      while CharacterClass.isDigit(characters.at(end)) { end += 1 }
      if characters.at(at) == 0x5B, at > 0, CharacterClass.isLetter(characters.at(at - 1)), end > at + 1,
        characters.at(end) == 0x5D
      {
        written += characters.text(done, at) + "_" + characters.text(at + 1, end)
        (done, last, count) = (end + 1, end + 1, count + 1)
        at = end
      }
      at += 1
    }
    return count > 1 && written.utf8.count < 200 ? (characters.span(Int(first.start), last), written) : nil
  }

  func closingSquare(of open: Token) -> Int? {
    var (at, depth) = (Int(open.end), 1)
    while at < characters.count, characters.at(at) != 0x0A {
      if characters.at(at) == 0x5B { depth += 1 }
      if characters.at(at) == 0x5D { depth -= 1 }
      if depth == 0 { return at + 1 }
      at += 1
    }
    return nil
  }
}
