extension Rational: CustomStringConvertible {
  /// Numerator and denominator with a slash, or the integer: `-3/2`, `5`.
  public var description: String {
    isInteger ? numerator.description : numerator.description + "/" + denominator.description
  }

  /// Whether the decimal digits end: whether the denominator has no prime factors but 2 and 5.
  ///
  ///     Rational(3, over: 40)?.terminates   // true
  public var terminates: Bool { decimalPlaces != nil }

  /// How many digits after the point write this exactly; nil where they never end.
  var decimalPlaces: Int? {
    if isInteger { return 0 }
    var rest = denominator
    let twos = rest.removeFactor(2)
    let fives = rest.removeFactor(5)
    return rest.isOne ? max(twos, fives) : nil
  }

  /// The exact decimal digits, in powers of ten where plain digits are long; nil where they never end.
  ///
  ///     Rational(1, over: 8)?.decimalText                // "0.125"
  ///     Rational(1, over: 1_000_000_000_000)?.decimalText   // "1e-12"
  public var decimalText: String? {
    guard let places = decimalPlaces else { return nil }
    // this = digits · 10^(−places)
    let scaled = numerator * Integer(10).power(places).exactlyDivided(by: denominator)
    let whole = scaled.magnitude.description
    let zeros = isZero ? 0 : whole.utf8.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    let digits = whole.dropLast(zeros)
    let point = isZero ? 1 : whole.utf8.count - places
    let plain = Rational.plain(digits, point: point)
    let powered = Rational.powered(digits, point: point)
    let isPlain = plain.utf8.count <= 12 && point > -6 || plain.utf8.count <= powered.utf8.count
    return (isNegative ? "-" : "") + (isPlain ? plain : powered)
  }

  /// d₁d₂…d_point.… with zeros where the digits do not reach.
  private static func plain(_ digits: Substring, point: Int) -> String {
    let count = digits.utf8.count
    if point <= 0 { return "0." + String(repeating: "0", count: 0 - point) + digits }
    if point >= count { return digits + String(repeating: "0", count: point - count) }
    return digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// d₁.d₂…e(point − 1).
  private static func powered(_ digits: Substring, point: Int) -> String {
    let fraction = digits.dropFirst()
    return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e" + String(point - 1)
  }
}
