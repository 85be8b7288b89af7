/// What the parser says where something cannot stand, with the ways to put it right.
extension Parser {
  func fix(_ span: Span, _ replacement: String, _ label: String) -> Diagnostic.Fix {
    Diagnostic.Fix(span: span, replacement: replacement, label: label)
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
    case .colon where openBrackets == 0 && next.startsOperand:
      fail(.unexpectedToken(text(token)), place, fixes: [fix(place, "/", "for a quotient, write /")])
    case .unknown: complainOfCharacter(token)
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling:
      fail(.unopenedBracket(text(token)), place)
    default: fail(.unexpectedToken(text(token)), place)
    }
  }

  /// `1.5.2`; `1.000.000` has points between its thousands.
  private func complainOfPoints(_ token: Token) {
    let groups = text(token).split(separator: ".", omittingEmptySubsequences: false)
    let areThousands = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
    let joined = groups.joined()
    fail(
      .badNumber(text(token)), span(token),
      fixes: areThousands ? [fix(span(token), joined, "write \(joined)")] : [])
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

  /// A comma where no arguments are separated: in a number, or between nothing.
  func complainOfComma() {
    let before = Int(current.start) - 1
    let after = Int(current.end)
    guard before >= 0, CharacterClass.isDigit(characters.at(before)),
      CharacterClass.isDigit(characters.at(after))
    else { return fail(.unexpectedComma, span(current)) }
    if options.readsDecimalCommas { return complainOfSecondPoint(before: before, after: after) }
    var start = before
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) || isPoint(start - 1) { start -= 1 }
    var end = after
    while CharacterClass.isDigit(characters.at(end)) || isPoint(end) { end += 1 }
    let whole = characters.text(start, before + 1)
    let rest = characters.text(after, end)
    let place = characters.span(start, end)
    // 1.000,5 and 1,000.5 have a point already, which tells what the comma is.
    if whole.contains(".") || rest.contains(".") {
      let meant = whole.contains(".") ? whole.filter { $0 != "." } + "." + rest : whole + rest
      return fail(
        .commaInNumber(characters.text(start, end)), place, fixes: [fix(place, meant, "write \(meant)")])
    }
    // 1,000 is a thousand; 1.000 would be one.
    let isGrouped = rest.count == 3 && whole.count <= 3 && !whole.hasPrefix("0")
    let meant = isGrouped ? whole + rest : whole + "." + rest
    let point =
      isGrouped ? "; with --decimal-comma it is \(whole).\(rest)" : ", or read commas with --decimal-comma"
    fail(
      .commaInNumber(characters.text(start, end)), place, hint: "write \(meant)" + point,
      fixes: [fix(place, meant, "write \(meant)")])
  }

  /// `1.234,5` where commas are decimal points: the point stood between thousands.
  private func complainOfSecondPoint(before: Int, after: Int) {
    let isPart = { [characters] (place: Int) in
      CharacterClass.isDigit(characters.at(place)) || characters.at(place) == 0x2E
        || characters.at(place) == 0x2C
    }
    var (start, end) = (before, after)
    while start > 0, isPart(start - 1) { start -= 1 }
    while isPart(end) { end += 1 }
    let whole = characters.text(start, before + 1)
    let groups = whole.split(separator: ".", omittingEmptySubsequences: false)
    let areThousands =
      groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
      && !whole.contains(",") && groups.count > 1
    let meant = groups.joined() + "," + characters.text(after, end)
    let place = characters.span(start, end)
    fail(
      .badNumber(characters.text(start, end)), place,
      fixes: areThousands ? [fix(place, meant, "write \(meant)")] : [])
  }

  /// Whether a point stands between digits.
  private func isPoint(_ place: Int) -> Bool {
    characters.at(place) == 0x2E && place > 0 && CharacterClass.isDigit(characters.at(place - 1))
      && CharacterClass.isDigit(characters.at(place + 1))
  }

  /// A number after an operand; it is read as a factor all the same.
  func complainOfNumber() {
    let place = span(current)
    let said = Diagnostic.Kind.numberAfterOperand(text(current))
    let product = fix(Span(place.start, place.start), "*", "for a product, write * before it")
    if current.kind == .vulgar, lastKind == .number {
      return complain(
        said, place,
        fixes: [fix(Span(place.start, place.start), "+", "for their sum, write + before it"), product])
    }
    if lastKind == .number, current.end - current.start == 3, lastEnd < Int(current.start) {
      let gap = characters.span(lastEnd, Int(current.start))
      return complain(said, place, fixes: [fix(gap, "", "for one number, leave the blank out"), product])
    }
    complain(said, place, fixes: [product, fix(Span(place.start, place.start), "^", "for a power, write ^")])
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
    guard current.isSpaced, next.isSpaced, current.end - current.start < 5,
      let hint = Self.sentenceWords[text(current)], !names.isDeclared(text(current)), next.startsOperand
    else { return nil }
    fail(.wordBetween(text(current)), span(current), hint: hint)
    return .end
  }

  private static let sentenceWords: [String: String] = [
    "for": "for a condition, write {x > 0: x^2}", "when": "for a condition, write {x > 0: x^2}",
    "from": "", "of": "", "with": "for the value of a parameter, write a = 2 on a line above",
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
