/// Sums and products as they are written by hand: `\sum_{i=1}^{n} x_i`, `∏_{k=1}^3 (x - k)`.
extension Parser {
  /// `bigFold = ("∑" | "∏") "_{" name "=" expression "}" "^" bound product`, of the product that follows.
  func bigFold() -> Int32 {
    guard enter() else { return missing() }
    let sign = current
    let first = pending.count
    guard startBigFold() else { return missing() }
    append(product())
    leave()
    return finishedBigFold(sign, first)
  }

  /// Reads the bounds in either order, and binds the index.
  private func startBigFold() -> Bool {
    let sign = current
    advance()
    var (lower, upper, index) = (Int32(-1), Int32(-1), "")
    for _ in 0..<2 {
      if current.kind == .lowered, lower < 0 {
        guard let name = lowerIndex() else { return complainOfBigFold(sign) }
        (index, lower) = (name, lowerBound())
      } else if upper < 0, current.kind == .caret || current.kind == .raisedOpen {
        upper = upperBound(isFirst: lower < 0)
      }
    }
    guard lower >= 0, upper >= 0 else { return complainOfBigFold(sign) }
    append(lower)
    append(upper)
    names.bind(index)
    return true
  }

  /// The index of `_{i=1}`, up to the equals sign.
  private func lowerIndex() -> String? {
    let inner = indexTokens(current)
    guard inner.count > 4, inner[1].kind == .letters, inner[2].kind == .assign else { return nil }
    let index = characters.name(Int(inner[1].start), Int(inner[1].end))
    if names.isBound(index) {
      fail(.indexTaken(index), span(inner[1]), hint: "give it another name")
      return nil
    }
    replaceCurrent(with: inner)
    openBracket()
    advance()
    advance()
    return index
  }

  private func lowerBound() -> Int32 {
    let value = expression()
    _ = closeBracket()
    return value
  }

  /// `^n`, `^{2n}`, `ⁿ`
  private func upperBound(isFirst: Bool) -> Int32 {
    if current.kind == .raisedOpen { return superscript() }
    advance()
    // In `^n_{i=1}` the braces are the other bound, and no subscript of n.
    if isFirst, current.kind == .letters { keepApart(.lowered) }
    return primary()
  }

  private func complainOfBigFold(_ sign: Token) -> Bool {
    let name = sign.kind == .bigSum ? "sum" : "prod"
    fail(.bigSum, span(sign), hint: "write \(name)(i, 1, n, x[i])")
    return false
  }

  private func finishedBigFold(_ sign: Token, _ first: Int) -> Int32 {
    let index = names.unbind()
    endedIndices.insert(index)
    let kind: Syntax.FoldKind = sign.kind == .bigSum ? .sum : .product
    return builder.node(
      .fold(kind, index), &pending, from: first, opening: spanToHere(from: span(sign).start))
  }

  /// The index of a sum that has ended, as a variable or as a subscript.
  func noteEndedIndex(_ name: String, _ place: Span) {
    guard endedIndices.contains(name), !names.isDeclared(name) else { return }
    note(.indexAfterSum(name), place, hint: "to take it into the sum, write brackets around all of it")
  }
}
