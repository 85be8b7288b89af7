extension Integer {
  /// The integer a `Double` stands for; nil where it is not one.
  ///
  ///     Integer(exactly: 1e20)   // 100000000000000000000
  public init?(exactly value: Double) {
    if let word = Int(exactly: value) {
      self.init(word)
      return
    }
    guard value.isFinite, value == value.rounded(.towardZero) else { return nil }
    // Here |value| ≥ 2^31 at the least, and as an integer it is significand · 2^shift.
    let shift = Int(value.exponent) - Double.significandBitCount
    let significand = value.significandBitPattern | 1 << UInt64(Double.significandBitCount)
    let limbs = Integer.limbs(of: significand)
    self.init(
      isNegative: value < 0,
      limbs: shift >= 0 ? Limbs.shiftLeft(limbs, by: shift) : Limbs.shiftRight(limbs, by: -shift))
  }

  /// The nearest `Double`, ties to even; ±∞ beyond the largest.
  public var double: Double {
    if let value = small { return Double(value) }
    let limbs = self.limbs
    let size = Limbs.bitLength(limbs)
    if size > 1024 { return isNegative ? -.infinity : .infinity }
    let shift = max(0, size - 64)
    var top = Integer.word64(Limbs.shiftRight(limbs, by: shift))
    if Limbs.trailingZeroBitCount(limbs) < shift { top |= 1 }
    return Double(sign: isNegative ? .minus : .plus, exponent: shift, significand: Double(top))
  }

  /// A 64-bit word as limbs.
  static func limbs(of value: UInt64) -> [UInt] {
    var limbs: [UInt] = []
    var rest = value
    while rest != 0 {
      limbs.append(UInt(truncatingIfNeeded: rest))
      rest >>= UInt64(UInt.bitWidth)
    }
    return limbs
  }

  /// The lowest 64 bits of limbs.
  static func word64(_ limbs: [UInt]) -> UInt64 {
    var result: UInt64 = 0
    for limb in limbs.prefix(max(1, 64 / UInt.bitWidth)).reversed() {
      result = result << UInt64(UInt.bitWidth) | UInt64(limb)
    }
    return result
  }
}
