import NablaBasics

/// The rules of differentiation one by one; what is left to differentiate is marked.
struct DerivationWalk {
  let variable: Variable
  let mark: Function
  let limits: Limits
  /// The order of the terms in sums.
  var termOrder = TermOrder(orders: [:])

  /// Whether the variable does not occur.
  private func isConstant(_ expression: Expr) -> Bool {
    if !expression.mayContain(variable) { return true }
    return expression.foldLevel == 0 && !expression.freeVariables.contains(variable)
  }

  /// The derivative where it needs no line of its own: 0, 1, or c for c·x; marked otherwise.
  func derivative(of expression: Expr) -> Expr {
    if isConstant(expression) { return .zero }
    if case .variable(variable) = expression.shape { return .one }
    if case .product(let factors) = expression.shape {
      let varying = factors.filter { !isConstant($0) }
      if varying.count == 1, case .variable(variable) = varying[0].shape {
        return .product(factors.filter { isConstant($0) })
      }
    }
    if case .sum(let terms) = expression.shape {
      let rates = terms.map(derivative)
      if rates.allSatisfy({ !$0.isMarked(mark) }) { return .sum(rates) }
    }
    return .call(mark, [expression])
  }

  /// The derivative of an inner function in a chain: a factor of its own line, unless it is 1.
  private func innerDerivative(of inner: Expr) -> Expr {
    let rate = derivative(of: inner)
    return rate == .one || rate == .zero ? rate : .call(mark, [inner])
  }

  /// The same, marked for a sum as well, whose product with another one would be multiplied out at once.
  private func markedDerivative(of expression: Expr) -> Expr {
    if case .sum = expression.shape { return .call(mark, [expression]) }
    return derivative(of: expression)
  }

  /// One rule applied: its name, and what it makes of the expression.
  mutating func step(on expression: Expr, _ budget: inout Budget) throws(Budget.Overrun) -> (String, Expr) {
    switch expression.shape {
    case .sum:
      let terms = termOrder.terms(of: expression)
      let varying = terms.filter { !isConstant($0) }
      if varying.count == 1, isPower(varying[0]) {
        // x² + 1 in one line.
        return try step(on: varying[0], &budget)
      }
      return ("sum rule", termOrder.sum(terms.map(derivative)))
    case .product(let factors): return product(factors)
    case .power(let base, let exponent): return power(expression, base, exponent)
    case .call(let function, let arguments): return call(expression, function, arguments)
    case .number, .constant, .variable, .element, .fold:
      let rate = try expression.partials(by: [variable], limits: limits, budget: &budget)[0]
      let isProduct = if case .fold(let fold) = expression.shape { fold.kind == .product } else { false }
      return (
        isProduct ? "product over an index, factor by factor" : "sum over an index, term by term", rate
      )
    }
  }

  /// Whether it is c·xⁿ, n a number.
  private func isPower(_ term: Expr) -> Bool {
    let varying = term.factors.filter { !isConstant($0) }
    guard varying.count == 1, case .power(let base, let exponent) = varying[0].shape else { return false }
    return base == .variable(variable) && exponent.asNumber != nil
  }

  /// Constant factors first, then a quotient, then a product.
  private mutating func product(_ factors: [Expr]) -> (String, Expr) {
    let constants = factors.filter { isConstant($0) }
    let varying = factors.filter { !isConstant($0) }.sortedForReading
    let below = varying.filter { $0.baseAndExponent.exponent.asNumber?.isNegative == true }
    let above = varying.filter { $0.baseAndExponent.exponent.asNumber?.isNegative != true }
    if !constants.isEmpty {
      let rest = Expr.product(varying)
      // c·xⁿ in one line.
      if varying.count == 1, case .power(let base, let exponent) = varying[0].shape,
        case .variable(variable) = base.shape, exponent.asNumber != nil
      {
        return ("power rule", .product(constants + [exponent, .power(base, exponent - 1)]))
      }
      return ("constant factor", .product(constants + [derivative(of: rest)]))
    }
    guard below.isEmpty || above.isEmpty else {
      let u = Expr.product(above)
      let v = Expr.product(below).reciprocalOfPowers
      return (
        "quotient rule",
        .product([
          termOrder.sum([
            .product([markedDerivative(of: u), v]), .product([.minusOne, u, markedDerivative(of: v)]),
          ]),
          .power(v, -2),
        ])
      )
    }
    let rates = varying.map(derivative)
    // Where nothing would be left to do, as in (x + 1)(x + 2), the rule would not show.
    let showsRule = rates.contains { $0.isMarked(mark) }
    let terms = varying.indices.map { place in
      var others = varying
      others[place] = showsRule ? rates[place] : markedDerivative(of: others[place])
      return Expr.product(others)
    }
    return (
      varying.count > 2 ? "product rule for \(varying.count) factors" : "product rule", termOrder.sum(terms)
    )
  }

