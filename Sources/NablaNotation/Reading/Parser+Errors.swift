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
    case .brokenNumber: fail(.badNumber(text(token)), place)
    case .infinity:
      fail(.infinity, place, hint: "to see what happens far out, use a large number")
    case .percent: complainOfPercent()
    case .degree: fail(.degreeUnsupported, place, hint: "write 30 pi/180")
    case .command: complainOfCommand()
    case .partial: complainOfPartial()
    case .comma: complainOfComma()
    case .unknown: complainOfCharacter(token)
    case .rightRound, .rightSquare, .rightCurly, .rightFloor, .rightCeiling:
      fail(.unopenedBracket(text(token)), place)
    default: fail(.unexpectedToken(text(token)), place)
    }
  }

  /// A character that means nothing; a mark on a letter can be part of the name in words.
  private func complainOfCharacter(_ token: Token) {
    let marks: [UInt32: String] = [
      0x302: "hat", 0x303: "tilde", 0x304: "bar", 0x305: "bar", 0x307: "dot", 0x308: "ddot", 0x20D7: "vec",
    ]
    let place = span(token)
    guard let word = marks[characters.at(Int(token.start))], lastKind == .piece, lastEnd == Int(token.start)
    else { return fail(.unexpectedCharacter(described(token)), place) }
    fail(
      .unexpectedCharacter(described(token)), place,
      fixes: [fix(place, "_" + word, "for a name of its own, write _\(word) after the letter")])
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
    guard !options.readsDecimalCommas, before >= 0, CharacterClass.isDigit(characters.at(before)),
      CharacterClass.isDigit(characters.at(after))
    else { return fail(.unexpectedComma, span(current)) }
    var start = before
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) { start -= 1 }
    var end = after
    while CharacterClass.isDigit(characters.at(end)) { end += 1 }
    let whole = characters.text(start, before + 1)
    let rest = characters.text(after, end)
    let place = characters.span(start, end)
    fail(
      .commaInNumber(characters.text(start, end)), place,
      fixes: [
        fix(place, whole + "." + rest, "write \(whole).\(rest)"),
        fix(place, whole + rest, "write \(whole + rest)"),
      ])
  }

  /// A number after an operand; it is read as a factor all the same.
  func complainOfNumber() {
    let place = span(current)
    complain(
      .numberAfterOperand(text(current)), place,
      fixes: [fix(Span(place.start, place.start), "*", "for a product, write * before it")])
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

  /// The text of a node followed by something, in brackets unless it is a name or a number.
  func bracketed(_ node: Int32, _ suffix: String = "") -> String {
    let text = sourceText(of: builder.span(node))
    switch builder.kind(node) {
    case .number, .variable, .constant, .boundIndex, .group, .absolute: return "(" + text + suffix + ")"
    default: return "((" + text + ")" + suffix + ")"
    }
  }
}
