extension Expr {
  /// The expressions one level down; the body for a fold.
  package var children: [Expr] { shape.children }

  /// The same node over other children, made canonical again.
  package func replacingChildren(_ children: [Expr]) -> Expr {
    switch shape {
    case .number, .constant, .variable, .element: return self
    case .sum: return .sum(children)
    case .product: return .product(children)
    case .power: return .power(children[0], children[1])
    case .call(let function, _): return .call(function, children)
    case .fold(let fold): return fold.mapped(children[0])
    }
  }

  /// An expression that a walk has still to do; an open one has its parts behind it.
  private struct Pending {
    let expr: Expr
    let isOpen: Bool

    init(_ expr: Expr, isOpen: Bool = false) { (self.expr, self.isOpen) = (expr, isOpen) }
  }

  /// Each structurally distinct subexpression once, children before parents, the expression itself last.
  ///
  /// The walk keeps its own stack, so that depth costs no thread stack. `isWanted` prunes whole branches.
  package func distinctSubexpressions(where isWanted: (Expr) -> Bool = { _ in true }) -> [Expr] {
    var seen = ExprMap<Void>()
    var pending = [Pending(self)]
    while let next = pending.popLast() {
      let expr = next.expr
      if next.isOpen {
        seen[expr] = ()
        continue
      }
      if seen.contains(expr) || !isWanted(expr) { continue }
      switch expr.shape {
      case .number, .constant, .variable, .element: seen[expr] = ()
      case .sum(let parts), .product(let parts), .call(_, let parts):
        pending.append(Pending(expr, isOpen: true))
        for part in parts.reversed() { pending.append(Pending(part)) }
      case .power(let base, let exponent):
        pending.append(Pending(expr, isOpen: true))
        pending.append(Pending(exponent))
        pending.append(Pending(base))
      case .fold(let fold):
        pending.append(Pending(expr, isOpen: true))
        pending.append(Pending(fold.body))
      }
    }
    return seen.keys
  }

  /// The expression with some parts replaced, from the leaves up; nil keeps a part (over its new children).
  package func rebuilt(_ replace: (Expr) -> Expr?) -> Expr {
    var results = ExprMap<Expr>()
    for part in distinctSubexpressions() {
      let children = results.count == 0 ? [] : part.children
      var isChanged = false
      let renewed = children.map { child in
        let new = results[child] ?? child
        isChanged = isChanged || new.node !== child.node
        return new
      }
      let whole = isChanged ? part.replacingChildren(renewed) : part
      let new = replace(whole) ?? whole
      if new.node !== part.node { results[part] = new }
    }
    return results[self] ?? self
  }

  /// The variables that occur, in natural order; members that only a fold touches are in `families`.
  public var freeVariables: [Variable] {
    var found: [Variable] = []
    for part in distinctSubexpressions() {
      if case .variable(let variable) = part.shape, !variable.isIndex { found.append(variable) }
    }
    return found.sorted()
  }

  /// The families that folds run over with the members they touch, in order of their names.
  package var families: [(family: Family, members: ClosedRange<Int>)] {
    if foldLevel == 0 { return [] }
    var ranges: [Family: ClosedRange<Int>] = [:]
    for part in distinctSubexpressions() {
      guard case .fold(let fold) = part.shape else { continue }
      for inner in fold.body.distinctSubexpressions() {
        guard case .element(let family, let place) = inner.shape, place.bound == fold.index else { continue }
        let touched =
          (fold.lower &+ place.offset)...Swift.max(fold.lower &+ place.offset, fold.upper &+ place.offset)
        let known = ranges[family] ?? touched
        ranges[family] =
          Swift.min(
            known.lowerBound, touched.lowerBound)...Swift.max(
            known.upperBound, touched.upperBound)
      }
    }
    return ranges.map { (family: $0.key, members: $0.value) }.sorted { $0.family.name < $1.family.name }
  }

  /// The expression with other expressions in place of variables.
  ///
  ///     (x + 1).substituting([Variable("x"): y.squared])   // y² + 1
  public func substituting(_ values: [Variable: Expr]) -> Expr {
    guard !values.isEmpty else { return self }
    guard foldLevel > 0, values.values.contains(where: { $0.foldLevel > 0 }) else {
      return rebuilt { part in
        if case .variable(let variable) = part.shape { values[variable] } else { nil }
      }
    }
    return substitutingInFolds(values)
  }

  /// Substitution where both sides hold folds: each fold is opened first, so that no index is captured.
  private func substitutingInFolds(_ values: [Variable: Expr]) -> Expr {
    var closed: [Expr: Expr] = [:]
    for part in distinctSubexpressions(where: { $0.foldLevel > 0 }) {
      guard case .fold(let fold) = part.shape else { continue }
      let (index, body) = fold.opened()
      let inside = body.substitutingInFolds(values)
      closed[part] = .fold(fold.kind, index: index, from: fold.lower, through: fold.upper, inside)
    }
    return rebuiltAround(closed, values)
  }

  func rebuiltAround(_ closed: [Expr: Expr], _ values: [Variable: Expr]) -> Expr {
    var results = closed
    for part in distinctSubexpressions(where: { closed[$0] == nil }) {
      if case .variable(let variable) = part.shape, let value = values[variable] {
        results[part] = value
        continue
      }
      let children = part.children
      guard children.contains(where: { results[$0] != nil }) else { continue }
      results[part] = part.replacingChildren(children.map { results[$0] ?? $0 })
    }
    return results[self] ?? self
  }
}
