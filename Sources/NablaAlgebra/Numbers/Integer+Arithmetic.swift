extension Integer {
  /// The sum.
  @inline(__always)
  public static func + (a: Integer, b: Integer) -> Integer {
    if let x = a.small, let y = b.small {
      let (sum, overflow) = x.addingReportingOverflow(y)
      if !overflow { return Integer(sum) }
    }
    return sum(a, b, negatingSecond: false)
  }

  /// The difference.
  @inline(__always)
  public static func - (a: Integer, b: Integer) -> Integer {
    if let x = a.small, let y = b.small {
      let (difference, overflow) = x.subtractingReportingOverflow(y)
      if !overflow { return Integer(difference) }
    }
    return sum(a, b, negatingSecond: true)
  }

  /// The opposite; that of `Int.min` no longer fits in a word.
  public static prefix func - (a: Integer) -> Integer {
    switch a.storage {
    case .word(let value): Integer(isNegative: value > 0, word: value.magnitude)
    case .positive(let limbs): Integer(isNegative: true, limbs: limbs)
    case .negative(let limbs): Integer(isNegative: false, limbs: limbs)
    }
  }

  /// The product.
  @inline(__always)
  public static func * (a: Integer, b: Integer) -> Integer {
    if let x = a.small, let y = b.small {
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      if !overflow { return Integer(product) }
    }
    return product(a, b)
  }

  @inline(never)
  private static func sum(_ a: Integer, _ b: Integer, negatingSecond: Bool) -> Integer {
    let bIsNegative = b.isNegative != negatingSecond
    let (x, y) = (a.limbs, b.limbs)
    if a.isNegative == bIsNegative { return Integer(isNegative: bIsNegative, limbs: Limbs.add(x, y)) }
    if Limbs.compare(x, y) >= 0 { return Integer(isNegative: a.isNegative, limbs: Limbs.subtract(x, y)) }
    return Integer(isNegative: bIsNegative, limbs: Limbs.subtract(y, x))
  }

  @inline(never)
  private static func product(_ a: Integer, _ b: Integer) -> Integer {
    Integer(isNegative: a.isNegative != b.isNegative, limbs: Limbs.multiply(a.limbs, b.limbs))
  }

  /// This number raised to a power by repeated squaring; 1 for an exponent of 0 or below.
  ///
  /// The size of the result is the caller's to bound: it has about `bitLength · exponent` bits.
  ///
  ///     Integer(-2).power(3)   // -8
  public func power(_ exponent: Int) -> Integer {
    if exponent <= 0 || isOne { return 1 }
    if isZero || exponent == 1 { return self }
    if small == -1 { return exponent & 1 == 1 ? -1 : 1 }
    if let value = small, value.magnitude & (value.magnitude &- 1) == 0 {
      let (bits, overflow) = value.magnitude.trailingZeroBitCount.multipliedReportingOverflow(by: exponent)
      if !overflow {
        return Integer(isNegative: value < 0 && exponent & 1 == 1, limbs: Limbs.shiftLeft([1], by: bits))
      }
    }
    // From the second highest bit of the exponent down: square, and multiply where the bit is set.
    var result = self
    var bit = Int.bitWidth - exponent.leadingZeroBitCount - 2
    while bit >= 0 {
      result = result * result
      if exponent >> bit & 1 == 1 { result = result * self }
      bit -= 1
    }
    return result
  }

  /// This · 2^bits.
  func shiftedLeft(by bits: Int) -> Integer {
    bits <= 0 ? self : Integer(isNegative: isNegative, limbs: Limbs.shiftLeft(limbs, by: bits))
  }

  /// This with its magnitude divided by 2^bits, rounded toward 0.
  func shiftedRight(by bits: Int) -> Integer {
    bits <= 0 ? self : Integer(isNegative: isNegative, limbs: Limbs.shiftRight(limbs, by: bits))
  }
}
