extension Rule {
  /// Powers of one base, and powers of powers.
  static let powers: List = [
    Rule("power of zero", of: .power) { whole in
      guard case .power(_, let exponent) = whole.shape, exponent.asNumber?.isZero == true else { return nil }
      return Result(.one)
    },
    Rule("cancel the common factor", of: .product) { joiningLikeBases($0) { $0.isNegated != $1.isNegated } },
    Rule("powers of one base", of: .product) { joiningLikeBases($0) { $0.isNegated == $1.isNegated } },
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

  /// uᵃ·uᵇ as uᵃ⁺ᵇ, for the exponents that are wanted.
  private static func joiningLikeBases(_ whole: Expr, where isWanted: (Expr, Expr) -> Bool) -> Result? {
    guard case .product(let factors) = whole.shape else { return nil }
    for (i, left) in factors.enumerated() where left.asNumber == nil {
      let (base, a) = left.baseAndExponent
      for j in factors.indices.dropFirst(i + 1) {
        let (other, b) = factors[j].baseAndExponent
        guard other == base else { break }  // factors stand in the order of their bases
        guard isWanted(a, b) else { continue }
        var rest = factors
        rest.remove(at: j)
        rest[i] = .power(base, (a + b).shorterWide)
        return Result(.product(rest), where: condition(adding: a, b, base: base))
      }
    }
    return nil
  }

  /// What uᵃ·uᵇ asks of u that uᵃ⁺ᵇ does not.
  private static func condition(adding a: Expr, _ b: Expr, base: Expr) -> Condition {
    guard let x = a.asNumber?.rational, let y = b.asNumber?.rational else {
      if a.asNumber == nil, b.asNumber == nil { return Condition(subject: base, kind: .positive) }
      return Condition(subject: base, kind: base.isNonnegative ? .nonnegative : .nonzero)
    }
    let isRoot = !x.denominator.isOdd || !y.denominator.isOdd
    let staysRoot = !(x + y).denominator.isOdd
    let hasPole = x.isNegative || y.isNegative
    let keepsPole = (x + y).isNegative
    if isRoot && !staysRoot {
      return Condition(subject: base, kind: hasPole && !keepsPole ? .positive : .nonnegative)
    }
    if hasPole && !keepsPole { return Condition(subject: base, kind: .nonzero) }
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
