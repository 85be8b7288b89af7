/// What `Shaping` asks of an expression, to see which way is worth trying.
extension Expr {
  /// The cost, and 6 more where u and |u| stand side by side: c²|c| is no gain on c².
  var costBesideSizes: Int {
    let bases = factors.map(\.baseAndExponent.base)
    let isDoubled = bases.contains { base in base.argument(of: .abs).map(bases.contains) ?? false }
    return cost + (isDoubled ? 6 : 0)
  }

  /// Whether a term of a sum has a bracket as a factor.
  var holdsBrackets: Bool {
    children.contains { term in term.factors.contains { $0.baseAndExponent.base.isSum } }
  }

  /// Whether a term of a sum has a power of something that varies, to an exponent that is no number.
  var holdsVariedPower: Bool {
    children.contains { term in
      term.factors.contains { factor in
        guard case .power(let base, let exponent) = factor.shape else { return false }
        return base.varies && exponent.asNumber == nil
      }
    }
  }

  /// Whether a sum holds a power of a sum or a fraction of numbers, which multiplying out may take away.
  var hasInnerPower: Bool {
    guard case .sum(let terms) = shape else { return false }
    return terms.contains { term in
      let (number, factors) = term.coefficientAndFactors
      return !number.isInteger
        || factors.contains { $0.baseAndExponent.base.isSum && $0.baseAndExponent.exponent != .one }
    }
  }

  /// The rules that are tried once more at the end: double angles where nothing else stands by, sec for 1/cos where
  /// `known` has sec or csc already.
  func finishingRules(beside known: Expr) -> [Rule.Group] {
    guard known.hasCalls else { return [Rule.ofQuotients] }
    let hasReciprocals = known.distinctSubexpressions().contains { part in
      if case .call(let function, _) = part.shape {
        Rule.circularReciprocals.contains(function)
      } else {
        false
      }
    }
    return (isAloneWithSineAndCosine ? Rule.finishing : [Rule.ofQuotients]) + [Rule.ofHalfAngles]
      + (hasReciprocals ? [Rule.ofReciprocals] : [])
  }

  /// Whether sin u and cos u stand alone: as the only functions of a product, or as the squares of a sum of two.
  var isAloneWithSineAndCosine: Bool {
    switch shape {
    case .product(let factors):
      return factors.allSatisfy { factor in
        let (base, exponent) = factor.baseAndExponent
        if case .call = base.shape { return exponent == .one }
        return base.asNumber != nil || base.isMonomial
      }
    case .sum(let terms): return terms.count == 2
    default: return false
    }
  }

  /// The sum with the powers of symbolic exponent that all terms have in front: xˣ(ln x + 1).
  var withSymbolicPowersOut: Expr? {
    guard case .sum(let terms) = shape else { return nil }
    let split = terms.map(\.numberAndKernelPowers)
    var common = split[0].powers.filter { $0.key.symbol != .one }
    for term in split.dropFirst() {
      common = common.filter { power in
        term.powers.contains { $0.key == power.key && $0.exponent == power.exponent }
      }
    }
    guard !common.isEmpty else { return nil }
    let inside = split.map { term in
      let rest = term.powers.filter { power in !common.contains { $0.key == power.key } }
      return Expr.product([.number(term.number)] + rest.map { $0.key.power($0.exponent) })
    }
    return .product(common.map { $0.key.power($0.exponent) } + [.sum(inside)])
  }

