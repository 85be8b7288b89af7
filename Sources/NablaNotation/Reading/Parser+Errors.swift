/// What the parser says where something cannot stand, with the ways to put it right.
extension Parser {
  func fix(_ span: Span, _ replacement: String, _ label: String) -> Diagnostic.Fix {
    Diagnostic.Fix(span: source.whole(span), replacement: replacement, label: label)
  }

  /// A token that nothing accepts.
  func complainOfToken() {
    let token = current
    let place = span(token)
    switch token.kind {
    case .brokenNumber: complainOfPoints(token)
    case .semicolon where next.kind == .end || next.kind == .newline:
      fail(.unexpectedToken(text(token)), place, fixes: [fix(place, "", "leave it out")])
    case .semicolon where openBrackets == 0:
      fail(.unexpectedToken(text(token)), place, hint: "what follows stands on a line of its own")
    case .infinity:
      fail(.infinity, place, hint: "to see what happens far out, use a large number")
    case .percent: complainOfPercent()
    case .degree: fail(.degreeUnsupported, place, hint: "write 30 pi/180")
    case .command: complainOfCommand()
    case .partial: complainOfPartial()
    case .comma: complainOfComma()
    case .colon where definesFunction():
      fail(.unexpectedToken(text(token)), place, hint: "to define a function, write f(x) = …")
    case .colon where openBrackets == 0 && next.startsOperand:
      fail(.unexpectedToken(text(token)), place, fixes: [fix(place, "/", "for a quotient, write /")])
    case .unknown: complainOfCharacter(token)
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling:
      fail(.unopenedBracket(text(token)), place)
    case .lowered where text(token).contains("<") || text(token).contains(">"):
      let (start, end) = content(of: token)
      let condition = "(" + characters.text(start, max(start, end)) + ")"
      fail(
        .unexpectedToken(text(token)), place,
        fixes: [fix(place, condition, "for 1 where it holds and 0 elsewhere, write \(condition)")])
    case .lowered where lastKind == .bar:
      fail(
        .unexpectedToken(text(token)), place, hint: "for the length of a vector, write √(x_1^2 + x_2^2)")
    case .prime where lastKind == .rightRound:
      fail(
        .unexpectedToken(text(token)), place,
        hint: "for the derivative of what is in brackets, write d/dx (…)")
    default: fail(.unexpectedToken(text(token)), place)
    }
  }

  /// At a colon: `lambda x: x^2`, `f: x \mapsto x^2`.
  private func definesFunction() -> Bool {
    if characters.stands("lambda ", at: lineStart()) || characters.stands("def ", at: lineStart()) {
      return true
    }
    guard next.kind == .letters else { return false }
    let arrow = peek(1)
    return arrow.kind == .command && text(arrow) == "\\mapsto"
      || arrow.kind == .unknown && [0x21A6, 0x2192].contains(characters.at(Int(arrow.start)))
      || arrow.kind == .minus && peek(2).kind == .greater
  }

  /// Where the current line begins.
  func lineStart() -> Int {
    var start = Int(current.start)
    while start > 0, characters.at(start - 1) != 0x0A { start -= 1 }
    return start
  }

  /// A character that means nothing; a mark on a letter can be part of the name in words.
  private func complainOfCharacter(_ token: Token) {
    let marks: [UInt32: String] = [
      0x302: "hat", 0x303: "tilde", 0x304: "bar", 0x305: "bar", 0x307: "dot", 0x308: "ddot", 0x20D7: "vec",
    ]
    let place = span(token)
    let value = characters.at(Int(token.start))
    if value == 0x2E { return complainOfDot(token) }
    if value == 0x2207 { return complainOfNabla(token) }
    if value == 0x7E, queue.isEmpty, self.place > 0, tokens[self.place - 1].kind == .letters,
      self.place < 2 || tokens[self.place - 2].kind == .newline
    {
      return fail(
        .unexpectedCharacter(described(token)), span(token),
        fixes: [fix(span(token), "=", "for a definition, write =")])
    }
    if value == 0x7E {
      return fail(
        .unexpectedCharacter(described(token)), place, fixes: [fix(place, " ", "for a product, leave it out")]
      )
    }
    if value == 0x3F {
      return fail(.unexpectedCharacter(described(token)), place, hint: "for a choice, write if(x > 0, a, b)")
    }
    if value == 0x5C || value == 0x2218 {
      return fail(
        .unexpectedCharacter("‘\(text(token))’"), place, hint: "for a product, write *; for f of g, f(g(x))")
    }
    if value == 0x26 {
      return fail(
        .unexpectedCharacter(described(token)), place,
        fixes: [fix(place, " and ", "between conditions, write and")])
    }
    if TaskWord.integralSigns.contains(value) { return complainOfIntegral(described(token), place) }
    if Characters.isQuotationMark(value) {
      return fail(
        .unexpectedCharacter(described(token)), place,
        fixes: [fix(place, "", "leave the quotation mark out")])
    }
    guard let word = marks[value], lastKind == .piece, lastEnd == Int(token.start)
    else { return fail(.unexpectedCharacter(described(token)), place) }
    fail(
      .unexpectedCharacter(described(token)), place,
      fixes: [fix(place, "_" + word, "for a name of its own, write _\(word) after the letter")])
  }

