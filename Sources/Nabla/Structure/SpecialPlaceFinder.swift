import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Looks for the places of `Formula.specialPlaces`: candidates are read off the formula, points on them are found by
/// bisection between random points, and what is not the same at all of these points is not told.
struct SpecialPlaceFinder {
  let formula: Formula
  let expression: Expr
  let variables: [Variable]
  /// The variables and the parameters.
  let letters: [Variable]
  let whole: CompiledFunction
  let crossings: Crossings

  /// The most places of each kind that are looked into.
  static let most = 6

  /// Nil where the formula shows no such place.
  init?(_ formula: Formula) {
    let expression = formula.expression
    guard formula.variables.count + formula.parameters.count > 1, expression.foldLevel == 0,
      expression.size <= 1_000, expression.showsBreaks
    else { return nil }
    letters = expression.freeVariables
    guard (2...8).contains(letters.count),
      let whole = try? CompiledFunction(expression, variables: letters, limits: formula.limits)
    else { return nil }
    (self.formula, self.expression, self.whole) = (formula, expression, whole)
    variables = formula.variables
    crossings = Crossings(letters: letters, limits: formula.limits)
  }

  /// The places, bends and jumps first.
  var places: [SpecialPlace] { boundaries + corners + gaps }

  func compiled(_ expression: Expr) -> CompiledFunction? {
    try? CompiledFunction(expression, variables: letters, limits: formula.limits)
  }

  func textbook(_ expression: Expr) -> Simplifier.Outcome? {
    var budget = Budget(formula.limits.work)
    return try? TextbookForm().form(of: expression, budget: &budget)
  }
}

extension Expr {
  /// Whether a part bends, or a root or a denominator varies.
  fileprivate var showsBreaks: Bool {
    distinctSubexpressions().contains { part in
      if part.bends { return true }
      guard case .power(let base, let exponent) = part.shape, case .number(let number) = exponent.shape else {
        return false
      }
      return base.varies && (number.isNegative || !number.isInteger)
    }
  }
}
