/// Quotients of differentials, which are no formulas: `d²y/dx²`, `\frac{d^2 y}{dx^2}`, `∂f/∂x`, `d(x^2)/dx`.
extension Parser {
  /// What is differentiated and by what.
  struct Quotient {
    let value: String
    let variables: [String]
    let isPartial: Bool
    let place: Span
    /// The derivative as an operator in front of the value, where that is a formula and no name alone.
    var operation: String?
  }

  /// The quotient of differentials at the current token.
  func quotientOfDifferentials() -> Quotient? {
    let isFraction = current.kind == .fraction
    guard isFraction || current.kind == .partial || isLetterD(current) else { return nil }
    var at = isFraction ? 2 : 0
    if isFraction, next.kind != .leftCurly { return nil }
    let isPartial = ahead(at).kind == .partial
    guard isPartial || isLetterD(ahead(at)), let order = sign(&at), let end = valueEnd(at, isFraction) else {
      return nil
    }
    let (first, last, above) = (ahead(at), ahead(end - 1), at)
    at = end
    guard let by = denominator(&at, isFraction: isFraction, order: order) else { return nil }
    let place = span(current).joined(span(ahead(isFraction ? at : at - 1)))
    var quotient = Quotient(
      value: sourceText(of: span(first).joined(span(last))), variables: by, isPartial: isPartial, place: place
    )
    if end > above + 1 {
      let isBracketed = first.kind == .leftRound && closingBracket(of: first) == Int(last.end)
      let value = isBracketed ? quotient.value : "(" + quotient.value + ")"
      let upper = sourceText(of: Span(place.start, span(ahead(above - 1)).end))
      let lower = sourceText(of: Span(span(last).end, place.end))
      quotient.operation = upper + trimmed(lower) + " " + value
    }
    return quotient
  }

  /// The place after the tokens that are differentiated: one name, or a product up to the brace or the slash.
  private func valueEnd(_ start: Int, _ isFraction: Bool) -> Int? {
    guard ahead(start).startsOperand || ahead(start).kind == .bar else { return nil }
    var (at, depth) = (start, 0)
    // No more is written above a bar; a long product that begins with d is not looked through at each d.
    while at < start + 64 {
      switch ahead(at).kind {
      case .leftRound, .leftSquare, .leftCurly: depth += 1
      case .rightCurly where depth == 0 && isFraction: return at
      case .slash where depth == 0 && !isFraction: return at
      case .rightRound, .rightSquare, .rightCurly:
        if depth == 0 { return nil }
        depth -= 1
      case .plus, .minus, .star: if depth == 0, !isFraction { return nil }
      case .assign, .equal, .comma, .end, .newline: if depth == 0 { return nil }
      default: break
      }
      at += 1
    }
    return nil
  }

  private func isLetterD(_ token: Token) -> Bool {
    token.kind == .letters && token.end - token.start == 1 && characters.at(Int(token.start)) == 0x64
  }

  func refused(_ quotient: Quotient) -> Int32 {
    if let operation = quotient.operation {
      fail(
        .quotientOfDifferentials(sourceText(of: quotient.place)), quotient.place,
        fixes: [fix(quotient.place, operation, "write \(operation)")])
    } else if quotient.isPartial {
      let variables = quotient.variables.map { "∂" + NameText.shown($0) }.joined()
      let order = quotient.variables.count > 1 ? "^\(quotient.variables.count)" : ""
      fail(
        .quotientOfDifferentials(sourceText(of: quotient.place)), quotient.place,
        hint: "write ∂\(order)/\(variables) in front of the formula in brackets")
    } else {
      complainOfQuotient(
        quotient.place, Substring(quotient.value), Substring(NameText.shown(quotient.variables[0])))
    }
    return missing()
  }

  /// `\frac{dy}{dx}`, `∂f/∂x`
  func complainOfQuotient(_ place: Span, _ value: Substring, _ variable: Substring) {
    fail(
      .quotientOfDifferentials(sourceText(of: place)), place,
      hint: "write \(value) as a formula of \(variable), or name d with --vars d")
  }

  /// `∂` that is no derivative of what follows.
  func complainOfPartial() {
    let isQuotient = next.kind == .letters && peek(1).kind == .slash && peek(2).kind == .partial
    guard isQuotient else {
      return fail(.derivativeUnsupported, span(current), hint: "write ∂/∂x (…)")
    }
    let whole = span(current).joined(span(peek(3)))
    fail(
      .quotientOfDifferentials(sourceText(of: whole)), whole,
      hint: "write ∂/∂\(text(peek(3))) in front of the formula in brackets")
  }
}
