// Logarithms of what is near 1 or beyond the range of numbers.
extension Expr {
  /// ln of a sum with 1 or of powers of e, of sigmoid and cosh; log₁₀ and log₂ of a sum with 1.
  static func stableLogarithm(_ function: Function, of argument: Expr, for use: StableUse) -> Expr? {
    switch function {
    case .ln: argument.stableLogarithm(for: use)
    case .log10: argument.logarithmBesideOne.map { $0 / .call(.ln, [10]) }
    case .log2: argument.logarithmBesideOne.map { $0 / .call(.ln, [2]) }
    default: nil
    }
  }

  private func stableLogarithm(for use: StableUse) -> Expr? {
    if let u = argument(of: .sigmoid) { return -Expr.call(.softplus, [-u]) }
    guard case .sum(let terms) = shape else { return nil }
    let exponents = terms.compactMap { $0 == .one ? .zero : $0.exponentOfE }
    if exponents.count == terms.count, terms.count <= 6 {
      return exponents.dropFirst().reduce(exponents[0]) { Expr.logarithmOfSum($0, $1) }
    }
    if use != .bounds, terms.count == 2, let logarithm = Expr.logarithmOfDifference(terms) {
      return logarithm
    }
    return Expr.inverseHyperbolic(terms) ?? logarithmBesideOne
  }

  /// ln(1 + u) of the sum 1 + u.
  private var logarithmBesideOne: Expr? {
    guard case .sum(let terms) = shape, terms.contains(.one) else { return nil }
    return .call(.log1p, [.sum(terms.filter { $0 != .one })])
  }

  /// ln(e^a + e^b)
  private static func logarithmOfSum(_ a: Expr, _ b: Expr) -> Expr {
    let softplus = { (u: Expr) in Expr.call(.softplus, [u]) }
    if a == .zero { return softplus(b) }
    if b == .zero { return softplus(a) }
    return .call(.if, [.call(.greaterOrEqual, [a, b]), a + softplus(b - a), b + softplus(a - b)])
  }

  /// ln(1 − e^u) and ln(e^u − 1): by e^u − 1 near 0, by ln(1 − e^(−|u|)) far from it (Mächler 2012).
  private static func logarithmOfDifference(_ terms: [Expr]) -> Expr? {
    guard let u = terms.lazy.compactMap({ $0.exponentOfE ?? $0.negated.exponentOfE }).first else {
      return nil
    }
    let power = Expr.power(.constant(.e), u)
    let isFalling = terms.contains(.one) && terms.contains(power.negated)
    guard isFalling || (terms.contains(.minusOne) && terms.contains(power)) else { return nil }
    let isNear = Expr.call(.lessOrEqual, [.call(.abs, [u]), .number(.half)])
    let change = Expr.call(.expm1, [u])
    let near = Expr.call(.ln, [isFalling ? -change : change])
    let far =
      isFalling
      ? Expr.call(.log1p, [-power]) : u + .call(.log1p, [-Expr.power(.constant(.e), -u)])
    return .call(.if, [isNear, near, far])
  }

  /// ln(u + √(u² + 1)) is asinh u, ln(u + √(u² − 1)) is acosh u.
  private static func inverseHyperbolic(_ terms: [Expr]) -> Expr? {
    guard terms.count == 2 else { return nil }
    for (root, u) in [(terms[0], terms[1]), (terms[1], terms[0])] {
      guard case .power(let radicand, let exponent) = root.shape, exponent.asNumber == .half else { continue }
      if radicand == u.squared + 1 { return .call(.asinh, [u]) }
      if radicand == u.squared - 1 { return .call(.acosh, [u]) }
    }
    return nil
  }
}
