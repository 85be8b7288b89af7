/// Runs of letters that are spelled otherwise, or stand where they cannot.
extension Parser {
  /// `Sin x`, `tg(x)`, `Pi r^2`: reports the name that was meant, and reads on with it.
  func respell(_ reading: Names.Reading, _ follow: Names.Follow) -> Bool {
    guard reading.rule == .chain || reading.rule == .oneName, current.end - current.start > 1 else {
      return false
    }
    guard follow == .bracket || follow == .operand || follow == .digits || peek(0).kind == .leftSquare else {
      return false
    }
    if reading.count == 2, CharacterClass.isCapital(characters.at(Int(current.start))) {
      let pieces = reading.pieces(from: 0)
      if pieces[0].end == 1, pieces[1].isFunction { return false }
    }
    let whole = reading.whole
    let small = whole.lowercased()
    let known: String
    if let foreign = FunctionNames.foreign[whole] {
      known = foreign
    } else if small != whole, small == "pi" || FunctionNames.known(small) != nil {
      known = small
    } else {
      return false
    }
    let place = span(current)
    if peek(0).kind == .leftSquare, let end = closingSquare(of: peek(0)) {
      let content = characters.text(Int(peek(0).end), end - 1)
      let all = characters.span(Int(current.start), end)
      // Mathematica puts the base of a logarithm first.
      let parts = content.split(separator: ",")
      let isLogarithm = known == "log" && parts.count == 2
      let inner = isLogarithm ? parts[1].drop { $0 == " " } + ", " + parts[0] : content[...]
      let corrected = "\(known)(\(inner))"
      fail(.spelledOtherwise(whole, known: known), all, fixes: [fix(all, corrected, "write \(corrected)")])
      return true
    }
    complain(.spelledOtherwise(whole, known: known), place, fixes: [fix(place, known, "write \(known)")])
    let kind: Names.Piece.Kind =
      FunctionNames.known(known).map { .function(.known($0)) } ?? .constant(known)
    let (start, end) = (Int(current.start), Int(current.end))
    replaceRun(with: Names.Piece(kind: kind, start: start, end: end, isDeclared: false))
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
      complainOfStranger(reading)
      return strange(reading)
    }
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

  /// A function that nobody knows, so that the line can be read on.
  func strange(_ reading: Names.Reading) -> Names.Piece {
    Names.Piece(
      kind: .function(.defined(reading.whole)), start: Int(current.start), end: Int(current.end),
      isDeclared: false)
  }

  func complainOfStranger(_ reading: Names.Reading) {
    let place = span(current)
    let name = reading.whole
    guard name.utf8.count > 1 else {
      // `f(x = x^2`: the bracket that is never closed is what is wrong.
      if closingBracket(of: peek(0)) == nil { return }
      return complain(.notDefined(name), place, hint: "define it first: \(name)(t) = …")
    }
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
      complainOfStranger(reading)
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
