extension Rule {
  /// Numbers come out of brackets, and signs go where they read best.
  static let numbers: List = [
    Rule("zero times", of: .product) { whole in
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
    Rule("sign into the bracket", of: .product) { whole in
      // −2(1 − x)/y = 2(x − 1)/y: a number before one bracket, which reads better turned round.
      guard case .product(var factors) = whole.shape, let number = factors[0].asNumber, number.isNegative
      else { return nil }
      let above = factors.indices.dropFirst().filter { !factors[$0].isBelowTheLine }
      guard above.count == 1, case .sum(let terms) = factors[above[0]].shape else { return nil }
      let negative = terms.filter { $0.coefficientAndFactors.0.isNegative }.count
      guard negative > 0, 2 * negative >= terms.count else { return nil }
      factors[0] = .number(-number)
      factors[above[0]] = factors[above[0]].negated
      return Result(.product(factors))
    },
    Rule("sign out of the bracket", of: .product) { whole in
      // (−x − 1)·y = −(x + 1)·y
      guard case .product(var factors) = whole.shape else { return nil }
      for place in factors.indices {
        let (base, exponent) = factors[place].baseAndExponent
        guard case .sum(let terms) = base.shape, let power = exponent.asNumber?.rational, power.isInteger,
          terms.allSatisfy({ $0.coefficientAndFactors.0.isNegative })
        else { continue }
        factors[place] = .power(base.negated, exponent)
        if power.numerator.isOdd { factors.append(.minusOne) }
        return Result(.product(factors))
      }
      return nil
    },
    Rule("opposite brackets", of: .product) { whole in
      // (a − b)·(b − a)ⁿ = −(b − a)ⁿ⁺¹
      guard case .product(var factors) = whole.shape, factors.count <= 40 else { return nil }
      let bases = factors.map(\.baseAndExponent.base)
      guard bases.contains(where: \.isSum), bases.count(where: \.holdsBracket) > 1 else { return nil }
      for place in factors.indices {
        let (base, exponent) = factors[place].baseAndExponent
        guard base.isSum, let power = exponent.asNumber?.rational, power.isInteger else { continue }
        let opposite = base.negated
        let isMet = bases.contains { other in
          other == opposite || other.argument(of: .abs) == opposite || other.argument(of: .sign) == opposite
        }
        guard isMet else { continue }
        factors[place] = .power(opposite, exponent)
        if power.numerator.isOdd { factors.append(.minusOne) }
        return Result(.product(factors))
      }
      return nil
    },
    Rule("common number out of the bracket", of: .product) { whole in
      // 3(2x + 4) = 6(x + 2)
      guard case .product(let factors) = whole.shape else { return nil }
      for (place, factor) in factors.enumerated() {
        let (base, exponent) = factor.baseAndExponent
        guard let power = exponent.asNumber, power.isInteger, let (content, rest) = base.contentAndRest,
          let outside = content.power(power)
        else { continue }
        var others = factors
        others[place] = .power(rest, exponent)
        return Result(.product([.number(outside)] + others))
      }
      return nil
    },
    Rule("common number out of the power of a bracket", of: .power) { whole in
      // (2x + 4)³ = 8(x + 2)³, √(4x² + 4) = 2√(x² + 1)
      guard case .power(let base, let exponent) = whole.shape, let power = exponent.asNumber, power.isExact,
        let (content, rest) = base.contentAndRest
      else { return nil }
      if power.isInteger {
        return content.power(power).map { Result(.product([.number($0), .power(rest, exponent)])) }
      }
      guard case .number(let outside) = Expr.power(.number(content), exponent).shape else { return nil }
      return Result(.product([.number(outside), .power(rest, exponent)]))
    },
    Rule("number out of a sum over an index", of: .fold) { whole in
      guard case .fold(let fold) = whole.shape, fold.kind == .sum else { return nil }
      let (number, rest) = fold.body.coefficientAndRest
      return number.isOne || number.isZero ? nil : Result(.product([.number(number), fold.mapped(rest)]))
    },
  ]
}

extension Expr {
  /// Whether it is a bracket, or the size or the sign of something.
  fileprivate var holdsBracket: Bool {
    switch shape {
    case .sum: true
    case .call(let function, _): function == .abs || function == .sign
    default: false
    }
  }

  /// Whether this is a power with a negative number as its exponent.
  fileprivate var isBelowTheLine: Bool { baseAndExponent.exponent.asNumber?.isNegative == true }

  /// The number that leaves the terms of a sum whole and without a common divisor, and what it leaves; nil where
  /// that is 1.
  var contentAndRest: (content: Number, rest: Expr)? {
    guard case .sum(let terms) = shape else { return nil }
    let divisor = Expr.commonNumber(terms.map { $0.coefficientAndFactors.0 }).magnitude
    if divisor.isOne { return nil }
    let rest = terms.map { term in
      let (coefficient, rest) = term.coefficientAndRest
      return Expr.product([.number(coefficient.divided(by: divisor) ?? .one), rest])
    }
    return (divisor, .sum(rest))
  }
}
