import NablaBasics

extension Expr {
  /// The partial derivatives with respect to several variables, in their order, canonical but not simplified.
  ///
  /// One walk serves all of them: the work is that of the terms in which each variable occurs.
  package func partials(
    by variables: [Variable], limits: Limits = .standard, budget: inout Budget
  ) throws(Budget.Overrun) -> [Expr] {
    let walk = Differentiator(targets: variables.map { .variable($0) }, limits: limits)
    var result = [Expr](repeating: .zero, count: variables.count)
    for (target, value) in try walk.derivatives(of: self, budget: &budget) { result[target] = value }
    return result
  }

  /// ∂f/∂x, simplified.
  ///
  ///     Expr("x").squared.derivative(by: Variable("x"))   // 2x
  ///
  /// Throws where the work exceeds `Limits.standard`.
  public func derivative(by variable: Variable) throws(Budget.Overrun) -> Expr {
    try derivative(by: [variable])
  }

  /// The mixed derivative by several variables one after the other, each step simplified.
  public func derivative(by variables: [Variable]) throws(Budget.Overrun) -> Expr {
    var budget = Budget()
    return try derivative(by: variables, limits: .standard, budget: &budget)
  }

  /// The same within limits and a budget that others share.
  package func derivative(
    by variables: [Variable], limits: Limits, budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    var result = self
    for variable in variables {
      result = try result.partials(by: [variable], limits: limits, budget: &budget)[0]
      result = try TextbookForm().form(of: result, budget: &budget).expression
    }
    return result
  }

  /// The second partial derivatives with respect to pairs of variables, symmetric, simplified, row by row.
  package func hessian(
    by variables: [Variable], limits: Limits = .standard, budget: inout Budget
  ) throws(Budget.Overrun) -> [[Expr]] {
    var forms = RepeatedForms()
    let gradient = try partials(by: variables, limits: limits, budget: &budget)
    var rows = [[Expr]](
      repeating: [Expr](repeating: .zero, count: variables.count), count: variables.count)
    for (i, partial) in gradient.enumerated() {
      let first = try forms.form(of: partial, budget: &budget).expression
      let row = try first.partials(by: Array(variables[i...]), limits: limits, budget: &budget)
      for (offset, second) in row.enumerated() {
        let value = try forms.form(of: second, budget: &budget).expression
        rows[i][i + offset] = value
        rows[i + offset][i] = value
      }
    }
    return rows
  }
}
