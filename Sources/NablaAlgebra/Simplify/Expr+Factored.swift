import NablaBasics

extension Expr {
  /// The expression as a product of factors with whole coefficients, over one denominator, and what must hold
  /// because something cancelled.
  ///
  ///     (x² − 1)/(x² − 4)   becomes   (x − 1)(x + 1)/((x − 2)(x + 2))
  package func factored(
    budget: inout Budget
  ) throws(Budget.Overrun) -> (expression: Expr, conditions: [Rule.Condition]) {
    try budget.spend(size)
    guard let fraction = OneFraction(of: self) else {
      let form = try TextbookForm().form(of: self, budget: &budget)
      return (form.expression, form.conditions)
    }
    let product = fraction.multipliedOut
    var factors: [Expr] = []
    for factor in product.factors {
      let (base, exponent) = factor.baseAndExponent
      guard let power = exponent.asNumber, power.isInteger, base.isSum, let parts = base.polynomialFactors
      else {
        factors.append(factor)
        continue
      }
      factors += parts.map { .power($0, exponent) }
    }
    let simple = try Simplifier().simplify(.product(factors), budget: &budget)
    return (simple.expression, fraction.conditions + simple.conditions)
  }

  /// The factors of a sum as a polynomial in its kernels.
  private var polynomialFactors: [Expr]? {
    guard case .sum(let terms) = shape else { return nil }
    let split = terms.map(\.numberAndKernelPowers)
    guard split.allSatisfy({ $0.powers.allSatisfy { !$0.exponent.isNegative } }),
      let kernels = Kernels(of: split.map(\.powers)), let polynomial = kernels.polynomial(of: self),
      let lead = polynomial.terms.first?.coefficient
    else { return nil }
    // Decimals: 0.5x² − 0.5 is 0.5 times a polynomial with whole coefficients.
    let isDecimal = polynomial.terms.contains { $0.coefficient.isDecimal }
    let scale = isDecimal ? lead : .one
    guard let inverse = Number.one.divided(by: scale) else { return nil }
    let (number, factors) = polynomial.scaled(by: inverse).factorization
    return [.number(number * scale)]
      + factors.map { .power(kernels.expression(of: $0.polynomial), .integer($0.power)) }
  }
}
