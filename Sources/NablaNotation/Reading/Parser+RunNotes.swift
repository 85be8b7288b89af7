/// What is said about the reading of letters.
extension Parser {
  func note(
    _ kind: Diagnostic.Kind, _ span: Span, hint: String = "", fixes: [Diagnostic.Fix] = []
  ) {
    guard !isStopped, !notes.isFull else { return }
    notes.add(Diagnostic(kind, span, hint: hint, fixes: fixes))
  }

  /// Notes on a run that is about to become pieces; with its subscripts it reaches to `end`.
  func noteRun(_ reading: Names.Reading, _ follow: Names.Follow, _ subscripts: Int, to end: Int) {
    let pieces = reading.pieces(from: Int(current.start))
    noteCapital(pieces)
    switch reading.rule {
    case .declared: return
    case .known: noteOtherReading(reading)
    case .covered: return
    case .chain: noteChain(pieces, follow)
    case .oneName:
      let typed = characters.text(Int(current.start), end)
      let place = characters.span(Int(current.start), end)
      if lastKind == .number, typed == "degrees" || typed == "degree" {
        let unit = characters.span(lastEnd, end)
        return note(
          .oneName(typed), place, fixes: [fix(unit, "°", "for an angle in degrees, write °")])
      }
      note(.oneName(typed), place, hint: "to say so, declare it with --vars \(typed)")
    }
    for piece in pieces where !piece.isDeclared { noteLetter(piece, subscripts) }
  }

  /// `xi` where x and i are declared.
  private func noteOtherReading(_ reading: Names.Reading) {
    guard current.end - current.start > 1, peek(0).kind != .leftRound,
      let other = names.covers(characters, Int(current.start), Int(current.end))
    else { return }
    let product = other.map { NameText.shown($0.name) }.joined(separator: "·")
    note(
      .knownName(reading.whole, other: product), span(current),
      hint: "for the product, write \(other.map(\.name).joined(separator: " "))")
  }

  /// `i`, `j`, `I`, `E`
  private func noteLetter(_ piece: Names.Piece, _ subscripts: Int) {
    guard let name = piece.variable, piece.end - piece.start == 1 else { return }
    let typed = characters.at(piece.start)
    if let latin = Characters.greekCapitals[typed] {
      note(
        .greekCapital(characters.text(piece.start, piece.end), name: name, latin: latin),
        characters.span(piece.start, piece.end), hint: "for the Latin letter, write \(latin)")
    }
    if subscripts > 0, piece.end == Int(current.end) { return }
    switch name {
    case "i", "j", "I": note(.realNumbersOnly(name), characters.span(piece.start, piece.end))
    case "E":
      let place = characters.span(piece.start, piece.end)
      note(.capitalE, place, fixes: [fix(place, "e", "Euler's number is e")])
    default: break
    }
  }

  /// The first letter of the formula alone is a capital: phones write them.
  private func noteCapital(_ pieces: [Names.Piece]) {
    guard isFirstRun else { return }
    isFirstRun = false
    guard let piece = pieces.first, pieces.count == 1, let name = piece.variable,
      !piece.isDeclared, name.utf8.count == 1, CharacterClass.isCapital(characters.at(piece.start)),
      lastKind == .newline
    else { return }
    let small = name.lowercased()
    let place = span(current)
    notes.deferCapital(
      small,
      Diagnostic(
        .capitalOfSmall(name, small: small), place, fixes: [fix(place, small, "did you mean \(small)?")]))
  }

  /// Whether a letter needs no declaration to be taken for a variable.
  func isUsual(_ piece: Names.Piece) -> Bool {
    piece.isDeclared || ["x", "y", "z", "theta"].contains(piece.name)
  }

