import NablaBasics

/// Applies the rules from the leaves up until none has anything to say.
///
///     var budget = Budget()
///     try Simplifier().simplify(x * x.reciprocal, budget: &budget).expression   // 1, where x ≠ 0
///
/// Deterministic, and linear in the number of distinct subexpressions.
package struct Simplifier: Sendable {
  /// The simpler form, and what must hold for it to equal the old one.
  package struct Outcome: Sendable {
    package let expression: Expr
    package let conditions: [Rule.Condition]
    /// Whether everything was tried; what is too large for that is collected only.
    package var isWhole = true
    /// The names of the rules used, in the order in which each was used first.
    package var names: [String] = []

    package init(
      expression: Expr, conditions: [Rule.Condition], isWhole: Bool = true, names: [String] = []
    ) {
      (self.expression, self.conditions) = (expression, conditions)
      (self.isWhole, self.names) = (isWhole, names)
    }
  }

  private let rules: [Rule.Group]
  private let limits: Limits

  package init(rules: [Rule.Group] = Rule.all, limits: Limits = .standard) {
    self.rules = rules
    self.limits = limits
  }

  package func simplify(_ expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Outcome {
    guard expression.hasCalls || !rules.allSatisfy(\.needsCalls) else {
      return Outcome(expression: expression, conditions: [])
    }
    var pass = Pass(rules: rules)
    let result = try pass.simple(expression, &budget)
    return Outcome(expression: result, conditions: pass.conditions, names: pass.names)
  }

  /// One run over one expression.
  private struct Pass {
    let rules: [Rule.Group]
    var results = ExprMap<Expr>()
    var conditions: [Rule.Condition] = []
    var names: [String] = []
    /// How many rewritings stand inside one another, and whether they are too many: tan u of (tan u)^1000, one by one.
    private var depth = 0
    private var isEndless = false
    private static let deepest = 60

    init(rules: [Rule.Group]) { self.rules = rules }

    mutating func simple(_ expression: Expr, _ budget: inout Budget) throws(Budget.Overrun) -> Expr {
      let known = results
      depth += 1
      defer { depth -= 1 }
      for part in expression.distinctSubexpressions(where: { !known.contains($0) }) {
        try budget.spend()
        if part.isMonomial, !part.coefficientAndFactors.0.isZero {
          results[part] = part  // no rule has anything to say of 2x²y
          continue
        }
        let children = part.children
        let renewed = children.map { results[$0] ?? $0 }
        var whole = part
        let (before, told) = (conditions, names)
        if renewed != children { whole = try settled(part.replacingChildren(renewed), &budget) }
        var steps = 0
        while steps < 40, !isEndless, let next = try step(whole, &budget) {
          whole = next
          steps += 1
        }
        if isEndless, depth == 1 {
          // What has no end is no simplification.
          whole = renewed != children ? part.replacingChildren(renewed) : part
          (conditions, names, isEndless) = (before, told, false)
        }
        results[part] = whole
        results[whole] = whole
      }
      return results[expression] ?? expression
    }

    /// The first rule that applies; the parts that it made are made simple in turn.
    private mutating func step(_ whole: Expr, _ budget: inout Budget) throws(Budget.Overrun) -> Expr? {
      if let known = results[whole] { return known == whole ? nil : known }
      for group in rules {
        for rule in group.rules(for: whole) {
          try budget.spend()
          guard let result = rule.apply(whole), result.expression != whole else { continue }
          try budget.spend(whole.children.count)
          if !names.contains(rule.name) { names.append(rule.name) }
          for condition in result.conditions where !conditions.contains(condition) {
            conditions.append(condition)
          }
          return try settled(result.expression, &budget)
        }
      }
      return nil
    }

    /// A new node whose parts are made simple, also those that only came about by putting it together.
    private mutating func settled(_ whole: Expr, _ budget: inout Budget) throws(Budget.Overrun) -> Expr {
      guard depth < Pass.deepest else {
        isEndless = true
        return whole
      }
      var whole = whole
      for _ in 0..<10 where !isEndless {
        let children = whole.children
        guard children.contains(where: { !results.contains($0) }) else { return whole }
        var renewed: [Expr] = []
        for child in children { renewed.append(try simple(child, &budget)) }
        if renewed == children { return whole }
        whole = whole.replacingChildren(renewed)
      }
      return whole
    }
  }
}
