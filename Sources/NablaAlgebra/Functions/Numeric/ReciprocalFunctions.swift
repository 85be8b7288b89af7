import NablaBasics

// The reciprocal circular and hyperbolic functions and their inverses. An inverse is that of the reciprocal
// argument (acot x = arctan(1/x)), written so that rounding 1/x beside 1 costs no digits.
extension RealMath {
  package static func cot(_ x: Double) -> Double { x == 0 ? .nan : 1 / Libm.tan(x) }
  package static func sec(_ x: Double) -> Double { 1 / Libm.cos(x) }
  package static func csc(_ x: Double) -> Double { x == 0 ? .nan : 1 / Libm.sin(x) }

  /// arctan(1/x), between −π/2 and π/2; nan at 0, where it jumps.
  package static func acot(_ x: Double) -> Double { x == 0 ? .nan : Libm.atan(1 / x) }

  /// arccos(1/x) for |x| ≥ 1; the root below is not a number otherwise.
  ///
  ///     RealMath.asec(-1)   // π
  package static func asec(_ x: Double) -> Double {
    let size = abs(x)
    let angle = Libm.atan((size - 1).squareRoot() * (size + 1).squareRoot())
    return x < 0 ? .pi - angle : angle
  }

  /// arcsin(1/x) for |x| ≥ 1; the root below is not a number otherwise.
  ///
  ///     RealMath.acsc(2)   // π/6
  package static func acsc(_ x: Double) -> Double {
    if abs(x) > 2 { return Libm.asin(1 / x) }
    let angle = Libm.atan(1 / ((abs(x) - 1) * (abs(x) + 1)).squareRoot())
    return x < 0 ? -angle : angle
  }

  package static func coth(_ x: Double) -> Double { x == 0 ? .nan : 1 / Libm.tanh(x) }

  /// 1/cosh x, down to the smallest numbers: cosh overflows before its reciprocal vanishes.
  package static func sech(_ x: Double) -> Double {
    if abs(x) < 700 { return 1 / Libm.cosh(x) }
    return halfWayPower(abs(x))
  }

  /// 1/sinh x, down to the smallest numbers; nan at 0.
  package static func csch(_ x: Double) -> Double {
    if x == 0 { return .nan }
    if abs(x) < 700 || x.isNaN { return 1 / Libm.sinh(x) }
    return x < 0 ? -halfWayPower(-x) : halfWayPower(x)
  }

  /// 2e⁻ˣ for large x, in two steps so that the first does not vanish.
  private static func halfWayPower(_ x: Double) -> Double {
    let half = Libm.exp(-x / 2)
    return 2 * half * half
  }

  /// artanh(1/x) for |x| > 1.
  ///
  ///     RealMath.acoth(2)   // 0.5493061443340549, half of ln 3
  package static func acoth(_ x: Double) -> Double {
    guard abs(x) > 1 else { return .nan }
    let size = Libm.log1p(2 / (abs(x) - 1)) / 2
    return x < 0 ? -size : size
  }

  /// arcosh(1/x) for 0 < x ≤ 1.
  ///
  ///     RealMath.asech(0.5)   // 1.3169578969248168
  package static func asech(_ x: Double) -> Double {
    guard x > 0, x <= 1 else { return .nan }
    let leg = ((1 - x) * (1 + x)).squareRoot()
    return x < 0.5 ? Libm.log1p(leg) - Libm.log(x) : Libm.log1p((1 - x + leg) / x)
  }

  /// arsinh(1/x); nan at 0.
  package static func acsch(_ x: Double) -> Double {
    if x == 0 { return .nan }
    if abs(x) > 1e-300 || x.isNaN { return Libm.asinh(1 / x) }
    let size = 0.6931471805599453 - Libm.log(abs(x))
    return x < 0 ? -size : size
  }
}
