import NablaBasics

/// The derivative of a variable that an equation F = 0 makes a function of the others: dy/dx = −(∂F/∂x)/(∂F/∂y).
///
///     x² + y² − 1 = 0   gives   dy/dx = −x/y   and   d²y/dx² = −1/y³
public struct ImplicitDerivative: Hashable, Sendable {
  /// The variable that depends on the other.
  public let dependent: Variable
  /// What is differentiated by.
  public let independent: Variable
  /// The first derivative in its textbook form.
  public let first: Expr
  /// The second derivative; nil where it was not asked for.
  public let second: Expr?
  /// What must not be zero: the derivative of F by the dependent variable.
  public let divisor: Expr
}

/// A second derivative of a dependent variable by two others: ∂²z/∂x∂y.
public struct ImplicitMixedDerivative: Hashable, Sendable {
  /// The variable that depends on the others.
  public let dependent: Variable
  /// What is differentiated by first.
  public let first: Variable
  /// What is differentiated by then.
  public let second: Variable
  /// The derivative in its textbook form.
  public let rate: Expr
}

/// Why an equation has no implicit derivative.
public enum ImplicitError: Error, Hashable, Sendable {
  /// The equation does not depend on the variable that should depend on the other.
  case doesNotDepend(on: Variable)
  /// The variable that should depend on the other is the other.
  case oneVariable(Variable)
  /// The work exceeds a limit.
  case overrun(Budget.Overrun)
}

extension Expr {
  /// The derivative of one variable by another on the curve or surface where this expression is zero.
  ///
  /// The second derivative uses the equation itself where that makes it shorter. Throws where both are one variable, or
  /// the expression does not depend on the first.
  public func implicitDerivative(
    of dependent: Variable, by independent: Variable, order: Int = 1, limits: Limits = .standard
  ) throws(ImplicitError) -> ImplicitDerivative {
    if dependent == independent { throw .oneVariable(dependent) }
    return try withBudget(limits) { budget in
      let form = TextbookForm()
      let rates = try partials(by: [independent, dependent], limits: limits, budget: &budget)
      let a = try form.form(of: rates[0], budget: &budget).expression
      let b = try form.form(of: rates[1], budget: &budget).expression
      if b.asNumber?.isZero == true { throw ImplicitError.doesNotDepend(on: dependent) }
      let first = try form.form(of: -a / b, budget: &budget).expression
      var second: Expr?
      if order > 1 {
        // (−a/b)′ along the curve, where y′ = −a/b: (−aₓb² + abbₓ + abaᵧ − a²bᵧ)/b³.
        let ra = try a.partials(by: [independent, dependent], limits: limits, budget: &budget)
        let rb = try b.partials(by: [independent, dependent], limits: limits, budget: &budget)
        let numerator = -ra[0] * b.squared + a * b * (rb[0] + ra[1]) - a.squared * rb[1]
        let top = onTheCurve(numerator, of: [dependent, independent])
        second = try form.form(of: top / pow(b, 3), budget: &budget).expression
      }
      return ImplicitDerivative(
        dependent: dependent, independent: independent, first: first, second: second, divisor: b)
    }
  }

  /// The second derivative of one variable by two others on the surface where this expression is zero.
  ///
  ///     x² + y² + z² − 1 = 0   gives   ∂²z/∂x∂y = −xy/z³
  public func implicitDerivative(
    of dependent: Variable, by first: Variable, and second: Variable, limits: Limits = .standard
  ) throws(ImplicitError) -> ImplicitMixedDerivative {
    if dependent == first || dependent == second { throw .oneVariable(dependent) }
    return try withBudget(limits) { budget in
      let form = TextbookForm()
      let rates = try partials(by: [first, second, dependent], limits: limits, budget: &budget).map {
        try form.form(of: $0, budget: &budget).expression
      }
      let (a, c, b) = (rates[0], rates[1], rates[2])
      if b.asNumber?.isZero == true { throw ImplicitError.doesNotDepend(on: dependent) }
      // −(a/b) by y along the surface, where zᵧ = −c/b: (−aᵧb² + a_z·bc + abbᵧ − acb_z)/b³.
      let ra = try a.partials(by: [second, dependent], limits: limits, budget: &budget)
      let rb = try b.partials(by: [second, dependent], limits: limits, budget: &budget)
      let numerator = -ra[0] * b.squared + b * (ra[1] * c + a * rb[0]) - a * c * rb[1]
      let rate = try form.form(
        of: onTheCurve(numerator, of: [dependent, first, second]) / pow(b, 3), budget: &budget
      ).expression
      return ImplicitMixedDerivative(dependent: dependent, first: first, second: second, rate: rate)
    }
  }

  /// What the work gives within the limits; other errors than that there is no derivative are overruns.
  private func withBudget<Result>(
    _ limits: Limits, _ work: (inout Budget) throws -> Result
  ) throws(ImplicitError) -> Result {
    do {
      var budget = Budget(limits.work)
      return try work(&budget)
    } catch let error as ImplicitError {
      throw error
    } catch let error as Budget.Overrun {
      throw .overrun(error)
    } catch {
      throw .overrun(.exhausted)
    }
  }

  /// What a polynomial is where this one is zero: its remainder, if that is cheaper. Divisors of letters that are held
  /// constant are taken out of both; powers of the variables give way to those of the constants.
  private func onTheCurve(_ expression: Expr, of own: [Variable]) -> Expr {
    let all = Set(freeVariables + expression.freeVariables).sorted()
    let divisor = divisor(besides: own)
    let (cleared, product) =
      divisor == .one ? (self, expression) : (cleared(of: divisor), expression.cleared(of: pow(divisor, 3)))
    let remainders = [all, own + all.filter { !own.contains($0) }].compactMap { order -> Expr? in
      guard let curve = MultivariatePolynomial(cleared, in: order),
        let whole = MultivariatePolynomial(product, in: order)
      else { return nil }
      return whole.remainder(dividingBy: curve)?.expression
    }
    guard let rest = remainders.min(by: { $0.cost < $1.cost }), rest.cost <= product.cost else {
      return expression
    }
    return divisor == .one ? rest : rest / pow(divisor, 3)
  }

  /// The product with a divisor of its terms, which cancels.
  private func cleared(of divisor: Expr) -> Expr {
    let product = self * divisor
    var budget = Budget(200_000)
    let wide = product.expanded(highestPower: 24, maximumTerms: 400) ?? product
    return (try? Simplifier().simplify(wide, budget: &budget).expression) ?? wide
  }

  /// The product of the powers of letters that terms are divided by, of each the highest one.
  private func divisor(besides own: [Variable]) -> Expr {
    let terms = if case .sum(let terms) = shape { terms } else { [self] }
    var highest: [Variable: Int] = [:]
    for factor in terms.flatMap(\.factors) {
      let (base, exponent) = factor.baseAndExponent
      guard case .variable(let letter) = base.shape, !own.contains(letter),
        let power = exponent.asNumber?.small,
        power < 0, power > -10
      else { continue }
      highest[letter] = max(highest[letter] ?? 0, -power)
    }
    return .product(highest.sorted { $0.key < $1.key }.map { pow(.variable($0.key), .integer($0.value)) })
  }
}
