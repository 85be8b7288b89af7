/// The tables of a tree while it grows.
struct SyntaxBuilder {
  private(set) var nodes: [SyntaxTree.Node] = []
  private(set) var parts: [SyntaxTree.Part] = []

  init() {}

  /// Makes room for the nodes of that many tokens.
  mutating func reserve(_ tokens: Int) {
    nodes.reserveCapacity(tokens)
    parts.reserveCapacity(tokens)
  }

  /// The tables of a finished tree.
  init(_ tree: SyntaxTree) {
    nodes = tree.nodes
    parts = tree.parts
  }

  func span(_ node: Int32) -> Span { nodes[Int(node)].span }
  func kind(_ node: Int32) -> Syntax.Kind { nodes[Int(node)].kind }
  func count(_ node: Int32) -> Int { Int(nodes[Int(node)].count) }
  func part(_ node: Int32, _ part: Int) -> SyntaxTree.Part { parts[Int(nodes[Int(node)].first) + part] }
  func child(_ node: Int32, _ part: Int) -> Int32 { self.part(node, part).node }

  mutating func leaf(_ kind: Syntax.Kind, _ span: Span) -> Int32 {
    append(kind, span, 0)
  }

  mutating func unary(_ kind: Syntax.Kind, _ span: Span, _ operand: Int32) -> Int32 {
    add(operand)
    return append(kind, span, 1)
  }

  mutating func binary(_ kind: Syntax.Kind, _ left: Int32, _ right: Int32) -> Int32 {
    add(left)
    add(right)
    return append(kind, span(left).joined(span(right)), 2)
  }

  /// A node of any number of parts, taken off the end of `pending`.
  mutating func node(
    _ kind: Syntax.Kind, _ pending: inout [SyntaxTree.Part], from start: Int, opening: Span? = nil
  ) -> Int32 {
    var whole = opening ?? pending.last.map { span($0.node) } ?? Span(0, 0)
    if start < pending.count {
      let first = pending[start]
      whole = whole.joined(span(first.node)).joined(span(pending[pending.count - 1].node))
      if first.link == .minus { whole = whole.joined(first.span) }
    }
    let count = pending.count - start
    for place in start..<pending.count { parts.append(pending[place]) }
    for _ in 0..<count { pending.removeLast() }
    return append(kind, whole, count)
  }

  /// Lets a node stand for a longer stretch of the text.
  mutating func widen(_ node: Int32, to span: Span) { nodes[Int(node)].span = span }

  private mutating func add(_ node: Int32) {
    let place = span(node).start
    parts.append(SyntaxTree.Part(node: node, link: .first, span: Span(place, place)))
  }

  private mutating func append(_ kind: Syntax.Kind, _ span: Span, _ count: Int) -> Int32 {
    nodes.append(
      SyntaxTree.Node(
        kind: kind, span: span, first: Int32(truncatingIfNeeded: parts.count - count),
        count: Int32(truncatingIfNeeded: count)))
    return Int32(truncatingIfNeeded: nodes.count - 1)
  }
}
