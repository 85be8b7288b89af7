/// Runs of letters become pieces, one name each, when the parser meets them.
extension Parser {
  /// Reads the current run of letters with the digits and subscripts that touch it, and makes pieces of it.
  func readRun() {
    let subscripts = touchingSubscripts()
    let (start, end) = (Int(current.start), Int(current.end))
    if subscripts > 0, let name = declaredName(with: subscripts) {
      let kind: Names.Piece.Kind =
        names.functions[name] == nil ? .variable(name) : .function(.defined(name))
      let last = Int(peek(subscripts - 1).end)
      for _ in 0..<subscripts { dropNext() }
      return replaceRun(with: [Names.Piece(kind: kind, start: start, end: last, isDeclared: true)], [])
    }
    if let (piece, tokens) = functionWithDigits() {
      for _ in 0..<tokens { dropNext() }
      return replaceRun(with: [piece], [])
    }
    let follow = follow(after: subscripts)
    let isWord = current.piece == Token.word
    let isName = subscripts > 0 && peek(0).kind == .lowered
    let (reading, entry) =
      isWord
      ? (names.reading(of: characters, start, end, before: follow, isWord: true), -1)
      : remembered(start, end, follow, isName)
    if isDifferential() { return complainOfDifferential() }
    if respell(reading, follow) { return }
    sayWhenSideBySide(reading)
    var pieces = reading.pieces
    var index: [Token] = []
    if subscripts > 0 { attach(subscripts, to: &pieces, reading, &index) }
    if follow == .bracket { checkBracket(reading, &pieces) }
    if !isWord || reading.rule != .oneName { noteOnce(reading, follow, subscripts, entry) }
    if !endedIndices.isEmpty {
      for piece in pieces {
        if let name = piece.variable { noteEndedIndex(name, characters.span(piece.start, piece.end)) }
      }
    }
    replaceRun(with: pieces, index)
    if reading.rule == .oneName { lastWord = (Int(current.end), reading.whole) }
  }

  /// Puts piece tokens, and the tokens of an index, in the place of the run.
  private func replaceRun(with pieces: [Names.Piece], _ index: [Token]) {
    if isStopped { return }
    if pieces.count == 1, index.isEmpty {
      current = Token(.piece, pieces[0].start, pieces[0].end, isSpaced: current.isSpaced)
      current.piece = Int32(truncatingIfNeeded: self.pieces.count)
      return self.pieces.append(pieces[0])
    }
    var tokens: [Token] = []
    for piece in pieces {
      var token = Token(.piece, piece.start, piece.end, isSpaced: tokens.isEmpty && current.isSpaced)
      token.piece = Int32(truncatingIfNeeded: self.pieces.count)
      self.pieces.append(piece)
      tokens.append(token)
    }
    replaceCurrent(with: tokens + index)
  }

  // MARK: What follows

  /// How many tokens after the run are digits or subscripts that touch it.
  private func touchingSubscripts() -> Int {
    var count = 0
    var end = current.end
    while true {
      let token = peek(count)
      // The brace of `\mathrm{speed}_1` stands between.
      let isBehindBrace =
        count == 0 && current.piece == Token.word && token.kind == .lowered && token.start == end + 1
      guard !token.isSpaced, token.start == end || isBehindBrace else { return count }
      switch token.kind {
      case .lowered: break
      case .number where count == 0 && isDigits(token) && current.piece != Token.word: break
      default: return count
      }
      end = token.end
      count += 1
    }
  }

  private func isDigits(_ token: Token) -> Bool {
    (token.start..<token.end).allSatisfy { CharacterClass.isDigit(characters.at(Int($0))) }
  }

  private func follow(after subscripts: Int) -> Names.Follow {
    let token = peek(0)
    if subscripts > 0, token.kind == .number { return .digits }
    if subscripts > 0 { return peek(subscripts).kind == .leftRound ? .bracket : .power }
    switch token.kind {
    case .number where !token.isSpaced: return .digits
    case .leftRound: return .bracket
    case .caret, .doubleCaret, .raisedOpen: return .power
    case .bar where openBars > 0: return .other
    case .number, .vulgar, .bar, .root, .cubeRoot, .fourthRoot, .leftCurly, .leftFloor, .leftCeiling,
      .command, .fraction, .radical:
      return .operand
    case .letters: return text(token) == "and" || text(token) == "or" ? .other : .operand
    default: return .other
    }
  }

