import NablaAlgebra
import NablaBasics

/// A formula in another form.
public struct Rewriting: Hashable, Sendable {
  /// The form.
  public let expression: Expr
  /// Comparisons that must hold because something cancelled, such as x ≠ 1.
  public let conditions: [Expr]
  /// Whether everything was tried; what is very large is only collected.
  public let isComplete: Bool
}

extension Formula {
  /// The formula simplified: collected, over one denominator or in factors, whatever is shortest.
  ///
  ///     try Formula("(x^2 - 1)/(x - 1)").simplified().expression   // x + 1, for x ≠ 1
  public func simplified() throws(FormulaError) -> Rewriting {
    try rewritten { budget throws(Budget.Overrun) in
      try ShortestForm().form(of: expression, budget: &budget)
    }
  }

  /// The formula with brackets multiplied out.
  ///
  ///     try Formula("(x + 1)^3").expanded().expression   // x³ + 3x² + 3x + 1
  ///
  /// Throws `tooLarge` where that has more than 5,000 terms.
  public func expanded() throws(FormulaError) -> Rewriting {
    try rewritten { budget throws(Budget.Overrun) in
      guard let wide = try expression.expanded(highestPower: 1_000, maximumTerms: 5_000, budget: &budget)
      else { throw .tooLarge("more than 5,000 terms") }
      return try Simplifier(rules: Rule.collecting).simplify(wide, budget: &budget)
    }
  }

  /// The formula as a product, over one denominator, as far as whole coefficients go.
  ///
  ///     try Formula("x^4 - 1").factored().expression   // (x − 1)(x + 1)(x² + 1)
  public func factored() throws(FormulaError) -> Rewriting {
    try rewritten { budget throws(Budget.Overrun) in
      let (product, conditions) = try expression.factored(budget: &budget)
      return .init(expression: product, conditions: conditions)
    }
  }

  /// How the derivative by a variable is found, one rule at a time.
  public func derivation(by variable: Variable) throws(FormulaError) -> Derivation {
    do {
      return try Derivation(
        of: expression, by: variable, isPartial: variables.count > 1,
        typedOrder: reading?.typedOrder.table ?? [:], limits: limits)
    } catch {
      throw .overrun(error)
    }
  }

  /// The conditions of a derivation that neither the formula's domain nor the derivative itself shows.
  public func conditions(of derivation: Derivation) -> [Expr] {
    visible(derivation.conditions, in: derivation.result)
  }

  private func rewritten(
    _ work: (inout Budget) throws(Budget.Overrun) -> Simplifier.Outcome
  ) throws(FormulaError) -> Rewriting {
    // 0/0 has no value, and no shorter form has one.
    if expression.freeVariables.isEmpty, Domain(of: expression, variables: variables).isEmpty {
      return Rewriting(expression: expression, conditions: [], isComplete: true)
    }
    do {
      var budget = Budget(limits.work)
      let outcome = try work(&budget)
      return Rewriting(
        expression: outcome.expression, conditions: visible(outcome.conditions, in: outcome.expression),
        isComplete: outcome.isWhole)
    } catch {
      throw .overrun(error)
    }
  }
}
