/// Terms that a line of a derivation shows apart though they fall together: sin x + x cos x − sin x.
extension DerivationWalk {
  /// An expression with the marked derivative of a part replaced, in its sums or around them. Where a term would fall
  /// together with another one, it is held apart until the last rule of differentiation is applied.
  mutating func replaced(_ part: Expr, by outcome: Expr, in whole: Expr, at step: Int) -> Expr {
    let marked = Expr.call(mark, [part])
    func renewed(_ expression: Expr) -> Expr { expression.rebuilt { $0 == marked ? outcome : nil } }
    let joined = renewed(whole)
    var order = termOrder
    let apart = renewed(whole.rebuiltAround(heldSums(marked, in: whole, at: step, &order, renewed), [:]))
    if apart.countOfTerms > joined.countOfTerms {
      termOrder = order
      return apart
    }
    termOrder.replace(marked, by: outcome, in: whole)
    return joined
  }

  /// The innermost sums that hold a mark, with the terms in its place held apart.
  private func heldSums(
    _ marked: Expr, in whole: Expr, at step: Int, _ order: inout TermOrder, _ renewed: (Expr) -> Expr
  ) -> [Expr: Expr] {
    var holders: Set<Expr> = [marked]
    var sums: [Expr: Expr] = [:]
    for part in whole.distinctSubexpressions() where part.children.contains(where: holders.contains) {
      guard part.isSum else {
        holders.insert(part)
        continue
      }
      let terms = order.terms(of: part).flatMap { term -> [Expr] in
        guard holders.contains(term) else { return [term] }
        return order.terms(of: renewed(term)).enumerated().map { $0.element.held(step, $0.offset) }
      }
      sums[part] = order.sum(terms)
    }
    return sums
  }
}

extension Expr {
  /// A term, its sign in front, that stays apart from others like it; numbers join, and zeros. No two of them are the same.
  fileprivate func held(_ step: Int, _ place: Int) -> Expr {
    if asNumber != nil || factors.contains(.zero) { return self }
    let isNegative = coefficientAndFactors.0.isNegative
    let held = Expr.call(.held, [isNegative ? negated : self, .integer(step), .integer(place)])
    return isNegative ? held.negated : held
  }

  /// All that was held apart, together.
  var joiningHeld: Expr {
    let joined = rebuilt { part in
      if case .call(.held, let arguments) = part.shape { arguments[0] } else { nil }
    }
    return joined != self && joined.factors.contains(.zero) ? .zero : joined
  }

  /// How many terms all its sums have; a sum that is held in another one counts by its own terms.
  fileprivate var countOfTerms: Int {
    distinctSubexpressions().reduce(0) { count, part in
      guard case .sum(let terms) = part.shape else { return count }
      return count + terms.count { !$0.isHeldSum }
    }
  }

  private var isHeldSum: Bool {
    factors.contains { if case .call(.held, let arguments) = $0.shape { arguments[0].isSum } else { false } }
  }
}

extension Function {
  /// Its first argument; the others tell terms apart that would fall together. It is shown as that argument alone.
  package static let held = Function(
    "held", .ternary { term, _, _ in term }, derivative: .partials { _, _ in [.one, .zero, .zero] },
    summary: "A term that is kept apart from others like it.", example: ("", ""))
}
