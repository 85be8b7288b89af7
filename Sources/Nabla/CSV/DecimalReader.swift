/// Reads decimal numbers from bytes, rounded correctly, as fast as the digits can be looked at.
///
///     -12.5e3   ->   -12500
///
/// Up to 19 digits: exactly by one multiplication or division where both sides are whole numbers that a `Double`
/// holds (Clinger 1990), else by the first 128 bits of the power of five (Lemire 2021, “Number parsing at a gigabyte
/// per second”). Whatever is longer or further from 1 is left to the standard library.
struct DecimalReader {
  let powers: UnsafePointer<PowersOfFive.Power>
  /// The decimal point, or the comma that stands for it.
  let point: UInt8

  /// 10⁰ … 10²², all of them exact.
  private static let tens: [Double] = (0...22).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }

  /// The number that begins at `place`, which moves behind it; nil, and `place` anywhere, for all other bytes.
  ///
  /// The bytes must end with one that belongs to no number.
  @inline(__always)
  func read(at place: inout UnsafePointer<UInt8>) -> Double? {
    let isNegative = place.pointee == UInt8(ascii: "-")
    if isNegative || place.pointee == UInt8(ascii: "+") { place += 1 }
    let start = place
    var digits: UInt64 = 0
    while place.pointee &- 48 < 10 {
      digits = digits &* 10 &+ UInt64(place.pointee &- 48)
      place += 1
    }
    var count = place - start
    var exponent = 0
    if place.pointee == point {
      place += 1
      let fraction = place
      while place.pointee &- 48 < 10 {
        digits = digits &* 10 &+ UInt64(place.pointee &- 48)
        place += 1
      }
      exponent = fraction - place
      count -= exponent
    }
    guard count > 0 else { return nil }
    if count > 19, significant(from: start, count) > 19 { return nil }
    if place.pointee | 0x20 == UInt8(ascii: "e") {
      guard let power = readExponent(at: &place) else { return nil }
      exponent += power
    }
    guard let size = value(digits, exponent) else { return nil }
    return isNegative ? -size : size
  }

  /// The digits after the leading zeros.
  private func significant(from start: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var place = start
    var count = count
    while place.pointee == 48 || place.pointee == point {
      if place.pointee == 48 { count -= 1 }
      place += 1
    }
    return count
  }

  private func readExponent(at place: inout UnsafePointer<UInt8>) -> Int? {
    place += 1
    let isNegative = place.pointee == UInt8(ascii: "-")
    if isNegative || place.pointee == UInt8(ascii: "+") { place += 1 }
    let start = place
    var power = 0
    while place.pointee &- 48 < 10 {
      power = min(power * 10 + Int(place.pointee &- 48), 100_000)
      place += 1
    }
    return place == start ? nil : isNegative ? -power : power
  }

  /// digits · 10^exponent; nil where the standard library has to be asked.
  @inline(__always)
  func value(_ digits: UInt64, _ exponent: Int) -> Double? {
    if digits <= 1 << 53, exponent >= -22, exponent <= 22 {
      let number = Double(digits)
      return DecimalReader.tens.withUnsafeBufferPointer { tens in
        exponent < 0 ? number / tens[-exponent] : number * tens[exponent]
      }
    }
    if digits == 0 { return 0 }
    guard PowersOfFive.exponents.contains(exponent) else { return nil }
    return rounded(digits, exponent)
  }

  /// Lemire's product: 55 of its bits decide, with one look at a further word where they do not.
  private func rounded(_ digits: UInt64, _ exponent: Int) -> Double {
    let zeros = digits.leadingZeroBitCount
    let shifted = digits << UInt64(zeros)
    let power = powers[exponent - PowersOfFive.exponents.lowerBound]
    var (high, low) = shifted.multipliedFullWidth(by: power.high)
    if high & 0x1FF == 0x1FF {
      let further = shifted.multipliedFullWidth(by: power.low)
      low = low &+ further.high
      if further.high > low { high += 1 }
    }
    let upper = high >> 63
    let shift = upper + 9
    var mantissa = high >> shift
    // 217706·q >> 16 is ⌊q · log₂ 10⌋ in this range.
    var binary = (217_706 * exponent) >> 16 + 63 + Int(upper) - zeros + 1023
    if low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1, mantissa << shift == high {
      mantissa &= ~1
    }
    mantissa += mantissa & 1
    mantissa >>= 1
    if mantissa >= 1 << 53 {
      mantissa = 1 << 52
      binary += 1
    }
    return Double(bitPattern: UInt64(binary) << 52 | mantissa & ~(1 << 52))
  }
}
