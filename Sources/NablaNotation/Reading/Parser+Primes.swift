/// Derivatives of defined functions: `f'(x)`, `f^{(3)}(x)`.
extension Parser {
  /// Whether `y'` of a value begins here, y = x²: the piece becomes the function of its letters.
  func startsPrimedFormula() -> Bool {
    guard !names.open.isEmpty, let name = pieces[Int(current.piece)].variable, names.isFormula(name) else {
      return false
    }
    if next.kind != .prime {
      guard let mark = derivativeMark(1), mark.isCertain, ahead(1 + mark.tokens).kind == .leftRound else {
        return false
      }
    }
    pieces[Int(current.piece)].kind = .function(.defined(name))
    return true
  }

  /// `f'`, `f''`: the piece at a place becomes the derivative of the defined function.
  func takePrimes(_ place: Int) {
    let piece = pieces[place]
    let name = piece.name
    let whole = characters.span(piece.start, Int(current.end))
    guard case .function(.defined) = piece.kind else {
      return fail(.derivativeUnsupported, whole, hint: "write d/dx \(name)(x)")
    }
    var primes = ""
    while current.kind == .prime, primes.count <= Self.highestOrder {
      primes += "'"
      advance()
    }
    differentiate(place, primes.count, whole)
  }

  /// Makes the piece at a place a derivative of that order.
  private func differentiate(_ place: Int, _ order: Int, _ whole: Span) {
    let name = pieces[place].name
    if names.functions[name] ?? 1 != 1 {
      return fail(.derivativeUnsupported, whole, hint: "say by which variable: d/dx \(name)(…)")
    }
    if order > Self.highestOrder {
      return fail(.derivativeUnsupported, whole, hint: Self.mostTimes)
    }
    pieces[place].kind = .function(.defined(name + String(repeating: "'", count: order)))
  }

  /// The order of a derivative in brackets behind a name.
  struct DerivativeMark {
    /// The number between the brackets, or a letter.
    var order: Token
    var tokens: Int
    /// Whether it can be nothing else: `^(3)` may be a power.
    var isCertain: Bool
  }

  /// `^{(3)}`, `⁽³⁾` or, before a bracket, `^(3)`, so many tokens on.
  func derivativeMark(_ at: Int) -> DerivativeMark? {
    let first = ahead(at).kind
    guard first == .caret || first == .raisedOpen else { return nil }
    let written: (open: [Token.Kind], close: [Token.Kind], isCertain: Bool)
    switch (first, ahead(at + 1).kind) {
    case (.caret, .leftCurly):
      written = ([.caret, .leftCurly, .leftRound], [.rightRound, .rightCurly], true)
    case (.caret, .leftRound): written = ([.caret, .leftRound], [.rightRound, .leftRound], false)
    case (.raisedOpen, .leftRound):
      written = ([.raisedOpen, .leftRound], [.rightRound, .raisedClose], true)
    default: return nil
    }
    let place = at + written.open.count
    let order = ahead(place)
    let isNumber = order.kind == .number && Int(characters.name(Int(order.start), Int(order.end))) != nil
    let isOrder = isNumber || written.isCertain && order.kind == .letters
    guard isOrder, written.open.indices.allSatisfy({ ahead(at + $0).kind == written.open[$0] }),
      written.close.indices.allSatisfy({ ahead(place + 1 + $0).kind == written.close[$0] })
    else { return nil }
    let closing = written.isCertain ? written.close.count : 1
    return DerivativeMark(
      order: order, tokens: written.open.count + 1 + closing, isCertain: written.isCertain)
  }

  /// `f^{(3)}`, `f⁽³⁾`, `f^(3)(x)`: the piece at a place becomes the derivative of the defined function.
  func takeDerivative(_ mark: DerivativeMark, _ place: Int) {
    let piece = pieces[place]
    let isDefined = if case .function(.defined) = piece.kind { true } else { false }
    guard isDefined || mark.isCertain else { return }
    let order = characters.name(Int(mark.order.start), Int(mark.order.end))
    for _ in 0..<mark.tokens { advance() }
    let whole = characters.span(piece.start, lastEnd)
    guard isDefined else {
      return fail(
        .derivativeUnsupported, whole,
        hint: "for a power, write \(piece.name)^\(order)(…), for a derivative d/dx \(piece.name)(…)")
    }
    guard let number = Int(order) else {
      return fail(
        .derivativeUnsupported, whole,
        hint: "for a power, write \(piece.name)(…)^\(order); the order of a derivative is a number")
    }
    if !mark.isCertain {
      note(
        .derivativeOf(sourceText(of: whole), reading: "\(piece.name)^{(\(number))}"), span(mark.order),
        hint: "for a power of the value, write \(piece.name)(…)^\(number)")
    }
    differentiate(place, number, whole)
  }

  /// Whether a letter that calls for a function stands before `^{(3)}(`, and nobody has defined it.
  func isStrangeDerivative(_ piece: Int) -> Bool {
    guard let mark = derivativeMark(0), !pieces[piece].isDeclared, let name = pieces[piece].variable,
      Names.isFunctionLetter(name)
    else { return false }
    return !mark.isCertain || ahead(mark.tokens).kind == .leftRound
  }

  /// `y'` where y is no function.
  func complainOfPrime(_ name: String, _ place: Span) {
    let isLeft =
      place.start <= source.count && next.kind == .leftRound && peek(2).kind == .rightRound
      && peek(3).kind == .assign
    fail(
      .primeWithoutDefinition(NameText.shown(name)), place.joined(span(current)),
      hint: isLeft
        ? "for the formula right of =, leave \(name)′(…) = out"
        : "define it first: \(name)(\(name == "x" ? "t" : "x")) = …")
  }
}