  /// A chain, `2pir` or `cost`: said where another reading is likely.
  private func noteChain(_ pieces: [Names.Piece], _ follow: Names.Follow) {
    guard pieces.count > 1 else { return }
    let place = span(current)
    let typed = characters.text(Int(current.start), Int(current.end))
    let hint = "to make it one name, declare it with --vars \(typed)"
    if let fix = foreignFix(pieces, typed) {
      return note(.carved(typed, reading: shown(pieces)), place, fixes: [fix])
    }
    if let inverse = hiddenProduct(pieces) {
      let head = characters.text(pieces[0].start, inverse.start)
      let rest = characters.text(inverse.start + 1, inverse.end)
      let tail = characters.text(inverse.end, Int(current.end))
      return note(
        .inverseHidesProduct(typed, reading: shown(pieces)), place,
        fixes: [fix(place, "\(head)a \(rest)(\(tail))", "for a product, write \(head)a \(rest)(\(tail))")])
    }
    if isCarved(pieces, follow) || isCapitalised(pieces) || isRepeated(pieces) || isGreekCarved(pieces) {
      return note(.carved(typed, reading: shown(pieces)), place, hint: hint)
    }
    let isBesideStar = lastKind == .star || peek(0).kind == .star
    if isBesideStar,
      pieces.contains(where: {
        !isUsual($0) && !$0.isConstant && !$0.isFunction || $0.name == "theta" && !$0.isDeclared
      })
    {
      note(.splitRun(typed, reading: shown(pieces)), place, hint: hint)
    }
  }

  /// `tgx`, `90deg`, `5 rad`: three letters that are a function or a unit elsewhere.
  private func foreignFix(_ pieces: [Names.Piece], _ typed: String) -> Diagnostic.Fix? {
    guard pieces.count == 3, typed.utf8.count == 3, pieces.allSatisfy({ !$0.isDeclared }) else { return nil }
    if lastKind == .number, typed == "deg" || typed == "rad" {
      let unit = characters.span(lastEnd, Int(current.end))
      return typed == "deg"
        ? fix(unit, "°", "for an angle in degrees, write °")
        : fix(unit, "", "for an angle, leave the unit out")
    }
    guard isUsual(pieces[2]), let known = FunctionNames.foreign[String(typed.prefix(2))] else { return nil }
    let call = "\(known)(\(typed.suffix(1)))"
    return fix(span(current), call, "for the function, write \(call)")
  }

  /// `asin` in `asinx`, where a·sin x may be meant.
  private func hiddenProduct(_ pieces: [Names.Piece]) -> Names.Piece? {
    pieces.first {
      guard $0.isFunction, !$0.isDeclared, characters.at($0.start) == 0x61, $0.end - $0.start > 2 else {
        return false
      }
      return FunctionNames.known(characters.text($0.start + 1, $0.end)) != nil
    }
  }

  /// Whether a function or constant was found in a run where it may not be one.
  private func isCarved(_ pieces: [Names.Piece], _ follow: Names.Follow) -> Bool {
    let carved = pieces.filter { ($0.isFunction || $0.isConstant) && !$0.isDeclared }
    if carved.isEmpty || touchesDigitOrBracket(before: next) { return false }
    if pieces.allSatisfy({ $0.isFunction || $0.isConstant || isUsual($0) }) { return false }
    let last = pieces[pieces.count - 1]
    return !(carved.count == 1 && carved[0] == last && last.name == "e" && follow == .power)
  }

  /// Whether a digit or a bracket touches the current run on its outside.
  func touchesDigitOrBracket(before after: Token) -> Bool {
    if !current.isSpaced, lastEnd == Int(current.start) {
      switch lastKind {
      case .number, .vulgar, .rightRound, .rightSquare, .rightCurly: return true
      default: break
      }
    }
    guard !after.isSpaced, after.start == current.end else { return false }
    return after.kind == .number || after.kind == .leftRound || after.kind == .leftSquare
  }

  /// `Bx`: a capital, then small letters.
  private func isCapitalised(_ pieces: [Names.Piece]) -> Bool {
    guard pieces.contains(where: { !$0.isDeclared }),
      CharacterClass.isCapital(characters.at(Int(current.start)))
    else {
      return false
    }
    return (current.start + 1..<current.end).allSatisfy { !CharacterClass.isCapital(characters.at(Int($0))) }
  }

