/// Roots by their signs; `\sqrt` is with the LaTeX.
extension Parser {
  /// `root = ("√" | "∛" | "∜") power`
  func root() -> Int32 {
    guard enter() else { return missing() }
    let sign = current
    advance()
    let value = current.kind == .leftSquare && holdsDegree(sign) ? rootOfDegree(sign) : rooted(power(), sign)
    leave()
    return value
  }

  /// Whether the brackets hold the number of a root, as in `\sqrt[3]{x}`.
  private func holdsDegree(_ sign: Token) -> Bool {
    guard sign.kind == .root, peek(1).kind == .rightSquare, !peek(2).isSpaced else { return false }
    return next.kind == .number ? peek(2).startsOperand : next.kind == .letters && peek(2).kind == .leftCurly
  }

  /// `√[3]{x}`
  private func rootOfDegree(_ sign: Token) -> Int32 {
    openBracket()
    let degree = expression()
    _ = closeBracket()
    let value = builder.binary(.root, power(), degree)
    builder.widen(value, to: span(sign).joined(builder.span(value)))
    return value
  }

  private func rooted(_ radicand: Int32, _ sign: Token) -> Int32 {
    noteRoot(sign, radicand)
    let whole = span(sign).joined(builder.span(radicand))
    if sign.kind == .root { return builder.unary(.root, whole, radicand) }
    let degree = builder.leaf(.number(sign.kind == .cubeRoot ? "3" : "4"), span(sign))
    return builder.binary(.root, radicand, degree)
  }
}
