extension Expr {
  /// The sum with the factors common to all its terms in front; nil where there are none worth it.
  ///
  ///     eˣ + x·eˣ                       eˣ·(1 + x)
  ///     1/(x² + 1) − 2x²/(x² + 1)²      (1 − x²)·(x² + 1)⁻²
  ///
  /// Taken out are the common number, the lowest power of each base in all terms, and a denominator that all terms
  /// have. A polynomial written out in monomials stays.
  package var withCommonFactorsOut: Expr? {
    guard case .sum(let terms) = shape, terms.count <= 60, !terms.allSatisfy(\.isMonomial) else { return nil }
    let split = terms.map { Split($0) }
    var outside: [(base: Expr, exponent: Expr)] = []
    for base in split[0].bases {
      guard let power = Self.common(base, in: split) else { continue }
      outside.append((base, power))
    }
    let number = Self.commonNumber(split.map(\.number))
    guard !outside.isEmpty else { return nil }
    var inside: [Expr] = []
    for term in split {
      guard let rest = term.divided(by: outside, number: number) else { return nil }
      inside.append(rest)
    }
    return .product([.number(number)] + outside.map { .power($0.base, $0.exponent) } + [.sum(inside)])
  }

  /// The product of the lowest powers of all denominators in the terms of a sum; nil where there are none.
  var commonDenominator: Expr? {
    guard case .sum(let terms) = shape, terms.count <= 20 else { return nil }
    var highest = ExprMap<Number>()
    for term in terms {
      for factor in term.coefficientAndFactors.1 {
        let (base, exponent) = factor.baseAndExponent
        guard let power = exponent.asNumber, power.isNegative else { continue }
        highest[base] = max(highest[base] ?? .zero, -power)
      }
    }
    if highest.count == 0 { return nil }
    return .product(highest.keys.map { .power($0, .number(highest[$0] ?? .zero)) })
  }

  /// A number times powers of variables with positive whole exponents.
  var isMonomial: Bool {
    coefficientAndFactors.1.allSatisfy { factor in
      let (base, exponent) = factor.baseAndExponent
      guard let power = exponent.asNumber, power.isInteger, !power.isNegative else { return false }
      switch base.shape {
      case .variable, .element, .constant: return true
      case .number, .sum, .product, .power, .call, .fold: return false
      }
    }
  }

  /// A term as a number and powers of distinct bases.
  private struct Split {
    let number: Number
    let factors: [(base: Expr, exponent: Expr)]

    init(_ term: Expr) {
      let (number, factors) = term.coefficientAndFactors
      self.number = number
      var merged: [(base: Expr, exponent: Expr)] = []
      for factor in factors {
        let (base, exponent) = Split.baseAndExponent(of: factor)
        // yˣ·yˣ stays two factors in a canonical product; here a base counts once.
        if let place = merged.firstIndex(where: { $0.base == base }) {
          merged[place].exponent = merged[place].exponent + exponent
        } else {
          merged.append((base, exponent))
        }
      }
      self.factors = merged
    }

    private static func baseAndExponent(of factor: Expr) -> (base: Expr, exponent: Expr) {
      if case .power(let base, let exponent) = factor.shape, base == .constant(.e) {
        // e^u counts as a whole: it comes out only where all terms have the same one.
        return exponent.asNumber == nil ? (base: factor, exponent: .one) : (base, exponent)
      }
      return factor.baseAndExponent
    }

    var bases: [Expr] { factors.map(\.base) }

    func exponent(of base: Expr) -> Expr? { factors.first { $0.base == base }?.exponent }

    /// What stays of the term when the common factors have left.
    func divided(by outside: [(base: Expr, exponent: Expr)], number common: Number) -> Expr? {
      guard let number = number.divided(by: common) else { return nil }
      var result: [Expr] = [.number(number)]
      for (base, exponent) in factors {
        guard let taken = outside.first(where: { $0.base == base }) else {
          result.append(.power(base, exponent))
          continue
        }
        result.append(.power(base, exponent - taken.exponent))
      }
      return .product(result)
    }
  }

  /// The lowest exponent of a base where all terms have it, on one side of the fraction bar.
  private static func common(_ base: Expr, in terms: [Split]) -> Expr? {
    var lowest: Expr?
    var isBelow: Bool?
    for term in terms {
      guard let exponent = term.exponent(of: base) else { return nil }
      guard let known = lowest else {
        lowest = exponent
        isBelow = exponent.asNumber?.isNegative
        continue
      }
      guard let isLower = isNegative(exponent - known), exponent.asNumber?.isNegative == isBelow else {
        return nil
      }
      if isLower { lowest = exponent }
    }
    return lowest
  }

  /// The sign of the difference of two exponents: that of its number where it is one term, x or −2x; nil for sums.
  private static func isNegative(_ difference: Expr) -> Bool? {
    if let number = difference.asNumber { return number.isNegative }
    if case .sum = difference.shape { return nil }
    return difference.coefficientAndFactors.0.isNegative
  }

  /// The greatest number that leaves whole coefficients, with the sign of all where they agree; 1 for decimals.
  static func commonNumber(_ numbers: [Number]) -> Number {
    var numerator: Integer = 0
    var denominator: Integer = 1
    for number in numbers {
      guard number.isExact, !number.isDecimal, let value = number.rational else { return .one }
      numerator = Integer.gcd(numerator, value.numerator)
      let shared = Integer.gcd(denominator, value.denominator)
      let rest = value.denominator.quotientAndRemainder(dividingBy: shared)?.quotient ?? 1
      denominator = denominator * rest
    }
    guard !numerator.isZero, let size = Rational(numerator, over: denominator) else { return .one }
    let isNegative = numbers.allSatisfy(\.isNegative)
    return Number(isNegative ? -size : size)
  }
}