  /// `∇(x²y)`, `∇²f`
  private func complainOfNabla(_ token: Token) {
    let place = span(token)
    let isSecond = next.kind == .raisedOpen || next.kind == .caret
    fail(
      .unexpectedCharacter(described(token)), place,
      hint: isSecond ? "for all second derivatives, use nabla hessian" : "",
      fixes: isSecond ? [] : [fix(place, "", "leave it out: a formula alone gets its gradient")])
  }

  /// `x.^2`, `np.sin(x)`: signs of other languages.
  private func complainOfDot(_ token: Token) {
    let place = span(token)
    let said = Diagnostic.Kind.unexpectedCharacter("‘.’")
    switch next.kind {
    case .caret, .star,
      .slash where touchesNext:
      fail(said, place, fixes: [fix(place, "", "write \(text(next)) alone")])
    case .letters where touchesNext && lastEnd == Int(token.start):
      var start = lastEnd
      while start > 0, CharacterClass.isLetter(characters.at(start - 1)) { start -= 1 }
      let prefix = characters.span(start, Int(token.end))
      fail(
        said, place,
        fixes: [fix(prefix, "", "leave \(characters.text(start, Int(token.end))) out")])
    case .end, .newline: fail(said, place, fixes: [fix(place, "", "leave it out")])
    default: fail(said, place)
    }
  }

  /// A character that can be seen in quotes, any other by its number.
  private func described(_ token: Token) -> String {
    let value = characters.at(Int(token.start))
    guard let scalar = Unicode.Scalar(value), value >= 0x20, value != 0x7F else {
      return Characters.code(value)
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark, .spacingMark, .unassigned, .privateUse,
      .surrogate:
      return Characters.code(value)
    default: return "‘\(scalar)’"
    }
  }

  func complainOfPercent() {
    let place = span(current)
    fail(
      .percent, place,
      fixes: [
        fix(place, "/100", "for a hundredth, write /100"),
        fix(place, "", "for a remainder, write mod(a, b)"),
      ])
  }

  /// `5 mod 3`
  func complainOfMod() -> Operator {
    fail(.modBetween, span(current), hint: "write mod(a, b)")
    return .end
  }

  /// `x^2 for x > 0`, `derivative of x^2`: words of a sentence, where letters would be multiplied.
  func wordBetween() -> Operator? {
    if startsPoint() {
      complainOfPoint()
      return .end
    }
    if let words = constraintWords() {
      fail(
        .wordBetween(sourceText(of: words)), words,
        hint: "conditions on the variables are not read: solve one for a variable, and put that in")
      return .end
    }
    if complainOfWordBehind() { return .end }
    let stands = current.piece == Token.word || (current.isSpaced && next.isSpaced)
    guard stands, current.end - current.start < 6,
      let canned = Self.sentenceWords[text(current)], !names.isDeclared(text(current)), next.startsOperand,
      next.kind != .leftRound || text(current) != "if" && text(current) != "where"
    else { return nil }
    let said = Diagnostic.Kind.wordBetween(text(current))
    if ["for", "when", "if"].contains(text(current)), next.kind == .letters, peek(1).kind == .assign {
      complainOfPoint()
      return .end
    }
    if let (place, whole) = withCondition() {
      fail(said, span(current), fixes: [fix(place, whole, "for a condition, write \(whole)")])
    } else {
      fail(said, span(current), hint: canned)
    }
    return .end
  }

