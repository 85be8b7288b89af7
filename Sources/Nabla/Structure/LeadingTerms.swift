import NablaAlgebra
import NablaBasics
import NablaDescent

/// A proof that a polynomial has no bound: a ray from the origin on which its leading term falls.
///
///     3x² + 8xy − 3y⁵   is   −3t⁵   at   (0, t),   to its leading term
public struct UnboundedRay: Hashable, Sendable {
  /// The direction, in whole numbers −1, 0 and 1.
  public let direction: [Int]
  /// The exponent of the leading term on the ray.
  public let degree: Int
  /// Its coefficient, negative where f falls.
  public let coefficient: Number
}

extension Formula {
  /// A ray on which the leading term proves that the polynomial falls (rises, when maximizing) without bound, best
  /// along the direction given; nil for other formulas, and where no ray of few coordinates shows it.
  public func unboundedRay(_ sense: Objective.Sense = .minimize, toward way: [Double] = []) -> UnboundedRay? {
    guard variables.count <= 20, parameters.isEmpty, expression.size <= 2_000,
      let degree = expression.polynomialDegree, degree > 0, degree <= 24
    else { return nil }
    let n = variables.count
    var candidates: [[Int]] = []
    let most = way.reduce(0) { max($0, abs($1)) }
    if way.count == n, most > 0, most.isFinite {
      candidates.append(way.map { abs($0) < 0.5 * most ? 0 : $0 < 0 ? -1 : 1 })
    }
    for i in 0..<n {
      for sign in way.count == n && way[i] < 0 ? [-1, 1] : [1, -1] {
        candidates.append((0..<n).map { $0 == i ? sign : 0 })
      }
    }
    let t = Variable("t")
    for direction in candidates {
      var values: [Variable: Expr] = [:]
      for (variable, sign) in zip(variables, direction) {
        values[variable] = .product([.integer(sign), .variable(t)])
      }
      var slope = expression.substituting(values)
      var leading: (degree: Int, coefficient: Number)?
      var factorial = Number.one
      for power in 1...degree {
        guard let next = try? slope.derivative(by: t) else { break }
        slope = next
        factorial = factorial * Number(power)
        if case .number(let value) = slope.substituting([t: .zero]).shape, !value.isZero,
          let coefficient = value.divided(by: factorial)
        {
          leading = (power, coefficient)
        }
      }
      if let leading, leading.coefficient.isNegative == (sense == .minimize) {
        return UnboundedRay(
          direction: direction, degree: leading.degree, coefficient: leading.coefficient)
      }
    }
    return nil
  }

  /// The exact extremum of a quadratic with a definite Hessian; nil for other formulas.
  public var quadraticForm: QuadraticForm? {
    parameters.isEmpty ? QuadraticForm(expression, variables: variables, limits: limits) : nil
  }
}
