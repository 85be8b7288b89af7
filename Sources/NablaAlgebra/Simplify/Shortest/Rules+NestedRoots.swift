extension Rule {
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
