extension Rule {
  /// Powers of one base, and powers of powers.
  static let powers: List = [
    Rule("power of zero", of: .power) { whole in
      guard case .power(_, let exponent) = whole.shape, exponent.asNumber?.isZero == true else { return nil }
      return Result(.one)
    },
    Rule("cancel the common factor", of: .product) { joiningLikeBases($0, across: true) },
    Rule("powers of one base", of: .product) { joiningLikeBases($0, across: false) },
    Rule("symbolic power of a power", of: .power) { whole in
      // (yˣ)² = y²ˣ for y > 0, where both have a value at all.
      guard case .power(let outer, let second) = whole.shape, case .power(let base, let first) = outer.shape,
        first.asNumber == nil
      else { return nil }
      let condition = Condition(subject: base, kind: .positive)
      guard let number = second.asNumber, number.isNegative else {
        return Result(.power(base, (first * second).shorterWide), where: condition)
      }
      // Below the line it stays there: 1/(yˣ)² = 1/y²ˣ.
      if number.isMinusOne { return nil }
      return Result(.power(.power(base, first * .number(-number)), .minusOne), where: condition)
    },
    Rule("cancel the symbolic power", of: .product) { whole in
      // xⁿ⁺¹/xⁿ = x, x²ⁿ/xᵐ⁺ⁿ = xⁿ⁻ᵐ
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      for (i, below) in factors.enumerated() {
        guard case .power(let power, .minusOne) = below.shape, case .power(let base, let b) = power.shape,
          b.asNumber == nil, base.asNumber == nil
        else { continue }
        for (j, above) in factors.enumerated() where j != i {
          let (other, a) = above.baseAndExponent
          guard other == base, a.asNumber == nil else { continue }
          let joined = Expr.power(base, (a - b).shorterWide)
          guard joined.cost < above.cost + below.cost else { continue }
          var rest = factors
          rest[i] = joined
          rest.remove(at: j)
          return Result(.product(rest), where: .init(subject: base, kind: .positive))
        }
      }
      return nil
    },
    Rule("power of a power", of: .power) { whole in
      guard case .power(let outer, let second) = whole.shape, let b = second.asNumber?.rational,
        case .power(let base, let first) = outer.shape, let a = first.asNumber?.rational
      else { return nil }
      let combined = Expr.number(Number(a * b))
      if !a.denominator.isOdd {
        return Result(.power(base, combined), where: .init(subject: base, kind: .nonnegative))
      }
      let keepsSign = a.numerator.isOdd || !(a * b).numerator.isOdd && (a * b).denominator.isOdd
      let inner = keepsSign ? base : .call(.abs, [base])
      if a.isNegative && !(a * b).isNegative {
        return Result(.power(inner, combined), where: .init(subject: base, kind: .nonzero))
      }
      return Result(.power(inner, combined))
    },
    Rule("numbers across a root", of: .product) { whole in
      // 6/√3 = 2√3: a whole multiple of the radicand meets its inverse root.
      guard case .product(let factors) = whole.shape, let number = factors[0].asNumber, number.isInteger
      else {
        return nil
      }
      for (place, factor) in factors.enumerated().dropFirst() {
        guard case .power(let base, let exponent) = factor.shape, let root = exponent.asNumber,
          root.isNegative,
          let radicand = base.asNumber, radicand.isInteger, !radicand.isOne, !radicand.isZero,
          let quotient = number.divided(by: radicand), quotient.isInteger
        else { continue }
        var rest = factors
        rest[0] = .number(quotient)
        rest[place] = .power(base, exponent + 1)
        return Result(.product(rest))
      }
      return nil
    },
  ]

  /// uᵃ·uᵇ·… as uᵃ⁺ᵇ⁺…, all factors in one pass: of the bases that have powers on both sides of the fraction line, or
  /// of those that have several on one side.
  static func joiningLikeBases(_ whole: Expr, across isAcross: Bool) -> Result? {
    guard case .product(let factors) = whole.shape else { return nil }
    var joined: [Expr] = []
    var conditions: [Condition] = []
    var start = 0
    while start < factors.count {
      // Factors stand in the order of their bases.
      let base = factors[start].baseAndExponent.base
      let end = factors[start...].firstIndex { $0.baseAndExponent.base != base } ?? factors.count
      defer { start = end }
      let exponents = factors[start..<end].map(\.baseAndExponent.exponent)
      guard exponents.count > 1, factors[start].asNumber == nil,
        exponents.dropFirst().contains(where: { $0.isNegated != exponents[0].isNegated }) == isAcross
      else {
        joined += factors[start..<end]
        continue
      }
      joined.append(.power(base, Expr.sum(exponents).shorterWide))
      conditions.append(condition(adding: exponents, base: base))
    }
    return joined.count < factors.count ? Result(.product(joined), where: conditions) : nil
  }

  /// What uᵃ·uᵇ·… asks of u that uᵃ⁺ᵇ⁺… does not.
  private static func condition(adding exponents: [Expr], base: Expr) -> Condition {
    let numbers = exponents.compactMap { $0.asNumber?.rational }
    guard numbers.count == exponents.count else {
      let isSymbolic = exponents.count { $0.asNumber == nil } > 1
      return Condition(
        subject: base, kind: isSymbolic ? .positive : base.isNonnegative ? .nonnegative : .nonzero)
    }
    let sum = numbers.reduce(0, +)
    let losesRoot = numbers.contains { !$0.denominator.isOdd } && sum.denominator.isOdd
    let losesPole = numbers.contains(where: \.isNegative) && !sum.isNegative
    if losesRoot { return Condition(subject: base, kind: losesPole ? .positive : .nonnegative) }
    if losesPole { return Condition(subject: base, kind: .nonzero) }
    return Condition(subject: .one, kind: .positive)
  }
}

extension Expr {
  /// The expression with its brackets multiplied out, where that costs less: 2(n + 1) − 2 is 2n.
  fileprivate var shorterWide: Expr {
    guard children.contains(where: { $0.holdsBrackets || $0.factors.contains(where: \.isSum) }),
      let wide = expanded(maximumTerms: 20), wide.cost < cost
    else { return self }
    return wide
  }

  /// Whether it is a negative number, or begins with one.
  fileprivate var isNegated: Bool { coefficientAndFactors.0.isNegative }
}
