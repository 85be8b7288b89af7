/// Numbers as a reader sees them: so many significant digits, or so many decimals.
///
/// Digits are rounded from the shortest decimal text that reads back to the same `Double`, half away from
/// zero, so that 0.15 to one digit is 0.2.
public enum NumberText {
  /// The sign in front of a negative number.
  public enum Minus: Sendable {
    /// ASCII `-`, as programs read it.
    case ascii
    /// U+2212 `−`, as books print it.
    case typographic

    /// The character itself.
    public var text: String { self == .ascii ? "-" : "\u{2212}" }
  }

  /// At most `digits` significant digits, no trailing zeros; powers of ten below 1e-4 and from 10^max(digits, 6) on.
  ///
  ///     NumberText.significant(233.0408, digits: 6, minus: .ascii)   // "233.041"
  ///     NumberText.significant(1e-7, digits: 6, minus: .ascii)       // "1e-7"
  public static func significant(_ value: Double, digits: Int = 6, minus: Minus = .typographic) -> String {
    guard let decimal = Decimal(value) else { return notFinite(value, minus) }
    return decimal.rounded(significant: max(1, digits)).general(minus: minus, plainUpTo: max(digits, 6))
  }

  /// The shortest text that reads back to the same number.
  public static func shortest(_ value: Double, minus: Minus = .ascii) -> String {
    guard let decimal = Decimal(value) else { return notFinite(value, minus) }
    return decimal.general(minus: minus, plainUpTo: 17)
  }

  /// Exactly so many digits after the point; numbers of 10^15 and more in powers of ten.
  ///
  ///     NumberText.fixed(-8, decimals: 6, minus: .ascii)   // "-8.000000"
  public static func fixed(_ value: Double, decimals: Int, minus: Minus = .typographic) -> String {
    guard let decimal = Decimal(value) else { return notFinite(value, minus) }
    if decimal.exponent > 15 { return significant(value, digits: decimals + 1, minus: minus) }
    return decimal.rounded(decimals: decimals).fixed(decimals: decimals, minus: minus)
  }

  private static func notFinite(_ value: Double, _ minus: Minus) -> String {
    value.isNaN ? "undefined" : (value < 0 ? minus.text : "") + "∞"
  }

  /// 0.d₁d₂d₃… · 10^exponent with the sign apart; zero has no digits.
  private struct Decimal {
    var isNegative: Bool
    var digits: [UInt8]
    var exponent: Int

    init?(_ value: Double) {
      guard value.isFinite else { return nil }
      isNegative = value < 0
      digits = []
      exponent = 0
      var pointSeen = false
      var powerText = ""
      var inPower = false
      for byte in value.magnitude.description.utf8 {
        switch byte {
        case UInt8(ascii: "."): pointSeen = true
        case UInt8(ascii: "e"): inPower = true
        case _ where inPower: powerText.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          digits.append(byte - UInt8(ascii: "0"))
          if !pointSeen { exponent += 1 }
        }
      }
      exponent += Int(powerText) ?? 0
      normalize()
    }

    private mutating func normalize() {
      let zeros = digits.prefix { $0 == 0 }.count
      digits.removeFirst(zeros)
      exponent -= zeros
      while digits.last == 0 { digits.removeLast() }
      if digits.isEmpty { (exponent, isNegative) = (0, false) }
    }

    func rounded(significant count: Int) -> Decimal {
      guard digits.count > count else { return self }
      guard count >= 0 else { return Decimal(zero: ()) }
      var result = self
      let up = digits[count] >= 5
      result.digits.removeSubrange(count...)
      if up {
        var place = count - 1
        while place >= 0, result.digits[place] == 9 {
          result.digits[place] = 0
          place -= 1
        }
        if place >= 0 {
          result.digits[place] += 1
        } else {
          result.digits.insert(1, at: 0)
          result.exponent += 1
        }
      }
      result.normalize()
      return result
    }

    private init(zero: Void) { (isNegative, digits, exponent) = (false, [], 0) }

    func rounded(decimals: Int) -> Decimal { rounded(significant: exponent + decimals) }

    func fixed(decimals: Int, minus: Minus) -> String {
      var text = isNegative ? minus.text : ""
      text += exponent > 0 ? place(from: 0, count: exponent) : "0"
      if decimals > 0 { text += "." + place(from: exponent, count: decimals) }
      return text
    }

    func general(minus: Minus, plainUpTo limit: Int) -> String {
      if digits.isEmpty { return "0" }
      if exponent > limit || exponent < -3 {
        var text = isNegative ? minus.text : ""
        text += place(from: 0, count: 1)
        if digits.count > 1 { text += "." + place(from: 1, count: digits.count - 1) }
        let power = exponent - 1
        return text + "e" + (power < 0 ? minus.text : "") + String(power.magnitude)
      }
      return fixed(decimals: max(0, digits.count - exponent), minus: minus)
    }

    /// The digits at the places start, start + 1, ... of 0.d₁d₂…, zeros where there are none.
    private func place(from start: Int, count: Int) -> String {
      var text = ""
      for place in start..<(start + count) {
        text.append(digits.indices.contains(place) ? Character(Unicode.Scalar(digits[place] + 48)) : "0")
      }
      return text
    }
  }
}
