/// Runs of letters that are spelled otherwise, or stand where they cannot.
extension Parser {
  /// `Sin x`, `tg(x)`, `Pi r^2`: reports the name that was meant, and reads on with it.
  func respell(_ reading: Names.Reading, _ follow: Names.Follow) -> Bool {
    guard reading.rule == .chain || reading.rule == .oneName, current.end - current.start > 1 else {
      return false
    }
    if spellsArcApart() || spellsRootApart() { return true }
    guard
      follow == .bracket || follow == .operand || follow == .digits || peek(0).kind == .leftSquare
        || (follow == .power && raisesForeignName())
    else { return false }
    if reading.count == 2, CharacterClass.isCapital(characters.at(Int(current.start))) {
      let pieces = reading.pieces(from: 0)
      if pieces[0].end == 1, pieces[1].isFunction { return false }
    }
    let whole = reading.whole
    let small = whole.lowercased()
    var known: String
    if let foreign = FunctionNames.foreign[whole] {
      known = foreign
    } else if small != whole, small == "pi" || FunctionNames.known(small) != nil {
      known = small
    } else {
      return false
    }
    var place = span(current)
    // \Pi is a letter of its own.
    if known == "pi", current.start > 0, characters.at(Int(current.start) - 1) == 0x5C { return false }
    // A spreadsheet's PI() has brackets with nothing in them.
    if known == "pi", peek(0).kind == .leftRound, peek(1).kind == .rightRound {
      let all = place.joined(span(peek(1)))
      fail(.spelledOtherwise(whole, known: known), all, fixes: [fix(all, known, "write \(known)")])
      return true
    }
    if peek(0).kind == .leftSquare, let end = closingSquare(of: peek(0)) {
      let content = characters.text(Int(peek(0).end), end - 1)
      let all = characters.span(Int(current.start), end)
      let corrected = writtenHere(known, content)
      fail(.spelledOtherwise(whole, known: known), all, fixes: [fix(all, corrected, "write \(corrected)")])
      return true
    }
    let (start, end) = (Int(current.start), Int(current.end))
    var typed = whole
    if follow == .digits, FunctionNames.known(known + text(next)) != nil {
      typed += text(next)
      known += text(next)
      place = place.joined(span(next))
      dropNext()
    }
    complain(.spelledOtherwise(typed, known: known), place, fixes: [fix(place, known, "write \(known)")])
    let kind: Names.Piece.Kind =
      FunctionNames.known(known).map { .function(.known($0)) } ?? .constant(known)
    replaceRun(with: Names.Piece(kind: kind, start: start, end: end, isDeclared: false))
    return true
  }

  /// A call of Mathematica: it puts the base of a logarithm first, x before y, and what a sum adds before its index.
  private func writtenHere(_ known: String, _ content: String) -> String {
    let parts = content.split(separator: ",").map { Self.trimmed(String($0)) }
    switch known {
    case "log" where parts.count == 2: return "log(\(parts[1]), \(parts[0]))"
    case "arctan" where parts.count == 2: return "atan2(\(parts[1]), \(parts[0]))"
    case "sum", "prod":
      guard content.hasSuffix("}"), let open = content.lastIndex(of: "{") else { break }
      let range = content[content.index(after: open)...].dropLast()
      let term = Self.trimmed(String(content[..<open])).dropLast()
      return "\(known)(\(range), \(term))"
    default: break
    }
    return "\(known)(\(content))"
  }

  /// `tg^2 x`: a power before an operand, of what is a function elsewhere.
  private func raisesForeignName() -> Bool {
    let isCaret = peek(0).kind == .caret
    guard peek(1).kind == .number, isCaret || peek(2).kind == .raisedClose,
      peek(isCaret ? 2 : 3).startsOperand
    else { return false }
    return FunctionNames.foreign[text(current)] != nil
  }

