/// Derivatives inside formulas: `d/dx`, `∂²/∂x∂y`, `\frac{d}{dx}`, `f'(x)`.
extension Parser {
  /// What a derivative is taken by, and how many tokens say so.
  struct DerivativeHead {
    var names: [String]
    var tokens: Int
  }

  /// The most times that one operator differentiates.
  static let highestOrder = 20
  static let mostTimes = "one operator differentiates at most \(highestOrder) times"

  /// Whether `d/dx` or another derivative begins at the current token.
  func startsDerivative() -> Bool {
    switch current.kind {
    case .partial: break
    case .fraction: if next.kind != .leftCurly { return false }
    case .letters:
      guard current.end - current.start == 1, characters.at(Int(current.start)) == 0x64,
        next.kind == .slash || next.kind == .caret || next.kind == .raisedOpen
      else { return false }
    default: return false
    }
    return derivativeHead() != nil
  }

  /// `derivative = differential "/" differential { differential } product`, of the product that follows.
  func derivative() -> Int32 {
    guard enter() else { return missing() }
    let start = span(current).start
    let head = pieces.count
    takeDerivativeHead()
    if isOperatorAlone(from: start) { return missing() }
    let value = product()
    leave()
    return differentiated(value, head, start)
  }

  /// Keeps the names among the pieces while the product is read.
  private func takeDerivativeHead() {
    guard let head = derivativeHead() else { return }
    let start = Int(current.start)
    for _ in 0..<head.tokens { advance() }
    if head.names.count > Self.highestOrder {
      fail(.derivativeUnsupported, characters.span(start, lastEnd), hint: Self.mostTimes)
    }
    for name in head.names {
      pieces.append(Names.Piece(kind: .variable(name), start: start, end: lastEnd, isDeclared: true))
      if names.isBound(name) { fail(.derivativeUnsupported, characters.span(start, lastEnd)) }
    }
    pieces.append(Names.Piece(kind: .constant("d"), start: start, end: lastEnd, isDeclared: true))
  }

  /// `(d/dx)(x^2)`: brackets around the operator and nothing else.
  private func isOperatorAlone(from start: Int) -> Bool {
    guard current.kind == .rightRound || current.kind == .rightSquare, let open = outside.last,
      Self.trimmed(sourceText(of: Span(open.span.end, start))).isEmpty
    else { return false }
    let whole = open.span.joined(span(current))
    let operation = Self.trimmed(sourceText(of: Span(open.span.end, span(current).start)))
    fail(.derivativeUnsupported, whole, fixes: [fix(whole, operation, "leave the brackets around it out")])
    return true
  }

  private func differentiated(_ value: Int32, _ head: Int, _ start: Int) -> Int32 {
    let by = pieces[head...].prefix { !$0.isConstant }.map(\.name)
    let node = builder.unary(.derivative(by), Span(start, max(start, builder.span(value).end)), value)
    switch builder.kind(value) {
    case .group, .absolute, .call(_, .bracketed), .missing: break
    default:
      let place = builder.span(value)
      let inBrackets = "(" + sourceText(of: place) + ")"
      note(
        .derivativeOf(sourceText(of: builder.span(node)), reading: builder.reading(node)), place,
        fixes: [fix(place, inBrackets, "to say so, write \(inBrackets)")])
    }
    return node
  }

  /// `product`, all that follows up to a plus or minus.
  func product() -> Int32 { expression(above: .sum) }

  // MARK: Looking ahead

  /// The token so many places after the current one.
  func ahead(_ count: Int) -> Token { count == 0 ? current : peek(count - 1) }

  private func derivativeHead() -> DerivativeHead? {
    let isFraction = current.kind == .fraction
    var at = isFraction ? 2 : 0
    guard let order = sign(&at) else { return nil }
    guard let by = denominator(&at, isFraction: isFraction, order: order) else { return nil }
    if isFraction {
      guard ahead(at).kind == .rightCurly else { return nil }
      at += 1
    }
    return DerivativeHead(names: by, tokens: at)
  }

  /// The slash or braces and the differentials below: what is differentiated by, as often as the order says.
  func denominator(_ at: inout Int, isFraction: Bool, order: Int) -> [String]? {
    if isFraction {
      guard ahead(at).kind == .rightCurly, ahead(at + 1).kind == .leftCurly else { return nil }
      at += 2
    } else {
      guard ahead(at).kind == .slash else { return nil }
      at += 1
    }
    var by: [String] = []
    while by.count < order { guard differential(&at, &by) else { return nil } }
    return by.count == order ? by : nil
  }

  /// `d` or `∂` with the order.
  func sign(_ at: inout Int) -> Int? {
    let token = ahead(at)
    guard token.kind == .partial || (token.kind == .letters && text(token) == "d" && !names.isDeclared("d"))
    else { return nil }
    at += 1
    return order(&at)
  }

  /// `^2`, `^{2}` or `²`; 1 where there is none.
  private func order(_ at: inout Int) -> Int? {
    let digits: Token
    switch (ahead(at).kind, ahead(at + 1).kind) {
    case (.caret, .number):
      digits = ahead(at + 1)
      at += 2
    case (.caret, .leftCurly) where ahead(at + 2).kind == .number && ahead(at + 3).kind == .rightCurly:
      digits = ahead(at + 2)
      at += 4
    case (.raisedOpen, .number) where ahead(at + 2).kind == .raisedClose:
      digits = ahead(at + 1)
      at += 3
    case (.caret, _), (.raisedOpen, _): return nil
    default: return 1
    }
    return Int(characters.name(Int(digits.start), Int(digits.end))).flatMap {
      (1...1000).contains($0) ? $0 : nil
    }
  }

  /// `dx`, `∂x`, `dx^2`, `d x_1`, and the letters of `dxdy`.
  private func differential(_ at: inout Int, _ by: inout [String]) -> Bool {
    let token = ahead(at)
    let isPartial = token.kind == .partial
    guard isPartial || (token.kind == .letters && characters.at(Int(token.start)) == 0x64) else {
      return false
    }
    if !isPartial, names.isDeclared(text(token)) { return false }
    at += 1
    var (start, end) = (Int(token.start) + 1, Int(token.end))
    if isPartial || start == end {
      guard ahead(at).kind == .letters else { return false }
      (start, end) = (Int(ahead(at).start), Int(ahead(at).end))
      at += 1
    }
    while !isPartial, start + 2 < end, characters.at(start + 1) == 0x64 {
      by.append(characters.name(start, start + 1))
      start += 2
    }
    var name = characters.name(start, end)
    while !ahead(at).isSpaced,
      ahead(at).kind == .lowered || (ahead(at).kind == .number && isDigits(ahead(at))),
      let subscripted = simpleSubscript(ahead(at)), !subscripted.isEmpty
    {
      name += "_" + subscripted
      at += 1
    }
    guard name != "pi", name != "e" || names.isDeclared("e"), FunctionNames.known(name) == nil,
      let count = order(&at)
    else { return false }
    by += Array(repeating: name, count: count)
    return true
  }
}
