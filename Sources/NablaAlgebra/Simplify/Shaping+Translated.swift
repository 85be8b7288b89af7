import NablaBasics

extension Shaping {
  /// The same in other functions, shaped: e^u and e^(−u) as sinh u beside sinh u, secants and tangents as sines and
  /// cosines, half angles as whole ones.
  ///
  ///     sec x·tan x + csc x   becomes   csc x·sec²x
  func translated(
    _ expression: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> [Candidate] {
    guard expression.hasCalls, expression.size <= 300 else { return [] }
    var result: [Candidate] = []
    if let joined = expression.withExponentialsJoined {
      result.append(try finished(joined, named: "sinh and cosh", beside: expression, &budget))
    }
    if let (own, others) = expression.circularTerms, let waves = own.inSinesAndCosines {
      var trial = self
      var starts = [try simple(waves, &budget)]
      if waves.isSum { starts += try trial.fractions(starts[0].expression, &budget) }
      for start in starts {
        trial.conditions = start.conditions
        let shaped = try trial.shape(start.expression, depth: 1, &budget)
        let whole = shaped.withHalfAnglesJoined
        for form in whole == shaped ? [shaped] : [shaped, whole] {
          var candidate = try finished(
            .sum([form] + others), named: "in sines and cosines", beside: expression, &budget)
          candidate.conditions += trial.conditions
          result.append(candidate)
        }
      }
    }
    return result
  }

  /// Simplified, shaped, and with the quotients and reciprocals that have names.
  private func finished(
    _ expression: Expr, named name: String, beside known: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Candidate {
    var candidate = try simple(expression, named: [name], &budget)
    var trial = self
    trial.conditions = []
    candidate.expression = try trial.shape(candidate.expression, depth: 1, &budget)
    candidate.conditions += trial.conditions
    let rules = candidate.expression.finishingRules(beside: known)
    let last = try Simplifier(rules: rules).simplify(candidate.expression, budget: &budget)
    if last.expression.cost <= candidate.expression.cost {
      candidate.expression = last.expression
      candidate.conditions += last.conditions
    }
    return candidate
  }
}

extension Expr {
  /// The terms with circular or hyperbolic functions, and the others; nil where there are none.
  fileprivate var circularTerms: (own: Expr, others: [Expr])? {
    guard case .sum(let terms) = shape else { return (self, []) }
    guard terms.count <= 24 else { return nil }
    let isCircular: (Expr) -> Bool = { term in
      term.distinctSubexpressions().contains { part in
        if case .call(let function, _) = part.shape { Rule.circular.contains(function) } else { false }
      }
    }
    let own = terms.filter(isCircular)
    return own.isEmpty ? nil : (.sum(own), terms.filter { !isCircular($0) })
  }
}
