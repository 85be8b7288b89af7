/// A number with the digits of a `Double` and an exponent of any size, so that nothing on the way to a result overflows or
/// underflows.
///
///     e⁴⁰⁰·e⁴⁰⁰·e⁻⁸⁰⁰    // 1, where a `Double` has infinity and 0 for the parts
///
/// Where a `Double` has all the results as normal numbers, those here have the same digits.
struct WideNumber: Equatable, Sendable {
  /// The number is `digits`·2^(960·`scale`), 960 being a multiple of 2 and of 3 for the sake of roots; the digits of all
  /// but 0, ∞ and what is not a number lie between 2⁻⁴⁸⁰ and 2⁴⁸⁰, so that their products and quotients are normal.
  let digits: Double
  let scale: Int

  private static let bit = 960
  private static let most = 0x1p480
  private static let least = 0x1p-480
  private static let up = 0x1p960
  private static let down = 0x1p-960
  /// Beyond this scale there is infinity, and nothing smaller.
  private static let largest = 1 << 45

  static let zero = WideNumber(0)
  static let nan = WideNumber(.nan)
  static let infinity = WideNumber(.infinity)
  /// What is too small for this kind of number, too.
  static let smallest = WideNumber(digits: least, scale: -largest)

  init(_ number: Double) { self.init(digits: number, scale: 0) }

  private init(digits number: Double, scale: Int) {
    let size = number.magnitude
    // The commonest numbers at once.
    if size >= WideNumber.least, size < WideNumber.most, scale == 0 {
      self.digits = number
      self.scale = 0
      return
    }
    guard size.isFinite, size > 0 else {
      self.digits = number
      self.scale = 0
      return
    }
    var (digits, scale) = (number, scale)
    while digits.magnitude < WideNumber.least { (digits, scale) = (digits * WideNumber.up, scale - 1) }
    while digits.magnitude >= WideNumber.most { (digits, scale) = (digits * WideNumber.down, scale + 1) }
    if scale > WideNumber.largest { (digits, scale) = (digits < 0 ? -.infinity : .infinity, 0) }
    if scale < -WideNumber.largest {
      (digits, scale) = (digits < 0 ? -WideNumber.least : WideNumber.least, -WideNumber.largest)
    }
    self.digits = digits
    self.scale = scale
  }

  /// The nearest `Double`, which may be 0 or infinite.
  var double: Double {
    var result = digits
    for _ in 0..<min(scale.magnitude, 3) { result *= scale < 0 ? WideNumber.down : WideNumber.up }
    return result
  }

  var isNaN: Bool { digits.isNaN }
  var isFinite: Bool { digits.isFinite }
  var isInfinite: Bool { digits.isInfinite }
  var isZero: Bool { digits == 0 }
  /// Whether a `Double` is this number.
  var isPlain: Bool { scale == 0 || WideNumber(double) == self }
  var magnitude: WideNumber { WideNumber(digits: digits.magnitude, scale: scale) }

  static prefix func - (a: Self) -> Self { Self(digits: -a.digits, scale: a.scale) }

  static func + (a: Self, b: Self) -> Self {
    if a.scale == b.scale { return Self(digits: a.digits + b.digits, scale: a.scale) }
    if a.digits == 0 { return b }
    if b.digits == 0 { return a }
    guard a.isFinite, b.isFinite else { return Self(a.digits + b.digits) }
    let (larger, smaller) = a.scale > b.scale ? (a, b) : (b, a)
    // What is smaller by two scales is less than half a unit in the last place.
    if larger.scale - smaller.scale > 1 { return larger }
    return Self(digits: larger.digits + smaller.digits * down, scale: larger.scale)
  }

  static func - (a: Self, b: Self) -> Self { a + -b }
  static func * (a: Self, b: Self) -> Self { Self(digits: a.digits * b.digits, scale: a.scale + b.scale) }
  static func / (a: Self, b: Self) -> Self { Self(digits: a.digits / b.digits, scale: a.scale - b.scale) }

  var squareRoot: WideNumber {
    let isOdd = scale % 2 != 0
    let root = digits.squareRoot() * (isOdd ? WideNumber.most : 1)
    return WideNumber(digits: root, scale: (scale - (isOdd ? 1 : 0)) / 2)
  }

  /// This times 2ⁿ.
  func times(twoToThe n: Int) -> WideNumber {
    let (scales, rest) = n.quotientAndRemainder(dividingBy: WideNumber.bit)
    let factor = Double(sign: .plus, exponent: rest, significand: 1)
    return self * WideNumber(digits: factor, scale: scales)
  }

  /// ln x of what is positive.
  var logarithm: Double {
    Arithmetic.logarithm(digits) + Double(scale) * (Double(WideNumber.bit) * WideNumber.logarithmOfTwo)
  }

  /// The digits of ln 2 that a `Double` has, and those that follow.
  static let logarithmOfTwo = 0.6931471805599453
  static let restOfLogarithmOfTwo = 2.3190468138462996e-17
}

extension WideNumber: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a - b).digits < 0 }
}
