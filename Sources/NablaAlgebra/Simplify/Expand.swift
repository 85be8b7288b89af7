import NablaBasics

extension Expr {
  /// The expression with products of sums multiplied out; powers of sums up to `highestPower`.
  ///
  ///     (x + 1)·(x − 1)   becomes   x² − 1
  ///
  /// Nil where the result would have more than `maximumTerms` terms, or is the work of millions of products of terms.
  package func expanded(highestPower: Int = 1, maximumTerms: Int = 200) -> Expr? {
    var budget = Budget(5_000_000)
    return try? expanded(highestPower: highestPower, maximumTerms: maximumTerms, budget: &budget)
  }

  /// The same within a budget: a unit for each product of two terms, more where they are long.
  package func expanded(
    highestPower: Int, maximumTerms: Int, budget: inout Budget
  ) throws(Budget.Overrun) -> Expr? {
    switch shape {
    case .number, .constant, .variable, .element, .call, .fold: return self
    case .power(let base, let exponent):
      guard case .sum = base.shape, let power = exponent.asNumber?.small, power > 1, power <= highestPower
      else {
        return self
      }
      return try Expr.multipliedOut([Expr](repeating: base, count: power), maximumTerms, &budget)
    case .sum(let terms):
      var result: [Expr] = []
      for term in terms {
        guard
          let wide = try term.expanded(
            highestPower: highestPower, maximumTerms: maximumTerms, budget: &budget)
        else { return nil }
        result.append(wide)
        if result.count > maximumTerms { return nil }
      }
      return .sum(result)
    case .product(let factors):
      var expanded: [Expr] = []
      for factor in factors {
        guard
          let wide = try factor.expanded(
            highestPower: highestPower, maximumTerms: maximumTerms, budget: &budget)
        else { return nil }
        expanded.append(wide)
      }
      return try Expr.multipliedOut(expanded, maximumTerms, &budget)
    }
  }

  private static func multipliedOut(
    _ factors: [Expr], _ maximumTerms: Int, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr? {
    var terms: [Expr] = [.one]
    for factor in factors {
      guard case .sum(let addends) = factor.shape else {
        try budget.spend(terms.count)
        terms = terms.map { $0 * factor }
        continue
      }
      guard terms.count * addends.count <= maximumTerms else { return nil }
      try budget.spend(terms.count * addends.count * (1 + greatestLength(of: terms)))
      let product = Expr.sum(terms.flatMap { term in addends.map { term * $0 } })
      if case .sum(let collected) = product.shape { terms = collected } else { terms = [product] }
    }
    return .sum(terms)
  }

  /// How long the longest term is: in units of 256 bits of its coefficient, numerator and denominator together, and of
  /// eight factors.
  private static func greatestLength(of terms: [Expr]) -> Int {
    terms.reduce(0) { longest, term in
      let (coefficient, factors) = term.coefficientAndFactors
      let bits = coefficient.rational.map { $0.numerator.bitLength + $0.denominator.bitLength } ?? 0
      return max(longest, bits / 256 + factors.count / 8)
    }
  }
}
