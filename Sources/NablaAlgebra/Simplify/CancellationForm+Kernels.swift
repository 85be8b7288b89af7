/// The parts in which an expression may be a series: what everything in it depends on.
extension Expr {
  /// The name of the part that everything depends on, in place of which it stands.
  static let kernel = Variable("_kernel")
  fileprivate static let t = Expr.variable(kernel)

  /// The parts that may be what all of it depends on.
  var kernels: [Expr] {
    var result: [Expr] = []
    for part in distinctSubexpressions() {
      if case .fold = part.shape { return [] }
      guard let kernel = part.kernelInside, kernel.varies, !kernel.isVariable, !result.contains(kernel) else {
        continue
      }
      result.append(kernel)
      if result.count == 4 { break }
    }
    return result + linesInDivisors
  }

  /// x − r for the rational zeros r of quadratic divisors, other than 0: x − 1 for x² − x.
  private var linesInDivisors: [Expr] {
    var lines: [Expr] = []
    for part in distinctSubexpressions() {
      guard case .power(let base, let exponent) = part.shape, exponent.asNumber?.isNegative == true,
        base.isPolynomial, let variable = base.freeVariables.first
      else { continue }
      for zero in base.zerosOfQuadratic(in: .variable(variable)) where !zero.isZero {
        let line = .variable(variable) - Expr.number(Number(zero))
        if !lines.contains(line) { lines.append(line) }
      }
    }
    return lines
  }

  /// The rational zeros of a quadratic polynomial in x; none for what is not one.
  private func zerosOfQuadratic(in x: Expr) -> [Rational] {
    guard case .sum(let terms) = shape, terms.count <= 3 else { return [] }
    let powers = [.one, x, x.squared]
    var coefficients: [Rational] = [0, 0, 0]
    for term in terms {
      let (coefficient, rest) = term.coefficientAndRest
      guard let power = powers.firstIndex(of: rest), let known = coefficient.rational else { return [] }
      coefficients[power] = known
    }
    let (c, b, a) = (coefficients[0], coefficients[1], coefficients[2])
    guard let root = (b * b - 4 * a * c).exactRoot(2), let middle = (-b).divided(by: 2 * a),
      let distance = root.divided(by: 2 * a)
    else { return [] }
    return [middle - distance, middle + distance]
  }

  private var isVariable: Bool { if case .variable = shape { true } else { false } }

  /// The expression with t in place of a part; nil where something else varies in it.
  func form(in kernel: Expr, _ variables: [Variable]) -> Expr? {
    if case .sum(let terms) = kernel.shape, variables.count == 1,
      let (slope, constant) = Expr.line(terms, variables[0])
    {
      // x − c, at the zero of a divisor for instance.
      return substituting([variables[0]: (Expr.t - constant) / slope])
    }
    let form = rebuilt { $0 == kernel ? Expr.t : $0.withSum(of: kernel, as: Expr.t) }
    return form.freeVariables == [Expr.kernel] ? form : nil
  }

  /// What may be small inside of a part: an argument, an exponent of e, a divisor, or the rest of a sum beside its number.
  private var kernelInside: Expr? {
    switch shape {
    case .call(_, let arguments): return arguments.count == 1 ? arguments[0] : nil
    case .power(.constant(.e), let exponent): return exponent
    case .power(let base, let exponent):
      guard case .sum(let terms) = base.shape else { return nil }
      if exponent.asNumber?.isNegative == true, terms.count == 2, base.freeVariables.count == 1 {
        return base
      }
      let rest = terms.filter { $0.asNumber == nil }
      return rest.count < terms.count ? .sum(rest) : nil
    case .number, .constant, .variable, .element, .sum, .product, .fold: return nil
    }
  }

  /// A sum that is another one and a number, with a name for the other one.
  private func withSum(of rest: Expr, as name: Expr) -> Expr? {
    guard case .sum(let terms) = shape, let number = terms.first(where: { $0.asNumber != nil }) else {
      return nil
    }
    return .sum(terms.filter { $0.asNumber == nil }) == rest ? name + number : nil
  }

  /// The slope and the number of a line in a variable.
  private static func line(_ terms: [Expr], _ variable: Variable) -> (slope: Expr, constant: Expr)? {
    guard terms.count == 2, let place = terms.firstIndex(where: { $0.asNumber != nil }) else { return nil }
    let (coefficient, rest) = terms[1 - place].coefficientAndRest
    guard rest == .variable(variable), coefficient.isExact else { return nil }
    return (.number(coefficient), terms[place])
  }
}
