/// Digits and subscripts that touch a run of letters.
extension Parser {
  /// Gives the digits and subscripts after the run to its last name, or leaves digits as its argument.
  func attach(
    _ subscripts: Int, to last: inout Names.Piece, _ rule: Names.Rule, _ index: inout [Token]
  ) {
    let first = next
    if subscripts == 1, attachNumber(first, to: &last) { return }
    switch last.kind {
    case .function(let callee):
      attach(first, toFunction: callee, &last)
    case .constant where first.kind == .number:
      let whole = characters.span(last.start, Int(first.end))
      let (letters, digits) = (characters.text(last.start, last.end), text(first))
      complain(
        .digitsAfterConstant(letters + digits), whole,
        fixes: [
          fix(whole, digits + letters, "write \(digits + letters)"),
          fix(whole, letters + "^" + digits, "write \(letters)^\(digits)"),
        ])
      dropNext()
    case .variable(let name), .boundIndex(let name), .constant(let name):
      var full = name
      var firstLowered = ""
      for place in 0..<subscripts {
        let token = peek(0)
        if let lowered = simpleSubscript(token), !readsIndices || !isIndex(lowered) {
          if !names.indices.isEmpty { lookForIndices(lowered, last.start, token) }
          if place == 0 { firstLowered = lowered }
          if lowered.isEmpty, !names.isDeclared(full + "_") {
            complain(.unexpectedCharacter("‘_’"), span(token))
          }
          if !endedIndices.isEmpty { noteEndedIndex(lowered, span(token)) }
          full += "_" + lowered
          last.end = Int(token.end)
          dropNext()
          continue
        }
        if !readsIndices { complainOfSubscript(characters.span(last.start, Int(token.end))) }
        index = readsIndices ? indexTokens(token) : []
        if index.contains(where: { $0.kind == .comma }) { complainOfIndices(last.start, token) }
        dropNext()
        break
      }
      guard full != name else { break }
      last.kind = .variable(full)
      // Asked first, as the call of the second question copies the names.
      last.isDeclared = names.declaresNothing ? false : names.isDeclared(full)
      if !last.isDeclared { noteSubscript(name, full, firstLowered, first, last, rule) }
    }
  }

  /// `t_{1/2}`, where nothing runs over an index.
  func complainOfSubscript(_ place: Span) {
    complain(
      .badSubscript(sourceText(of: place)), place, hint: "for a name, use letters and digits: x_a, x_12")
  }

  /// Whether a subscript is a bound index, or a multiple of one: `i`, `2i`; `1i` is no multiple but two numbers of a member.
  private func isIndex(_ lowered: String) -> Bool {
    if names.indices.isEmpty { return false }
    let factor = lowered.prefix { "0"..."9" ~= $0 }
    return factor != "1" && names.isBound(factor.isEmpty ? lowered : String(lowered.dropFirst(factor.count)))
  }

  /// `a_{ij}`, whose letters may be indices although no member has two of them.
  private func lookForIndices(_ lowered: String, _ start: Int, _ token: Token) {
    let bound = lowered.filter { names.isBound(String($0)) }
    guard lowered.utf8.count == 2, let index = bound.first else { return }
    let place = characters.span(start, Int(token.end))
    let head = sourceText(of: characters.span(start, Int(token.start)))
    if bound.count == 2 {
      complainOfIndices(start, token)
    } else if readsIndices {
      note(
        .lowered(sourceText(of: place), reading: NameText.shown(head + "_" + lowered)), place,
        hint: "an index stands alone: \(head)_\(index)")
    }
  }

  /// `a_{ij}`, `a_{i,j}`
  private func complainOfIndices(_ start: Int, _ token: Token) {
    let place = characters.span(start, Int(token.end))
    let head = sourceText(of: characters.span(start, Int(token.start)))
    fail(
      .doubleIndex(sourceText(of: place)), place,
      hint: "number the members in one row, as in \(head)_{3(i-1)+j}")
  }

  /// Gives a letter the number after it, as in `x_12`, where no name is declared that it could be: most subscripts of long
  /// formulas are read here, as they were typed.
  private func attachNumber(_ token: Token, to last: inout Names.Piece) -> Bool {
    let (start, end) = (Int(token.start), Int(token.end))
    guard names.declaresNothing, endedIndices.isEmpty, token.kind == .lowered, start == last.end,
      start == last.start + 1, end > start + 1, characters.at(start) == 0x5F,
      (start + 1..<end).allSatisfy({ CharacterClass.isDigit(characters.scalars[$0]) }),
      case .variable(let name) = last.kind, let full = characters.ascii(last.start, end)
    else { return false }
    last = Names.Piece(kind: .variable(full), start: last.start, end: end, isDeclared: false)
    dropNext()
    if notes.isFirstSubscript(name, full) {
      noteFirstSubscript(name, full, characters.text(start + 1, end), token, last)
    }
    return true
  }

