/// Numbers with points and commas that no number has, and numbers behind an operand.
extension Parser {
  /// `1.5.2`; `1.000.000` has points between its thousands.
  func complainOfPoints(_ token: Token) {
    let groups = text(token).split(separator: ".", omittingEmptySubsequences: false)
    let areThousands = groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
    let joined = groups.joined()
    fail(
      .badNumber(text(token)), span(token),
      fixes: areThousands ? [fix(span(token), joined, "write \(joined)")] : [])
  }

  /// A comma where no arguments are separated: in a number, or between nothing.
  func complainOfComma(in bracket: String = "") {
    if next.kind == .end || next.kind == .newline {
      return fail(.unexpectedComma, span(current), fixes: [fix(span(current), "", "leave it out")])
    }
    if openBrackets == 0, next.kind == .letters, peek(1).kind == .assign {
      return fail(
        .unexpectedComma, span(current),
        hint: "a value stands on a line of its own above: \(text(next)) = …")
    }
    let before = Int(current.start) - 1
    let after = Int(current.end)
    guard before >= 0, CharacterClass.isDigit(characters.at(before)),
      CharacterClass.isDigit(characters.at(after))
    else {
      return fail(
        .unexpectedComma, span(current),
        hint: bracket == "{" ? "for cases, conditions stand in front: {x > 0: x^2; -x}" : "")
    }
    if options.readsDecimalCommas { return complainOfSecondPoint(before: before, after: after) }
    var start = before
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) || isPoint(start - 1) { start -= 1 }
    var end = after
    while CharacterClass.isDigit(characters.at(end)) || isPoint(end) { end += 1 }
    let lead = characters.text(start, before + 1)
    var (whole, rest) = (lead, characters.text(after, end))
    // 1,000,000 has more groups.
    while lead.count <= 3, rest.count == 3, let (group, behind) = group(at: end) {
      (whole, rest, end) = (whole + rest, group, behind)
    }
    let place = characters.span(start, end)
    // 1.000,5 and 1,000.5 have a point already, which tells what the comma is.
    if whole.contains(".") || rest.contains(".") {
      let meant = whole.contains(".") ? whole.filter { $0 != "." } + "." + rest : whole + rest
      return fail(
        .commaInNumber(characters.text(start, end)), place, fixes: [fix(place, meant, "write \(meant)")])
    }
    // 1,000 is a thousand; 1.000 would be one.
    let isGrouped = rest.count == 3 && lead.count <= 3 && !lead.hasPrefix("0")
    let meant = isGrouped ? whole + rest : whole + "." + rest
    let point =
      lead != whole
      ? ""
      : isGrouped ? "; with --decimal-comma it is \(whole).\(rest)" : ", or read commas with --decimal-comma"
    fail(
      .commaInNumber(characters.text(start, end)), place, hint: "write \(meant)" + point,
      fixes: [fix(place, meant, "write \(meant)")])
  }

  /// A comma and three digits at a place, the last with decimals or not, and their end.
  private func group(at comma: Int) -> (text: String, end: Int)? {
    guard characters.at(comma) == 0x2C else { return nil }
    var end = comma + 1
    while CharacterClass.isDigit(characters.at(end)) || isPoint(end) { end += 1 }
    let text = characters.text(comma + 1, end)
    return text.prefix { $0 != "." }.count == 3 ? (text, end) : nil
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
    if CharacterClass.superscript(characters.at(Int(current.start))) != nil {
      return complainOfRaisedNumber()
    }
    if complainOfBase() { return }
    let product = fix(Span(place.start, place.start), "*", "for a product, write * before it")
    if let (whole, sum) = mixedFraction() {
      return complain(said, place, fixes: [fix(whole, sum, "for their sum, write \(sum)"), product])
    }
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

  /// `1 1/2`: where it stands, and the sum that it is.
  private func mixedFraction() -> (Span, String)? {
    guard lastKind == .number, next.kind == .slash, peek(1).kind == .number, isDigits(current),
      isDigits(peek(1)), current.end - current.start < 3, lastEnd < Int(current.start)
    else { return nil }
    var start = lastEnd
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) { start -= 1 }
    guard start < lastEnd, start == 0 || characters.at(start - 1) != 0x2E else { return nil }
    let sum = "(\(characters.text(start, lastEnd)) + \(text(current))/\(text(peek(1))))"
    return (characters.span(start, Int(peek(1).end)), sum)
  }

  /// `log base 2 of x`
  private func complainOfBase() -> Bool {
    let head = "log base"
    let start = lastEnd - head.count
    guard start >= 0, isDigits(current), characters.stands(head, at: start) else { return false }
    let isFollowed = next.kind == .letters && text(next) == "of"
    let place = characters.span(start, Int(isFollowed ? next.end : current.end))
    let known = "log_" + text(current)
    fail(
      .spelledOtherwise(sourceText(of: place), known: known), place,
      fixes: [fix(place, known, "write \(known)")])
    return true
  }

  /// `e⁻ˣ²`: a power above the line.
  private func complainOfRaisedNumber() {
    var (start, end) = (Int(current.start), Int(current.end))
    while start > 0, CharacterClass.superscript(characters.at(start - 1)) != nil { start -= 1 }
    while CharacterClass.superscript(characters.at(end)) != nil { end += 1 }
    var plain = ""
    for place in start..<end {
      if place == Int(current.start) { plain += "^" }
      let value = CharacterClass.superscript(characters.at(place)) ?? 0
      plain += Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }
    let whole = characters.span(start, end)
    complain(
      .numberAfterOperand(text(current)), span(current),
      fixes: [fix(whole, "^(\(plain))", "for a power, write ^(\(plain))")])
  }
}
