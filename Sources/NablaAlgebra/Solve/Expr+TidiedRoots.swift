import NablaBasics

extension Expr {
  /// The expression in its textbook form, with whole powers out of the roots of numbers, and like roots added up.
  ///
  ///     (32/45)^(5/3)                          32/45·(32/45)^(2/3)
  ///     16/3·r^(2/3) − 112/15·r^(2/3)          −32/15·r^(2/3)
  package var tidiedRoots: Expr {
    let split = rebuilt { part in
      guard case .power(let base, let exponent) = part.shape, let value = base.asNumber?.rational,
        !value.isZero, let power = exponent.asNumber?.rational, !power.isInteger
      else { return nil }
      if value.isNegative {
        guard power.denominator.isOdd else { return nil }
        let size = Expr.power(.number(Number(-value)), exponent).tidiedRoots
        return power.numerator.isOdd ? -size : size
      }
      if value.isInteger { return nil }
      let whole = power.floor
      guard let count = whole.small, let outside = value.power(count) else { return nil }
      let fraction = power - Rational(whole)
      let root: Expr =
        fraction.denominator == 2 ? .surd(value, 2) : .power(base, .number(Number(fraction)))
      return .number(Number(outside)) * root
    }
    let wide = split.expanded(highestPower: 8, maximumTerms: 100) ?? split
    var budget = Budget(500_000)
    guard let simple = try? TextbookForm().form(of: wide, budget: &budget).expression else { return wide }
    return simple == self || simple == split ? simple : simple.size < size ? simple.tidiedRoots : simple
  }
}
