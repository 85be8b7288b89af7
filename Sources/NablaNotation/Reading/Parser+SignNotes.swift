/// What is said about bars, commas, bases and exponents: predicates (f) and (g) of grammar.md.
extension Parser {
  // MARK: (f) |x|y|z|

  /// At a bar: whether a `|…|` before it was followed by an operand; a bar that closes has its value.
  func noteBars(closing value: Int32? = nil) {
    guard followedBars >= 0 else { return }
    let node = followedBars
    followedBars = -1
    let first = builder.span(node)
    let between = Self.trimmed(sourceText(of: Span(first.end, span(current).start)))
    let whole = Span(value.map { builder.span($0).start } ?? first.start, span(current).end)
    let reading = value.map { builder.reading($0) } ?? builder.reading(node) + "·" + between + "·|…|"
    note(
      .barsInARow(sourceText(of: whole), reading: reading), span(current),
      hint: "to nest them, write abs(…)")
  }

  // MARK: (g) commas, bases, exponents of numbers

  /// At a comma between arguments: `f(1,000)`.
  func noteComma() {
    guard !current.isSpaced, lastKind == .number, next.kind == .number, !next.isSpaced else { return }
    guard next.end - next.start == 3, numberText(next).isAllDigits else { return }
    var start = Int(current.start)
    while start > 0, CharacterClass.isDigit(characters.at(start - 1)) { start -= 1 }
    let whole = characters.span(start, Int(next.end))
    let joined = sourceText(of: whole).filter { $0 != "," }
    note(
      .commaBetweenDigits(sourceText(of: whole)), span(current),
      fixes: [fix(whole, joined, "for one number, write \(joined)")])
  }

  /// `log(2, x)`, `root(3, x)`
  func noteBase(_ node: Int32, _ name: String) {
    let isAnyNumber = { (node: Int32) in
      switch self.builder.kind(node) {
      case .number, .vulgar, .constant: true
      default: false
      }
    }
    guard isAnyNumber(builder.child(node, 0)), !isAnyNumber(builder.child(node, 1)) else { return }
    let whole = builder.span(node)
    let first = builder.span(builder.child(node, 0))
    let second = builder.span(builder.child(node, 1))
    let swapped = name + "(" + sourceText(of: second) + ", " + sourceText(of: first) + ")"
    let what = name == "log" ? "base" : "degree"
    note(
      .baseComesSecond(sourceText(of: whole), what: what), first,
      fixes: [fix(whole, swapped, "for \(what) \(sourceText(of: first)), write \(swapped)")])
  }

  /// `2e+1`, `2e-1`; nobody writes 1·e, 3.2·e − 9 or 5·e − 7 without a blank, so that `1e-3`, `3.2e-9` and `5e-7` need no word.
  func noteExponent(_ digits: String, _ mark: String.Index) {
    let head = digits[..<mark]
    let tail = digits[digits.index(after: mark)...]
    guard tail.first == "+" || tail == "-1", head != "1", !head.contains(".") else { return }
    let place = span(current)
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
    guard builder.count(node) > 0 else { return }
    let name = characters.text(piece.start, piece.end)
    let place = builder.span(node)
    let argument = Self.trimmed(sourceText(of: builder.span(builder.child(node, 0))))
    note(
      .inverseFunction(sourceText(of: place), reading: builder.reading(node)),
      characters.span(piece.start, piece.end), hint: "for the reciprocal, write 1/\(name)(\(argument))")
  }
}