  /// `arc sin x`
  private func spellsArcApart() -> Bool {
    guard next.kind == .letters, stands("arc", at: current),
      let known = FunctionNames.known("arc" + text(next))
    else { return false }
    let whole = span(current).joined(span(next))
    fail(
      .spelledOtherwise(sourceText(of: whole), known: known.name), whole,
      fixes: [fix(whole, known.name, "write \(known.name)")])
    return true
  }

  /// `square root of x`, `cube root x`
  private func spellsRootApart() -> Bool {
    guard next.kind == .letters, stands("square", at: current) || stands("cube", at: current),
      stands("root", at: next)
    else { return false }
    let isFollowed = peek(1).kind == .letters && text(peek(1)) == "of"
    let whole = span(current).joined(span(isFollowed ? peek(1) : next))
    let known = stands("square", at: current) ? "sqrt" : "cbrt"
    fail(
      .spelledOtherwise(sourceText(of: whole), known: known), whole,
      fixes: [fix(whole, known, "write \(known)")])
    return true
  }

  /// `dy/dx`, where nobody declared a d.
  func isDifferential() -> Bool {
    guard current.end - current.start <= 2, characters.at(Int(current.start)) == 0x64, peek(0).kind == .slash,
      peek(1).kind == .letters, peek(1).end - peek(1).start == 2, characters.at(Int(peek(1).start)) == 0x64
    else { return false }
    return current.end - current.start == 2 && !names.isDeclared("d") && !names.isDeclared(text(current))
      && !names.isDeclared(text(peek(1)))
  }

  func complainOfDifferential() {
    complainOfQuotient(
      span(current).joined(span(peek(1))), text(current).dropFirst(), text(peek(1)).dropFirst())
  }

  func sayWhenSideBySide(_ reading: Names.Reading) {
    guard reading.rule == .oneName, let last = lastWord, last.end == lastEnd, lastKind == .piece else {
      return
    }
    let place = span(current)
    complain(
      .wordsSideBySide(last.text, reading.whole), place,
      fixes: [fix(Span(place.start, place.start), "*", "for a product, write * between them")])
  }

  // MARK: Before a bracket

  /// Whether what stands before `(` may: a function is applied, a variable multiplies. A stranger is an error, and becomes
  /// one function that nobody knows.
  func stranger(
    _ reading: Names.Reading, _ before: [Names.Piece], _ last: Names.Piece
  ) -> Names.Piece? {
    guard peek(0).kind == .leftRound else { return nil }
    if last.isFunction {
      if before.isEmpty, !last.isDeclared, reading.isGreek {
        note(.greekFunction(reading.whole), span(current), hint: "to multiply, write \(reading.whole)*(…)")
      }
      return nil
    }
    let pieces = before + [last]
    let hasComma = bracketsWithComma.contains(peek(0).start)
    if let function = pieces.first(where: \.isFunction) {
      return complainOfFunctionInside(reading, function, pieces)
    }
    let whole = characters.text(Int(current.start), last.end)
    if FunctionNames.known(reading.whole) != nil, last.isDeclared, pieces.count == 1 {
      if hasComma {
        complain(.nameHidesFunction(reading.whole), span(current), hint: "give the variable another name")
        return strange(reading)
      }
      note(
        .variableBeforeBracket(reading.whole), span(current), hint: "for the function, rename the variable")
      return nil
    }
    let isUndeclared = pieces.contains { !$0.isDeclared && !$0.isConstant }
    let isReserved = !last.isDeclared && Names.isFunctionLetter(last.name)
    if hasComma || (isUndeclared && (reading.rule == .oneName || pieces.count > 2 || isReserved)) {
      complainOfStranger(reading, whole)
      return strange(reading)
    }
    if pieces.count == 1, last.isDeclared, noteMember(last) { return nil }
    guard isUndeclared || names.isFormula(last.name) else { return nil }
    let display = pieces.map { NameText.shown($0.name) }.joined(separator: "·")
    let said = Diagnostic.Kind.multipliedBracket(whole + "(…)", reading: display + "·(…)")
    let hint =
      isUndeclared
      ? "to apply a function, define it first: \(whole)(t) = …"
      : "to apply it, name its variable where it is defined: \(NameText.shown(last.name))(x) = …"
    if pieces.count == 1 {
      notes.deferBracket(last.name, Diagnostic(said, span(current), hint: hint))
    } else {
      note(said, span(current), hint: hint)
    }
    return nil
  }

