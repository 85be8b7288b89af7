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
      quotient.operation = upper + Self.trimmed(lower) + " " + value
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
    if let written = derivativeOfDefinition(quotient.value, quotient.variables, isPartial: quotient.isPartial)
    {
      fail(
        .quotientOfDifferentials(sourceText(of: quotient.place)), quotient.place,
        fixes: [fix(quotient.place, written, "write \(written)")])
    } else if let order = plainOrder(of: quotient) {
      fail(
        .quotientOfDifferentials(sourceText(of: quotient.place)), quotient.place,
        hint: "write d^\(order.number)/d\(order.variable)^\(order.number) in front of the formula in brackets"
      )
    } else if let operation = quotient.operation {
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

  /// The derivative of a name that is defined, as it can be read: `f'(x)`, `d/dx (y)`, `∂/∂x (f(x, y))`.
  private func derivativeOfDefinition(_ value: String, _ variables: [String], isPartial: Bool) -> String? {
    guard names.isDeclared(value), let variable = variables.first, !names.isBound(value) else { return nil }
    let order = variables.count
    let isOneVariable = variables.allSatisfy { $0 == variable }
    let arity = names.arity(of: value)
    if arity == 1, isOneVariable, order < 4 {
      return "\(value)\(String(repeating: "'", count: order))(\(NameText.shown(variable)))"
    }
    let sign = isPartial ? "∂" : "d"
    let power = order > 1 ? "^\(order)" : ""
    let below =
      isOneVariable
      ? sign + NameText.shown(variable) + power : variables.map { sign + NameText.shown($0) }.joined()
    guard let arity else { return "\(sign)\(power)/\(below) (\(value))" }
    let letters = ["x", "y", "z"]
    guard arity <= 3, variables.allSatisfy({ letters.prefix(arity).contains($0) }) else { return nil }
    return "\(sign)\(power)/\(below) (\(value)(\(letters.prefix(arity).joined(separator: ", "))))"
  }

  /// `d2y/dx2`: the order and the variable, where numbers in the line stand for raised ones.
  private func plainOrder(of quotient: Quotient) -> (number: String, variable: String)? {
    guard let digit = quotient.value.first, digit.isNumber, quotient.variables.count == 1,
      let variable = quotient.variables.first, variable.hasSuffix("_\(digit)")
    else { return nil }
    return (String(digit), NameText.shown(String(variable.dropLast(2))))
  }

  /// `\frac{dy}{dx}`, `∂f/∂x`
  func complainOfQuotient(_ place: Span, _ value: Substring, _ variable: Substring) {
    if let written = derivativeOfDefinition(String(value), [String(variable)], isPartial: false) {
      return fail(
        .quotientOfDifferentials(sourceText(of: place)), place,
        fixes: [fix(place, written, "write \(written)")])
    }
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
