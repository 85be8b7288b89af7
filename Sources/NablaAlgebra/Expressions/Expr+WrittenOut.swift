extension Expr {
  /// The expression with its sums and products over an index written out, Σᵢ₌₁² xᵢ² as x₁² + x₂²; nil where that would
  /// make more parts than so many.
  package func writtenOut(most: Int) -> Expr? {
    var room = most
    return writtenOut(&room)
  }

  private func writtenOut(_ room: inout Int) -> Expr? {
    if foldLevel == 0 { return self }
    if case .fold(let fold) = shape {
      let (parts, isTooMany) = fold.count.multipliedReportingOverflow(by: fold.body.size)
      guard !isTooMany, parts <= room else { return nil }
      room -= parts
      var terms: [Expr] = []
      for index in fold.lower..<(fold.lower + fold.count) {
        guard let term = fold.term(at: index).writtenOut(&room) else { return nil }
        terms.append(term)
      }
      return fold.kind == .sum ? .sum(terms) : .product(terms)
    }
    var written: [Expr: Expr] = [:]
    for part in distinctSubexpressions(where: { !$0.isFold }) {
      for child in part.children where child.isFold && written[child] == nil {
        guard let whole = child.writtenOut(&room) else { return nil }
        written[child] = whole
      }
    }
    return rebuiltAround(written, [:])
  }

  private var isFold: Bool { if case .fold = shape { true } else { false } }
}
