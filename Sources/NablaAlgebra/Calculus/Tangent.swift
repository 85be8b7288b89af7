import NablaBasics

/// The tangent line, plane or hyperplane of an expression at a point: value and slopes there.
///
///     x² at x = 3       touches   9 + 6(x − 3) = 6x − 9
///     x²y at (1, 2)     touches   2 + 4(x − 1) + (y − 2) = 4x + y − 4
public struct Tangent: Hashable, Sendable {
  /// The variables.
  public let variables: [Variable]
  /// The coordinates of the point.
  public let point: [Expr]
  /// The value there.
  public let value: Expr
  /// The partial derivatives there.
  public let slopes: [Expr]

  /// The right-hand side multiplied out: 6x − 9.
  public var expression: Expr {
    let terms = zip(zip(variables, point), slopes).map { place, slope in
      slope * (Expr.variable(place.0) - place.1)
    }
    let sum = Expr.sum([value] + terms)
    return sum.expanded() ?? sum
  }
}

extension Expr {
  /// The tangent at an exact point.
  ///
  ///     try Expr("x").squared.tangent(at: [3], in: [Variable("x")]).expression   // 6x − 9
  ///
  /// Throws where the expression has no value, no derivative or a kink there.
  public func tangent(
    at point: [Expr], in variables: [Variable], limits: Limits = .standard
  ) throws(ExpansionError) -> Tangent {
    let polynomial = try taylor(about: point, in: variables, order: 1, limits: limits)
    let slopes = variables.indices.map { place in
      polynomial.terms.first { $0.degree == 1 && $0.exponents[place] == 1 }?.coefficient ?? .zero
    }
    let value = polynomial.terms.first { $0.degree == 0 }?.coefficient ?? .zero
    return Tangent(variables: variables, point: point, value: value, slopes: slopes)
  }
}
