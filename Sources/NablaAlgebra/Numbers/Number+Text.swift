import NablaBasics

extension Number: CustomStringConvertible {
  /// A number as typed: digits alone are exact, a point or an exponent makes a decimal.
  ///
  /// Nil for any other text, and where numerator or denominator would have more than `maximumDigits` digits:
  /// `1e999999999` is turned down at once.
  ///
  ///     Number(decimal: "0.1")   // the decimal 0.1, exactly
  ///     Number(decimal: "5.")    // the decimal 5
  public init?(decimal text: some StringProtocol, maximumDigits: Int = 1000) {
    guard let reading = DecimalReading(text) else { return nil }
    let digits = reading.digits.drop { $0 == "0" }
    if digits.isEmpty {
      storage = reading.isPlain ? .exact(0) : .decimal(0)
      return
    }
    let count = digits.utf8.count
    guard let exponent = reading.exponent, count <= maximumDigits,
      let value = Integer(digits: digits)
    else { return nil }
    let signed = reading.isNegative ? -value : value
    if exponent >= 0 {
      guard exponent <= maximumDigits - count else { return nil }
      let integer = Rational(signed * Integer(10).power(exponent))
      storage = reading.isPlain ? .exact(integer) : .decimal(integer)
    } else {
      // 10^k has k + 1 digits; what cancels makes it shorter, at most to the digits it has after the point.
      guard exponent > 0 - 2 * maximumDigits else { return nil }
      let fraction = Rational(signed, overNonzero: Integer(10).power(0 - exponent))
      guard fraction.denominator.hasAtMost(digits: maximumDigits) else { return nil }
      storage = .decimal(fraction)
    }
  }

  /// The digits of a decimal, in powers of ten where they are long, the shortest digits of an approximation;
  /// nil for exact numbers, ±∞ and NaN.
  ///
  ///     Number(decimal: "3e5")?.decimalText            // "300000"
  ///     Number(decimal: "0.000000000001")?.decimalText   // "1e-12"
  public var decimalText: String? {
    switch storage {
    case .exact: nil
    case .decimal(let value): value.decimalText
    case .approximate(let value): value.isFinite ? NumberText.shortest(value) : nil
    }
  }

  /// The decimal text, or the fraction: `0.1`, `-3/2`.
  public var description: String {
    switch storage {
    case .exact(let value): value.description
    case .decimal(let value): value.decimalText ?? value.description
    case .approximate(let value): "≈" + NumberText.shortest(value)
    }
  }
}

/// The parts of `-12.50e-3`: digits · 10^exponent, before any size is decided.
private struct DecimalReading {
  var isNegative = false
  /// The digits without the point.
  var digits = ""
  /// The power of ten they are to be multiplied with; nil where it is beyond any use.
  var exponent: Int? = 0
  /// Whether there was neither a point nor an exponent.
  var isPlain = true

  init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "-") {
      isNegative = true
      bytes = bytes.dropFirst()
    }
    var places = 0
    var digitBytes: [UInt8] = []
    while let byte = bytes.first {
      if byte >= 48 && byte <= 57 {
        digitBytes.append(byte)
        if !isPlain { places += 1 }
      } else if byte == UInt8(ascii: "."), isPlain {
        isPlain = false
      } else {
        break
      }
      bytes = bytes.dropFirst()
    }
    if digitBytes.isEmpty { return nil }
    if let byte = bytes.first {
      guard byte | 32 == UInt8(ascii: "e") else { return nil }
      isPlain = false
      var power = bytes.dropFirst()
      let sign = power.first
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { power = power.dropFirst() }
      guard !power.isEmpty, power.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
      let size = power.reduce(0) { $0 > 1_000_000_000_000 ? $0 : $0 * 10 + Int($1 - 48) }
      exponent = size > 1_000_000_000_000 ? nil : (sign == UInt8(ascii: "-") ? 0 - size : size) - places
    } else {
      exponent = 0 - places
    }
    // Zeros at the end only make the parts longer: 1.50 is 15 · 10^(−1).
    if let power = exponent, !isPlain {
      let zeros = digitBytes.reversed().prefix { $0 == 48 }.count
      digitBytes.removeLast(zeros)
      exponent = power + zeros
    }
    digits = String(decoding: digitBytes, as: UTF8.self)
  }
}