  /// The canonical name of the run with its subscripts, where that is declared.
  private func declaredName(with subscripts: Int) -> String? {
    var name = characters.name(Int(current.start), Int(current.end))
    for place in 0..<subscripts {
      guard let lowered = simpleSubscript(peek(place)) else { return nil }
      name += "_" + lowered
    }
    return names.isDeclared(name) && !names.isBound(name) ? name : nil
  }

  /// The letters and digits of a subscript; nil where it holds anything else.
  func simpleSubscript(_ token: Token) -> String? {
    guard token.kind == .lowered else { return text(token) }
    var (start, end) = content(of: token)
    if token.end - token.start == 1, start == end { return "" }
    while start < end, characters.at(start) == 0x20 { start += 1 }
    while start < end, characters.at(end - 1) == 0x20 { end -= 1 }
    if start < end, characters.at(start) == 0x5C { (start, end) = commandContent(start, end) }
    guard start < end else { return nil }
    var parts: [String] = []
    var first = start
    for place in start...end where place == end || characters.at(place) == 0x2C {
      guard let part = subscriptPart(first, place) else { return nil }
      parts.append(part)
      first = place + 1
    }
    if parts.count > 1, parts.contains(where: names.isBound) { return nil }
    return parts.joined(separator: "_")
  }

  /// The letters and digits between two places; nil where there is anything else, or nothing.
  private func subscriptPart(_ start: Int, _ end: Int) -> String? {
    guard start < end else { return nil }
    for place in start..<end {
      let value = characters.at(place)
      let plain = CharacterClass.subscripted(value) ?? value
      guard CharacterClass.isDigit(plain) || CharacterClass.isLetter(plain) else { return nil }
    }
    return characters.name(start, end)
  }

  /// The letters of `\max`, `\mathrm{in}`, `\text{in}`, between two places; nothing where there is more.
  private func commandContent(_ start: Int, _ end: Int) -> (Int, Int) {
    var open = start + 1
    while open < end, CharacterClass.isLetter(characters.at(open)) { open += 1 }
    if open == end { return (start + 1, end) }
    guard characters.at(open) == 0x7B, characters.at(end - 1) == 0x7D,
      Commands.words.contains(characters.text(start + 1, open))
    else { return (end, end) }
    return (open + 1, end - 1)
  }

  /// The content of `_12`, `_{...}` or lowered characters.
  private func content(of token: Token) -> (Int, Int) {
    let (start, end) = (Int(token.start), Int(token.end))
    guard characters.at(start) == 0x5F else { return (start, end) }
    return characters.at(start + 1) == 0x7B ? (start + 2, end - 1) : (start + 1, end)
  }

  // MARK: Subscripts

  /// Gives the digits and subscripts after the run to its last name, or leaves digits as its argument.
  private func attach(
    _ subscripts: Int, to pieces: inout [Names.Piece], _ reading: Names.Reading, _ index: inout [Token]
  ) {
    let last = pieces[pieces.count - 1]
    let first = peek(0)
    switch last.kind {
    case .function(let callee):
      attach(first, toFunction: callee, &pieces)
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
      for _ in 0..<subscripts {
        let token = peek(0)
        if let lowered = simpleSubscript(token), !names.isBound(lowered) || !readsIndices {
          if lowered.isEmpty, !names.isDeclared(full + "_") {
            complain(.unexpectedCharacter("‘_’"), span(token))
          }
          if !endedIndices.isEmpty { noteEndedIndex(lowered, span(token)) }
          full += "_" + lowered
          pieces[pieces.count - 1].end = Int(token.end)
          dropNext()
          continue
        }
        index = indexTokens(token)
        dropNext()
        break
      }
      guard full != name else { break }
      pieces[pieces.count - 1].kind = .variable(full)
      let isDeclared = names.isDeclared(full)
      pieces[pieces.count - 1].isDeclared = isDeclared
      if !isDeclared { noteSubscript(name, full, first, pieces[pieces.count - 1], reading) }
    }
  }

