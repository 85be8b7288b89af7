extension Expr {
  /// Equal by structure; the same node is recognized at once.
  public static func == (left: Expr, right: Expr) -> Bool {
    if left.node === right.node { return true }
    guard left.mayEqual(right) else { return false }
    guard left.size > EqualPairs.fewest else { return left.node.shape == right.node.shape }
    var pairs = EqualPairs()
    return pairs.areEqual(left, right)
  }

  /// Whether hashes and sizes agree.
  fileprivate func mayEqual(_ other: Expr) -> Bool { node.hash == other.node.hash && size == other.size }
}

/// Pairs of nodes that were found equal: where nodes are shared, each pair is looked into once, however often it is met.
///
///     (((x + 1)² + 1)² + 1)² …, thirty deep and made twice, is a hundred nodes, and as a tree a thousand million
private struct EqualPairs {
  /// The size above which nodes are worth a note.
  static let fewest = 500

  private struct Pair: Hashable {
    let left: ObjectIdentifier
    let right: ObjectIdentifier
  }

  private var known: Set<Pair> = []

  mutating func areEqual(_ left: Expr, _ right: Expr) -> Bool {
    if left.node === right.node { return true }
    guard left.mayEqual(right) else { return false }
    guard left.size > Self.fewest else { return left.node.shape == right.node.shape }
    let pair = Pair(left: ObjectIdentifier(left.node), right: ObjectIdentifier(right.node))
    if known.contains(pair) { return true }
    let (a, b) = (left.node.shape.children, right.node.shape.children)
    guard a.count == b.count, haveSameHeads(left, right) else { return false }
    for (one, other) in zip(a, b) where !areEqual(one, other) { return false }
    known.insert(pair)
    return true
  }

  /// Whether two expressions are of one kind, apart from their parts.
  private func haveSameHeads(_ left: Expr, _ right: Expr) -> Bool {
    switch (left.node.shape, right.node.shape) {
    case (.sum, .sum), (.product, .product), (.power, .power): true
    case (.call(let function, _), .call(let other, _)): function == other
    case (.fold(let fold), .fold(let other)):
      (fold.kind, fold.lower, fold.upper) == (other.kind, other.lower, other.upper)
        && fold.index == other.index
    case (let shape, let other): shape.children.isEmpty && shape == other
    }
  }
}
