import NablaBasics

/// The last step before a derivative is printed: of the collected, the factored and the one-fraction form, the
/// cheapest by `Expr.cost`.
///
///     var budget = Budget()
///     try TextbookForm().form(of: 1 / (x.squared + 1) - 2 * x.squared / (x.squared + 1).squared, budget: &budget)
///     // (1 − x²)/(x² + 1)²
///
/// It looks at sums and products at the top, never inside functions. What is larger than 2,000 nodes is collected
/// only, and `Simplifier.Outcome.isWhole` says so.
package struct TextbookForm: Sendable {
  private let simplifier: Simplifier

  package init(_ simplifier: Simplifier = Simplifier()) { self.simplifier = simplifier }

  /// The largest expression that is taken apart.
  package static let largest = 2_000

  /// A form on the way, and what led to it.
  package struct Stage: Sendable {
    let names: [String]
    package let expression: Expr

    /// The rules that led to it.
    package var name: String { names.joined(separator: ", ") }
  }

  /// The simplified expression in its textbook form; conditions are those of the simplifications used.
  package func form(of expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Simplifier.Outcome {
    try traced(expression, budget: &budget).outcome
  }

  /// The same with the forms on the way: collected, factored or over one denominator, shortened.
  package func traced(
    _ expression: Expr, budget: inout Budget
  ) throws(Budget.Overrun) -> (outcome: Simplifier.Outcome, stages: [Stage]) {
    let simple = try simplifier.simplify(expression, budget: &budget)
    var stages = [Stage(names: simple.names, expression: simple.expression)]
    guard simple.expression.size <= Self.largest else {
      return (.init(expression: simple.expression, conditions: simple.conditions, isWhole: false), stages)
    }
    if simple.expression.isMonomial { return (simple, stages) }
    try budget.spend(simple.expression.size)
    var shaping = Shaping(simplifier: simplifier, conditions: simple.conditions)
    var best = simple.expression
    let shaped = try shaping.shape(best, depth: 0, &budget)
    if shaped.cost <= best.cost { best = shaped }
    if let way = shaping.onTheWay, way != best, let first = shaping.names.first {
      stages.append(Stage(names: [first], expression: way))
      shaping.names.removeFirst()
    }
    stages.append(Stage(names: shaping.names, expression: best))
    let finished = try Simplifier(rules: best.finishingRules(beside: best)).simplify(best, budget: &budget)
    if finished.expression != best, finished.expression.cost <= best.cost {
      shaping.add(finished.conditions)
      best = finished.expression
      stages.append(Stage(names: finished.names, expression: best))
      shaping.names = []
      let again = try shaping.shape(best, depth: 1, &budget)
      if again.cost < best.cost {
        best = again
        stages.append(Stage(names: shaping.names, expression: best))
      }
    }
    for other in try shaping.translated(best, &budget) where other.expression.cost < best.cost {
      shaping.add(other.conditions)
      best = other.expression
      stages.append(Stage(names: other.names, expression: best))
    }
    return (.init(expression: best, conditions: shaping.conditions, isWhole: shaping.isWhole), stages)
  }
}