  /// The tokens of `[i+1]` for the subscript `_{i+1}`.
  func indexTokens(_ token: Token) -> [Token] {
    let (start, end) = content(of: token)
    var inner: [Token] = []
    if CharacterClass.subscripted(characters.at(start)) != nil {
      for place in start..<end {
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
      inner = Commands.replaced(in: lexer.tokens(from: start, to: end), characters)
    }
    let opening = Token(.leftSquare, Int(token.start), Int(token.start))
    return [opening] + inner + [Token(.rightSquare, Int(token.end), Int(token.end))]
  }

  /// `log2(x)` is a name; `sin2x` leaves the digits as the argument; `sin2(x)` could be two things.
  private func attach(
    _ first: Token, toFunction callee: Syntax.Callee, _ pieces: inout [Names.Piece]
  ) {
    let last = pieces[pieces.count - 1]
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
        pieces[pieces.count - 1].kind = .function(.known(named.name))
        pieces[pieces.count - 1].end = Int(first.end)
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
  private func complainOfLetters(_ after: Token, _ letters: String, _ digits: Token, from start: Int) {
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
  private func complainOfDigits(_ function: Names.Piece, _ digits: Token, _ open: Token) {
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

  // MARK: Spelling

  /// `Sin x`, `tg(x)`, `Pi r^2`: reports the name that was meant, and reads on with it.
  private func respell(_ reading: Names.Reading, _ follow: Names.Follow) -> Bool {
    guard reading.rule == .chain || reading.rule == .oneName, current.end - current.start > 1 else {
      return false
    }
    guard follow == .bracket || follow == .operand || follow == .digits || peek(0).kind == .leftSquare else {
      return false
    }
    if let first = reading.pieces.first, first.end - first.start == 1,
      CharacterClass.isCapital(characters.at(first.start)),
      reading.pieces.count == 2, reading.pieces[1].isFunction
    {
      return false
    }
    let whole = reading.whole
    let small = whole.lowercased()
    let known: String
    if let foreign = FunctionNames.foreign[whole] {
      known = foreign
    } else if small != whole, small == "pi" || FunctionNames.known(small) != nil {
      known = small
    } else {
      return false
    }
    let place = span(current)
    if peek(0).kind == .leftSquare, let end = closingSquare(of: peek(0)) {
      let content = characters.text(Int(peek(0).end), end - 1)
      let all = characters.span(Int(current.start), end)
      let corrected = "\(known)(\(content))"
      fail(.spelledOtherwise(whole, known: known), all, fixes: [fix(all, corrected, "write \(corrected)")])
      return true
    }
    complain(.spelledOtherwise(whole, known: known), place, fixes: [fix(place, known, "write \(known)")])
    let kind: Names.Piece.Kind =
      known == "pi" ? .constant(known) : .function(.known(FunctionNames.known(known)?.name ?? known))
    let (start, end) = (Int(current.start), Int(current.end))
    replaceRun(with: [Names.Piece(kind: kind, start: start, end: end, isDeclared: false)], [])
    return true
  }

  /// `dy/dx`, where nobody declared a d.
  private func isDifferential() -> Bool {
    guard current.end - current.start <= 2, characters.at(Int(current.start)) == 0x64, peek(0).kind == .slash,
      peek(1).kind == .letters, peek(1).end - peek(1).start == 2, characters.at(Int(peek(1).start)) == 0x64
    else { return false }
    return current.end - current.start == 2 && !names.isDeclared("d") && !names.isDeclared(text(current))
      && !names.isDeclared(text(peek(1)))
  }

  private func complainOfDifferential() {
    complainOfQuotient(
      span(current).joined(span(peek(1))), text(current).dropFirst(), text(peek(1)).dropFirst())
  }

  private func sayWhenSideBySide(_ reading: Names.Reading) {
    guard reading.rule == .oneName, let last = lastWord, last.end == lastEnd, lastKind == .piece else {
      return
    }
    let place = span(current)
    complain(
      .wordsSideBySide(last.text, reading.whole), place,
      fixes: [fix(Span(place.start, place.start), "*", "for a product, write * between them")])
  }

  // MARK: Before a bracket

  /// Whether what stands before `(` may: a function is applied, a variable multiplies, a stranger is an error.
  private func checkBracket(_ reading: Names.Reading, _ pieces: inout [Names.Piece]) {
    guard let last = pieces.last, peek(0).kind == .leftRound else { return }
    if last.isFunction {
      if Greek.names.contains(reading.whole), !last.isDeclared, pieces.count == 1 {
        note(.greekFunction(reading.whole), span(current), hint: "to multiply, write \(reading.whole)*(…)")
      }
      return
    }
    let hasComma = bracketsWithComma.contains(peek(0).start)
    if let function = pieces.first(where: \.isFunction) {
      return complainOfFunctionInside(reading, function, &pieces)
    }
    let whole = characters.text(Int(current.start), last.end)
    if FunctionNames.known(reading.whole) != nil, last.isDeclared, pieces.count == 1 {
      if hasComma {
        complain(.nameHidesFunction(reading.whole), span(current), hint: "give the variable another name")
        pieces = [strange(reading)]
      } else {
        note(
          .variableBeforeBracket(reading.whole), span(current), hint: "for the function, rename the variable")
      }
      return
    }
    let isUndeclared = pieces.contains { !$0.isDeclared && !$0.isConstant }
    let isReserved = !last.isDeclared && ["f", "g", "h"].contains(last.name.prefix { $0 != "_" })
    if hasComma || (isUndeclared && (reading.rule == .oneName || pieces.count > 2 || isReserved)) {
      complainOfStranger(reading)
      pieces = [strange(reading)]
      return
    }
    guard isUndeclared else { return }
    let display = pieces.map { NameText.shown($0.name) }.joined(separator: "·")
    let said = Diagnostic.Kind.multipliedBracket(whole + "(…)", reading: display + "·(…)")
    let hint = "to apply a function, define it first: \(whole)(t) = …"
    if pieces.count == 1 {
      notes.deferBracket(last.name, Diagnostic(said, span(current), hint: hint))
    } else {
      note(said, span(current), hint: hint)
    }
  }

  /// A function that nobody knows, so that the line can be read on.
  private func strange(_ reading: Names.Reading) -> Names.Piece {
    Names.Piece(
      kind: .function(.defined(reading.whole)), start: Int(current.start), end: Int(current.end),
      isDeclared: false)
  }

  private func complainOfStranger(_ reading: Names.Reading) {
    let place = span(current)
    let name = reading.whole
    guard name.utf8.count > 1 else {
      return complain(.notDefined(name), place, hint: "define it first: \(name)(t) = …")
    }
    if name == "power" {
      return complain(.unknownFunction(name), place, hint: "write a^b")
    }
    if let close = Suggestion.closest(to: name, among: names.functionNames) {
      complain(.unknownFunction(name), place, fixes: [fix(place, close, "did you mean ‘\(close)’?")])
    } else {
      complain(.unknownFunction(name), place)
    }
  }

  /// `sinx(x+1)`: sin(x)·(x+1) or sin(x·(x+1))?
  private func complainOfFunctionInside(
    _ reading: Names.Reading, _ function: Names.Piece, _ pieces: inout [Names.Piece]
  ) {
    let isSlip = !pieces.allSatisfy { $0.isFunction || $0.isConstant || isUsual($0) }
    if isSlip, Suggestion.closest(to: reading.whole, among: names.functionNames) != nil {
      complainOfStranger(reading)
      pieces = [strange(reading)]
      return
    }
    let whole = characters.text(Int(current.start), Int(current.end))
    let head = characters.text(Int(current.start), function.end)
    let tail = characters.text(function.end, Int(current.end))
    var fixes = [fix(span(current), "\(head)(\(tail))", "write \(head)(\(tail))(…)")]
    if let end = closingBracket(of: peek(0)) {
      let content = characters.text(Int(peek(0).start), end)
      fixes.append(
        fix(characters.span(Int(current.start), end), "\(head)(\(tail)\(content))", "\(head)(\(tail)(…))"))
    }
    complain(.functionInsideRun(whole, function: function.name), span(current), fixes: fixes)
  }
}
