/// A polynomial in one variable with exact coefficients, lowest power first, the last one not zero.
struct Polynomial {
  let variable: Expr
  let coefficients: [Number]

  /// The highest power.
  var degree: Int { coefficients.count - 1 }

  /// The polynomial that an expression is; nil for several variables, for decimals and for a degree over 64.
  init?(_ expression: Expr) {
    guard case .sum(let terms) = expression.shape, terms.count <= 65 else { return nil }
    var variable: Expr?
    var coefficients: [Int: Number] = [:]
    for term in terms {
      let (coefficient, rest) = term.coefficientAndRest
      guard coefficient.isExact, !coefficient.isDecimal else { return nil }
      if rest == .one {
        coefficients[0] = coefficient
        continue
      }
      let (base, exponent) = rest.baseAndExponent
      guard case .variable = base.shape, base == variable ?? base, let power = exponent.asNumber?.small,
        (1...64).contains(power)
      else { return nil }
      variable = base
      coefficients[power] = coefficient
    }
    guard let variable, let degree = coefficients.keys.max() else { return nil }
    self.variable = variable
    self.coefficients = (0...degree).map { coefficients[$0] ?? .zero }
  }

  /// The quotient by another polynomial where nothing remains.
  func dividedExactly(by divisor: Polynomial) -> Expr? {
    guard variable == divisor.variable, degree >= divisor.degree, divisor.degree > 0,
      let leading = divisor.coefficients.last
    else { return nil }
    var rest = coefficients
    var quotient = [Number](repeating: .zero, count: degree - divisor.degree + 1)
    for place in quotient.indices.reversed() {
      guard let factor = rest[place + divisor.degree].divided(by: leading) else { return nil }
      quotient[place] = factor
      for (offset, coefficient) in divisor.coefficients.enumerated() {
        rest[place + offset] = rest[place + offset] - factor * coefficient
      }
    }
    guard rest.allSatisfy(\.isZero) else { return nil }
    return .sum(quotient.enumerated().map { .number($1) * .power(variable, .integer($0)) })
  }
}

extension Expr {
  /// A fraction in which a polynomial above is a multiple of one below, divided out, and the divisor.
  ///
  ///     (x² − 1)·(x − 1)⁻¹   becomes   x + 1,   where   x − 1 ≠ 0
  var withCommonPolynomialsCancelled: (expression: Expr, divisor: Expr)? {
    guard case .product(let factors) = shape, factors.count <= 20 else { return nil }
    for (above, numerator) in factors.enumerated() where numerator.isSum {
      for (below, denominator) in factors.enumerated() {
        let (base, exponent) = denominator.baseAndExponent
        guard base.isSum, let power = exponent.asNumber, power.isNegative, power.isInteger,
          let dividend = Polynomial(numerator), let divisor = Polynomial(base),
          let quotient = dividend.dividedExactly(by: divisor)
        else { continue }
        var rest = factors
        rest[above] = quotient
        rest[below] = .power(base, .number(power + .one))
        let result = Expr.product(rest)
        return (result.withCommonPolynomialsCancelled?.expression ?? result, base)
      }
    }
    return nil
  }
}
