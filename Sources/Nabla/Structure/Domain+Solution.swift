import NablaAlgebra
import NablaBasics

extension Domain.Bound {
  /// Where a difference in one variable stands in a relation to 0; nil where that cannot be solved.
  ///
  /// A fraction of polynomials has a sign chart; of c·g(u) + d with one term that varies, the inverse of g says where u
  /// lies: 1 − ln x ≥ 0 is x ≤ e.
  static func stretches(
    _ difference: Expr, _ relation: SignChart.Relation, in variable: Variable, depth: Int = 0
  ) -> [SignChart.Stretch]? {
    if let chart = SignChart(of: difference, in: variable) { return chart.solutions(of: relation) }
    guard depth < 8, let (whole, limit, isTurned) = difference.varyingTerm else { return nil }
    let relation = isTurned ? relation.turned : relation
    guard let value = limit.constantValue, value.isFinite else { return nil }
    let solved = { (inner: Expr, limit: Expr, relation: SignChart.Relation) in
      stretches(inner - limit, relation, in: variable, depth: depth + 1)
    }
    /// What is asked of something that is never below 0, of a number below 0.
    let ofNegative: [SignChart.Stretch] = relation == .below || relation == .atMost ? [] : [.init()]
    switch whole.shape {
    case .variable: return relation.stretches(limit, value)
    case .call(.ln, let u): return solved(u[0], .power(.constant(.e), limit), relation)
    case .call(.abs, let u): return ofAbsolute(u[0], limit, value, relation, solved)
    case .call(let function, let u) where oddGrowing.contains(function) && value == 0:
      return solved(u[0], .zero, relation)
    case .power(let base, let exponent) where base.constantValue.map { $0 > 1 } == true:
      if value < 0 || limit == .zero { return relation == .atMost && value == 0 ? [] : ofNegative }
      return solved(exponent, limit.logarithm(to: base), relation)
    case .power(let base, .number(.half)):
      return value < 0 ? ofNegative : solved(base, limit.squared, relation)
    default: return nil
    }
  }

  private static let oddGrowing: [Function] = [.arctan, .arcsin, .tanh, .sinh, .asinh, .atanh, .cbrt, .erf]

  /// |u| against a number: u beyond it or −u beyond it, or both within.
  private static func ofAbsolute(
    _ u: Expr, _ limit: Expr, _ value: Double, _ relation: SignChart.Relation,
    _ solved: (Expr, Expr, SignChart.Relation) -> [SignChart.Stretch]?
  ) -> [SignChart.Stretch]? {
    guard value > 0 else { return nil }
    guard let above = solved(u, limit, relation), let below = solved(u, limit.negated, relation.turned)
    else { return nil }
    switch relation {
    case .below, .atMost, .not: return Domain.intersection(above, below)
    case .above, .atLeast:
      return (above + below).sorted { ($0.low?.value ?? -.infinity) < ($1.low?.value ?? -.infinity) }
    }
  }
}

extension SignChart.Relation {
  /// Where x stands in the relation to a number.
  fileprivate func stretches(_ limit: Expr, _ value: Double) -> [SignChart.Stretch] {
    let end = SignChart.End(expression: limit, value: value, isIncluded: self == .atLeast || self == .atMost)
    switch self {
    case .above, .atLeast: return [.init(low: end)]
    case .below, .atMost: return [.init(high: end)]
    case .not: return [.init(high: end), .init(low: end)]
    }
  }
}

extension Expr {
  /// g and −d/c for c·g + d with one term that varies, and whether c is negative.
  fileprivate var varyingTerm: (whole: Expr, limit: Expr, isTurned: Bool)? {
    let terms = if case .sum(let terms) = shape { terms } else { [self] }
    let varying = terms.filter(\.varies)
    guard varying.count == 1 else { return nil }
    let (number, whole) = varying[0].coefficientAndRest
    guard number.isExact, !number.isZero else { return nil }
    let limit = Expr.sum(terms.filter { !$0.varies }).negated / .number(number)
    return (whole, limit, number.isNegative)
  }

  /// The logarithm of a number, a whole one where it is: 2 for 4 to the base 2.
  fileprivate func logarithm(to base: Expr) -> Expr {
    if self == .one { return .zero }
    if let value = constantValue, let other = base.constantValue {
      let nearest = (Libm.log(value) / Libm.log(other)).rounded()
      if nearest.magnitude <= 64, Expr.power(base, .integer(Int(nearest))) == self {
        return .integer(Int(nearest))
      }
    }
    let logarithm = Expr.call(.ln, [self])
    return base.constantValue == Expr.constant(.e).constantValue ? logarithm : logarithm / .call(.ln, [base])
  }
}
