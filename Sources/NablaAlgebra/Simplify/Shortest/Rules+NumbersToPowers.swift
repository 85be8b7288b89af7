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

  /// Roots of numbers inside roots and under the line.
  static let nestedRoots: List = [
    Rule("root of a number and a root", of: .power) { whole in
      // √(3 + 2√2) = 1 + √2: p + q = 3 and 4pq = (2√2)².
      guard case .power(let base, let exponent) = whole.shape, exponent == .number(.half),
        let (number, root) = base.numberAndRoot, let (sign, square) = root.signAndSquare, !number.isNegative,
        case let discriminant = number * number - square, !discriminant.isNegative,
        let spread = discriminant.exactSquareRoot, let half = Rational(1, over: 2)
      else { return nil }
      let (p, q) = ((number + spread) * half, (number - spread) * half)
      guard !p.isNegative, !q.isNegative else { return nil }
      let (first, second) = (Expr.number(Number(p)).squareRoot, Expr.number(Number(q)).squareRoot)
      return Result(sign < 0 ? first - second : first + second)
    },
    Rule("no root under the line", of: [.power, .product]) { whole in
      // 1/(√2 − 1) = √2 + 1
      for (place, factor) in whole.factors.enumerated() {
        guard case .power(let base, .minusOne) = factor.shape, let (number, root) = base.numberAndRoot,
          let (_, square) = root.signAndSquare,
          let norm = Rational(1).divided(by: number * number - square)
        else { continue }
        var rest = whole.factors
        rest[place] = .number(Number(number * norm)) - .number(Number(norm)) * root
        let result = Expr.product(rest)
        if result.cost <= whole.cost { return Result(result) }
      }
      return nil
    },
    Rule("brackets of numbers and roots", of: [.power, .product]) { whole in
      // (1 + √5)²/4 = (3 + √5)/2
      guard whole.freeVariables.isEmpty, whole.foldLevel == 0, whole.factors.contains(where: \.baseIsSum),
        let wide = whole.expanded(highestPower: 4, maximumTerms: 8), wide.cost < whole.cost
      else { return nil }
      return Result(wide)
    },
  ]

  /// Sums of powers of an index, which are numbers.
  static let sumsOfPowers: List = [
    Rule("sum of powers of the index", of: .fold) { whole in
      // Σₖ₌₁¹⁰ kx = 55x
      guard case .fold(let fold) = whole.shape, fold.kind == .sum, fold.lower <= fold.upper,
        case let (span, isTooLong) = fold.upper.subtractingReportingOverflow(fold.lower), !isTooLong,
        span < 10_000
      else { return nil }
      let (index, body) = fold.opened()
      guard let wide = body.expanded(highestPower: 6, maximumTerms: 40) else { return nil }
      let terms = if case .sum(let terms) = wide.shape { terms } else { [wide] }
      var sums: [Int: Expr] = [:]
      var result: [Expr] = []
      for term in terms {
        var rest: [Expr] = []
        var power = 0
        for factor in term.factors {
          let (base, exponent) = factor.baseAndExponent
          if base == .variable(index), let whole = exponent.asNumber?.small, (1...12).contains(whole) {
            power += whole
          } else if factor.contains(index: index) {
            return nil
          } else {
            rest.append(factor)
          }
        }
        let sum = sums[power] ?? sumOfPowers(power, from: fold.lower, through: fold.upper)
        sums[power] = sum
        result.append(.product(rest + [sum]))
      }
      return Result(.sum(result))
    }
  ]

  private static func sumOfPowers(_ power: Int, from lower: Int, through upper: Int) -> Expr {
    var sum = Integer(0)
    for value in lower...upper {
      var term = Integer(1)
      for _ in 0..<power { term = term * Integer(value) }
      sum = sum + term
    }
    return .number(Number(sum))
  }
}

extension Number {
  /// The number where it is exact, no decimal and above zero.
  fileprivate var positiveExact: Number? { isExact && !isDecimal && !isNegative && !isZero ? self : nil }
}

extension Rational {
  /// The rational number whose square it is.
  fileprivate var exactSquareRoot: Rational? {
    guard !isNegative, let above = numerator.exactRoot(2), let below = denominator.exactRoot(2) else {
      return nil
    }
    return Rational(above, over: below)
  }
}

extension Expr {
  fileprivate var baseIsSum: Bool { baseAndExponent.base.isSum }

  /// The two terms of a sum of a rational number and a multiple of the square root of one; nil for all else.
  fileprivate var numberAndRoot: (number: Rational, root: Expr)? {
    guard case .sum(let terms) = shape, terms.count == 2 else { return nil }
    for (number, root) in [(terms[0], terms[1]), (terms[1], terms[0])] {
      guard let value = number.exactNumber, root.exactNumber == nil, root.signAndSquare != nil else {
        continue
      }
      return (value, root)
    }
    return nil
  }
}
