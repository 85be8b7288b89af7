extension Rational {
  /// The fraction a `Double` stands for exactly; nil for ±∞ and NaN.
  ///
  ///     Rational(exactly: 0.375)   // 3/8
  public init?(exactly value: Double) {
    if let integer = Integer(exactly: value) {
      self.init(integer)
      return
    }
    guard value.isFinite else { return nil }
    // value = significand · 2^exponent with an odd significand below 2^53, the exponent negative here.
    let exponent = Int(value.ulp.exponent)
    let steps = value.magnitude / value.ulp
    guard let significand = Integer(exactly: value < 0 ? -steps : steps) else { return nil }
    let zeros = significand.trailingZeroBitCount
    self.init(
      lowest: significand.shiftedRight(by: zeros), Integer(1).shiftedLeft(by: 0 - exponent - zeros))
  }

  /// The nearest `Double`, ties to even, subnormal numbers too; ±∞ beyond the largest.
  public var double: Double {
    if case .words(let n, let d) = storage {
      if d == 1 { return Double(n) }
      // Both convert exactly, so that the one division rounds correctly.
      if n.magnitude >> 53 == 0, d >> 53 == 0 { return Double(n) / Double(d) }
    }
    return isNegative
      ? 0 - Rational.nearest(-numerator, denominator) : Rational.nearest(numerator, denominator)
  }

  /// The double nearest to n / d, both positive.
  private static func nearest(_ n: Integer, _ d: Integer) -> Double {
    let size = n.bitLength - d.bitLength
    if size > 1_025 { return .infinity }
    if size < -1_080 { return 0 }
    // A quotient of 63 or 64 bits: n · 2^shift / d, its remainder only asked whether it is 0.
    let shift = 63 - size
    let division = n.shiftedLeft(by: shift).quotientAndRemainder(dividingBy: d.shiftedLeft(by: 0 - shift))
    guard let (quotient, remainder) = division else { return .nan }
    let word = Integer.word64(quotient.limbs)
    let bits = 64 - word.leadingZeroBitCount
    // How many bits of it the result keeps: 53, fewer where it is subnormal.
    let kept = min(53, bits - shift + 1_074)
    if kept < 0 { return 0 }
    let dropped = bits - kept
    var significand = word >> UInt64(dropped)
    let rest = dropped >= 64 ? word : word & (1 << UInt64(dropped) - 1)
    let half: UInt64 = 1 << UInt64(dropped - 1)
    let isPastHalf = rest > half || (rest == half && !remainder.isZero)
    if isPastHalf || (rest == half && significand & 1 == 1) { significand += 1 }
    return Double(sign: .plus, exponent: dropped - shift, significand: Double(significand))
  }
}
