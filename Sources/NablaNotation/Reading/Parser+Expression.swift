/// Operators: one call reads all that stand between two brackets.
extension Parser {
  /// `expression = [sign] operand { operator operand }`, all levels of operators between two brackets.
  ///
  /// With a level, operators that bind no tighter end it.
  func expression(above floor: Operator.Level = .none) -> Int32 {
    let base = chains.count
    while true {
      prefixes(base)
      var value = chains.last?.level == .product && chains.count > base ? factor() : power()
      var next = nextOperator()
      if next.level <= floor { next = .end }
      close(&value, looserThan: next.level, base)
      if next.level == .none { return value }
      shift(next, value, base)
    }
  }

  /// Signs and `not` where an operand is expected.
  private func prefixes(_ base: Int) {
    while current.kind == .not || startsWithN && isWord("not") {
      chains.append(Chain(level: .not, start: pending.count, link: .first, span: span(current)))
      advance()
    }
    guard current.kind == .plus || current.kind == .minus else { return }
    if chains.count > base, let last = chains.last, last.level == .product { return }
    let sign = span(current)
    let isNegative = signs()
    if chains.count > base, let last = chains.last, last.level == .sum {
      if isNegative { chains[chains.count - 1].link = last.link == .plus ? .minus : .plus }
    } else if isNegative {
      chains.append(Chain(level: .sum, start: pending.count, link: .minus, span: sign))
    }
  }

  /// The first letter tells most names from `not`, and every operand is asked.
  private var startsWithN: Bool { characters.at(Int(current.start)) == 0x6E }

  /// A run of signs; whether they make a minus.
  func signs() -> Bool {
    var isNegative = false
    while current.kind == .plus || current.kind == .minus {
      if current.kind == .minus { isNegative.toggle() }
      advance()
    }
    return isNegative
  }

  /// `factor = { sign } power`, an operand of a product.
  func factor() -> Int32 {
    current.kind == .plus || current.kind == .minus ? signedPower() : power()
  }

  private func signedPower() -> Int32 {
    let sign = span(current)
    let isNegative = signs()
    let value = power()
    return isNegative ? builder.unary(.negative, sign.joined(builder.span(value)), value) : value
  }

  /// The operator at the current token, if it is one.
  private func nextOperator() -> Operator {
    if let typed = Operator.spelled(by: current.kind) { return typed }
    switch current.kind {
    case .bar: return openBars > 0 ? .end : .implied
    case .letters:
      if isWord("and") { return Operator(.and, .first) }
      if isWord("or") { return Operator(.or, .first) }
      if isWord("mod") { return complainOfMod() }
      if let end = wordBetween() { return end }
      return .implied
    case .number, .vulgar:
      complainOfNumber()
      return .implied
    case .percent:
      complainOfPercent()
      return .end
    default: return current.startsOperand ? .implied : .end
    }
  }

  /// Closes the open chains that bind tighter than what follows.
  private func close(_ value: inout Int32, looserThan level: Operator.Level, _ base: Int) {
    while chains.count > base, let chain = chains.last, chain.level > level {
      pending.append(SyntaxTree.Part(node: value, link: chain.link, span: chain.span))
      value = closeChain(chain)
    }
  }

  private func closeChain(_ chain: Chain) -> Int32 {
    chains.removeLast()
    let kind: Syntax.Kind
    switch chain.level {
    case .or: kind = .or
    case .and: kind = .and
    case .not: kind = .not
    case .comparison: kind = .comparison
    case .sum: kind = .sum
    case .product, .none: kind = .product
    }
    if kind == .product { noteProduct(from: chain.start) }
    if kind == .comparison { complainOfArrows(from: chain.start) }
    return builder.node(kind, &pending, from: chain.start, opening: kind == .not ? chain.span : nil)
  }

  /// Puts an operand into the chain of its operator, and takes the operator.
  private func shift(_ next: Operator, _ value: Int32, _ base: Int) {
    let place = next.isTyped ? span(current) : Span(span(current).start, span(current).start)
    if chains.count > base, let chain = chains.last, chain.level == next.level {
      pending.append(SyntaxTree.Part(node: value, link: chain.link, span: chain.span))
    } else {
      chains.append(Chain(level: next.level, start: pending.count, link: next.link, span: place))
      let link: Syntax.Link = next.level == .sum ? .plus : .first
      let start = builder.span(value).start
      pending.append(SyntaxTree.Part(node: value, link: link, span: Span(start, start)))
    }
    chains[chains.count - 1].link = next.link
    chains[chains.count - 1].span = place
    if next.isTyped { advance() }
  }
}
