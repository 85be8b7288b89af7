import NablaBasics

extension Expr {
  /// Whether a variable occurs.
  package func contains(_ variable: Variable) -> Bool {
    guard mayContain(variable) else { return false }
    return distinctSubexpressions { $0.mayContain(variable) }.contains { part in
      if case .variable(let found) = part.shape { found == variable } else { false }
    }
  }

  /// Whether an approximate number occurs.
  package var hasApproximation: Bool {
    distinctSubexpressions().contains { part in
      if case .number(let number) = part.shape { !number.isExact } else { false }
    }
  }

  /// Whether an expression of constants is zero as far as its digits show.
  package var isZeroUpToRounding: Bool {
    if case .number(let number) = shape, number.isExact { return number.isZero }
    guard let value = constantValue else { return false }
    let terms: [Expr]
    if case .sum(let parts) = shape { terms = parts } else { terms = [self] }
    let size = terms.reduce(0.0) { $0 + ($1.constantValue ?? 0).magnitude }
    return value.magnitude <= (hasApproximation ? 1e-9 : 1e-13) * size
  }

  /// The coefficients by rising power of a polynomial in one variable, free of that variable; nil for others.
  func coefficients(in variable: Variable) -> [Expr]? {
    let terms: [Expr]
    if case .sum(let parts) = shape { terms = parts } else { terms = [self] }
    var addends: [Int: [Expr]] = [:]
    for term in terms {
      var (power, rest) = (0, [Expr]())
      for factor in term.factors {
        let (base, exponent) = factor.baseAndExponent
        if case .variable(let found) = base.shape, found == variable {
          guard let value = exponent.asNumber?.small, value > 0, value <= 200 else { return nil }
          power += value
        } else if factor.contains(variable) {
          return nil
        } else {
          rest.append(factor)
        }
      }
      addends[power, default: []].append(.product(rest))
    }
    guard let degree = addends.keys.max() else { return nil }
    return (0...degree).map { .sum(addends[$0] ?? []) }
  }

  /// a and b where the expression is a·v + b.
  func linearParts(in variable: Variable) -> (slope: Expr, rest: Expr)? {
    guard contains(variable), let parts = coefficients(in: variable), parts.count == 2 else { return nil }
    return (parts[1], parts[0])
  }

  /// The factors that can make this zero: without powers, denominators and what is never zero.
  func vanishingFactors(in unknowns: [Variable]) -> [Expr] {
    var result: [Expr] = []
    for factor in factors {
      let (base, exponent) = factor.baseAndExponent
      if let power = exponent.asNumber, power.isNegative { continue }
      if factor.isPositive, factor.freeVariables.contains(where: unknowns.contains) { continue }
      if exponent.asNumber != nil, exponent != .one {
        result += base.vanishingFactors(in: unknowns)
        continue
      }
      if case .power(let base, _) = factor.shape {
        // uᵛ is zero at most where u is.
        if !base.isPositive { result += base.vanishingFactors(in: unknowns) }
        continue
      }
      // These are 0 where their argument is, and nowhere else.
      let inner = [Function.abs, .tanh, .sinh, .arctan, .asinh, .erf].lazy.compactMap {
        factor.argument(of: $0)
      }
      if let inner = inner.first {
        result += inner.vanishingFactors(in: unknowns)
        continue
      }
      guard factor.isSum else {
        result.append(factor)
        continue
      }
      if let denominator = factor.commonDenominator {
        let cleared = Expr.sum(factor.terms.map { $0 * denominator }).withoutOwnQuotients
        if cleared != factor, cleared.isSum ? cleared.commonDenominator == nil : true {
          result += cleared.vanishingFactors(in: unknowns)
          continue
        }
      }
      if let taken = factor.withCommonFactorsOut, case .product(let parts) = taken.shape {
        result += parts.flatMap { $0 == factor ? [$0] : $0.isSum ? [$0] : $0.vanishingFactors(in: unknowns) }
        continue
      }
      result += factor.commonVariablesOut(unknowns)
    }
    return result
  }

  /// The terms with x·x⁻¹ cancelled; the callers look at the solutions again.
  private var withoutOwnQuotients: Expr {
    var budget = Budget(200_000)
    return (try? Simplifier().simplify(self, budget: &budget).expression) ?? self
  }

  /// The variables that all terms of a polynomial have in common, and what is left.
  private func commonVariablesOut(_ unknowns: [Variable]) -> [Expr] {
    var rest = self
    var result: [Expr] = []
    for variable in unknowns {
      guard let parts = rest.coefficients(in: variable),
        let lowest = parts.firstIndex(where: { $0 != .zero }), lowest > 0
      else { continue }
      result.append(.variable(variable))
      rest = .sum(
        parts[lowest...].enumerated().map { $0.element * pow(.variable(variable), .integer($0.offset)) })
      rest = rest.expanded(highestPower: 1, maximumTerms: 400) ?? rest
    }
    return result + [rest]
  }

  /// The terms of a sum that is 0 only where each of them is: none of them can be below 0, or none above.
  var termsOfOneSign: [Expr]? {
    guard case .sum(let terms) = shape else { return nil }
    let areOfOneSign = terms.allSatisfy(\.isNonnegative) || terms.allSatisfy(\.negated.isNonnegative)
    return areOfOneSign ? terms : nil
  }

  private var terms: [Expr] { if case .sum(let terms) = shape { terms } else { [self] } }
}
