import NablaBasics

/// A partial derivative of any order: what it is taken by, in order, and what it is.
public struct MixedDerivative: Hashable, Sendable {
  /// The variables it is taken by, one for each order, in the order of the list that was asked for.
  public let variables: [Variable]
  /// The derivative in its textbook form.
  public let expression: Expr
}

extension Expr {
  /// All partial derivatives of one order; those that differ only in the order of differentiation come once.
  ///
  ///     try (x.squared * y).derivatives(by: [Variable("x"), Variable("y")], order: 2)   // xx: 2y, xy: 2x, yy: 0
  ///
  /// Order 0 gives the expression itself. Throws where there are more than 10,000 of them, and where one on the way is
  /// so large that the next orders would not end: a fiftieth of the size that `limits` allow, unless the expression is.
  public func derivatives(
    by variables: [Variable], order: Int, limits: Limits = .standard
  ) throws(Budget.Overrun) -> [MixedDerivative] {
    var budget = Budget(limits.work)
    var forms = RepeatedForms()
    var layer: [(last: Int, derivative: MixedDerivative)] = [(0, .init(variables: [], expression: self))]
    let largest = max(limits.expressionSize / 50, 2 * size)
    for _ in 0..<max(0, order) {
      guard layer.allSatisfy({ $0.derivative.expression.size <= largest }) else {
        throw .tooLarge("expressionSize")
      }
      var next: [(last: Int, derivative: MixedDerivative)] = []
      for (last, derivative) in layer {
        let later = Array(variables[min(last, variables.count)...])
        let rates = try derivative.expression.partials(by: later, limits: limits, budget: &budget)
        for (offset, rate) in rates.enumerated() {
          let simple = try forms.form(of: rate, budget: &budget).expression
          next.append(
            (last + offset, .init(variables: derivative.variables + [later[offset]], expression: simple)))
        }
        guard next.count <= 10_000 else { throw .tooLarge("partial derivatives of that order") }
      }
      layer = next
    }
    return layer.map(\.derivative)
  }
}
