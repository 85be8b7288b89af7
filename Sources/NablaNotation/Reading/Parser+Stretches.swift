/// Stretches of the line that notes quote.
extension Parser {
  /// The node of a wanted kind that an operand ends in, with nothing closing after it.
  func ending(of node: Int32, where isWanted: (Syntax.Kind) -> Bool) -> Int32? {
    var node = node
    while true {
      let kind = builder.kind(node)
      if isWanted(kind) { return node }
      switch kind {
      case .power(.caret): node = builder.child(node, 1)
      case .negative: node = builder.child(node, 0)
      case .call(_, .bare): node = builder.child(node, 0)
      case .power(.onFunction): node = builder.child(node, 0)
      case .product: node = builder.child(node, builder.count(node) - 1)
      case .root where builder.count(node) == 1: node = builder.child(node, 0)
      default: return nil
      }
    }
  }

  /// The last of the implied factors from a place on.
  func impliedEnd(_ place: Int) -> Int {
    var end = place
    while end + 1 < pending.count, pending[end + 1].link == .implied, end - place < 8 { end += 1 }
    return end
  }

  func span(of first: Int, through last: Int) -> Span {
    builder.span(pending[first].node).joined(builder.span(pending[last].node))
  }

  /// The factors from one place through another as a note shows them.
  func reading(_ first: Int, _ last: Int) -> String {
    let product = builder.product(pending[first...last])
    return last > first && pending[last].link == .over && last - first == 1 && isDivisorNote(last)
      ? "(" + product + ")" : product
  }

  func isDivisorNote(_ last: Int) -> Bool {
    last + 1 < pending.count && pending[last + 1].link == .implied
  }

  func tail(_ place: Int, _ end: Int) -> String {
    var text = ""
    for at in place...end { text += "·" + builder.reading(pending[at].node, .power) }
    return text
  }

  func firstCharacter(of node: Int32) -> Span {
    let whole = builder.span(node)
    let first = source.slice(whole).first.map { String($0).utf8.count } ?? 0
    return Span(whole.start, min(whole.end, whole.start + first))
  }

  /// A text without the blanks around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop { $0 == " " }
    return String(head[..<(head.lastIndex { $0 != " " }.map { head.index(after: $0) } ?? head.startIndex)])
  }
}
