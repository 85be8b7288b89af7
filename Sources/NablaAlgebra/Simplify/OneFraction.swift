import NablaBasics

/// A sum over one denominator, as a number times powers: common factors out, the numerator multiplied out, what
/// divides above and below cancelled.
///
///     1/(x² + 1) − 2x²/(x² + 1)²      (1 − x²)·(x² + 1)⁻²
///     √(1 − x²) − x²/√(1 − x²)        (1 − 2x²)·(1 − x²)^(−1/2)
///
/// Nil for more than 24 terms or 16 kernels, and where the numerator would get long.
struct OneFraction {
  /// What must hold because something cancelled.
  private(set) var conditions: [Rule.Condition] = []
  /// The identities of squares that were used.
  private(set) var identities: [SquareIdentity] = []

  /// Whether something above and below had a factor in common.
  private(set) var hasCancelled = false
  /// The terms of the numerator, multiplied out.
  var count: Int { numerator.count }
  /// Whether anything stands outside of the numerator.
  var isFactored: Bool { outside.contains { !$0.exponent.isZero } || !others.isEmpty }

  /// What was done, in a teacher's words.
  var names: [String] {
    var names: [String] = []
    let hasDenominator = outside.contains { $0.exponent.isNegative } || !others.isEmpty
    if isSum {
      names.append(
        hasDenominator || hasCancelled ? "one denominator" : isFactored ? "common factor out" : "multiply out"
      )
    }
    names += identities.map(\.name)
    if hasCancelled { names.append("cancel the common factor") }
    return names
  }

  /// The fraction with its numerator multiplied out, before anything cancelled.
  var uncancelled: Expr {
    .product(whole.outside.map { $0.key.power($0.exponent) } + [kernels.expression(of: whole.numerator)])
  }

  /// The numerator, and what stands outside of it, before anything cancelled.
  private var whole: (outside: [Power], numerator: KernelPolynomial)

  private var isSum: Bool
  private var kernels: Kernels
  private var numerator: KernelPolynomial
  /// What stands outside of the numerator, in the order in which it was met.
  private var outside: [Power] = []
  typealias Power = (key: KernelKey, exponent: Number)
  /// Factors that came about by cancelling.
  private var others: [Expr] = []

  /// The terms of a sum, or a product as the only term; powers of sums up to `highestPower` are multiplied out.
  init?(of expression: Expr, highestPower: Int = 12) {
    let terms: [Expr]
    if case .sum(let parts) = expression.shape { terms = parts } else { terms = [expression] }
    isSum = terms.count > 1
    guard terms.count <= 24, expression.size <= 600 else { return nil }
    let split = terms.map(\.numberAndKernelPowers)
    guard split.allSatisfy({ $0.number.isExact && $0.powers.count <= 24 }) else { return nil }
    guard let gathered = Self.gathered(split.map(\.powers)) else { return nil }
    guard Self.expandedCount(gathered.rest) <= KernelPolynomial.mostTerms else { return nil }
    outside = gathered.lowest.filter { !$0.exponent.isZero }
    guard
      var kernels = Kernels(
        of: gathered.rest + [outside.map { KernelPower(key: $0.key, exponent: $0.exponent.magnitude) }],
        highestPower: highestPower)
    else { return nil }
    var sum = KernelPolynomial.zero
    for (term, rest) in zip(split, gathered.rest) {
      guard let part = kernels.polynomial(term.number, rest) else { return nil }
      sum = sum + part
      if sum.count > KernelPolynomial.mostTerms { return nil }
    }
    guard let reduced = kernels.reduced(sum) else { return nil }
    (numerator, identities) = kernels.shortened(reduced)
    self.kernels = kernels
    if numerator.isZero {
      whole = ([], numerator)
      for (key, exponent) in outside where exponent.isNegative { condition(on: key.base) }
      return
    }
    whole = (outside, numerator)
    cancelSums()
    cancelSquares()
  }

  /// The lowest exponent of each key, 0 where a term is without it, and what each term has above it.
  private static func gathered(
    _ terms: [[KernelPower]]
  ) -> (lowest: [Power], rest: [[KernelPower]])? {
    var exponents: [[KernelKey: Number]] = []
    var keys: [KernelKey] = []
    var seen: Set<KernelKey> = []
    for powers in terms {
      var own: [KernelKey: Number] = [:]
      for power in powers {
        own[power.key] = (own[power.key] ?? .zero) + power.exponent
        if seen.insert(power.key).inserted { keys.append(power.key) }
      }
      exponents.append(own)
    }
    guard keys.count <= 2 * KernelPolynomial.mostKernels else { return nil }
    var lowest: [Power] = []
    var rest = [[KernelPower]](repeating: [], count: terms.count)
    for key in keys {
      let all = exponents.map { $0[key] ?? .zero }
      guard let least = all.min(), terms.count > 1 || least.isNegative else {
        // Of a single term, only denominators stay outside.
        for (place, exponent) in all.enumerated() {
          rest[place].append(KernelPower(key: key, exponent: exponent))
        }
        continue
      }
      lowest.append((key, least))
      for (place, exponent) in all.enumerated() where !(exponent - least).isZero {
        rest[place].append(KernelPower(key: key, exponent: exponent - least))
      }
    }
    return (lowest, rest)
  }

