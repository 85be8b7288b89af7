/// Forms that keep their digits where the formula as typed loses them or leaves the range of numbers.
///
///     ln(1 + u)          →  log1p(u)             accurate for small u
///     ln(1 + e^u)        →  softplus(u)          no overflow at u = 1000
///     ln(e^a + e^b)      →  a + softplus(b − a)  for a ≥ b, and the other way round
///     e^u − 1            →  expm1(u)
///     1/(1 + e^u)        →  sigmoid(−u)
///     1 − sigmoid(u)     →  sigmoid(−u)
///     √(a² + b²)         →  hypot(a, b)          no overflow at 10²⁰⁰; a/√(a² + b²) as one, with its slopes
///     (1 + u)^v          →  e^(v·log1p(u))       for |u| ≤ ½: 1 + u keeps few digits of a small u
///     a² − b²            →  (a − b)(a + b)       no cancellation of squares
///     √a − b             →  (a − b²)/(√a + b)    for b ≥ 0, where a − b² is shorter than both
///     1 − cos u          →  u²/2 − u⁴/24 + …     for |u| ≤ ½, and whatever else cancels at one place
///
/// Each form has the domain and the exact value of what it stands for. They serve evaluation alone: what is printed is
/// never changed (Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic, 1991).
extension Expr {
  /// What stable forms are for. Differences of squares as products join variables that a sum keeps apart, which costs
  /// Hessians their zeros; they and series cost intervals their width.
  package enum StableUse: Sendable {
    case bounds, secondDerivatives, values
  }

  /// The expression in stable forms throughout.
  package func stableForm(for use: StableUse) -> Expr {
    rebuilt { part in
      var result: Expr?
      while let next = (result ?? part).stableStep(for: use) { result = next }
      return result
    }
  }

  /// The expression with a stable form in place of itself, of a factor or of a term; nil where there is none.
  package func stableStep(for use: StableUse) -> Expr? {
    // Of a polynomial, only differences of squares and of powers of sums have another form.
    let mayBeSplit = use == .values && isSum && node.facts.isSquareLike
    if node.facts.isPolynomial, !mayBeSplit { return use == .bounds || !hasCubes ? nil : cancellationForm }
    switch shape {
    case .call where !node.facts.isLogarithm: return nil
    case .call(let function, let arguments):
      if let logarithm = Expr.stableLogarithm(function, of: arguments[0], for: use) { return logarithm }
      return use == .bounds ? nil : cancellationForm
    case .power(let base, let exponent):
      return Expr.stablePower(base, exponent) ?? (use == .values ? Expr.compound(base, exponent) : nil)
    case .product(let factors):
      if let quotient = Expr.stableQuotient(factors) { return quotient }
      if use != .bounds, let form = Expr.shareOfHypotenuse(factors) ?? cancellationForm { return form }
      return Expr.replacing(factors, for: use).map { .product($0) }
    case .sum(let terms):
      if let stable = Expr.stableDifference(terms, for: use) { return stable }
      if use != .bounds, let form = Expr.differenceOfRoots(terms) ?? cancellationForm { return form }
      if mayBeSplit, let (a, b) = splitSquares { return .product([a - b, a + b]) }
      return Expr.replacing(terms, for: use).map { .sum($0) }
    case .number, .constant, .variable, .element, .fold: return nil
    }
  }

  /// Factors or terms with stable forms among them; sums among factors are looked at when their own turn comes.
  private static func replacing(_ parts: [Expr], for use: StableUse) -> [Expr]? {
    var changed: [Expr]?
    for (place, part) in parts.enumerated() {
      switch part.shape {
      case .power, .product:
        guard let stable = part.stableStep(for: use) else { continue }
        changed = changed ?? parts
        changed?[place] = stable
      case .number, .constant, .variable, .element, .sum, .call, .fold: continue
      }
    }
    return changed
  }

  /// u of e^u.
  var exponentOfE: Expr? {
    if case .power(.constant(.e), let exponent) = shape { exponent } else { nil }
  }

