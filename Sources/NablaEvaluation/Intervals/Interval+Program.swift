import NablaAlgebra
import NablaBasics

/// Programs on intervals: every operation gives an interval that holds all its results.
extension Interval: ProgramNumber {
  var isZero: Bool { lower == 0 && upper == 0 }

  /// A constant that is no short binary fraction, such as 0.1 or π, counts as rounded.
  init(constant: Double) {
    self = constant.isShort ? Interval(constant) : Interval(constant.nextDown, constant.nextUp)
  }

  static func value(
    _ opcode: Opcode, _ a: Interval, _ b: Interval, _ c: Interval, _ function: Function?
  ) -> Interval {
    switch opcode {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    // What has no value beside an adjoint that is 0 does not matter, nor an adjoint without a value beside a slope of 0.
    case .weigh: return a.isZero ? a : a.isEmpty && b.isZero ? b : orNothing(a, a * b)
    case .divide: return a / b
    case .share: return a.isZero ? a : orNothing(a, a / b)
    case .negate: return -a
    case .absolute: return a.absolute
    case .select: return select(a, b, c)
    case .squareRoot: return monotone(a, on: Interval(0, .infinity)) { $0.squareRoot() }
    case .cubeRoot: return monotone(a) { RealMath.cbrt($0) }
    case .exponential: return monotone(a) { Libm.exp($0) }.intersection(Interval(0, .infinity))
    case .logarithm where a.lower == 1 && a.upper == 1:
      return a.isContinuous ? Interval(0) : Interval(0).broken
    case .logarithm: return monotone(a, on: Interval(0, .infinity)) { Libm.log($0) }
    case .sine: return sine(a)
    case .cosine: return cosine(a)
    case .tangent: return tangent(a)
    case .hyperbolicTangent: return monotone(a) { Libm.tanh($0) }.intersection(Interval(-1, 1))
    case .power: return power(a, b)
    case .evenPower: return power(a.absolute, b)
    case .oddPower: return oddPower(a, b)
    case .unary, .binary, .ternary: return function.map { value(of: $0, a, b, c) } ?? unknown
    case .loop, .reverseLoop, .held: return unknown
    }
  }

  /// A product or quotient of an adjoint; where there is none, the adjoint may be 0 and so may be the result.
  private static func orNothing(_ adjoint: Interval, _ result: Interval) -> Interval {
    result.isEmpty && adjoint.contains(0) ? Interval(0).broken : result
  }

  private static func select(_ test: Interval, _ yes: Interval, _ no: Interval) -> Interval {
    if test.isEmpty { return empty }
    if !test.contains(0) { return yes }
    return test.isZero ? no : yes.hull(no).broken
  }

  // MARK: Shapes

  /// The values of an increasing or decreasing function on the part of its domain that the argument holds; where the
  /// function has no value at an end of its domain, it goes to infinity there.
  static func monotone(
    _ a: Interval, on domain: Interval = Interval(-.infinity, .infinity), isIncreasing: Bool = true,
    units: Double = 4, _ f: (Double) -> Double
  ) -> Interval {
    let inside = Interval(max(a.lower, domain.lower), min(a.upper, domain.upper))
    if inside.isEmpty { return empty }
    let isContinuous = a.isContinuous && inside.lower == a.lower && inside.upper == a.upper
    var (low, high) = (f(inside.lower), f(inside.upper))
    if low.isNaN { low = isIncreasing ? -.infinity : .infinity }
    if high.isNaN { high = isIncreasing ? .infinity : -.infinity }
    // An end at infinity belongs to the closure alone: ln is not continuous on what holds 0.
    let isFinite = (inside.lower.isInfinite || low.isFinite) && (inside.upper.isInfinite || high.isFinite)
    return Interval(min(low, high), max(low, high), isContinuous: isContinuous && isFinite).widened(by: units)
  }

  /// The values of an even function that grows, or falls, with the distance from 0.
  static func even(_ a: Interval, isIncreasing: Bool, units: Double = 4, _ f: (Double) -> Double) -> Interval
  {
    monotone(a.absolute, isIncreasing: isIncreasing, units: units, f)
  }

  // MARK: Powers

  /// aᵇ; below 0 the whole numbers of b alone give values.
  private static func power(_ a: Interval, _ b: Interval) -> Interval {
    let (first, last) = (b.lower.rounded(.up), b.upper.rounded(.down))
    if first.isFinite, first == b.lower, first == b.upper { return wholePower(a, first) }
    guard a.lower < 0, !b.isEmpty, first <= last else { return powerOfPositive(a, b) }
    guard first.isFinite, last.isFinite else { return unknown }
    // |a|ⁿ goes one way with n, so that of the even and of the odd exponents the first and the last decide.
    return [first, min(first + 1, last), max(first, last - 1), last].reduce(powerOfPositive(a, b)) {
      $0.hull(wholePower(a, $1))
    }.broken
  }

  /// aᵇ for a ≥ 0: monotone in each of both, so that the corners decide.
  private static func powerOfPositive(_ a: Interval, _ b: Interval) -> Interval {
    let base = Interval(max(a.lower, 0), a.upper)
    if base.isEmpty || b.isEmpty { return empty }
    let isInside = a.lower >= 0 && (a.lower > 0 || b.lower > 0)
    var corners: [Double] = []
    for x in [base.lower, base.upper] {
      for y in [b.lower, b.upper] { corners.append(x == 0 && y < 0 ? .infinity : Libm.pow(x, y)) }
    }
    // Where an exponent changes sign, everything to the power of 0 is 1.
    if b.contains(0) { corners.append(1) }
    let result = Interval(
      corners.min() ?? 0, corners.max() ?? .infinity,
      isContinuous: a.isContinuous && b.isContinuous && isInside)
    return result.widened(by: 4).intersection(Interval(0, .infinity))
  }

  private static func wholePower(_ a: Interval, _ n: Double) -> Interval {
    if a.isEmpty { return a }
    if n < 0 { return Interval(1) / wholePower(a, -n) }
    if n == 0 { return Interval(1) }
    let raise: (Double) -> Double = { Libm.pow($0, n) }
    return n.truncatingRemainder(dividingBy: 2) == 0
      ? even(a, isIncreasing: true, raise).intersection(Interval(0, .infinity)) : monotone(a, raise)
  }

  /// |a|ᵇ with the sign of a.
  private static func oddPower(_ a: Interval, _ b: Interval) -> Interval {
    let positive = power(Interval(max(a.lower, 0), a.upper, isContinuous: a.isContinuous), b)
    let negative = power(Interval(max(-a.upper, 0), -a.lower, isContinuous: a.isContinuous), b)
    if a.lower >= 0 { return positive }
    if a.upper <= 0 { return -negative }
    let both = positive.hull(-negative)
    return b.lower > 0
      ? Interval(both.lower, both.upper, isContinuous: a.isContinuous && b.isContinuous) : both.broken
  }
}
