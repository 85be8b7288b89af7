import NablaAlgebra
import NablaBasics

/// Where a formula has a real value, as comparisons a reader can check; poles are left to the eye.
///
///     ½x² + ln x    has the domain    x > 0
///
/// A condition that always holds, such as x² + 1 ≥ 0 under a root, is left out. A linear condition on one variable is
/// solved for it; the others stand as they are.
struct Domain {
  /// The comparisons, in the order in which the formula asks for them.
  let conditions: [Expr]

  /// The conditions of the functions and roots in an expression that are inequalities.
  init(of expression: Expr) {
    var found: [Bound] = []
    for part in expression.distinctSubexpressions() {
      for bound in Bound.all(of: part) where !found.contains(bound) { found.append(bound) }
    }
    let solved = found.map { $0.solved }
    conditions = solved.filter { bound in
      !solved.contains { $0 != bound && $0.implies(bound) }
    }.map(\.comparison)
  }

  /// A condition of a simplification as a comparison, solved where it is linear: x ≠ 1 for x − 1 ≠ 0.
  static func comparison(of condition: Rule.Condition) -> Expr {
    let relation: Bound.Relation =
      switch condition.kind {
      case .nonzero: .not
      case .positive: .above
      case .nonnegative: .atLeast
      }
    return Bound(subject: condition.subject, relation: relation, value: .zero).solved.comparison
  }

  /// A subject compared with a number.
  private struct Bound: Hashable {
    enum Relation: String, Hashable {
      case above = ">"
      case not = "!="
      case atLeast = ">="
      case atMost = "<="
      case below = "<"

      var turned: Relation {
        switch self {
        case .above: .below
        case .atLeast: .atMost
        case .atMost: .atLeast
        case .below: .above
        case .not: .not
        }
      }
    }

    let subject: Expr
    let relation: Relation
    let value: Number

    /// What a node asks of its parts.
    static func all(of part: Expr) -> [Bound] {
      switch part.shape {
      case .power(let base, let exponent):
        guard case .number(let number) = exponent.shape, let power = number.rational, !power.denominator.isOdd
        else {
          return []
        }
        if power.isNegative {
          return base.isPositive ? [] : [Bound(subject: base, relation: .above, value: .zero)]
        }
        return base.isNonnegative ? [] : [Bound(subject: base, relation: .atLeast, value: .zero)]
      case .call(let function, let arguments):
        return function.domain.flatMap { of($0, arguments[$0.argument]) }
      case .number, .constant, .variable, .element, .sum, .product, .fold: return []
      }
    }

    private static func of(_ condition: DomainCondition, _ subject: Expr) -> [Bound] {
      if case .number = subject.shape { return [] }
      if case .constant = subject.shape { return [] }
      let bound: (Relation, Int) -> Bound = { Bound(subject: subject, relation: $0, value: Number($1)) }
      switch condition.kind {
      case .positive: return subject.isPositive ? [] : [bound(.above, 0)]
      case .nonnegative: return subject.isNonnegative ? [] : [bound(.atLeast, 0)]
      case .withinOne: return [bound(.atLeast, -1), bound(.atMost, 1)]
      case .strictlyWithinOne: return [bound(.above, -1), bound(.below, 1)]
      case .atLeastOne: return [bound(.atLeast, 1)]
      case .greaterThanMinusOne: return subject.isNonnegative ? [] : [bound(.above, -1)]
      default: return []
      }
    }

    /// a·x + b compared with c, solved for x; u² > 0 and |u| > 0 as u ≠ 0.
    var solved: Bound {
      if relation == .above, value.isZero, subject.isNonnegative, let inner = subject.vanishingPart {
        return Bound(subject: inner, relation: .not, value: .zero).solved
      }
      guard let (slope, variable, constant) = subject.linear, !slope.isZero,
        let bound = (value - constant).divided(by: slope)
      else { return self }
      return Bound(subject: variable, relation: slope.isNegative ? relation.turned : relation, value: bound)
    }

    /// Whether a number that satisfies this bound satisfies the other.
    func implies(_ other: Bound) -> Bool {
      guard subject == other.subject else { return false }
      switch (relation, other.relation) {
      case (.above, .above), (.above, .atLeast), (.atLeast, .atLeast):
        return other.value.double <= value.double
      case (.atLeast, .above): return other.value.double < value.double
      case (.below, .below), (.below, .atMost), (.atMost, .atMost): return other.value.double >= value.double
      case (.atMost, .below): return other.value.double > value.double
      default: return false
      }
    }

    var comparison: Expr {
      guard let function = Function.named(relation.rawValue) else { return subject }
      return .call(function, [subject, .number(value)])
    }
  }
}

extension Expr {
  /// What must be zero for the expression to be zero: u of u² and of |u|.
  fileprivate var vanishingPart: Expr? {
    switch shape {
    case .power(let base, let exponent):
      if case .number(let number) = exponent.shape, !number.isNegative { return base }
      return nil
    case .call(let function, let arguments): return function.name == "abs" ? arguments[0] : nil
    case .number, .constant, .variable, .element, .sum, .product, .fold: return nil
    }
  }

  /// a, x and b where the expression is a·x + b for one variable x.
  fileprivate var linear: (slope: Number, variable: Expr, constant: Number)? {
    var constant = Number.zero
    var slope: (Number, Expr)?
    let terms: [Expr]
    if case .sum(let parts) = shape { terms = parts } else { terms = [self] }
    for term in terms {
      if case .number(let number) = term.shape {
        constant = number
        continue
      }
      let (coefficient, rest) = term.coefficientAndRest
      guard case .variable = rest.shape, slope == nil else { return nil }
      slope = (coefficient, rest)
    }
    return slope.map { ($0.0, $0.1, constant) }
  }
}
