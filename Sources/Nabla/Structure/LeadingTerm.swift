import NablaAlgebra
import NablaBasics

/// The term of a polynomial that decides where it goes along one axis.
///
///     3x² + 8xy − 3y⁵   goes to −∞ as   y → ∞,   because of   −3y⁵
struct LeadingTerm {
  /// The term, a number times a power of one variable.
  let term: Expr
  /// The variable.
  let variable: Variable
  /// Whether the variable goes to −∞ rather than to ∞.
  let towardsMinusInfinity: Bool

  /// The directions along the axes in which a polynomial falls without bound (rises, where `rising`), the other
  /// variables being zero; none where the expression is no polynomial written in monomials.
  static func fallingDirections(of expression: Expr, variables: [Variable], rising: Bool = false)
    -> [LeadingTerm]
  {
    variables.flatMap { variable -> [LeadingTerm] in
      let others = variables.filter { $0 != variable }
      let zeros = Dictionary(uniqueKeysWithValues: others.map { ($0, Expr.zero) })
      guard let alone = expression.substituting(zeros).expanded(highestPower: 6) else { return [] }
      let terms: [Expr]
      if case .sum(let parts) = alone.shape { terms = parts } else { terms = [alone] }
      var lead: (term: Expr, coefficient: Number, power: Int)?
      for term in terms {
        let (coefficient, rest) = term.coefficientAndRest
        let (base, exponent) = rest.baseAndExponent
        if rest == .one { continue }
        guard base == .variable(variable), case .number(let number) = exponent.shape,
          let power = number.small,
          power > 0
        else { return [] }
        if power > lead?.power ?? 0 { lead = (term, coefficient, power) }
      }
      guard let lead else { return [] }
      let fallsTowardsInfinity = lead.coefficient.isNegative != rising
      var directions: [LeadingTerm] = []
      if fallsTowardsInfinity {
        directions.append(.init(term: lead.term, variable: variable, towardsMinusInfinity: false))
      }
      if fallsTowardsInfinity == (lead.power % 2 == 0) {
        directions.append(.init(term: lead.term, variable: variable, towardsMinusInfinity: true))
      }
      return directions
    }
  }
}
