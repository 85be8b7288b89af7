extension Integer: CustomStringConvertible {
  /// So many decimal digits fit in a word, and their power of ten.
  private static let wordDigits = UInt.bitWidth >= 64 ? 19 : 9
  private static let wordPower: UInt = (0..<wordDigits).reduce(1) { power, _ in power * 10 }

  /// An integer from ASCII decimal digits with `-` in front or not; nil for any other text.
  ///
  ///     Integer(digits: "-12")   // -12
  ///     Integer(digits: "1e5")   // nil
  public init?(digits text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
    // Words of 19 digits, the lowest first.
    var chunks: [UInt] = []
    while !bytes.isEmpty {
      chunks.append(bytes.suffix(Integer.wordDigits).reduce(0) { $0 &* 10 &+ UInt($1 &- 48) })
      bytes = bytes.dropLast(Integer.wordDigits)
    }
    var powers: [[UInt]] = [[Integer.wordPower]]
    while 1 << powers.count < chunks.count {
      let last = powers[powers.count - 1]
      powers.append(Limbs.multiply(last, last))
    }
    self.init(isNegative: isNegative, limbs: Integer.joined(chunks[...], powers))
  }

  /// The value of digit words; powers[k] is that of 2^k words. High half · power + low half, down to 32 words.
  private static func joined(_ chunks: ArraySlice<UInt>, _ powers: [[UInt]]) -> [UInt] {
    if chunks.count <= 32 {
      var result: [UInt] = []
      for chunk in chunks.reversed() { Limbs.multiply(&result, by: wordPower, adding: chunk) }
      return result
    }
    let level = Int.bitWidth - 1 - (chunks.count - 1).leadingZeroBitCount
    let low = joined(chunks.prefix(1 << level), powers)
    let high = joined(chunks.dropFirst(1 << level), powers)
    return Limbs.add(Limbs.multiply(high, powers[level]), low)
  }

  /// The decimal digits, `-` in front of a negative number.
  public var description: String {
    if let value = small { return String(value) }
    var powers: [[UInt]] = [[Integer.wordPower]]
    let limbs = self.limbs
    while 2 * Limbs.bitLength(powers[powers.count - 1]) <= Limbs.bitLength(limbs) + 1 {
      let last = powers[powers.count - 1]
      powers.append(Limbs.multiply(last, last))
    }
    var chunks: [UInt] = []
    Integer.split(limbs, level: powers.count, powers, into: &chunks)
    while chunks.last == 0 { chunks.removeLast() }
    var text = isNegative ? "-" : ""
    for (place, chunk) in chunks.reversed().enumerated() {
      let digits = String(chunk)
      if place > 0 { text += String(repeating: "0", count: Integer.wordDigits - digits.utf8.count) }
      text += digits
    }
    return text
  }

  /// Appends exactly 2^level digit words of a number below powers[level], the lowest first.
  private static func split(_ limbs: [UInt], level: Int, _ powers: [[UInt]], into chunks: inout [UInt]) {
    if level <= 4 {
      var rest = limbs
      for _ in 0..<(1 << level) { chunks.append(rest.isEmpty ? 0 : Limbs.divide(&rest, by: wordPower)) }
      return
    }
    let (high, low) = Limbs.divide(limbs, by: powers[level - 1])
    split(low, level: level - 1, powers, into: &chunks)
    split(high, level: level - 1, powers, into: &chunks)
  }

  /// How many decimal digits the magnitude has, 1 for 0; from the bit length, so it may be one too many.
  ///
  ///     Integer(999).decimalDigitCount   // 3; exact for machine words, never too small for any
  public var decimalDigitCount: Int {
    if let value = small { return Integer.digitCount(value.magnitude) }
    return Integer.digits(ofBits: bitLength)
  }

  /// The most decimal digits a number of so many bits has: ⌊bits · log₁₀ 2⌋ + 1.
  static func digits(ofBits bits: Int) -> Int { Int(Double(bits) * 0.301029995663981195) + 1 }

  private static func digitCount(_ value: UInt) -> Int {
    var (count, rest) = (1, value / 10)
    while rest > 0 { (count, rest) = (count + 1, rest / 10) }
    return count
  }
}
