/// What is said about how operands bind: predicates (a) to (g) of grammar.md.
extension Parser {
  /// Looks over the factors from `start` on, when all are there.
  func noteProduct(from start: Int) {
    guard !notes.isFull, !isStopped, pending.count > start + 1 else { return }
    for place in start + 1..<pending.count {
      let part = pending[place]
      let before = pending[place - 1]
      if part.link == .implied {
        if before.link == .over, isUnbracketed(before.node) { noteDivisor(place, start) }
        if leadsWithName(part.node), let power = shortPower(before.node) { noteExponent(power, place) }
      }
      if part.link == .over, let power = signedPower(before.node, part.node) {
        noteSignedExponent(power, place)
      }
      if part.link != .implied || builder.kind(part.node) == .group(.round) { noteFollowedCall(place) }
      noteFollowedRoot(place)
    }
  }

  // MARK: (a) 1/2x

  private func noteDivisor(_ place: Int, _ start: Int) {
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

  private func isUnbracketed(_ node: Int32) -> Bool {
    switch builder.kind(node) {
    case .group, .absolute, .fraction, .call(_, .fence), .missing: false
    default: true
    }
  }

  // MARK: (b) 2^xy

  private func leadsWithName(_ node: Int32) -> Bool {
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
  private func shortPower(_ node: Int32) -> Int32? {
    let power = ending(of: node) { kind in if case .power(.caret) = kind { true } else { false } }
    guard let power else { return nil }
    let exponent = builder.child(power, 1)
    switch builder.kind(exponent) {
    case .group, .absolute, .fraction, .call, .missing: return nil
    case .number(let digits) where digits.utf8.allSatisfy({ $0 &- 48 < 10 }):
      switch builder.kind(builder.child(power, 0)) {
      case .number, .constant: return power
      default: return nil
      }
    default: return power
    }
  }

  private func noteExponent(_ power: Int32, _ place: Int) {
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
  private func signedPower(_ node: Int32, _ divisor: Int32) -> Int32? {
    let power = ending(of: node) { kind in if case .power(.caret) = kind { true } else { false } }
    guard let power else { return nil }
    switch builder.kind(builder.child(power, 1)) {
    case .negative: return power
    case .number("1"): if case .number = builder.kind(divisor) { return power } else { return nil }
    default: return nil
    }
  }

  private func noteSignedExponent(_ power: Int32, _ place: Int) {
    let whole = span(of: place - 1, through: place)
    guard notes.isNew(sourceText(of: whole), .signedExponent) else { return }
    let exponent = Span(builder.span(builder.child(power, 1)).start, whole.end)
    let inBrackets = "(" + sourceText(of: exponent) + ")"
    let corrected = sourceText(of: Span(whole.start, exponent.start)) + inBrackets
    let divisor = builder.reading(pending[place].node, .power)
    note(
      .exponentBeforeDivision(
        sourceText(of: whole), reading: "(" + builder.reading(pending[place - 1].node) + ")/" + divisor),
      pending[place].span, fixes: [fix(exponent, inBrackets, "did you mean \(corrected)?")])
  }

  // MARK: (c) sin 2*x, sin x^2, sin x y

  private func noteFollowedCall(_ place: Int) {
    let call = ending(of: pending[place - 1].node) { kind in
      if case .call(_, .bare) = kind { true } else { false }
    }
    guard let call else { return }
    let whole = span(of: place - 1, through: place)
    guard notes.isNew(sourceText(of: whole), .followedCall) else { return }
    let argument = Span(builder.span(builder.child(call, 0)).start, whole.end)
    let head = trimmed(sourceText(of: Span(whole.start, argument.start)))
    let inBrackets = "(" + sourceText(of: argument) + ")"
    let mark = pending[place].link == .implied ? firstCharacter(of: pending[place].node) : pending[place].span
    note(
      .bareArgument(sourceText(of: whole), reading: reading(place - 1, place)), mark,
      fixes: [
        fix(Span(whole.start, whole.end), head + inBrackets, "for the argument, write \(head)\(inBrackets)")
      ])
  }

  /// After a function has its arguments.
  func noteCall(_ node: Int32, _ piece: Names.Piece, _ isBracketed: Bool) {
    guard !notes.isFull, !isStopped else { return }
    guard case .call(let callee, _) = builder.kind(node) else { return }
    if isBracketed {
      if callee.name == "log", builder.count(node) == 2, piece.end <= lastEnd { noteBase(node) }
      return
    }
    let argument = builder.child(node, 0)
    var inner = argument
    if case .negative = builder.kind(inner) { inner = builder.child(inner, 0) }
    let parts: [Int32] = builder.kind(inner) == .product ? builder.parts(of: inner).map(\.node) : [inner]
    guard parts.count > 1 || isPower(inner) else { return }
    let name = characters.text(piece.start, piece.end)
    let whole = builder.span(node)
    guard notes.isNew(sourceText(of: whole), .call) else { return }
    if callee.name == "sqrt", parts.count > 1 {
      let first = sourceText(of: builder.span(parts[0]))
      let rest = sourceText(of: Span(builder.span(parts[1]).start, whole.end))
      note(
        .bareRoot(sourceText(of: whole), reading: builder.reading(node)), firstCharacter(of: parts[1]),
        fixes: [fix(whole, "\(name)(\(first)) \(rest)", "for a product, write \(name)(\(first)) \(rest)")])
      return
    }
    if let power = parts.first(where: { isPower($0) }) {
      let base = sourceText(of: Span(builder.span(argument).start, builder.span(builder.child(power, 0)).end))
      let exponent = sourceText(of: Span(builder.span(builder.child(power, 0)).end, builder.span(power).end))
      note(
        .bareArgument(sourceText(of: whole), reading: builder.reading(node)),
        builder.span(builder.child(power, 1)),
        fixes: parts.count == 1
          ? [
            fix(
              whole, "\(name)(\(base))\(exponent)",
              "for a power of the value, write \(name)(\(base))\(exponent)")
          ]
          : [])
      return
    }
    let variables = parts.filter { isVariable($0) }
    if variables.count > 1 {
      let second = builder.span(variables[1]).start
      let head = trimmed(sourceText(of: Span(builder.span(argument).start, second)))
      let rest = sourceText(of: Span(second, whole.end))
      note(
        .bareArgument(sourceText(of: whole), reading: builder.reading(node)),
        firstCharacter(of: variables[1]),
        fixes: [fix(whole, "\(name)(\(head)) \(rest)", "for a product, write \(name)(\(head)) \(rest)")])
    }
  }

  private func isPower(_ node: Int32) -> Bool {
    if case .power(let style) = builder.kind(node) { style != .onFunction } else { false }
  }

  private func isVariable(_ node: Int32) -> Bool {
    switch builder.kind(node) {
    case .variable, .element, .boundIndex: true
    default: false
    }
  }

  // MARK: (e) √2x

  private func noteFollowedRoot(_ place: Int) {
    let root = ending(of: pending[place - 1].node) { $0 == .root }
    guard let root, isUnbracketed(builder.child(root, 0)) else { return }
    let whole = span(of: place - 1, through: place)
    guard notes.isNew(sourceText(of: whole), .followedRoot) else { return }
    let radicand = Span(builder.span(builder.child(root, 0)).start, whole.end)
    let inBrackets = "(" + sourceText(of: radicand) + ")"
    let corrected = sourceText(of: Span(whole.start, radicand.start)) + inBrackets
    let operand = "(" + builder.reading(pending[place - 1].node) + ")"
    let sign = pending[place].link == .over ? "/" : "·"
    let mark = pending[place].link == .implied ? firstCharacter(of: pending[place].node) : pending[place].span
    note(
      .bareRoot(
        sourceText(of: whole), reading: operand + sign + builder.reading(pending[place].node, .power)), mark,
      fixes: [fix(radicand, inBrackets, "for the root of both, write \(corrected)")])
  }

  func noteRoot(_ sign: Token, _ radicand: Int32) {
    guard !notes.isFull, isPower(radicand) else { return }
    let whole = span(sign).joined(builder.span(radicand))
    guard notes.isNew(sourceText(of: whole), .root) else { return }
    let base = builder.span(builder.child(radicand, 0))
    let head = "(" + text(sign) + sourceText(of: base) + ")"
    let corrected = head + sourceText(of: Span(base.end, whole.end))
    note(
      .bareRoot(sourceText(of: whole), reading: text(sign) + "(" + builder.reading(radicand) + ")"),
      builder.span(builder.child(radicand, 1)),
      fixes: [fix(whole, corrected, "for a power of the root, write \(corrected)")])
  }

  // MARK: (f) |x|y|z|

  /// At a bar: whether a `|…|` before it was followed by an operand.
  func noteBars() {
    guard followedBars >= 0 else { return }
    let node = followedBars
    followedBars = -1
    let first = builder.span(node)
    let between = trimmed(sourceText(of: Span(first.end, span(current).start)))
    let whole = Span(first.start, span(current).end)
    let reading = builder.reading(node) + "·" + between + (openBars > 0 ? "|" : "·|…|")
    note(
      .barsInARow(sourceText(of: whole), reading: reading), span(current),
      hint: "to nest them, write abs(…)")
  }

  // MARK: (g) commas, bases, exponents of numbers

  /// At a comma between arguments: `f(1,000)`.
  func noteComma() {
    guard !current.isSpaced, lastKind == .number, next.kind == .number, !next.isSpaced else { return }
    guard next.end - next.start == 3, numberText(next).utf8.allSatisfy({ $0 &- 48 < 10 }) else { return }
    var start = Int(current.start)
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) { start -= 1 }
    let whole = characters.span(start, Int(next.end))
    let joined = sourceText(of: whole).filter { $0 != "," }
    note(
      .commaBetweenDigits(sourceText(of: whole)), span(current),
      fixes: [fix(whole, joined, "for one number, write \(joined)")])
  }

  private func noteBase(_ node: Int32) {
    guard case .number = builder.kind(builder.child(node, 0)) else { return }
    if case .number = builder.kind(builder.child(node, 1)) { return }
    let whole = builder.span(node)
    let first = builder.span(builder.child(node, 0))
    let second = builder.span(builder.child(node, 1))
    let swapped = "log(" + sourceText(of: second) + ", " + sourceText(of: first) + ")"
    note(
      .baseComesSecond(sourceText(of: whole)), first,
      fixes: [fix(whole, swapped, "for base \(sourceText(of: first)), write \(swapped)")])
  }

  /// `2e+1`; nobody writes 1·e, so that `1e-3` needs no word.
  func noteExponent(_ digits: String, _ mark: String.Index) {
    let sign = digits[digits.index(after: mark)...].first
    guard sign == "+" || sign == "-", digits[..<mark] != "1" else { return }
    let place = span(current)
    let head = digits[..<mark]
    let tail = digits[digits.index(after: mark)...]
    let product = "\(head)*e \(tail.prefix(1)) \(tail.dropFirst())"
    let value = Double(digits).map { "\($0)" } ?? digits
    note(
      .exponentOrEuler(digits, reading: value.hasSuffix(".0") ? String(value.dropLast(2)) : value), place,
      fixes: [fix(place, product, "for Euler's number, write \(product)")])
  }

  func notePowerOfSuperscript(_ node: Int32) {
    let base = sourceText(of: builder.span(builder.child(node, 0)))
    note(
      .powerOfSuperscript(sourceText(of: builder.span(node)), reading: builder.reading(node)),
      builder.span(node), hint: "for a power of the power, put \(base) and its first exponent in brackets")
  }

  func noteNaturalLogarithm(_ piece: Names.Piece) {
    note(.naturalLogarithm, characters.span(piece.start, piece.end), hint: "for base 10, write log10 or lg")
  }

  func noteInverse(_ piece: Names.Piece, _ node: Int32) {
    let name = characters.text(piece.start, piece.end)
    let place = builder.span(node)
    let argument = trimmed(sourceText(of: builder.span(builder.child(node, 0))))
    note(
      .inverseFunction(sourceText(of: place), reading: builder.reading(node)),
      characters.span(piece.start, piece.end), hint: "for the reciprocal, write 1/\(name)(\(argument))")
  }

  // MARK: Stretches

  /// The node of a wanted kind that an operand ends in, with nothing closing after it.
  private func ending(of node: Int32, where isWanted: (Syntax.Kind) -> Bool) -> Int32? {
    var node = node
    while true {
      let kind = builder.kind(node)
      if isWanted(kind) { return node }
      switch kind {
      case .power(.caret): node = builder.child(node, 1)
      case .negative: node = builder.child(node, 0)
      case .call(_, .bare): node = builder.child(node, 0)
      case .power(.onFunction): node = builder.child(node, 0)
      case .product: node = builder.child(node, builder.count(node) - 1)
      case .root where builder.count(node) == 1: node = builder.child(node, 0)
      default: return nil
      }
    }
  }

  /// The last of the implied factors from a place on.
  private func impliedEnd(_ place: Int) -> Int {
    var end = place
    while end + 1 < pending.count, pending[end + 1].link == .implied, end - place < 8 { end += 1 }
    return end
  }

  private func span(of first: Int, through last: Int) -> Span {
    builder.span(pending[first].node).joined(builder.span(pending[last].node))
  }

  /// The factors from one place through another as a note shows them.
  private func reading(_ first: Int, _ last: Int) -> String {
    let product = builder.product(pending[first...last])
    return last > first && pending[last].link == .over && last - first == 1 && isDivisorNote(last)
      ? "(" + product + ")" : product
  }

  private func isDivisorNote(_ last: Int) -> Bool {
    last + 1 < pending.count && pending[last + 1].link == .implied
  }

  private func tail(_ place: Int, _ end: Int) -> String {
    var text = ""
    for at in place...end { text += "·" + builder.reading(pending[at].node, .power) }
    return text
  }

  private func firstCharacter(of node: Int32) -> Span {
    let whole = builder.span(node)
    let first = source.slice(whole).first.map { String($0).utf8.count } ?? 0
    return Span(whole.start, min(whole.end, whole.start + first))
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    while text.first == " " { text.removeFirst() }
    return String(text)
  }
}
