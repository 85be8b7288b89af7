import NablaBasics

extension Expr {
  /// The expression with products of sums multiplied out; powers of sums up to `highestPower`.
  ///
  ///     (x + 1)·(x − 1)   becomes   x² − 1
  ///
  /// Nil where the result would have more than `maximumTerms` terms.
  package func expanded(highestPower: Int = 1, maximumTerms: Int = 200) -> Expr? {
    switch shape {
    case .number, .constant, .variable, .element, .call, .fold: return self
    case .power(let base, let exponent):
      guard case .sum = base.shape, let power = exponent.asNumber?.small, power > 1, power <= highestPower
      else {
        return self
      }
      return Expr.multipliedOut([Expr](repeating: base, count: power), maximumTerms)
    case .sum(let terms):
      var result: [Expr] = []
      for term in terms {
        guard let expanded = term.expanded(highestPower: highestPower, maximumTerms: maximumTerms) else {
          return nil
        }
        result.append(expanded)
        if result.count > maximumTerms { return nil }
      }
      return .sum(result)
    case .product(let factors):
      var expanded: [Expr] = []
      for factor in factors {
        guard let part = factor.expanded(highestPower: highestPower, maximumTerms: maximumTerms) else {
          return nil
        }
        expanded.append(part)
      }
      return Expr.multipliedOut(expanded, maximumTerms)
    }
  }

  private static func multipliedOut(_ factors: [Expr], _ maximumTerms: Int) -> Expr? {
    var terms: [Expr] = [.one]
    for factor in factors {
      guard case .sum(let addends) = factor.shape else {
        terms = terms.map { $0 * factor }
        continue
      }
      guard terms.count * addends.count <= maximumTerms else { return nil }
      let product = Expr.sum(terms.flatMap { term in addends.map { term * $0 } })
      if case .sum(let collected) = product.shape { terms = collected } else { terms = [product] }
    }
    return .sum(terms)
  }
}
