import NablaAlgebra
import NablaBasics
import NablaNotation

extension Formula {
  /// The Taylor polynomial about a point of exact coordinates, in the order of the variables.
  ///
  ///     let f = try Formula("e^(2x)")
  ///     f.text(of: try f.taylor(about: [0], order: 3))   // "1 + 2x + 2x² + 4x³/3"
  ///
  /// Throws where a part of the formula has no value, a kink or a jump there.
  public func taylor(about center: [Expr], order: Int) throws(ExpansionError) -> TaylorPolynomial {
    try expression.taylor(about: center, in: variables, order: order, limits: limits)
  }

  /// The tangent line, plane or hyperplane at a point.
  public func tangent(at point: [Expr]) throws(ExpansionError) -> Tangent {
    try expression.tangent(at: point, in: variables, limits: limits)
  }

  /// The derivative in a direction, which is brought to length 1.
  public func derivative(along direction: [Expr]) throws(DirectionError) -> DirectionalDerivative {
    try expression.directionalDerivative(along: direction, in: variables, limits: limits)
  }

  /// The derivative by several variables one after the other: ∂²f/∂x∂y for [x, y].
  public func derivative(by some: [Variable]) throws(FormulaError) -> Expr {
    try refuseOrders(by: some)
    do {
      var budget = Budget(limits.work)
      var result = expression
      for variable in some {
        result = try result.partials(by: [variable], limits: limits, budget: &budget)[0]
        result = try TextbookForm().form(of: result, budget: &budget).expression
      }
      return result
    } catch {
      throw .overrun(error)
    }
  }

  /// All partial derivatives of an order, each once; order 0 gives the formula itself.
  ///
  /// Throws for an order below 0, and where the work or a size exceeds the formula's limits.
  public func derivatives(order: Int) throws(FormulaError) -> [MixedDerivative] {
    if order < 0 { throw .negativeOrder(order) }
    try refuseOrders(by: variables)
    do {
      return try expression.derivatives(by: variables, order: order, limits: limits)
    } catch {
      throw .overrun(error)
    }
  }

  /// The Jacobian of several formulas by the variables of all of them: in the order of the first where all have the
  /// same, in natural order otherwise.
  public static func jacobian(of formulas: [Formula]) throws(FormulaError) -> Jacobian {
    let first = formulas.first?.variables ?? []
    let isShared = formulas.allSatisfy { Set($0.variables).isSubset(of: first) }
    let variables = isShared ? first : Set(formulas.flatMap(\.variables)).sorted()
    do {
      return try Jacobian(
        of: formulas.map(\.expression), by: variables, limits: formulas.first?.limits ?? .standard)
    } catch {
      throw .overrun(error)
    }
  }

  /// A Taylor polynomial as it is written: by rising degree.
  package func form(of polynomial: TaylorPolynomial) -> Form {
    sum(of: polynomial.terms.map { polynomial.expression(of: $0) })
  }

  /// A tangent as it is written with its point: 9 + 6(x − 3).
  package func form(of tangent: Tangent) -> Form {
    let rises = zip(zip(tangent.variables, tangent.point), tangent.slopes).map { place, slope in
      slope * (Expr.variable(place.0) - place.1)
    }
    return sum(of: [tangent.value] + rises)
  }

  /// The text of a Taylor polynomial, by rising degree.
  public func text(of polynomial: TaylorPolynomial, isPlain: Bool = false) -> String {
    form(of: polynomial).text(isPlain ? .plain : .unicode)
  }

  /// The text of a tangent with its point.
  public func text(of tangent: Tangent, isPlain: Bool = false) -> String {
    form(of: tangent).text(isPlain ? .plain : .unicode)
  }

  /// A sum in the order given, zeros left out.
  private func sum(of parts: [Expr]) -> Form {
    let terms = parts.filter { !$0.isZero }.map { part -> Form.Term in
      let form = form(of: part)
      if case .negative(let inside) = form { return .minus(inside) }
      return .plus(form)
    }
    if terms.count > 1 { return .sum(terms) }
    guard let only = terms.first else { return .integer(0) }
    return only.isNegative ? .negative(only.form) : only.form
  }
}