  /// A product with what all terms of a bracket share in front of that bracket, where the product has it as a factor
  /// besides; nil where no bracket shares any.
  ///
  ///     a·b/(a² + a·b·x)   becomes   a·b·a⁻¹/(a + b·x)
  var withSharedFactorsOut: Expr? {
    guard case .product(var factors) = shape, factors.count <= 40 else { return nil }
    let bases = factors.map(\.baseAndExponent.base)
    var outside: [Expr] = []
    for (place, factor) in factors.enumerated() {
      let (base, exponent) = factor.baseAndExponent
      guard case .sum(let terms) = base.shape, terms.count <= 24,
        let power = exponent.asNumber, power.isInteger
      else { continue }
      let split = terms.map(\.numberAndKernelPowers)
      let shared = split[0].powers.compactMap { first -> KernelPower? in
        guard first.key.symbol == .one, !first.exponent.isNegative, bases.contains(first.key.base) else {
          return nil
        }
        let exponents = split.map { term in term.powers.first { $0.key == first.key }?.exponent ?? .zero }
        guard let least = exponents.min(), !least.isZero, !least.isNegative else { return nil }
        return KernelPower(key: first.key, exponent: least)
      }
      guard !shared.isEmpty else { continue }
      let inside = split.map { term in
        Expr.product(
          [.number(term.number)]
            + term.powers.map { own in
              let taken = shared.first { $0.key == own.key }?.exponent ?? .zero
              return own.key.power(own.exponent - taken)
            })
      }
      factors[place] = .power(.sum(inside), exponent)
      outside += shared.map { $0.key.power($0.exponent * power) }
    }
    return outside.isEmpty ? nil : .product(factors + outside)
  }

  /// A product to a power with 2 below: factors that are squares, or positive, leave the root.
  ///
  ///     (x²·(x + 1))^(1/2)   becomes   |x|·(x + 1)^(1/2)
  func rooted(_ exponent: Expr) -> Expr {
    guard let power = exponent.asNumber, !isSum else { return .power(self, exponent) }
    var outside: [Expr] = []
    var inside: [Expr] = []
    for factor in factors {
      let (base, own) = factor.baseAndExponent
      if let count = own.asNumber?.rational, count.isInteger, !count.numerator.isOdd {
        let size: Expr = base.isNonnegative ? base : .call(.abs, [base])
        outside.append(.power(size, .number(Number(count) * power)))
      } else if factor.isPositive, factor.asNumber == nil {
        outside.append(.power(factor, exponent))
      } else {
        inside.append(factor)
      }
    }
    return .product(outside + [.power(.product(inside), exponent)])
  }

  /// Whether the two are functions of one argument whose squares differ by 1, or would be by a sum of one of them.
  func hasSquareIdentity(with other: Expr) -> Bool {
    guard case .call(let function, let arguments) = other.shape else { return false }
    guard case .sum(let terms) = shape else { return false }
    return SquareIdentity.all.contains { identity in
      guard function == identity.first || function == identity.second else { return false }
      let partner = function == identity.first ? identity.second : identity.first
      return terms.contains { $0.factors.contains { $0.argument(of: partner) == arguments[0] } }
    }
  }

  /// Two brackets on one side of the line multiplied out, where two terms are left: 1/((x − 1)(x + 1)) is 1/(x² − 1).
  var withConjugatesMultiplied: Expr? {
    guard case .product(let factors) = shape, factors.count <= 40 else { return nil }
    let brackets = factors.indices.filter { place in
      let (base, exponent) = factors[place].baseAndExponent
      return base.isSum && (exponent == .one || exponent == .minusOne)
    }
    guard brackets.count > 1 else { return nil }
    // Where one holds a letter that the other lacks, no term meets another.
    let letters = brackets.map { factors[$0].freeVariables }
    for (offset, first) in brackets.enumerated() {
      let exponent = factors[first].baseAndExponent.exponent
      for (other, second) in brackets.enumerated().dropFirst(offset + 1) {
        guard letters[offset] == letters[other], factors[second].baseAndExponent.exponent == exponent
        else { continue }
        let product = factors[first].baseAndExponent.base * factors[second].baseAndExponent.base
        guard let fraction = OneFraction(of: product), fraction.conditions.isEmpty else { continue }
        let wide = fraction.multipliedOut
        guard wide.shape.children.count <= 2, wide.size < product.size else { continue }
        var rest = factors
        rest[first] = .power(wide, exponent)
        rest.remove(at: second)
        return .product(rest)
      }
    }
    return nil
  }
}
