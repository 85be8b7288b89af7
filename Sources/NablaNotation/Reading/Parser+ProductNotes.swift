/// What is said about how operands bind: predicates (a), (b) and (d) of grammar.md.
extension Parser {
  /// Looks over the factors from `start` on, when all are there.
  func noteProduct(from start: Int) {
    guard !notes.isFull, !isStopped, pending.count > start + 1 else { return }
    for place in start + 1..<pending.count {
      let part = pending[place]
      let before = pending[place - 1]
      if part.link == .implied {
        if before.link == .over, isUnbracketed(before.node) { noteDivisor(place, start) }
        if let transposed = transposed(before.node) {
          noteTransposed(transposed, place)
        } else if leadsWithName(part.node), let power = shortPower(before.node) {
          noteExponent(power, place)
        }
      }
      if part.link == .over, let power = signedPower(before.node, part.node) {
        noteSignedExponent(power, place)
      }
      if part.link != .implied || builder.kind(part.node) == .group(.round) { noteFollowedCall(place) }
      noteFollowedRoot(place)
    }
    noteLastNumber()
    noteLastCondition()
    noteFirstLetter(start)
  }

  // MARK: (a) 1/2x

  func noteDivisor(_ place: Int, _ start: Int) {
    let end = impliedEnd(place)
    let first = max(start, place - 2)
    let whole = span(of: first, through: end)
    guard notes.isNew(sourceText(of: whole), .divisor) else { return }
    let divisor = Span(builder.span(pending[place - 1].node).start, whole.end)
    let inBrackets = "(" + sourceText(of: divisor) + ")"
    let corrected = sourceText(of: Span(whole.start, divisor.start)) + inBrackets
    let reading = reading(first, place - 1) + tail(place, end)
    let caret = firstCharacter(of: pending[place].node)
    note(
      .impliedAfterDivision(sourceText(of: whole), reading: reading), caret,
      fixes: [fix(divisor, inBrackets, "for a denominator, write \(corrected)")])
  }

  func isUnbracketed(_ node: Int32) -> Bool {
    switch builder.kind(node) {
    case .group, .absolute, .fraction, .call(_, .fence), .missing: false
    default: true
    }
  }

  // MARK: (b) 2^xy

  func leadsWithName(_ node: Int32) -> Bool {
    var node = node
    while true {
      switch builder.kind(node) {
      case .variable, .constant, .number, .boundIndex, .element: return true
      case .power(let style) where style != .onFunction: node = builder.child(node, 0)
      case .factorial: node = builder.child(node, 0)
      default: return false
      }
    }
  }

  /// The power that an operand ends in, where its exponent has no brackets and may be meant to go on.
  func shortPower(_ node: Int32) -> Int32? {
    let power = ending(of: node) { kind in if case .power(.caret) = kind { true } else { false } }
    guard let power else { return nil }
    let exponent = builder.child(power, 1)
    switch builder.kind(exponent) {
    case .group, .absolute, .fraction, .call, .missing: return nil
    case .number(let digits) where digits.isAllDigits:
      switch builder.kind(builder.child(power, 0)) {
      case .number, .constant: return power
      default: return nil
      }
    default: return power
    }
  }

  func noteExponent(_ power: Int32, _ place: Int) {
    let end = impliedEnd(place)
    let whole = span(of: place - 1, through: end)
    guard notes.isNew(sourceText(of: whole), .exponent) else { return }
    let exponent = Span(builder.span(builder.child(power, 1)).start, whole.end)
    let inBrackets = "(" + sourceText(of: exponent) + ")"
    let corrected = sourceText(of: Span(whole.start, exponent.start)) + inBrackets
    let reading = "(" + builder.reading(pending[place - 1].node) + ")" + tail(place, end)
    note(
      .shortExponent(sourceText(of: whole), reading: reading), firstCharacter(of: pending[place].node),
      fixes: [fix(exponent, inBrackets, "for the exponent, write \(corrected)")])
  }

  // MARK: (d) x^-1/2

  /// The power that an operand ends in, where a fraction may be meant in its exponent.
  func signedPower(_ node: Int32, _ divisor: Int32) -> Int32? {
    let power = ending(of: node) { kind in if case .power(.caret) = kind { true } else { false } }
    guard let power else { return nil }
    switch builder.kind(builder.child(power, 1)) {
    case .negative: return power
    case .number("1"): if case .number = builder.kind(divisor) { return power } else { return nil }
    default: return nil
    }
  }

  func noteSignedExponent(_ power: Int32, _ place: Int) {
    let short = span(of: place - 1, through: place)
    guard notes.isNew(sourceText(of: short), .signedExponent) else { return }
    // e^-t/RC: all that touches the divisor belongs to it.
    var end = place
    while end + 1 < pending.count, pending[end + 1].link == .implied,
      builder.span(pending[end].node).end == builder.span(pending[end + 1].node).start
    {
      end += 1
    }
    let divisors = sourceText(of: span(of: place, through: end))
    let whole = span(of: place - 1, through: end)
    let exponent = Span(builder.span(builder.child(power, 1)).start, whole.end)
    let dividend = sourceText(of: Span(exponent.start, builder.span(pending[place].node).start))
    let inBrackets = "(" + dividend + (end > place ? "(" + divisors + ")" : divisors) + ")"
    let corrected = sourceText(of: Span(whole.start, exponent.start)) + inBrackets
    let divisor = builder.reading(pending[place].node, .power)
    note(
      .exponentBeforeDivision(
        sourceText(of: short), reading: "(" + builder.reading(pending[place - 1].node) + ")/" + divisor),
      pending[place].span, fixes: [fix(exponent, inBrackets, "did you mean \(corrected)?")])
  }
}
