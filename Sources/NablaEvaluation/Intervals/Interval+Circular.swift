import NablaBasics

/// Sine, cosine and tangent: the ends, and the extremes and poles that lie between them.
extension Interval {
  /// Beyond this the places of extremes are not known well enough, and everything between −1 and 1 is possible.
  private static let farthest = 1e8

  /// Whether a place `first` + k·`period`, for a whole number k, may lie inside.
  private func mayHold(_ first: Double, period: Double) -> Bool {
    // The places are known to some units in the last place of the largest argument.
    let slack = 8 * (magnitude + period).ulp
    let turn = ((lower - slack - first) / period).rounded(.up)
    return first + turn * period <= upper + slack
  }

  static func sine(_ a: Interval) -> Interval { wave(a, maximum: .pi / 2) { Libm.sin($0) } }

  static func cosine(_ a: Interval) -> Interval { wave(a, maximum: 0) { Libm.cos($0) } }

  private static func wave(_ a: Interval, maximum: Double, _ f: (Double) -> Double) -> Interval {
    if a.isEmpty { return a }
    if a.magnitude > farthest { return Interval(-1, 1, isContinuous: a.isContinuous) }
    let (first, last) = (f(a.lower), f(a.upper))
    let low = a.mayHold(maximum - .pi, period: 2 * .pi) ? -1 : min(first, last)
    let high = a.mayHold(maximum, period: 2 * .pi) ? 1 : max(first, last)
    return Interval(low, high, isContinuous: a.isContinuous).widened(by: 4).intersection(Interval(-1, 1))
  }

  static func tangent(_ a: Interval) -> Interval {
    if a.isEmpty { return a }
    if a.magnitude > farthest || a.mayHold(.pi / 2, period: .pi) { return unknown }
    return monotone(a) { Libm.tan($0) }
  }

  static func cotangent(_ a: Interval) -> Interval {
    if a.isEmpty { return a }
    if a.magnitude > farthest || a.mayHold(0, period: .pi) { return unknown }
    return monotone(a, isIncreasing: false) { 1 / Libm.tan($0) }
  }
}