  /// The tokens of `[i+1]` for the subscript `_{i+1}`.
  func indexTokens(_ token: Token) -> [Token] {
    let (start, end) = content(of: token)
    var inner: [Token] = []
    let isBlank = { (place: Int) in self.characters.at(place) == 0x20 }
    let range = start..<max(start, end)
    let areLowered = range.allSatisfy {
      isBlank($0) || CharacterClass.subscripted(characters.at($0)) != nil
    }
    if areLowered, !range.allSatisfy(isBlank) {
      for place in range where !isBlank(place) {
        let kind: Token.Kind
        switch CharacterClass.subscripted(characters.at(place)) ?? 0 {
        case 0x2B: kind = .plus
        case 0x2D: kind = .minus
        case 0x3D: kind = .assign
        case 0x30...0x39: kind = .number
        default: kind = .letters
        }
        if kind == .number, let last = inner.last, last.kind == .number {
          inner[inner.count - 1].end += 1
        } else {
          inner.append(Token(kind, place, place + 1))
        }
      }
    } else {
      var lexer = Lexer(characters)
      inner = lexer.tokens(from: start, to: end)
      if TokenKinds(of: inner, characters).holdsAny(of: .ofLaTeX) {
        inner = Commands.replaced(in: inner, characters)
      }
    }
    let opening = Token(.leftSquare, Int(token.start), Int(token.start))
    return [opening] + inner + [Token(.rightSquare, Int(token.end), Int(token.end))]
  }

  /// `log2(x)` is a name; `sin2x` leaves the digits as the argument; `sin2(x)` could be two things.
  func attach(_ first: Token, toFunction callee: Syntax.Callee, _ last: inout Names.Piece) {
    let letters = characters.text(last.start, last.end)
    guard first.kind == .number else {
      if letters != "log" {
        complain(.subscriptOnFunction(letters), characters.span(last.start, Int(first.end)))
        dropNext()
      }
      return
    }
    let after = peek(1)
    let touches = !after.isSpaced && after.start == first.end
    let named = FunctionNames.known(letters + text(first))
    if after.kind == .leftRound || (after.isSpaced && after.startsOperand)
      || (after.isSpaced && after.kind == .bar)
    {
      if let named {
        last.kind = .function(.known(named))
        last.end = Int(first.end)
        dropNext()
      } else if after.kind == .leftRound {
        complainOfDigits(last, first, after)
        dropNext()
      }
    } else if touches, named != nil, after.kind == .letters {
      complainOfLetters(after, letters, first, from: last.start)
    }
  }

  /// `log2x`: log₂(x) or log(2x)? `atan2x` lacks an argument, if it is not atan(2x).
  func complainOfLetters(_ after: Token, _ letters: String, _ digits: Token, from start: Int) {
    let whole = characters.span(start, Int(after.end))
    let (number, rest) = (text(digits), text(after))
    let argument = fix(whole, "\(letters)(\(number)\(rest))", "write \(letters)(\(number)\(rest))")
    let said = Diagnostic.Kind.digitsTouchLetters(characters.text(start, Int(after.end)))
    guard letters == "log" else {
      return complain(said, whole, hint: "\(argument.label), or \(letters)\(number)(y, x)", fixes: [argument])
    }
    let base = "\(letters)_\(number)(\(rest))"
    complain(said, whole, fixes: [fix(whole, base, "write \(base)"), argument])
  }

  /// `sin2(x)`: sin(2x) or sin²(x)?
  func complainOfDigits(_ function: Names.Piece, _ digits: Token, _ open: Token) {
    let letters = characters.text(function.start, function.end)
    let end = closingBracket(of: open)
    let whole = characters.span(function.start, end ?? Int(digits.end))
    let content = characters.text(Int(open.end), max(Int(open.end), (end ?? Int(open.end) + 1) - 1))
    let isName = content.unicodeScalars.allSatisfy { CharacterClass.isLetter($0.value) }
    let inner = isName ? content : "(" + content + ")"
    let number = text(digits)
    complain(
      .digitsAfterFunction(letters + number + "(" + content + ")"), whole,
      fixes: [
        fix(whole, "\(letters)(\(number)\(inner))", "write \(letters)(\(number)\(inner))"),
        fix(whole, "\(letters)^\(number)(\(content))", "\(letters)^\(number)(\(content))"),
      ])
  }

  /// Where the bracket that opens at a token closes: the place after it.
  func closingBracket(of open: Token) -> Int? {
    var depth = 0
    var place = place
    while place < tokens.count {
      defer { place += 1 }
      let token = tokens[place]
      if token.start < open.start { continue }
      if token.kind == .leftRound { depth += 1 }
      if token.kind == .rightRound {
        depth -= 1
        if depth == 0 { return Int(token.end) }
      }
      if token.kind == .newline { return nil }
    }
    return nil
  }
}
