extension Integer {
  /// Quotient rounded toward 0 and remainder with the sign of this number; nil for a divisor of 0.
  ///
  ///     Integer(-7).quotientAndRemainder(dividingBy: 2)   // (-3, -1)
  public func quotientAndRemainder(dividingBy divisor: Integer) -> (quotient: Integer, remainder: Integer)? {
    if divisor.isZero { return nil }
    if let x = small, let y = divisor.small {
      let (quotient, overflow) = x.dividedReportingOverflow(by: y)
      if overflow { return (-self, 0) }
      return (Integer(quotient), Integer(x &- quotient &* y))
    }
    let (quotient, remainder) = Limbs.divide(limbs, by: divisor.limbs)
    return (
      Integer(isNegative: isNegative != divisor.isNegative, limbs: quotient),
      Integer(isNegative: isNegative, limbs: remainder)
    )
  }

  /// The quotient rounded down; nil for a divisor of 0.
  ///
  ///     Integer(-7).floorDivided(by: 2)   // -4
  public func floorDivided(by divisor: Integer) -> Integer? {
    guard let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor) else { return nil }
    return remainder.isZero || remainder.isNegative == divisor.isNegative ? quotient : quotient - 1
  }

  /// The quotient by a divisor that is known to divide this number and is not 0.
  func exactlyDivided(by divisor: Integer) -> Integer {
    divisor.isOne ? self : quotientAndRemainder(dividingBy: divisor)?.quotient ?? self
  }

  /// The greatest common divisor, never negative; that of 0 and 0 is 0.
  ///
  ///     Integer.gcd(12, -18)   // 6
  public static func gcd(_ a: Integer, _ b: Integer) -> Integer {
    if let x = a.small, let y = b.small {
      return Integer(isNegative: false, word: gcd(x.magnitude, y.magnitude))
    }
    return Integer(isNegative: false, limbs: Limbs.gcd(a.limbs, b.limbs))
  }

  /// The same for two whole numbers of a word, not both the least of all.
  static func gcd(of a: Int, _ b: Int) -> Int { Int(gcd(a.magnitude, b.magnitude)) }

  /// The greatest common divisor of two words by halving and subtracting (Stein 1967).
  static func gcd(_ a: UInt, _ b: UInt) -> UInt {
    if a == 0 || b == 0 { return a | b }
    if a == 1 || b == 1 { return 1 }
    let shift = (a | b).trailingZeroBitCount
    var x = a &>> UInt(a.trailingZeroBitCount)
    var y = b &>> UInt(b.trailingZeroBitCount)
    while x != y {
      if x < y { swap(&x, &y) }
      x &-= y
      x = x &>> UInt(x.trailingZeroBitCount)
    }
    return x &<< UInt(shift)
  }
}
