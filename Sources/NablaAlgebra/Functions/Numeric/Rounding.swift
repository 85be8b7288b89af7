import NablaBasics

extension RealMath {
  /// −1, 0 or 1.
  package static func sign(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? 1 : x < 0 ? -1 : 0
  }

  /// The nearest whole number, halves away from zero.
  ///
  ///     RealMath.round(-2.5)   // -3
  ///     RealMath.round(-0.3)   // 0, not −0
  package static func round(_ x: Double) -> Double { x.rounded(.toNearestOrAwayFromZero) + 0 }

  /// The least whole number not below x; 0 without a sign.
  package static func ceil(_ x: Double) -> Double { x.rounded(.up) + 0 }

  /// x − y·⌊x/y⌋, which has the sign of y; nan for y = 0.
  ///
  ///     RealMath.mod(-7, 3)   // 2
  ///     RealMath.mod(7, -3)   // -2
  ///
  /// The remainder is exact but for a last addition of y where the signs of x and y differ.
  package static func mod(_ x: Double, _ y: Double) -> Double {
    if y == 0 { return .nan }
    let remainder = Libm.fmod(x, y)
    if remainder == 0 { return 0 }
    return (remainder < 0) == (y < 0) ? remainder : remainder + y
  }

  /// The larger number; nan where either is.
  package static func max(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    return x >= y ? x : y
  }

  /// The smaller number; nan where either is.
  package static func min(_ x: Double, _ y: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    return x <= y ? x : y
  }
}