  /// `x(2)` of a variable of the list, which is a member of x in MATLAB; whether it is said.
  private func noteMember(_ piece: Names.Piece) -> Bool {
    guard !names.isFormula(piece.name), !piece.name.contains("_"), !peek(0).isSpaced, peek(1).kind == .number,
      isDigits(peek(1)),
      peek(2).kind == .rightRound
    else { return false }
    let whole = characters.span(piece.start, Int(peek(2).end))
    let member = characters.text(piece.start, piece.end) + "_" + text(peek(1))
    note(
      .multipliedBracket(sourceText(of: whole), reading: NameText.shown(piece.name) + "·" + text(peek(1))),
      whole,
      fixes: [fix(whole, member, "for a member, write \(member)")])
    return true
  }

  /// A function that nobody knows, so that the line can be read on.
  func strange(_ reading: Names.Reading) -> Names.Piece {
    Names.Piece(
      kind: .function(.defined(reading.whole)), start: Int(current.start), end: Int(current.end),
      isDeclared: false)
  }

  /// With what touches it below the line, as it was typed.
  func complainOfStranger(_ reading: Names.Reading, _ typed: String) {
    let isLonger = peek(0).start > current.end && typed.contains("_")
    let name = isLonger ? typed : reading.whole
    let place = isLonger ? characters.span(Int(current.start), Int(peek(0).start)) : span(current)
    guard reading.whole.utf8.count > 1 else {
      // `f(x = x^2`: the bracket that is never closed is what is wrong.
      if closingBracket(of: peek(0)) == nil { return }
      if name == "B", bracketsWithComma.contains(peek(0).start) {
        return complain(
          .notDefined(name), place, fixes: [fix(place, "beta", "for the beta function, write beta(a, b)")])
      }
      // What is defined by itself is told of the whole line.
      if name == lineName { return }
      return complain(
        .notDefined(name), place,
        hint: isDefinition && lastEnd > 3 && characters.stands(" and", at: lastEnd - 4)
          ? "a second definition stands on a line of its own" : "define it first: \(name)(t) = …")
    }
    if name == lineName { return }
    if let written = FunctionNames.written[name] {
      return complain(.unknownFunction(name), place, hint: "write \(written)")
    }
    if let close = Suggestion.closest(to: name, among: names.functionNames) {
      complain(.unknownFunction(name), place, fixes: [fix(place, close, "did you mean ‘\(close)’?")])
    } else {
      complain(.unknownFunction(name), place)
    }
  }

  /// `sinx(x+1)`: sin(x)·(x+1) or sin(x·(x+1))?
  private func complainOfFunctionInside(
    _ reading: Names.Reading, _ function: Names.Piece, _ pieces: [Names.Piece]
  ) -> Names.Piece? {
    let isSlip = !pieces.allSatisfy { $0.isFunction || $0.isConstant || isUsual($0) }
    if isSlip, Suggestion.closest(to: reading.whole, among: names.functionNames) != nil {
      complainOfStranger(reading, reading.whole)
      return strange(reading)
    }
    let whole = characters.text(Int(current.start), Int(current.end))
    let head = characters.text(Int(current.start), function.end)
    let tail = characters.text(function.end, Int(current.end))
    var fixes = [fix(span(current), "\(head)(\(tail))", "write \(head)(\(tail))(…)")]
    if let end = closingBracket(of: peek(0)) {
      let content = characters.text(Int(peek(0).start), end)
      fixes.append(
        fix(characters.span(Int(current.start), end), "\(head)(\(tail)\(content))", "\(head)(\(tail)(…))"))
    }
    complain(.functionInsideRun(whole, function: function.name), span(current), fixes: fixes)
    return nil
  }
}
