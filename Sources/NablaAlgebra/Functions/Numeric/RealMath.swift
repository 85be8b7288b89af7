import NablaBasics

/// The real functions that the C library lacks or that need care at their edges; each file holds a family.
///
/// All answer `nan` outside their domain, poles included: `RealMath.gamma(-2)` is `nan`, not an infinity of
/// unknown sign.
package enum RealMath {}

extension RealMath {
  /// The signed distance from `x` to the nearest whole number and whether that number is odd, both exact.
  ///
  ///     RealMath.distanceToInteger(2.75)   // (distance: -0.25, isOdd: true)
  ///
  /// Numbers of 2⁵³ and more are all even and whole.
  static func distanceToInteger(_ x: Double) -> (distance: Double, isOdd: Bool) {
    let nearest = x.rounded()
    return (x - nearest, !(nearest / 2).isWhole)
  }

  /// `sin(πx)` without rounding πx first, so that whole `x` gives 0.
  static func sinPi(_ x: Double) -> Double {
    let (r, isOdd) = distanceToInteger(x)
    let size =
      abs(r) > 0.25
      ? (r < 0 ? -1 : 1) * Libm.cos(.pi * (0.5 - abs(r)))
      : Libm.sin(.pi * r)
    return isOdd ? -size : size
  }

  /// `cot(πx)`; infinite at whole `x`.
  static func cotPi(_ x: Double) -> Double {
    let r = distanceToInteger(x).distance
    if abs(r) > 0.25 { return (r < 0 ? -1 : 1) * Libm.tan(.pi * (0.5 - abs(r))) }
    return 1 / Libm.tan(.pi * r)
  }
}

extension Double {
  /// Whether this is a whole number; infinities and nan are not.
  var isWhole: Bool { isFinite && rounded(.towardZero) == self }
}
