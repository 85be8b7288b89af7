// Sums whose terms are nearly opposite.
extension Expr {
  /// c·e^u − c, c − c·sigmoid(u) and their like, and ψ(a) − ψ(a + b), with other terms.
  static func stableDifference(_ terms: [Expr], for use: StableUse) -> Expr? {
    if use != .bounds, let (places, stable) = differenceOfPolygammas(terms) {
      return .sum(terms.indices.filter { !places.contains($0) }.map { terms[$0] } + [stable])
    }
    guard let place = terms.firstIndex(where: { if case .number = $0.shape { true } else { false } }),
      case .number(let constant) = terms[place].shape, constant.isExact, !constant.isZero
    else { return nil }
    for (other, term) in terms.enumerated() where other != place {
      let (coefficient, rest) = term.coefficientAndRest
      guard coefficient.isExact, let ratio = coefficient.divided(by: constant),
        let stable = rest.besideOne(times: ratio) ?? (use == .values ? rest.growth(times: ratio) : nil)
      else { continue }
      return .sum(
        terms.enumerated().filter { $0.offset != place && $0.offset != other }.map(\.element)
          + [.number(constant) * stable])
    }
    return nil
  }

  /// 1 + r·f in a form that keeps the digits of a small sum; nil for other functions f.
  private func besideOne(times ratio: Number) -> Expr? {
    if ratio.isMinusOne, let u = exponentOfPower { return -Expr.call(.expm1, [u]) }
    guard case .call(let function, let arguments) = shape else { return nil }
    let u = arguments[0]
    switch function {
    case .sigmoid where ratio.isMinusOne: return .call(.sigmoid, [-u])
    case .sigmoid where ratio == -2: return -Expr.call(.tanh, [u / 2])
    case .tanh where ratio.isOne: return 2 * Expr.call(.sigmoid, [2 * u])
    case .tanh where ratio.isMinusOne: return 2 * Expr.call(.sigmoid, [-2 * u])
    case .erf where ratio.isOne: return .call(.erfc, [-u])
    case .erf where ratio.isMinusOne: return .call(.erfc, [u])
    case .erfc where ratio.isMinusOne: return .call(.erf, [u])
    default: return nil
    }
  }

  /// 1 − (1 + u)^v, where the ratio is −1.
  private func growth(times ratio: Number) -> Expr? {
    guard ratio.isMinusOne, case .power(let base, let exponent) = shape, exponent.varies,
      case .sum(let terms) = base.shape, terms.contains(.one)
    else { return nil }
    let small = Expr.sum(terms.filter { $0 != .one })
    let isNear = Expr.call(.lessOrEqual, [.call(.abs, [small]), .number(.half)])
    let near = -Expr.call(.expm1, [exponent * .call(.log1p, [small])])
    return .call(.if, [isNear, near, 1 - Expr.power(.call(.asTyped, [base]), exponent)])
  }

  /// u of e^u, and u·ln a of a^u for a positive number a.
  private var exponentOfPower: Expr? {
    guard case .power(let base, let exponent) = shape, exponent.varies else { return nil }
    if base.isE { return exponent }
    return base.isPositiveLiteral ? exponent * .call(.ln, [base]) : nil
  }

  /// c·ψ⁽ⁿ⁾(a) − c·ψ⁽ⁿ⁾(a + b), where b is shorter than a + b: the places of the two and what stands for them.
  private static func differenceOfPolygammas(_ terms: [Expr]) -> (places: [Int], stable: Expr)? {
    let rows = terms.enumerated().compactMap {
      place, term -> (place: Int, factor: Number, order: Expr, of: Expr)? in
      let (factor, rest) = term.coefficientAndRest
      guard case .call(let function, let arguments) = rest.shape else { return nil }
      if function == .digamma { return (place, factor, .zero, arguments[0]) }
      return function == .polygamma ? (place, factor, arguments[0], arguments[1]) : nil
    }
    guard rows.count >= 2, rows.count <= 6 else { return nil }
    for low in rows {
      for high in rows where high.factor == -low.factor && high.order == low.order {
        let step = high.of - low.of
        guard step.size < high.of.size, !step.isNegativeTerm else { continue }
        let difference = Expr.call(.polygammaDifference, [low.order, low.of, step])
        return ([low.place, high.place], .number(low.factor) * difference)
      }
    }
    return nil
  }

  private var isNegativeTerm: Bool { coefficientAndRest.0.isNegative }

  /// √a − b as (a − b²)/(√a + b) where b is not negative and a − b² is shorter than both; √a − √b likewise.
  static func differenceOfRoots(_ terms: [Expr]) -> Expr? {
    guard terms.count == 2 else { return nil }
    for (first, second) in [(terms[0], terms[1]), (terms[1], terms[0])] {
      let (factor, root) = first.coefficientAndRest
      guard let square = root.squareOfRoot, factor.isExact, second.asNumber == nil else { continue }
      let b = second.divided(by: -factor)
      let squares = b.squareOfRoot ?? b.squared
      let rest = square - squares
      guard rest.countOfTerms < square.countOfTerms + squares.countOfTerms - 1 else { continue }
      let isUpright = Expr.call(.greater, [b, .zero])
      let sum = Expr.call(.asTyped, [root]) + b
      return .call(
        .if, [isUpright, .number(factor) * rest / sum, .number(factor) * .call(.asTyped, [root]) + second])
    }
    return nil
  }

  private func divided(by number: Number) -> Expr { self / .number(number) }

  /// a of √a, and a² + b² of hypot(a, b).
  private var squareOfRoot: Expr? {
    if case .power(let base, let exponent) = shape, exponent.asNumber == .half { return base }
    if case .call(.hypot, let arguments) = shape { return arguments[0].squared + arguments[1].squared }
    return nil
  }

  /// Whether a power above the square of a sum is among the terms.
  var hasCubes: Bool {
    guard case .sum(let terms) = shape, terms.count <= 8 else { return false }
    return terms.contains { term in
      if case .product(let factors) = term.shape { return factors.contains(where: \.isCube) }
      return term.isCube
    }
  }

  /// Whether it is a power above the square of a sum.
  private var isCube: Bool {
    guard case .power(let base, let exponent) = shape, base.isSum else { return false }
    return exponent.asNumber?.small ?? 0 > 2
  }

  private var countOfTerms: Int { if case .sum(let terms) = shape { terms.count } else { 1 } }
}