  private func power(_ whole: Expr, _ base: Expr, _ exponent: Expr) -> (String, Expr) {
    if isConstant(exponent) {
      let outer = Expr.product([exponent, .power(base, exponent - 1)])
      let name =
        exponent == .number(.half)
        ? "derivative of a root" : exponent == .minusOne ? "reciprocal rule" : "power rule"
      if case .variable(variable) = base.shape { return (name, outer) }
      return (name + " and chain rule", .product([outer, innerDerivative(of: base)]))
    }
    if isConstant(base) {
      if base == .zero { return ("a power of 0 is constant", .zero) }
      let outer = base == .constant(.e) ? whole : .product([whole, .call(.ln, [base])])
      let name = "exponential rule"
      if case .variable(variable) = exponent.shape { return (name, outer) }
      return (name + " and chain rule", .product([outer, innerDerivative(of: exponent)]))
    }
    // (uᵛ)′ = uᵛ·(v·ln u)′
    return (
      "logarithmic differentiation",
      .product([whole, .call(mark, [.product([exponent, .call(.ln, [base])])])])
    )
  }

  private func call(_ whole: Expr, _ function: Function, _ arguments: [Expr]) -> (String, Expr) {
    switch function.derivative {
    case .zero: return ("\(function.name) is constant between its jumps", .zero)
    case .partials(let partials):
      let outer = partials(arguments, whole)
      // What stands still adds nothing: no 0/(x² + y²) in the derivative of atan2(y, x).
      let moving = zip(arguments, outer).filter { argument, _ in !isConstant(argument) }
      let name = "derivative of \(function == .abs ? "the absolute value" : function.name)"
      if moving.count == 1, case .variable(variable) = moving[0].0.shape { return (name, moving[0].1) }
      let terms = moving.map { argument, rate in Expr.product([rate, innerDerivative(of: argument)]) }
      return (name + " and chain rule", .sum(terms))
    case .selects(let condition, let then, let otherwise):
      let rates = [arguments[then], arguments[otherwise]].map { $0.isUndefined ? $0 : derivative(of: $0) }
      return ("each branch by itself", .call(.if, [condition(arguments), rates[0], rates[1]]))
    }
  }
}

extension Expr {
  /// Whether this is a derivative that is not taken yet.
  fileprivate func isMarked(_ mark: Function) -> Bool {
    if case .call(mark, _) = shape { true } else { false }
  }

  /// One over a product of powers, each with the opposite exponent.
  fileprivate var reciprocalOfPowers: Expr {
    .product(
      factors.map { factor in
        let (base, exponent) = factor.baseAndExponent
        return .power(base, exponent.negated)
      })
  }
}

extension [Expr] {
  /// Factors as they are read: powers of letters and brackets in their order, functions, exponentials.
  fileprivate var sortedForReading: [Expr] {
    let ranks = map { factor in
      switch factor.baseAndExponent.base.shape {
      case .variable, .element: factor.baseAndExponent.exponent.asNumber == nil ? 2 : 0
      case .sum, .product, .power, .fold: 0
      case .call: 1
      case .constant, .number: 2
      }
    }
    return indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { self[$0] }
  }
}