  /// How many terms there may be when everything is multiplied out.
  private static func expandedCount(_ terms: [[KernelPower]]) -> Int {
    var total = 0
    for powers in terms {
      var count = 1
      for power in powers {
        guard case .sum(let parts) = power.key.base.shape, power.key.symbol == .one,
          let times = power.exponent.rational?.floor.small, times > 0
        else { continue }
        for step in 0..<min(times, 24) { count = count * (parts.count + step) / (step + 1) }
        if count > KernelPolynomial.mostTerms { return count }
      }
      total += count
    }
    return total
  }

  private mutating func condition(on base: Expr) {
    let condition = Rule.Condition(subject: base, kind: .nonzero)
    if !base.isPositive, !conditions.contains(condition) { conditions.append(condition) }
  }

  /// Sums below that divide the numerator, or have a factor in common with it.
  private mutating func cancelSums() {
    for place in outside.indices {
      let key = outside[place].key
      guard outside[place].exponent.isNegative, key.symbol == .one, key.base.isSum,
        let divisor = kernels.polynomial(of: key.base), !divisor.isConstant
      else { continue }
      while outside[place].exponent.isNegative, let quotient = quotient(by: divisor) {
        numerator = quotient
        hasCancelled = true
        outside[place].exponent = outside[place].exponent + .one
        if !outside[place].exponent.isNegative { condition(on: key.base) }
      }
      guard outside[place].exponent.isInteger, outside[place].exponent.isNegative, numerator.count <= 60,
        divisor.count <= 60, let shared = KernelPolynomial.gcd(numerator, divisor), !shared.isConstant,
        let above = numerator.dividedExactly(by: shared), let below = divisor.dividedExactly(by: shared)
      else { continue }
      // (g·a)/(g·b)ⁿ = a·bⁿ⁻…·gⁿ⁻¹
      numerator = above
      hasCancelled = true
      let exponent = outside[place].exponent
      others.append(.power(kernels.expression(of: below), .number(exponent)))
      others.append(.power(kernels.expression(of: shared), .number(exponent + .one)))
      if exponent.isMinusOne { condition(on: kernels.expression(of: shared)) }
      outside[place].exponent = .zero
    }
  }

  /// The numerator over a divisor where nothing remains, also with cos² as 1 − sin² where the divisor speaks of sin.
  private mutating func quotient(by divisor: KernelPolynomial) -> KernelPolynomial? {
    if let quotient = numerator.dividedExactly(by: divisor) { return quotient }
    for identity in SquareIdentity.all {
      for argument in kernels.arguments(of: identity.first) {
        guard kernels.arguments(of: identity.second).contains(argument),
          let first = kernels.place(of: identity.first, at: argument),
          let second = kernels.place(of: identity.second, at: argument)
        else { continue }
        let isFirst = divisor.degrees[first] > 0
        guard isFirst != (divisor.degrees[second] > 0),
          let written = isFirst
            ? Kernels.withoutSquares(of: second, numerator, identity.turned, other: first)
            : Kernels.withoutSquares(of: first, numerator, identity.direct, other: second),
          let quotient = written.dividedExactly(by: divisor)
        else { continue }
        if !identities.contains(where: { $0.name == identity.name }) { identities.append(identity) }
        return quotient
      }
    }
    return nil
  }

  /// sin²u below a numerator that has a factor with 1 − cos²u in common, and the like.
  private mutating func cancelSquares() {
    for place in outside.indices {
      let key = outside[place].key
      guard key.symbol == .one, outside[place].exponent <= Number(-2) else { continue }
      for identity in SquareIdentity.all {
        let isFirst = key.base.argument(of: identity.first) != nil
        guard let argument = key.base.argument(of: identity.first) ?? key.base.argument(of: identity.second),
          let own = kernels.place(of: isFirst ? identity.first : identity.second, at: argument),
          let other = kernels.place(of: isFirst ? identity.second : identity.first, at: argument)
        else { continue }
        let value = isFirst ? identity.direct : identity.turned
        let square =
          KernelPolynomial(kernel: other, power: 2).scaled(by: Number(value.factor))
          + KernelPolynomial(Number(value.constant))
        let written = Kernels.withoutSquares(of: own, numerator, value, other: other) ?? numerator
        guard let shared = KernelPolynomial.gcd(written, square), !shared.isConstant,
          let above = written.dividedExactly(by: shared), let below = square.dividedExactly(by: shared)
        else { continue }
        numerator = above
        hasCancelled = true
        others.append(.power(kernels.expression(of: below), .minusOne))
        outside[place].exponent = outside[place].exponent + 2
        if !outside[place].exponent.isNegative { condition(on: key.base) }
        identities.append(identity)
        break
      }
    }
  }

  /// What stands outside of the numerator, as factors.
  private var outsideFactors: [Expr] { outside.map { $0.key.power($0.exponent) } + others }

  /// The numerator multiplied out over the denominator, to be simplified.
  var multipliedOut: Expr {
    numerator.isZero ? .zero : .product(outsideFactors + [kernels.expression(of: numerator)])
  }

  /// The candidates, to be simplified: the numerator multiplied out, and in factors where it has some.
  var candidates: [Expr] {
    guard numerator.count > 1 else { return [multipliedOut] }
    let (number, factors) = numerator.squareFreeFactors
    var product = outsideFactors + [.number(number)]
    for factor in factors {
      product.append(.power(kernels.expression(of: factor.polynomial), .integer(factor.power)))
    }
    return [multipliedOut, .product(product)]
  }
}
