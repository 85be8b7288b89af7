import NablaBasics

extension Number {
  /// This raised to a power where the result is a number and not too long; nil otherwise.
  ///
  /// Integer powers, and rational powers whose root is exact: 4^(1/2) = 2, (−8)^(1/3) = −2 (the real odd root).
  /// 0^0 = 1; a negative power of 0, an inexact root and a numerator or denominator of more than
  /// `maximumDigits` digits give nil; a first power is the number itself, however long. With an approximate number in it the result is approximate.
  ///
  ///     Number(8).power(Number(Rational(2, over: 3)!))   // 4
  ///     Number(2).power(Number(10_000_000_000))          // nil, at once
  public func power(_ exponent: Number, maximumDigits: Int = 1000) -> Number? {
    if isZero, exponent.isNegative { return nil }
    guard let base = rational, let power = exponent.rational else { return approximatePower(exponent) }
    guard let value = base.power(power, maximumDigits: maximumDigits) else { return nil }
    return isDecimal || exponent.isDecimal ? Number(decimalIfItTerminates: value) : Number(value)
  }

  private func approximatePower(_ exponent: Number) -> Number? {
    var value = Libm.pow(double, exponent.double)
    if isNegative, let power = exponent.rational, power.denominator.isOdd, !power.isInteger {
      let magnitude = Libm.pow(0 - double, power.double)
      value = power.numerator.isOdd ? 0 - magnitude : magnitude
    }
    return value.isNaN ? nil : Number(approximate: value)
  }
}

extension Rational {
  /// This raised to a rational power where that is rational and within so many digits, nil otherwise.
  fileprivate func power(_ exponent: Rational, maximumDigits: Int) -> Rational? {
    if exponent.isZero || isOne { return 1 }
    if exponent.isOne { return self }
    if isZero { return exponent.isNegative ? nil : 0 }
    if small == -1 {
      return exponent.denominator.isOdd ? (exponent.numerator.isOdd ? -1 : 1) : nil
    }
    guard let degree = exponent.denominator.small, let count = exponent.numerator.small else { return nil }
    guard count != Int.min, let root = degree == 1 ? self : exactRoot(degree) else { return nil }
    let longest = max(root.numerator.bitLength, root.denominator.bitLength)
    // A number of b bits is at least 2^(b − 1): its power has at least (b − 1) · count bits.
    let (bits, overflow) = (longest - 1).multipliedReportingOverflow(by: abs(count))
    guard !overflow, bits <= Integer.bits(ofDigits: maximumDigits) else { return nil }
    guard let result = root.power(count) else { return nil }
    return result.numerator.hasAtMost(digits: maximumDigits)
      && result.denominator.hasAtMost(digits: maximumDigits) ? result : nil
  }
}

extension Integer {
  /// At least as many bits as any number of so many decimal digits has.
  static func bits(ofDigits digits: Int) -> Int {
    let bits = Double(max(0, digits)) * 3.3219280948873624 + 1
    return Int(exactly: bits.rounded(.down)) ?? Int.max
  }

  /// Whether the magnitude is written with at most so many decimal digits.
  func hasAtMost(digits: Int) -> Bool {
    let upper = decimalDigitCount
    if upper <= digits { return true }
    // The count from the bit length is exact or one too many.
    if upper > digits + 1 { return false }
    return magnitude < Integer(10).power(digits)
  }
}
