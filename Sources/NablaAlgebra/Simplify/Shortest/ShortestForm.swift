import NablaBasics

/// The shortest form by the laws of a first course: the textbook form, or one that a derivative does not take, because it
/// would no longer look like its formula.
///
///     sin(x + π)                  becomes   −sin x
///     ln(2x) − ln 2               becomes   ln x
///     (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)       becomes   tanh x
///
/// Each way of writing the formula otherwise is tried, and again on what got shorter, until none does.
package struct ShortestForm: Sendable {
  /// The largest expression that is written otherwise.
  static let largest = 300
  private static let rounds = 4
  /// What the ways may cost besides the textbook form.
  private static let work = 2_000_000

  private let form = TextbookForm(Simplifier(rules: Rule.all + [Rule.ofShortening]))

  package init() {}

  /// The shortest form; conditions are those of all laws used.
  package func form(of expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Simplifier.Outcome {
    let plain = try TextbookForm().form(of: expression, budget: &budget)
    guard plain.isWhole, expression.size <= Self.largest, !expression.isMonomial else { return plain }
    var own = Budget(Self.work)
    var best = plain
    var starts = [Simplifier.Outcome(expression: expression, conditions: [])]
    if plain.expression != expression { starts.append(plain) }
    for _ in 0..<Self.rounds {
      let before = best.expression
      for start in starts {
        for way in OtherWay.allCases {
          // What is too much work is not shorter.
          guard let found = try? shortened(start, by: way, &own) else { continue }
          if found.expression.cost < best.expression.cost { best = found }
        }
      }
      if best.expression == before { break }
      starts = [best]
    }
    return best
  }

  private func shortened(
    _ start: Simplifier.Outcome, by way: OtherWay, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Simplifier.Outcome? {
    guard let other = try way.rewritten(start.expression, &budget), other.expression.size <= 3 * Self.largest,
      way == .asItIs || other.expression != start.expression
    else { return nil }
    let found = try form.form(of: other.expression, budget: &budget)
    guard found.isWhole else { return nil }
    return .init(
      expression: found.expression, conditions: start.conditions + other.conditions + found.conditions)
  }
}

/// The ways in which a formula is written otherwise before it is simplified once more.
private enum OtherWay: CaseIterable {
  /// As it is, with the rules that shorten.
  case asItIs
  /// Sines and cosines of sums and of multiples by those of their parts.
  case openedAngles
  /// The squares of sines by those of cosines, or the other way round.
  case joinedSquares
  /// Logarithms of products as sums.
  case openedLogarithms
  /// Hyperbolic functions as exponentials, and these as powers of one of them.
  case exponentials

  func rewritten(
    _ expression: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> (expression: Expr, conditions: [Rule.Condition])? {
    switch self {
    case .asItIs: return (expression, [])
    case .openedAngles: return expression.withAnglesOpened.map { ($0, []) }
    case .joinedSquares: return expression.withSquaresJoined.map { ($0, []) }
    case .openedLogarithms: return expression.withLogarithmsOpened
    case .exponentials: return try expression.inOneExponential(&budget)
    }
  }
}
