/// Runs of letters become pieces, one name each, when the parser meets them.
extension Parser {
  /// Reads the current run of letters with the digits and subscripts that touch it, and makes pieces of it.
  func readRun() {
    if lastKind == .newline, current.end - current.start > 2, complainOfTask() { return }
    if current.end - current.start < 3, let end = integralEnd() { return complainOfIntegralEnd(end) }
    let subscripts = touchingSubscripts()
    if subscripts == 0, readsAsBefore() { return }
    let (start, end) = (Int(current.start), Int(current.end))
    if subscripts > 0, let name = declaredName(with: subscripts) {
      let isApplied = peek(subscripts).kind == .leftRound && names.isApplied(name)
      let kind: Names.Piece.Kind =
        names.functions[name] == nil && !isApplied ? .variable(name) : .function(.defined(name))
      let last = Int(peek(subscripts - 1).end)
      for _ in 0..<subscripts { dropNext() }
      return replaceRun(with: Names.Piece(kind: kind, start: start, end: last, isDeclared: true))
    }
    if isGreekCommand("gamma"), subscripts == 0, next.kind == .leftRound, !names.isDeclared("gamma") {
      let piece = Names.Piece(
        kind: .variable("gamma"), start: Int(current.start), end: Int(current.end), isDeclared: false)
      notes.deferBracket(
        "gamma",
        Diagnostic(
          .multipliedBracket("\\gamma(…)", reading: "γ·(…)"), span(current),
          hint: "for the function, write \\Gamma(…)"))
      return replaceRun(with: piece)
    }
    if let (piece, tokens) = functionWithDigits() {
      for _ in 0..<tokens { dropNext() }
      return replaceRun(with: piece)
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
    var (before, last) = (reading.before(from: start), reading.last(from: start))
    var index: [Token] = []
    if subscripts > 0 { attach(subscripts, to: &last, reading.rule, &index) }
    if follow == .bracket, let stranger = stranger(reading, before, last) {
      (before, last) = ([], stranger)
    }
    if !isWord || reading.rule != .oneName { noteOnce(reading, follow, subscripts, entry, to: last.end) }
    if !endedIndices.isEmpty {
      for piece in before + [last] {
        if let name = piece.variable { noteEndedIndex(name, characters.span(piece.start, piece.end)) }
      }
    }
    replaceRun(with: last, after: before, index)
    if reading.rule == .oneName { lastWord = (Int(current.end), reading.whole) }
  }

  /// Whether the current run is the command of that letter, which has a capital of its own.
  private func isGreekCommand(_ name: String) -> Bool {
    current.piece == Token.word && current.start > 0 && stands(name, at: current)
      && characters.at(Int(current.start) - 1) == 0x5C
  }

  /// Puts piece tokens, and the tokens of an index, in the place of the run.
  func replaceRun(
    with last: Names.Piece, after before: [Names.Piece] = [], _ index: [Token] = []
  ) {
    if isStopped { return }
    if before.isEmpty, index.isEmpty {
      current = token(for: last, isSpaced: current.isSpaced)
      return
    }
    var tokens: [Token] = []
    for piece in before + [last] {
      tokens.append(token(for: piece, isSpaced: tokens.isEmpty && current.isSpaced))
    }
    replaceCurrent(with: tokens + index)
  }

  /// Keeps a piece; the token that points to it.
  func token(for piece: Names.Piece, isSpaced: Bool) -> Token {
    var token = Token(.piece, piece.start, piece.end, isSpaced: isSpaced)
    token.piece = Int32(truncatingIfNeeded: pieces.count)
    pieces.append(piece)
    return token
  }

  // MARK: What follows

  /// How many tokens after the run are digits or subscripts that touch it.
  func touchingSubscripts() -> Int {
    var count = 0
    var end = current.end
    while true {
      let token = peek(count)
      // The brace of `\mathrm{speed}_1` stands between, and in encyclopedias a blank: `\mathbf {x} _{i}`.
      let isBehindBrace = token.kind == .lowered && count == 0 && isBrace(from: end, to: token.start)
      guard isBehindBrace || (!token.isSpaced && token.start == end) else { return count }
      switch token.kind {
      case .lowered: break
      case .number where count == 0 && isDigits(token) && current.piece != Token.word: break
      default: return count
      }
      end = token.end
      count += 1
    }
  }

  /// Whether a brace that closes stands between two places, with blanks at most around it.
  private func isBrace(from start: Int32, to end: Int32) -> Bool {
    guard end > start, end <= start + 3 else { return false }
    let between = (start..<end).map { characters.at(Int($0)) }
    return between.contains(0x7D) && between.allSatisfy { $0 == 0x7D || $0 == 0x20 }
  }

  func isDigits(_ token: Token) -> Bool {
    (token.start..<token.end).allSatisfy { CharacterClass.isDigit(characters.at(Int($0))) }
  }

  func follow(after subscripts: Int) -> Names.Follow {
    if subscripts > 0, next.kind == .number { return .digits }
    if subscripts > 0 { return peek(subscripts).kind == .leftRound ? .bracket : .power }
    return follow(before: next)
  }

  /// What follows a run without subscripts in front of a token.
  func follow(before token: Token) -> Names.Follow {
    switch token.kind {
    case .number where !token.isSpaced: return .digits
    case .leftRound: return .bracket
    case .caret, .doubleCaret, .raisedOpen: return .power
    case .bar where openBars > 0: return .other
    case .number, .vulgar, .bar, .root, .cubeRoot, .fourthRoot, .leftCurly, .leftFloor, .leftCeiling,
      .command, .fraction, .radical:
      return .operand
    case .letters: return stands("and", at: token) || stands("or", at: token) ? .other : .operand
    default: return .other
    }
  }

  /// The canonical name of the run with its subscripts, where that is declared.
  func declaredName(with subscripts: Int) -> String? {
    if names.declaresNothing { return nil }
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
    if let plain = subscriptPart(start, end) { return plain }
    if token.end - token.start == 1, start == end { return "" }
    while start < end, characters.at(start) == 0x20 { start += 1 }
    while start < end, characters.at(end - 1) == 0x20 { end -= 1 }
    if start < end, characters.at(start) == 0x5C { (start, end) = commandContent(start, end) }
    guard start < end else { return nil }
    if !(start..<end).contains(where: { characters.at($0) == 0x2C }) { return subscriptPart(start, end) }
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
  func subscriptPart(_ start: Int, _ end: Int) -> String? {
    guard start < end else { return nil }
    for place in start..<end {
      let value = characters.at(place)
      let plain = value < 0x80 ? value : CharacterClass.subscripted(value) ?? value
      guard CharacterClass.isDigit(plain) || CharacterClass.isLetter(plain) else { return nil }
    }
    return characters.name(start, end)
  }

  /// The letters of `\max`, `\mathrm{in}`, `\text{in}`, between two places; nothing where there is more.
  func commandContent(_ start: Int, _ end: Int) -> (Int, Int) {
    var open = start + 1
    while open < end, CharacterClass.isLetter(characters.at(open)) { open += 1 }
    if open == end { return (start + 1, end) }
    guard characters.at(open) == 0x7B, characters.at(end - 1) == 0x7D,
      Commands.words.contains(characters.text(start + 1, open))
    else { return (end, end) }
    return (open + 1, end - 1)
  }

  /// The content of `_12`, `_{...}` or lowered characters.
  func content(of token: Token) -> (Int, Int) {
    let end = Int(token.end)
    var start = Int(token.start)
    while start < end, characters.at(start) == 0x20 { start += 1 }
    guard characters.at(start) == 0x5F else { return (start, end) }
    while characters.at(start + 1) == 0x20, start + 1 < end { start += 1 }
    let isInBrackets = characters.at(start + 1) == 0x7B || characters.at(start + 1) == 0x28
    return isInBrackets ? (start + 2, end - 1) : (start + 1, end)
  }
}
