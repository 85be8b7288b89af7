extension Rule {
  /// Powers of one base, and powers of powers.
  static let powers: [Rule] = [
    Rule("power of zero") { whole in
      guard case .power(_, let exponent) = whole.shape, exponent.asNumber?.isZero == true else { return nil }
      return Result(.one)
    },
    Rule("like bases") { whole in
      guard case .product(let factors) = whole.shape else { return nil }
      for (i, left) in factors.enumerated() where left.asNumber == nil {
        let (base, a) = left.baseAndExponent
        for j in factors.indices.dropFirst(i + 1) {
          let (other, b) = factors[j].baseAndExponent
          guard other == base else { break }  // factors stand in the order of their bases
          guard a.asNumber != nil || b.asNumber != nil || base.isPositive else { continue }
          var rest = factors
          rest.remove(at: j)
          rest[i] = .power(base, a + b)
          return Result(.product(rest), where: condition(adding: a, b, base: base))
        }
      }
      return nil
    },
    Rule("power of a power") { whole in
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
    Rule("numbers across a root") { whole in
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

  /// What uᵃ·uᵇ asks of u that uᵃ⁺ᵇ does not.
  private static func condition(adding a: Expr, _ b: Expr, base: Expr) -> Condition {
    guard let x = a.asNumber?.rational, let y = b.asNumber?.rational else {
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
