extension Rule {
  /// Numbers come out of brackets, and signs go where they read best.
  static let numbers: [Rule] = [
    Rule("zero times") { whole in
      guard case .product(let factors) = whole.shape, factors[0].asNumber?.isZero == true else { return nil }
      let conditions = factors.dropFirst().compactMap { factor -> Condition? in
        guard case .power(let base, let exponent) = factor.shape, exponent.asNumber?.isNegative == true else {
          return nil
        }
        return Condition(subject: base, kind: .nonzero)
      }
      guard let first = conditions.first else { return Result(.zero) }
      return conditions.count == 1 ? Result(.zero, where: first) : nil
    },
    Rule("sign into the bracket") { whole in
      // −2(1 − x) = 2(x − 1): a number before one bracket, which reads better turned round.
      guard case .product(let factors) = whole.shape, factors.count == 2, let number = factors[0].asNumber,
        number.isNegative, case .sum(let terms) = factors[1].shape
      else { return nil }
      let negative = terms.filter { $0.coefficientAndFactors.0.isNegative }.count
      guard negative > 0, 2 * negative >= terms.count else { return nil }
      return Result(.product([.number(-number), factors[1].negated]))
    },
    Rule("common number out of the bracket") { whole in
      // 3(2x + 4) = 6(x + 2)
      guard case .product(let factors) = whole.shape else { return nil }
      for (place, factor) in factors.enumerated() {
        guard let (content, rest) = factor.contentAndRest else { continue }
        var others = factors
        others[place] = rest
        return Result(.product([.number(content)] + others))
      }
      return nil
    },
    Rule("number out of a sum over an index") { whole in
      guard case .fold(let fold) = whole.shape, fold.kind == .sum else { return nil }
      let (number, rest) = fold.body.coefficientAndRest
      return number.isOne || number.isZero ? nil : Result(.product([.number(number), fold.mapped(rest)]))
    },
  ]
}

extension Expr {
  /// The greatest whole number that divides all terms of a sum, and the sum without it; nil where that is 1.
  fileprivate var contentAndRest: (content: Number, rest: Expr)? {
    guard case .sum(let terms) = shape else { return nil }
    var content: Integer = 0
    for term in terms {
      let coefficient = term.coefficientAndFactors.0
      guard coefficient.isExact, !coefficient.isDecimal, coefficient.isInteger,
        let whole = coefficient.rational?.numerator
      else { return nil }
      content = Integer.gcd(content, whole)
      if content.isOne { return nil }
    }
    let divisor = Number(content)
    let rest = terms.map { term in
      let (coefficient, rest) = term.coefficientAndRest
      return Expr.product([.number(coefficient.divided(by: divisor) ?? .one), rest])
    }
    return (divisor, .sum(rest))
  }
}
