/// All numbers between two ends, which hold whatever rounding did (Moore, Kearfott, Cloud: Introduction to Interval
/// Analysis, SIAM 2009).
///
///     let x = Interval(-1, 2)
///     x * x        // −2 … 4: the two are taken for independent
///     x.squared    // 0 … 4
///
/// Every result is rounded outward. An interval without numbers is `empty`; `isContinuous` tells whether the operations
/// behind it were defined and continuous on the whole of their arguments, which proofs by derivatives need.
public struct Interval: Hashable, Sendable {
  /// The least number; above `upper` where there is none.
  public let lower: Double
  /// The greatest number.
  public let upper: Double
  /// Whether everything up to here was defined and continuous.
  public let isContinuous: Bool

  /// The numbers from one end to the other; nothing where an end is not a number.
  public init(_ lower: Double, _ upper: Double, isContinuous: Bool = true) {
    let isGood = lower <= upper
    self.lower = isGood ? lower : .infinity
    self.upper = isGood ? upper : -.infinity
    self.isContinuous = isContinuous && isGood
  }

  /// One number.
  public init(_ value: Double) { self.init(value, value) }

  /// No number at all.
  public static let empty = Interval(.infinity, -.infinity)
  /// Every number, of something that need not be continuous.
  public static let unknown = Interval(-.infinity, .infinity, isContinuous: false)

  /// Whether there is no number.
  public var isEmpty: Bool { lower > upper }
  /// How far the ends are apart.
  public var width: Double { isEmpty ? 0 : upper - lower }
  /// A number in the middle, finite where one end is.
  public var middle: Double {
    if lower == -.infinity { return upper == .infinity ? 0 : -Double.greatestFiniteMagnitude }
    if upper == .infinity { return .greatestFiniteMagnitude }
    let middle = 0.5 * lower + 0.5 * upper
    return min(max(middle, lower), upper)
  }
  /// The greatest distance from 0.
  public var magnitude: Double { isEmpty ? 0 : max(lower.magnitude, upper.magnitude) }

  /// Whether a number lies inside.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// What lies in both.
  public func intersection(_ other: Interval) -> Interval {
    Interval(
      max(lower, other.lower), min(upper, other.upper), isContinuous: isContinuous && other.isContinuous)
  }

  /// The least interval around both.
  public func hull(_ other: Interval) -> Interval {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Interval(
      min(lower, other.lower), max(upper, other.upper), isContinuous: isContinuous && other.isContinuous)
  }

  /// The same numbers, of something with gaps or jumps.
  public var broken: Interval { Interval(lower, upper, isContinuous: false) }

  /// The ends moved outward by so many units in the last place.
  package func widened(by units: Double = 1) -> Interval {
    guard !isEmpty else { return self }
    func step(_ end: Double, _ sign: Double) -> Double {
      guard end.isFinite else { return end }
      return end + sign * units * max(end.ulp, .leastNonzeroMagnitude)
    }
    // What overflows is larger than every number, and that is all that is known of it.
    let most = Double.greatestFiniteMagnitude
    return Interval(step(min(lower, most), -1), step(max(upper, -most), 1), isContinuous: isContinuous)
  }

  private static func outward(_ lower: Double, _ upper: Double, _ isContinuous: Bool) -> Interval {
    Interval(lower.nextDown, upper.nextUp, isContinuous: isContinuous)
  }

  // MARK: Arithmetic

  /// All sums.
  public static func + (a: Interval, b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return empty }
    let isContinuous = a.isContinuous && b.isContinuous
    // Where the sum is exact, its end stays: 0 + 0 is not below 0 (the error of a sum: Knuth, TAOCP 2, 4.2.2).
    func error(_ x: Double, _ y: Double, _ sum: Double) -> Double {
      let part = sum - x
      return (x - (sum - part)) + (y - part)
    }
    let (low, high) = (a.lower + b.lower, a.upper + b.upper)
    let isLow = error(a.lower, b.lower, low) >= 0
    let isHigh = error(a.upper, b.upper, high) <= 0
    return Interval(isLow ? low : low.nextDown, isHigh ? high : high.nextUp, isContinuous: isContinuous)
  }

  /// All opposites.
  public static prefix func - (a: Interval) -> Interval {
    Interval(-a.upper, -a.lower, isContinuous: a.isContinuous)
  }

  /// All differences.
  public static func - (a: Interval, b: Interval) -> Interval { a + -b }

  /// All products.
  public static func * (a: Interval, b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return empty }
    let isContinuous = a.isContinuous && b.isContinuous
    // 0 times whatever is 0: an end at infinity is not a number of the interval.
    func times(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
    let corners = [
      times(a.lower, b.lower), times(a.lower, b.upper), times(a.upper, b.lower), times(a.upper, b.upper),
    ]
    let low = corners.min() ?? 0
    let high = corners.max() ?? 0
    let isExact = low == 0 && high == 0
    return isExact ? Interval(0, 0, isContinuous: isContinuous) : outward(low, high, isContinuous)
  }

  /// A quotient; where the divisor holds 0, what is left without it.
  public static func / (a: Interval, b: Interval) -> Interval {
    if a.isEmpty || b.isEmpty { return empty }
    let isContinuous = a.isContinuous && b.isContinuous
    guard b.contains(0) else {
      if a.lower == 0, a.upper == 0 { return Interval(0, 0, isContinuous: isContinuous) }
      let reciprocal = outward(1 / b.upper, 1 / b.lower, isContinuous)
      if a.lower == a.upper || b.lower == b.upper { return quotientOfEnds(a, b, isContinuous) }
      return (a * reciprocal).intersection(quotientOfEnds(a, b, isContinuous))
    }
    if b.lower == 0, b.upper == 0 { return empty }
    let reciprocal: Interval
    if b.lower == 0 {
      reciprocal = Interval((1 / b.upper).nextDown, .infinity, isContinuous: false)
    } else if b.upper == 0 {
      reciprocal = Interval(-.infinity, (1 / b.lower).nextUp, isContinuous: false)
    } else {
      return unknown
    }
    return a * reciprocal
  }

  private static func quotientOfEnds(_ a: Interval, _ b: Interval, _ isContinuous: Bool) -> Interval {
    func over(_ x: Double, _ y: Double) -> Double { x == 0 || y.isInfinite && x.isFinite ? 0 : x / y }
    let corners = [
      over(a.lower, b.lower), over(a.lower, b.upper), over(a.upper, b.lower), over(a.upper, b.upper),
    ]
    if corners.contains(where: \.isNaN) { return unknown }
    return outward(corners.min() ?? 0, corners.max() ?? 0, isContinuous)
  }

  /// The squares.
  public var squared: Interval {
    if isEmpty { return self }
    let far = magnitude
    if far == 0 { return self }
    let near = contains(0) ? 0 : min(lower.magnitude, upper.magnitude)
    let low = (near * near).nextDown
    return Interval(max(0, low), (far * far).nextUp, isContinuous: isContinuous)
  }

  /// The distances from 0.
  public var absolute: Interval {
    if isEmpty || lower >= 0 { return self }
    if upper <= 0 { return -self }
    return Interval(0, magnitude, isContinuous: isContinuous)
  }
}