  /// (1 + e^u)⁻ⁿ and √(a² + b²).
  private static func stablePower(_ base: Expr, _ exponent: Expr) -> Expr? {
    guard case .number(let power) = exponent.shape, power.isNegative || power == .half,
      case .sum(let terms) = base.shape, terms.count == 2
    else { return nil }
    if power.isInteger, power.isNegative, terms.contains(.one),
      let u = terms.lazy.compactMap(\.exponentOfE).first
    {
      return .power(.call(.sigmoid, [-u]), .number(-power))
    }
    guard power == .half, let a = terms[0].squareBase, let b = terms[1].squareBase else { return nil }
    return .call(.hypot, [a, b])
  }

  /// (1 + u)^v, a growth in v small steps; a numeral v is as exact as it stands.
  private static func compound(_ base: Expr, _ exponent: Expr) -> Expr? {
    guard case .sum(let terms) = base.shape, terms.contains(.one), exponent.varies else { return nil }
    let small = Expr.sum(terms.filter { $0 != .one })
    let isNear = Expr.call(.lessOrEqual, [.call(.abs, [small]), .number(.half)])
    return .call(
      .if,
      [
        isNear, .power(.constant(.e), exponent * .call(.log1p, [small])),
        // Another base than 1 + u, which would be taken apart again.
        .power(.call(.if, [isNear, .one, base]), exponent),
      ])
  }

  /// a of a².
  private var squareBase: Expr? {
    guard case .power(let base, 2) = shape else { return nil }
    return base
  }

  /// a/√(a² + b²), with other factors: of the slopes of the two, little is left where a is the longer leg.
  private static func shareOfHypotenuse(_ factors: [Expr]) -> Expr? {
    for (place, factor) in factors.enumerated() {
      guard case .power(let base, let exponent) = factor.shape else { continue }
      let legs: [Expr]
      if case .sum(let terms) = base.shape, terms.count == 2, exponent.asNumber == -.half {
        legs = terms.compactMap { $0 == .one ? .one : $0.squareBase }
      } else if case .call(.hypot, let arguments) = base.shape, exponent == .minusOne {
        legs = arguments
      } else {
        continue
      }
      guard legs.count == 2,
        let other = factors.firstIndex(where: { $0.asNumber == nil && legs.contains($0) }),
        let own = legs.firstIndex(of: factors[other])
      else { continue }
      let rest = factors.enumerated().filter { $0.offset != place && $0.offset != other }.map(\.element)
      return .product(rest + [.call(.shareOfHypotenuse, [legs[own], legs[1 - own]])])
    }
    return nil
  }

  /// e^u/(1 + e^u), with other factors.
  private static func stableQuotient(_ factors: [Expr]) -> Expr? {
    for (place, factor) in factors.enumerated() {
      guard case .power(let base, .minusOne) = factor.shape, case .sum(let terms) = base.shape,
        terms.count == 2, terms.contains(.one), let u = terms.lazy.compactMap(\.exponentOfE).first,
        let above = factors.firstIndex(where: { $0.exponentOfE == u })
      else { continue }
      let rest = factors.enumerated().filter { $0.offset != place && $0.offset != above }.map(\.element)
      return .product(rest + [.call(.sigmoid, [u])])
    }
    return nil
  }

  /// a and b of a difference a² − b² of two terms, which is split as (a − b)·(a + b); nil for all else.
  package var splitSquares: (a: Expr, b: Expr)? {
    guard isSum, node.facts.isSquareLike, case .sum(let terms) = shape, let first = terms[0].signedRoot,
      let second = terms[1].signedRoot, first.isNegative != second.isNegative
    else { return nil }
    return first.isNegative ? (second.root, first.root) : (first.root, second.root)
  }

  /// The exact root of a square and the square's sign.
  private var signedRoot: (isNegative: Bool, root: Expr)? {
    let (coefficient, rest) = coefficientAndRest
    guard coefficient.isExact, let size = coefficient.magnitude.power(.half), size.isExact else { return nil }
    if rest == .one { return (coefficient.isNegative, .number(size)) }
    let factors = if case .product(let factors) = rest.shape { factors } else { [rest] }
    var roots: [Expr] = [.number(size)]
    for factor in factors {
      guard case .power(let base, let exponent) = factor.shape, case .number(let power) = exponent.shape,
        power.isInteger, !power.isZero, let half = power.divided(by: 2), half.isInteger
      else { return nil }
      roots.append(.power(base, .number(half)))
    }
    return (coefficient.isNegative, .product(roots))
  }
}
