/// Units of measurement, which are letters here: `80 ft`, `9.8 m/s^2`, `\mathrm{m/s}`.
extension Parser {
  /// Says of the first unit behind a number in a line that it is read as variables.
  func noteUnits(_ line: Range<Int>, _ defined: Set<String>) {
    guard kinds.followsNumber else { return }
    let head = line.prefix { tokens[$0].kind != .assign }
    let list = head.count < line.count ? Set(head.prefix(40).map { text(tokens[$0]) }) : []
    for place in line.dropFirst() where tokens[place - 1].kind == .number {
      switch tokens[place].kind {
      case .letters where isUnit(place, line, defined) && !list.contains(text(tokens[place])):
        return noteUnit(place, unitEnd(place, line.upperBound))
      case .leftCurly:
        if let end = bracedUnitEnd(place, line.upperBound) { return noteUnit(place, end) }
      default: break
      }
    }
  }

  private func noteUnit(_ start: Int, _ end: Int) {
    let place = source.whole(characters.span(Int(tokens[start].start), Int(tokens[end - 1].end)))
    note(
      .unit(sourceText(of: place)), place, fixes: [fix(place, "", "for the number alone, leave the unit out")]
    )
  }

  /// Whether letters behind a number are a unit: one that is no likely product, or one letter that the line has nowhere
  /// else, at its end.
  private func isUnit(_ place: Int, _ line: Range<Int>, _ defined: Set<String>) -> Bool {
    let token = tokens[place]
    guard token.isSpaced || token.piece == Token.word, token.end - token.start < 4 else { return false }
    let typed = text(token)
    if names.isDeclared(typed) || defined.contains(typed) { return false }
    if Self.units.contains(typed) { return true }
    guard Self.lettersOfUnits.contains(typed) else { return false }
    let end = unitEnd(place, line.upperBound)
    guard end == line.upperBound, end > place + 1 || hasEquals(line) else { return false }
    return !line.contains { other in
      other != place && tokens[other].kind == .letters && (other < place || other >= end)
        && text(tokens[other]).contains(typed)
    }
  }

  private func hasEquals(_ line: Range<Int>) -> Bool { line.contains { tokens[$0].kind == .assign } }

  /// The end of `m/s^2`.
  private func unitEnd(_ start: Int, _ limit: Int) -> Int {
    var end = raisedEnd(start + 1, limit)
    while end + 1 < limit, tokens[end].kind == .slash, tokens[end + 1].kind == .letters,
      case let below = text(tokens[end + 1]),
      Self.units.contains(below) || Self.lettersOfUnits.contains(below)
    {
      end = raisedEnd(end + 2, limit)
    }
    return end
  }

  private func raisedEnd(_ place: Int, _ limit: Int) -> Int {
    if place + 1 < limit, tokens[place].kind == .caret, tokens[place + 1].kind == .number { return place + 2 }
    if place + 2 < limit, tokens[place].kind == .raisedOpen { return place + 3 }
    return place
  }

  /// The end of `\mathrm{m/s^2}`, whose braces hold a unit and nothing else.
  private func bracedUnitEnd(_ place: Int, _ limit: Int) -> Int? {
    var start = Int(tokens[place].start)
    while start > 0, characters.at(start - 1) == 0x20 { start -= 1 }
    guard start > 0, CharacterClass.isLetter(characters.at(start - 1)), place + 2 < limit,
      tokens[place + 1].kind == .letters, characters.at(Int(tokens[place - 1].end)) == 0x5C,
      case let first = text(tokens[place + 1]),
      Self.units.contains(first) || Self.lettersOfUnits.contains(first)
    else { return nil }
    let end = unitEnd(place + 1, limit)
    return end < limit && tokens[end].kind == .rightCurly ? end + 1 : nil
  }

  private static let units: Set<String> = [
    "ft", "cm", "mm", "km", "kg", "mg", "mph", "kmh", "Hz", "kHz", "Pa", "kPa", "kN", "kJ", "kW", "ms", "lb",
    "lbs",
    "mol", "eV",
  ]
  private static let lettersOfUnits: Set<String> = ["m", "s", "h", "g", "J", "N", "W", "V", "K", "L", "A"]
}