  /// `x squared`, `x cubed`, `n choose k`
  private func complainOfWordBehind() -> Bool {
    guard current.isSpaced, (5...7).contains(current.end - current.start) else { return false }
    let word = text(current)
    let place = span(current)
    let written = ["squared": "^2", "cubed": "^3"][word]
    guard written != nil || (word == "choose" && next.startsOperand), !names.isDeclared(word) else {
      return false
    }
    if let written {
      let whole = characters.span(lastEnd, Int(current.end))
      fail(.unexpectedToken(word), place, fixes: [fix(whole, written, "write \(written)")])
    } else {
      fail(.wordBetween(word), place, hint: "write n!/(k! (n - k)!)")
    }
    return true
  }

  /// `subject to` or `s.t.` behind a formula.
  private func constraintWords() -> Span? {
    guard current.isSpaced, next.startsOperand || next.kind == .unknown else { return nil }
    let behind = peek(1)
    if text(current) == "subject", next.kind == .letters, text(next) == "to", behind.isSpaced {
      return names.isDeclared("subject") ? nil : characters.span(Int(current.start), Int(next.end))
    }
    guard text(current) == "s", next.kind == .unknown, behind.kind == .letters, text(behind) == "t",
      !next.isSpaced, !behind.isSpaced, peek(2).kind == .unknown
    else { return nil }
    return characters.span(Int(current.start), Int(peek(2).end))
  }

  /// `x^2 for x > 0`, `x^2 if x > 0 else -x` with the condition in front, and where they stand.
  private func withCondition() -> (Span, String)? {
    guard ["for", "when", "if", "where"].contains(text(current)) else { return nil }
    var rest = restOfLine(after: Int(current.end))
    guard rest.contains(where: { "<>≤≥".contains($0) }) || rest.contains("\\g") || rest.contains("\\l") else {
      return nil
    }
    var start = lineStart()
    var other = ""
    if let equals = tokens[..<place].lastIndex(where: { $0.kind == .assign || $0.kind == .newline }),
      tokens[equals].kind == .assign
    {
      start = Int(tokens[equals].end)
    }
    if let word = rest.ranges(of: " else ").first {
      other = "; " + rest[word.upperBound...]
      rest = String(rest[..<word.lowerBound])
    }
    while characters.at(start) == 0x20 { start += 1 }
    var end = Int(current.end)
    while end < characters.count, characters.at(end) != 0x0A, characters.at(end) != 0x23 { end += 1 }
    var formula = Self.trimmed(sourceText(of: characters.span(start, max(start, lastEnd))))
    if formula.hasPrefix("{"), !formula.contains("}") {
      formula = Self.trimmed(String(formula.dropFirst()))
      if rest.hasSuffix("}") { rest = Self.trimmed(String(rest.dropLast())) }
      if let comma = rest.firstIndex(where: { ",;".contains($0) }) {
        let last = Self.trimmed(String(rest[rest.index(after: comma)...]))
        guard let word = [" otherwise", " else"].first(where: last.hasSuffix) else { return nil }
        other = "; " + last.dropLast(word.count)
        rest = String(rest[..<comma])
      }
    }
    let whole = "{\(rest): \(formula)\(other)}"
    guard start < lastEnd, whole.count < 60, !whole.contains("\\text"), !whole.contains("$") else {
      return nil
    }
    return (characters.span(start, end), whole)
  }

  static let sentenceWords: [String: String] = [
    "if": "for a condition, write {x > 0: x^2}",
    "where": "for the value of a parameter, write a = 2 on a line above",
    "for": "for a condition, write {x > 0: x^2}", "when": "for a condition, write {x > 0: x^2}",
    "dot": "for a product, write *", "times": "for a product, write *", "over": "for a quotient, write /",
    "on": "a range is no part of a formula: it goes with a command, such as plot or minimize",
    "plus": "for a sum, write +", "minus": "for a difference, write -", "from": "", "of": "",
    "with": "for the value of a parameter, write a = 2 on a line above",
  ]

  /// The text of a node followed by something, in brackets unless it is a name or a number.
  func bracketed(_ node: Int32, _ suffix: String = "") -> String {
    let text = sourceText(of: builder.span(node))
    switch builder.kind(node) {
    case .number, .variable, .constant, .boundIndex, .group, .absolute: return "(" + text + suffix + ")"
    default: return "((" + text + ")" + suffix + ")"
    }
  }
}
