import NablaBasics

/// How a derivative is found, one rule at a time, as a teacher writes it on the board.
///
///     let derivation = try Derivation(of: x * exp(x), by: Variable("x"))
///     derivation.steps.map(\.rule)   // ["product rule", "exponential rule", "common factor out"]
///
/// A variable's own derivative, a constant's, and that of c·x are taken along with the step above them.
public struct Derivation: Sendable {
  /// One line.
  public struct Step: Sendable, Hashable {
    /// Whether a line differentiates or tidies up.
    public enum Kind: String, Sendable, Hashable { case differentiation, simplification }

    /// Differentiation or simplification.
    public let kind: Kind
    /// What a teacher calls the rule.
    public let rule: String
    /// The expression that the rule is applied to: what is differentiated, or the whole so far.
    public let subject: Expr
    /// What the rule makes of it.
    public let outcome: Expr
    /// The whole after the step; what is still to be differentiated is a call of `Derivation.mark`.
    public let whole: Expr
  }

  /// What is differentiated.
  public let expression: Expr
  /// What it is differentiated by.
  public let variable: Variable
  /// The steps, first to last.
  public let steps: [Step]
  /// The derivative in its textbook form.
  public let result: Expr
  /// The terms of the sums in the steps in a teacher's order: u′v + uv′, and terms as they were typed.
  package let termOrder: [Expr: [Expr]]
  /// What must hold because something cancelled.
  package let conditions: [Rule.Condition]
  /// The function that stands for “the derivative of”; its name is d/dx, or ∂/∂x among several variables.
  public let mark: Function
  /// What the first line shows: the mark of the whole.
  public var start: Expr { .call(mark, [expression]) }

  /// The terms that a step by the sum rule differentiates at once, with their derivatives: what is constant, and
  /// multiples of the variable; a number and the variable itself need no word.
  package func termsTakenAlong(by step: Step) -> [(term: Expr, rate: Expr)] {
    guard step.kind == .differentiation, step.rule == "sum rule", case .sum(let terms) = step.subject.shape
    else {
      return []
    }
    let walk = DerivationWalk(variable: variable, mark: mark, limits: .standard)
    let ordered = termOrder[step.subject] ?? terms
    return ordered.compactMap { term in
      if case .variable = term.shape { return nil }
      if case .number = term.shape { return nil }
      let rate = walk.derivative(of: term)
      if case .call(mark, _) = rate.shape { return nil }
      return (term, rate)
    }
  }

  /// The most steps that are written down.
  static let mostSteps = 200

  /// Differentiates an expression and writes down how; `isPartial` where there are other variables.
  ///
  /// Throws where the work exceeds the budget of `limits`, and `tooLarge("steps")` beyond 200 steps.
  public init(
    of expression: Expr, by variable: Variable, isPartial: Bool = false, limits: Limits = .standard
  ) throws(Budget.Overrun) {
    try self.init(of: expression, by: variable, isPartial: isPartial, typedOrder: [:], limits: limits)
  }

  /// The same for sums whose terms were typed in a known order.
  package init(
    of expression: Expr, by variable: Variable, isPartial: Bool, typedOrder: [Expr: [Expr]], limits: Limits
  ) throws(Budget.Overrun) {
    var budget = Budget(limits.work)
    let mark = Function.derivativeMark(by: variable, isPartial: isPartial)
    var walk = DerivationWalk(
      variable: variable, mark: mark, limits: limits, termOrder: TermOrder(orders: typedOrder))
    var steps: [Step] = []
    var whole = walk.derivative(of: expression)
    if !whole.holds(mark) {
      // Nothing to do: c, x, c·x or a sum of such.
      let rule =
        switch expression.shape {
        case _ where whole == .zero: "constant rule"
        case .sum: "sum rule"
        case .product: "constant factor"
        default: "power rule"
        }
      steps.append(
        Step(kind: .differentiation, rule: rule, subject: expression, outcome: whole, whole: whole))
    }
    while let subject = whole.firstMarked(mark, in: walk.termOrder) {
      try budget.spend(whole.size)
      guard steps.count < Self.mostSteps else { throw .tooLarge("steps") }
      let (rule, outcome) = try walk.step(on: subject, &budget)
      whole = walk.replaced(subject, by: outcome, in: whole, at: steps.count)
      steps.append(Step(kind: .differentiation, rule: rule, subject: subject, outcome: outcome, whole: whole))
    }
    let joined = whole.joiningHeld
    let simple = try TextbookForm().traced(joined, budget: &budget)
    var before = whole
    func tidy(_ name: String, _ next: Expr) {
      if next == before { return }
      steps.append(
        Step(kind: .simplification, rule: name, subject: before, outcome: next, whole: next))
      before = next
    }
    tidy("collect like terms", joined)
    for stage in simple.stages {
      // A number or a sign that moves is no line of its own.
      if Rule.numbers.all.contains(where: { $0.name == stage.name }) { continue }
      let names = stage.name.split(separator: ", ").map(String.init)
      if names.contains("multiply out"), let way = try before.onTheWay(&budget) {
        tidy("common factor out", way)
        tidy("multiply out", stage.expression)
      } else {
        tidy(stage.name.isEmpty ? "collect" : stage.name, stage.expression)
      }
    }
    // The gradient is made in one walk; where its form is another one, the last step leads there.
    let rate = try expression.partials(by: [variable], limits: limits, budget: &budget)[0]
    let known = try TextbookForm().form(of: rate, budget: &budget)
    let isFactored = known.expression.factors.count > before.factors.count
    tidy(isFactored ? "common factor out" : "rearrange", known.expression)
    self.expression = expression
    self.variable = variable
    self.mark = mark
    self.steps = steps
    termOrder = walk.termOrder.orders
    result = known.expression
    conditions = known.conditions
  }
}

extension Function {
  /// The function that stands for a derivative that is not taken yet. It has no value.
  static func derivativeMark(by variable: Variable, isPartial: Bool) -> Function {
    Function(
      isPartial ? "∂/∂\(variable.name)" : "d/d\(variable.name)", .unary { _ in .nan }, derivative: .zero,
      summary: "The derivative of what stands in the brackets.", example: ("", ""))
  }
}

extension Expr {
  /// The form between a sum of products and its short form: the factors that all terms share in front, and nothing
  /// multiplied out; nil where that is the sum itself.
  ///
  ///     (x − 1)·3 + (x − 1)²·5     (x − 1)·(3 + 5·(x − 1))
  fileprivate func onTheWay(_ budget: inout Budget) throws(Budget.Overrun) -> Expr? {
    let factored = Expr.product(factors.map { $0.withCommonFactorsOut ?? $0 })
    guard factored != self else { return nil }
    let way = try Simplifier(rules: Rule.collecting).simplify(factored, budget: &budget).expression
    return way == self ? nil : way
  }

  /// Whether something is still marked to be differentiated.
  fileprivate func holds(_ mark: Function) -> Bool { firstMarked(mark, in: TermOrder(orders: [:])) != nil }

  /// The first expression, from the left and the outside, that is marked to be differentiated.
  fileprivate func firstMarked(_ mark: Function, in order: TermOrder) -> Expr? {
    var pending = [self]
    while let next = pending.popLast() {
      if case .call(mark, let arguments) = next.shape { return arguments[0] }
      pending += (next.isSum ? order.terms(of: next) : next.children).reversed()
    }
    return nil
  }
}
