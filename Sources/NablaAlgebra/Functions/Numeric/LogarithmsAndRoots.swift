import NablaBasics

extension RealMath {
  /// The logarithm of x to a base; exact where x is a whole power of the base.
  ///
  ///     RealMath.log(8, base: 2)      // 3
  ///     RealMath.log(0.001, base: 10) // -3
  ///
  /// nan unless x > 0, base > 0, base ≠ 1, and where the base is infinite.
  package static func log(_ x: Double, base: Double) -> Double {
    // A base beyond all numbers would give 0 for every x.
    guard x > 0, base > 0, base != 1, base.isFinite else { return .nan }
    if base == 2 { return Libm.log2(x) }
    if base == 10 { return Libm.log10(x) }
    let quotient = Libm.log(x) / Libm.log(base)
    let whole = quotient.rounded()
    return abs(whole) < 1100 && whole != quotient && Libm.pow(base, whole) == x ? whole : quotient
  }

  /// The real n-th root of x; negative x have one for odd n only.
  ///
  ///     RealMath.root(-27, 3)   // -3
  ///     RealMath.root(2, -1)    // 0.5
  ///
  /// nan for n = 0, and for x < 0 unless n is an odd whole number.
  package static func root(_ x: Double, _ n: Double) -> Double {
    if n == 0 || n.isNaN || x.isNaN { return .nan }
    if n == 2 { return x.squareRoot() }
    if n == 3 { return cbrt(x) }
    if x < 0 {
      let isOdd = n.isWhole && !(n / 2).isWhole
      return isOdd ? -root(-x, n) : .nan
    }
    let root = Libm.pow(x, 1 / n)
    let whole = root.rounded()
    return whole != root && whole != 0 && Libm.pow(whole, n) == x ? whole : root
  }

  /// The cube root, exact for cubes of whole numbers; glibc's own says 3.0000000000000004 for 27.
  package static func cbrt(_ x: Double) -> Double {
    let root = Libm.cbrt(x)
    let whole = root.rounded()
    return whole * whole * whole == x ? whole : root
  }

  /// 1/(1 + e⁻ˣ), without overflow on either side.
  ///
  ///     RealMath.sigmoid(-800)   // 0, and sigmoid(-700) is 9.859676543759771e-305
  package static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Libm.exp(-x)) }
    let power = Libm.exp(x)
    return power / (1 + power)
  }

  /// ln(1 + eˣ), without overflow on the right and without loss on the left.
  ///
  ///     RealMath.softplus(1000)   // 1000
  ///     RealMath.softplus(-100)   // 3.720075976020836e-44
  package static func softplus(_ x: Double) -> Double {
    if x.isNaN { return x }
    return x > 0 ? x + Libm.log1p(Libm.exp(-x)) : Libm.log1p(Libm.exp(x))
  }
}
