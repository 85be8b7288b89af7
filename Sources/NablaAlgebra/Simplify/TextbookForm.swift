import NablaBasics

/// The last step before a derivative is printed: of the collected, the factored and the one-fraction form, the
/// cheapest by `Expr.cost`.
///
/// It looks at sums at the top and at those that are factors there, never inside functions and brackets as typed.
package struct TextbookForm: Sendable {
  private let simplifier: Simplifier

  package init(_ simplifier: Simplifier = Simplifier()) { self.simplifier = simplifier }

  /// The simplified expression in its textbook form; conditions are those of the simplifications used.
  package func form(of expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Simplifier.Outcome {
    let simple = try simplifier.simplify(expression, budget: &budget)
    var conditions = simple.conditions
    var best = simple.expression
    if best.size <= 2_000, !best.isMonomial {
      try budget.spend(best.size)
      let shaped = try shape(best, depth: 0, &conditions, &budget)
      if shaped.cost <= best.cost { best = shaped }
    }
    return .init(expression: best, conditions: conditions)
  }

  private func shape(
    _ expression: Expr, depth: Int, _ conditions: inout [Rule.Condition], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    guard depth < 4 else { return expression }
    switch expression.shape {
    case .number, .constant, .variable, .element, .fold: return expression
    case .call(.if, let parts):
      var branches = [parts[0]]
      for branch in parts.dropFirst() {
        branches.append(try shape(branch, depth: depth + 1, &conditions, &budget))
      }
      return .call(.if, branches)
    case .call: return expression
    case .product(let factors):
      var shaped: [Expr] = []
      for factor in factors { shaped.append(try shape(factor, depth: depth + 1, &conditions, &budget)) }
      var whole = try simple(.product(shaped), &conditions, &budget)
      if let (cancelled, divisor) = whole.withCommonPolynomialsCancelled {
        whole = try simple(cancelled, &conditions, &budget)
        let condition = Rule.Condition(subject: divisor, kind: .nonzero)
        if !conditions.contains(condition) { conditions.append(condition) }
      }
      return try withoutInnerFractions(whole, depth: depth, &conditions, &budget)
    case .power:
      return try withoutInnerFractions(expression, depth: depth, &conditions, &budget)
    case .sum(let terms):
      var whole = expression
      if terms.count <= 60, terms.contains(where: { $0.factors.contains(where: \.isSum) }) {
        var shaped: [Expr] = []
        for term in terms { shaped.append(try shape(term, depth: depth + 1, &conditions, &budget)) }
        whole = try simple(.sum(shaped), &conditions, &budget)
      }
      return try shape(sum: whole, depth: depth, &conditions, &budget)
    }
  }

  private func shape(
    sum: Expr, depth: Int, _ conditions: inout [Rule.Condition], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    guard sum.isSum else { return sum }
    var best = sum
    var bestCost = sum.cost
    func offer(_ candidate: Expr, mayTie: Bool) {
      let cost = candidate.cost
      if cost < bestCost || (mayTie && cost == bestCost) { (best, bestCost) = (candidate, cost) }
    }
    guard let factored = sum.withCommonFactorsOut else { return sum }
    let candidate = try simple(factored, &conditions, &budget)
    let numerator = try expandedNumerator(of: candidate, &conditions, &budget)
    // A lone variable in front of a bracket is no gain: 3x² + x·ln x stays.
    let isTaken = factored.factors.contains { !$0.isMonomial && !$0.isSum }
    offer(try shape(candidate, depth: depth + 1, &conditions, &budget), mayTie: isTaken)
    if let numerator { offer(try shape(numerator, depth: depth + 1, &conditions, &budget), mayTie: false) }
    return best
  }

  /// A product in which a bracket that holds fractions is put over one denominator, where that is cheaper.
  private func withoutInnerFractions(
    _ expression: Expr, depth: Int, _ conditions: inout [Rule.Condition], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    for (place, factor) in expression.factors.enumerated() {
      let (base, exponent) = factor.baseAndExponent
      guard let power = exponent.asNumber, power.isInteger, let denominator = base.commonDenominator,
        case .sum(let terms) = base.shape
      else { continue }
      var cleared: [Expr] = []
      for term in terms { cleared.append(try simple(term * denominator, &conditions, &budget)) }
      var factors = expression.factors
      factors[place] = .power(.sum(cleared), exponent)
      factors.append(.power(denominator, exponent.negated))
      let candidate = try simple(.product(factors), &conditions, &budget)
      guard candidate.cost < expression.cost else { continue }
      return try shape(candidate, depth: depth + 1, &conditions, &budget)
    }
    return expression
  }

  /// A product with its sums multiplied out among themselves, denominators left alone.
  private func expandedNumerator(
    of expression: Expr, _ conditions: inout [Rule.Condition], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr? {
    guard case .product(let factors) = expression.shape else { return nil }
    let shaped = factors.map { $0.isSum ? $0.expanded() ?? $0 : $0 }
    return try simple(.product(shaped), &conditions, &budget)
  }

  private func simple(
    _ expression: Expr, _ conditions: inout [Rule.Condition], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    let outcome = try simplifier.simplify(expression, budget: &budget)
    for condition in outcome.conditions where !conditions.contains(condition) { conditions.append(condition) }
    return outcome.expression
  }
}
