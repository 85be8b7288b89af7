/// What is said about arguments and radicands without brackets: predicates (c) and (e) of grammar.md.
extension Parser {
  // MARK: (c) sin 2*x, sin x^2, sin x y

  func noteFollowedCall(_ place: Int) {
    let call = ending(of: pending[place - 1].node) { kind in
      if case .call(_, .bare) = kind { true } else { false }
    }
    guard let call else { return }
    let whole = span(of: place - 1, through: place)
    guard notes.isNew(sourceText(of: whole), .followedCall) else { return }
    let argument = Span(builder.span(builder.child(call, 0)).start, whole.end)
    let head = Self.trimmed(sourceText(of: Span(whole.start, argument.start)))
    let inBrackets = "(" + sourceText(of: argument) + ")"
    let mark = pending[place].link == .implied ? firstCharacter(of: pending[place].node) : pending[place].span
    note(
      .bareArgument(sourceText(of: whole), reading: reading(place - 1, place)), mark,
      fixes: [
        fix(Span(whole.start, whole.end), head + inBrackets, "for the argument, write \(head)\(inBrackets)")
      ])
  }

  /// After a function has its arguments, and its power in `value`.
  func noteCall(_ node: Int32, in value: Int32, _ piece: Names.Piece, _ isBracketed: Bool) {
    guard !notes.isFull, !isStopped else { return }
    if isBracketed, builder.count(node) != 2 { return }
    guard case .call(let callee, _) = builder.kind(node) else { return }
    if isBracketed {
      if piece.end <= lastEnd, callee.name == "log" || callee.name == "root" { noteBase(node, callee.name) }
      return
    }
    let argument = builder.child(node, 0)
    var inner = argument
    if case .negative = builder.kind(inner) { inner = builder.child(inner, 0) }
    let parts: [Int32] = builder.kind(inner) == .product ? builder.parts(of: inner).map(\.node) : [inner]
    let whole = builder.span(value)
    let name = Self.trimmed(sourceText(of: Span(whole.start, builder.span(argument).start)))
    let reading = { self.builder.reading(value) }
    if inner != argument, looksInverse(piece, parts),
      let inverse = FunctionNames.inverse(of: callee.name)?.name
    {
      let operand = Self.trimmed(sourceText(of: Span(builder.span(parts[1]).start, whole.end)))
      return note(
        .bareArgument(sourceText(of: whole), reading: reading()), builder.span(argument),
        fixes: [fix(whole, "\(inverse)(\(operand))", "for the inverse, write \(inverse)(\(operand))")])
    }
    guard parts.count > 1 || isPower(inner), !isAngleWithUnit(parts, whole) else { return }
    guard notes.isNew(sourceText(of: whole), .call) else { return }
    if callee.name == "sqrt", parts.count > 1 {
      let first = sourceText(of: builder.span(parts[0]))
      let rest = sourceText(of: Span(builder.span(parts[1]).start, whole.end))
      note(
        .bareRoot(sourceText(of: whole), reading: reading()), firstCharacter(of: parts[1]),
        fixes: [fix(whole, "\(name)(\(first)) \(rest)", "for a product, write \(name)(\(first)) \(rest)")])
      return
    }
    if let factor = productBegins(in: parts) {
      note(
        .bareArgument(sourceText(of: whole), reading: reading()), firstCharacter(of: factor),
        fixes: [productFix(of: name, argument, before: factor, whole)])
    } else if let power = parts.last, isPower(power) {
      let base = sourceText(of: Span(builder.span(argument).start, builder.span(builder.child(power, 0)).end))
      let exponent = sourceText(of: Span(builder.span(builder.child(power, 0)).end, builder.span(power).end))
      note(
        .bareArgument(sourceText(of: whole), reading: reading()),
        builder.span(builder.child(power, 1)),
        fixes: [
          fix(
            whole, "\(name)(\(base))\(exponent)",
            "for a power of the value, write \(name)(\(base))\(exponent)")
        ])
    }
  }

  /// `sin 30 deg`, whose unit has a note of its own.
  private func isAngleWithUnit(_ parts: [Int32], _ whole: Span) -> Bool {
    guard parts.count == 4, case .number = builder.kind(parts[0]) else { return false }
    let unit = sourceText(of: Span(builder.span(parts[1]).start, whole.end))
    return unit == "deg" || unit == "rad"
  }

  /// `sinh-1 x`: −1 touches the name.
  private func looksInverse(_ piece: Names.Piece, _ parts: [Int32]) -> Bool {
    guard parts.count > 1, builder.kind(parts[0]) == .number("1") else { return false }
    let one = builder.span(parts[0])
    let between = sourceText(of: Span(characters.span(piece.start, piece.end).end, one.start))
    return !between.contains(" ")
  }

  /// The factor at which an argument may be meant to be over: `e^x` in `sin x e^x`, `y` in `sin 2x^2 y`.
  private func productBegins(in parts: [Int32]) -> Int32? {
    var holdsAny = false
    for part in parts {
      if holdsAny, holdsVariable(part) { return part }
      if part != parts[0], isPower(part), !holdsVariable(builder.child(part, 0)) { return part }
      holdsAny = holdsAny || holdsVariable(part)
    }
    return nil
  }

  /// `sin(x) y` for `sin x y`.
  private func productFix(of name: String, _ argument: Int32, before part: Int32, _ whole: Span)
    -> Diagnostic.Fix
  {
    let second = builder.span(part).start
    let head = Self.trimmed(sourceText(of: Span(builder.span(argument).start, second)))
    let rest = sourceText(of: Span(second, whole.end))
    return fix(whole, "\(name)(\(head)) \(rest)", "for a product, write \(name)(\(head)) \(rest)")
  }

  /// Whether a variable stands in a factor: x, |x|, √x, x!.
  private func holdsVariable(_ node: Int32) -> Bool {
    if isVariable(node) { return true }
    return (0..<builder.count(node)).contains { holdsVariable(builder.child(node, $0)) }
  }

  func isPower(_ node: Int32) -> Bool {
    if case .power(let style) = builder.kind(node) { style != .onFunction } else { false }
  }

  func isVariable(_ node: Int32) -> Bool {
    switch builder.kind(node) {
    case .variable, .element, .boundIndex: true
    default: false
    }
  }

  // MARK: (e) √2x

  func noteFollowedRoot(_ place: Int) {
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

  /// `√1-x²`: the root of 1 says nothing, and the bar of a root that went on is lost in copying.
  private func noteRootOfOne(_ sign: Token, _ radicand: Int32) {
    guard builder.kind(radicand) == .number("1"), current.kind == .minus || current.kind == .plus,
      Int(current.start) == lastEnd
    else { return }
    let whole = span(sign).joined(builder.span(radicand))
    note(
      .bareRoot(
        sourceText(of: whole) + text(current) + "…",
        reading: sourceText(of: whole) + " " + text(current) + " …"),
      span(sign), hint: "for the root of all that follows, write \(text(sign))(1\(text(current))…)")
  }

  func noteRoot(_ sign: Token, _ radicand: Int32) {
    guard !notes.isFull else { return }
    noteRootOfOne(sign, radicand)
    guard isPower(radicand) else { return }
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
}
