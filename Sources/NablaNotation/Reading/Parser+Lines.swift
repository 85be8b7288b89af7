/// Lines that go on: a formula may be longer than its line.
///
///     f(x) = x^2
///       + 3x      is one definition, and a note says so
extension Parser {
  /// What the line has so far while lines are joined.
  private struct OpenLine {
    /// Where it begins among the joined tokens.
    var start: Int
    var isDefinition = false
    /// How many brackets are open.
    var depth = 0
  }

  /// Takes out the ends of lines that stand inside a formula.
  func joinLines() {
    guard kinds.contains(.newline) else { return }
    var joined: [Token] = []
    joined.reserveCapacity(tokens.count)
    var line = OpenLine(start: 0)
    var defined = options.definedAbove
    var place = 0
    while place < tokens.count {
      let token = tokens[place]
      guard token.kind == .newline, line.depth == 0 else {
        line.depth = max(0, line.depth + Self.opening(token.kind))
        if token.kind == .assign, line.depth == 0 { line.isDefinition = true }
        joined.append(token)
        place += 1
        continue
      }
      var end = place
      while tokens[end].kind == .newline { end += 1 }
      if goesOn(line, joined, place..<end, defined) {
        tokens[end].isSpaced = true
      } else {
        if line.isDefinition, line.start < joined.count { defined.insert(text(joined[line.start])) }
        joined.append(contentsOf: tokens[place..<end])
        line = OpenLine(start: joined.count)
      }
      place = end
    }
    tokens = joined
  }

  /// 1 for a bracket that opens, −1 for one that closes.
  static func opening(_ kind: Token.Kind) -> Int {
    switch kind {
    case .leftRound, .leftSquare, .leftCurly, .leftFloor, .leftCeiling, .casesOpen: 1
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling, .casesClose: -1
    default: 0
    }
  }

  /// Whether a line goes on behind the ends of lines in `ends`; a blank line between them sets apart.
  private func goesOn(
    _ line: OpenLine, _ joined: [Token], _ ends: Range<Int>, _ defined: Set<String>
  ) -> Bool {
    let next = tokens[ends.upperBound]
    guard line.start < joined.count, next.kind != .end else { return false }
    let last = source.lineIndex(of: span(joined[joined.count - 1]).start)
    guard source.lineIndex(of: span(next).start) < last + 2 else { return false }
    let name = line.isDefinition ? text(joined[line.start]) : nil
    let below = look(at: ends.upperBound, defined, name)
    switch joined[joined.count - 1].kind {
    case .assign: return joined.count - line.start > 1
    case .plus, .minus, .star, .slash, .caret: return !below.isDefinition
    default: break
    }
    switch next.kind {
    case .assign: return !line.isDefinition && joined[line.start].kind == .letters
    case .star, .slash, .caret: guard !below.isDefinition else { return false }
    case .plus, .minus:
      if below.usesDefinition { return false }
      if below.isDefinition, !options.readsEquations || line.isDefinition { return false }
    default:
      // For LaTeX the end of a line is a blank.
      guard characters.hasCommands, line.isDefinition, !below.isDefinition, !below.usesDefinition,
        next.startsOperand
      else { return false }
    }
    note(
      .lineGoesOn, span(next),
      hint: "brackets around all of it say so; a blank line above keeps a line apart")
    return true
  }

  /// What the line below is: whether it defines something, and whether it uses what the lines above define.
  private func look(
    at start: Int, _ defined: Set<String>, _ name: String?
  ) -> (isDefinition: Bool, usesDefinition: Bool) {
    var (isDefinition, uses, depth) = (false, false, 0)
    for token in tokens[start...] {
      switch token.kind {
      case .newline where depth == 0, .end: return (isDefinition, uses)
      case .assign: if depth == 0 { isDefinition = true }
      case .letters: if !uses { uses = holds(token, anyOf: defined, name) }
      default: depth = max(0, depth + Self.opening(token.kind))
      }
    }
    return (isDefinition, uses)
  }

  /// Whether letters hold one of the names: whole, or in a run so short that it is a product.
  private func holds(_ token: Token, anyOf defined: Set<String>, _ name: String?) -> Bool {
    if defined.isEmpty, name == nil { return false }
    let typed = text(token)
    if typed == name || defined.contains(typed) { return true }
    guard typed.utf8.count < 4, FunctionNames.known(typed) == nil else { return false }
    return typed.contains { String($0) == name || defined.contains(String($0)) }
  }
}
