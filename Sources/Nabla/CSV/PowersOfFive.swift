/// The first 128 bits of 5^q for −27 ≤ q ≤ 55, what `DecimalReader` multiplies with (Lemire 2021, section 5).
///
/// Positive powers of this range fit into 128 bits and are exact; negative ones are rounded up.
struct PowersOfFive: Sendable {
  /// One power, its highest bit set: high · 2⁶⁴ + low.
  struct Power: Sendable {
    var high: UInt64
    var low: UInt64
  }

  static let exponents = -27...55
  /// The table, made when first asked for.
  static let table: [Power] = exponents.map { $0 < 0 ? reciprocal(-$0) : power($0) }

  private static func power(_ q: Int) -> Power {
    var (high, low): (UInt64, UInt64) = (0, 1)
    for _ in 0..<q {
      let (carry, product) = low.multipliedFullWidth(by: 5)
      (high, low) = (high * 5 + carry, product)
    }
    let shift = high == 0 ? 64 + low.leadingZeroBitCount : high.leadingZeroBitCount
    if shift >= 64 { return Power(high: low << UInt64(shift - 64), low: 0) }
    return Power(
      high: shift == 0 ? high : high << UInt64(shift) | low >> UInt64(64 - shift), low: low << UInt64(shift))
  }

  /// ⌊2ᵇ / 5^q⌋ + 1 for the b that makes it 128 bits long.
  private static func reciprocal(_ q: Int) -> Power {
    var divisor: UInt64 = 1
    for _ in 0..<q { divisor *= 5 }
    // 2^(bits of 5^q − 1) is below 5^q: the first remainder of the long division.
    var rest = UInt64(1) << UInt64(63 - divisor.leadingZeroBitCount)
    if rest == divisor { rest = 0 }
    var words: [UInt64] = []
    for _ in 0..<2 {
      let (quotient, remainder) = divisor.dividingFullWidth((rest, 0))
      words.append(quotient)
      rest = remainder
    }
    let (low, carries) = words[1].addingReportingOverflow(1)
    return Power(high: words[0] + (carries ? 1 : 0), low: low)
  }
}
