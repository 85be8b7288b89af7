extension Rule {
  /// Powers of numbers with exponents that are letters, and of what a logarithm is taken of.
  static let numbersToPowers: List = [
    Rule("powers of numbers", of: .product) { whole in
      // 4ˣ/2ˣ = 2ˣ, 2ˣ·3ˣ = 6ˣ: of one base, or with one exponent.
      guard case .product(let factors) = whole.shape, factors.count <= 40 else { return nil }
      let own = whole.cost
      for (place, first) in factors.enumerated() {
        for (other, second) in factors.enumerated().dropFirst(place + 1) {
          guard let joined = joined(first.baseAndExponent, second.baseAndExponent) else { continue }
          var rest = factors
          rest[place] = joined
          rest.remove(at: other)
          let product = Expr.product(rest)
          if product.cost < own { return Result(product) }
        }
      }
      return nil
    },
    Rule("logarithm in an exponent", of: .power) { whole in
      // e^(x + 2 ln u) = u²·eˣ
      guard case .power(let base, let typed) = whole.shape, base.isE, let exponent = typed.expanded(),
        case .sum(let terms) = exponent.shape
      else { return nil }
      for (place, term) in terms.enumerated() {
        let (number, factors) = term.coefficientAndFactors
        guard factors.count == 1, let argument = factors[factors.startIndex].argument(of: .ln) else {
          continue
        }
        var rest = terms
        rest.remove(at: place)
        return Result(
          .power(argument, .number(number)) * exp(.sum(rest)),
          where: .init(subject: argument, kind: .positive))
      }
      return nil
    },
    Rule("power to a quotient of logarithms", of: .power) { whole in
      // a^(ln u/ln a) = u, a^(1/ln a) = e
      guard case .power(let base, let exponent) = whole.shape, base.varies || base.asNumber != nil,
        case let factors = exponent.factors,
        let below = factors.firstIndex(of: Expr.call(.ln, [base]).reciprocal)
      else { return nil }
      var rest = factors
      rest.remove(at: below)
      let conditions = [Condition(subject: base, kind: .positive), .init(subject: base - 1, kind: .nonzero)]
      guard let above = rest.firstIndex(where: { $0.argument(of: .ln) != nil }),
        let argument = rest[above].argument(of: .ln)
      else { return Result(exp(.product(rest)), where: conditions) }
      rest.remove(at: above)
      return Result(
        .power(argument, .product(rest)), where: conditions + [.init(subject: argument, kind: .positive)])
    },
  ]

  private static func joined(
    _ first: (base: Expr, exponent: Expr), _ second: (base: Expr, exponent: Expr)
  ) -> Expr? {
    guard let a = first.base.asNumber?.positiveExact, let b = second.base.asNumber?.positiveExact,
      first.exponent.asNumber == nil || second.exponent.asNumber == nil
    else { return nil }
    if first.exponent == second.exponent {
      let product = a * b
      return product < 10_000 ? .power(.number(product), first.exponent) : nil
    }
    if first.exponent == second.exponent.negated, let quotient = a.divided(by: b),
      let inverse = b.divided(by: a)
    {
      return quotient < inverse
        ? .power(.number(inverse), second.exponent) : .power(.number(quotient), first.exponent)
    }
    guard let p = NumberPower(a), let q = NumberPower(b), p.base == q.base else { return nil }
    return .power(
      .number(Number(p.base)), .integer(p.exponent) * first.exponent + .integer(q.exponent) * second.exponent)
  }
}

extension Number {
  /// The number where it is exact, no decimal and above zero.
  fileprivate var positiveExact: Number? { isExact && !isDecimal && !isNegative && !isZero ? self : nil }
}