  /// `mom`: a letter twice.
  private func isRepeated(_ pieces: [Names.Piece]) -> Bool {
    if pieces.contains(where: \.isFunction) { return false }
    return Set(pieces.map(\.name)).count < pieces.count
  }

  /// `alphax`: a Greek name in Latin letters.
  private func isGreekCarved(_ pieces: [Names.Piece]) -> Bool {
    pieces.contains {
      !$0.isDeclared && $0.end - $0.start > 1 && $0.variable.map(Greek.isName) ?? false
    }
  }

  /// The pieces as a product, each function with what it takes.
  private func shown(_ pieces: [Names.Piece]) -> String {
    var text = ""
    var open = 0
    var isFirst = true
    for piece in pieces {
      if piece.isFunction {
        let isNested = open > 0 && isFirst
        if !isNested { text += String(repeating: ")", count: open) }
        if !isNested { open = 0 }
        text += (text.isEmpty || isNested ? "" : "·") + piece.name + "("
        open += 1
        isFirst = true
      } else {
        let name = piece.name == "pi" ? "π" : NameText.shown(piece.name)
        text += (isFirst ? "" : "·") + name
        isFirst = false
      }
    }
    return text + (isFirst && open > 0 ? "…" : "") + String(repeating: ")", count: open)
  }

  /// `x2` where nobody declared it, `k_BT`.
  func noteSubscript(
    _ name: String, _ full: String, _ lowered: String, _ first: Token, _ piece: Names.Piece,
    _ rule: Names.Rule
  ) {
    let isDigits = !lowered.isEmpty && lowered.isAllDigits
    if first.kind == .number, name.utf8.count == 1, full == name + "_" + lowered {
      let place = characters.span(piece.start, piece.end)
      let power = characters.text(piece.start, Int(first.start)) + "^" + lowered
      let label = lowered == "2" ? "for a square, write \(power)" : "for a power, write \(power)"
      notes.deferPower(
        name, lowered,
        Diagnostic(
          .lowered(sourceText(of: place), reading: NameText.shown(full)), place,
          fixes: [fix(place, power, label)]))
    }
    if isDigits, rule == .oneName || !notes.isFirstSubscript(name, full) { return }
    noteFirstSubscript(name, full, lowered, first, piece)
  }

  /// A subscript of letters, or the first of digits that its letter has.
  func noteFirstSubscript(
    _ name: String, _ full: String, _ lowered: String, _ first: Token, _ piece: Names.Piece
  ) {
    // v₀ is a name in every book, and v⁰ a slip of nobody.
    if lowered == "0" { return }
    let place = characters.span(piece.start, piece.end)
    let typed = sourceText(of: place)
    let head = sourceText(of: characters.span(piece.start, Int(first.start)))
    if lowered.isAllDigits, !lowered.isEmpty, full == name + "_" + lowered {
      if lowered == "10", name == "x", lastKind == .number, peek(0).kind == .caret {
        return note(
          .lowered(typed, reading: NameText.shown(full)), place,
          fixes: [fix(place, "*10", "for a power of ten, write *10")])
      }
      let power = "\(head)^\(lowered)"
      let hint = lowered == "2" ? "for a square, write \(power)" : "for a power, write \(power)"
      let note = Diagnostic(
        .lowered(typed, reading: NameText.shown(full)), place, hint: hint, fixes: [fix(place, power, hint)])
      notes.deferSubscript(full, note)
    } else if first.kind == .lowered, lowered.utf8.count == 2,
      lowered.utf8.allSatisfy({ ($0 | 0x20) &- 97 < 26 }), characters.at(Int(first.start) + 1) != 0x7B
    {
      // a_ix_i: the second letter may have a subscript of its own.
      let rest = characters.text(Int(first.end), piece.end)
      let product = "\(head)_\(lowered.prefix(1)) \(lowered.suffix(1))\(rest)"
      note(
        .lowered(typed, reading: NameText.shown(full)), place,
        fixes: [fix(place, product, "for a product, write \(product)")])
    }
  }
}
