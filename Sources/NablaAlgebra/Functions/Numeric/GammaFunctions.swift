import NablaBasics

extension RealMath {
  /// Γ(x), nan at its poles 0, −1, −2, ….
  ///
  ///     RealMath.gamma(5)   // 24
  ///
  /// Whole arguments up to 23 are exact.
  package static func gamma(_ x: Double) -> Double {
    if x <= 0, x.isWhole { return .nan }
    if x == -.infinity { return .nan }
    if x.isWhole, x <= 23 { return smallFactorial(x - 1) }
    return Libm.tgamma(x)
  }

  /// x! = Γ(x + 1), for any real x but −1, −2, ….
  ///
  ///     RealMath.factorial(0.5)   // 0.886226925452758, half of √π
  ///
  /// From 1 on it is x·Γ(x): rounding x + 1 would be multiplied by the steepness of Γ.
  package static func factorial(_ x: Double) -> Double {
    if x < 0, x.isWhole { return .nan }
    if x == -.infinity { return .nan }
    if x.isWhole, x <= 22 { return smallFactorial(x) }
    return x < 1 ? Libm.tgamma(x + 1) : x * Libm.tgamma(x)
  }

  /// ln|Γ(x)|, nan at the poles of Γ.
  ///
  ///     RealMath.lnGamma(10)     // 12.801827480081469, ln 362880
  ///     RealMath.lnGamma(-0.5)   // 1.2655121234846454
  ///
  /// Keeps its relative accuracy beside its zeros 1 and 2 (series of Abramowitz and Stegun 6.1.33).
  package static func lnGamma(_ x: Double) -> Double {
    if x <= 0, x.isWhole || x == -.infinity { return .nan }
    if x.isNaN { return x }
    if x >= 20 { return lnGammaByStirling(x) }
    if x > 1.5, x <= 2.5 {
      let d = x - 2
      return d * ((1 - eulerGamma) + d * zetaSeries(d))
    }
    if x >= 0.5, x <= 1.5 {
      let d = x - 1
      return d * ((1 - eulerGamma) + d * zetaSeries(d)) - Libm.log1p(d)
    }
    if x > -20 {
      let gamma = Libm.tgamma(x)
      return gamma.isInfinite ? -Libm.log(abs(x)) : Libm.log(abs(gamma))
    }
    return Libm.log(.pi / abs(sinPi(x))) - lnGammaByStirling(1 - x)
  }

  /// n! for whole 0 ≤ n ≤ 22, where every product is exact.
  private static func smallFactorial(_ n: Double) -> Double {
    var product = 1.0
    var factor = 2.0
    while factor <= n {
      product *= factor
      factor += 1
    }
    return product
  }

  /// Stirling's series for x ≥ 20 (Abramowitz and Stegun 6.1.41).
  private static func lnGammaByStirling(_ x: Double) -> Double {
    if x.isInfinite { return x }
    return (x - 0.5) * (Libm.log(x) - 1) + (halfLogTwoPi - 0.5) + stirlingTail(x)
  }

  /// What ln Γ(x) has beyond (x − 1/2)·ln x − x + ln(2π)/2, for x ≥ 10.
  static func stirlingTail(_ x: Double) -> Double {
    let inverse = 1 / x
    let square = inverse * inverse
    var tail = 0.0
    for coefficient in stirling.reversed() { tail = tail * square + coefficient }
    return tail * inverse
  }

  /// Σ (−1)ᵏ (ζ(k) − 1)/k · dᵏ⁻² from k = 2, for |d| ≤ 1/2.
  private static func zetaSeries(_ d: Double) -> Double {
    var sum = 0.0
    for coefficient in zetaMinusOneOverK.reversed() { sum = coefficient - d * sum }
    return sum
  }

  /// Euler's constant γ.
  private static let eulerGamma: Double = 0.577_215_664_901_532_9
  /// ln(2π)/2.
  private static let halfLogTwoPi: Double = 0.918_938_533_204_672_7

  /// B₂ₖ/(2k(2k − 1)) from k = 1.
  private static let stirling: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156,
  ]

  /// (ζ(k) − 1)/k from k = 2, computed with mpmath to 60 digits.
  private static let zetaMinusOneOverK: [Double] = [
    0.3224670334241132, 0.0673523010531981, 0.020580808427784546, 0.007385551028673986,
    0.0028905103307415234, 0.001192753911703261, 0.0005096695247430425, 0.00022315475845357939,
    9.945751278180853e-05, 4.492623673813314e-05, 2.050721277567069e-05, 9.439488275268397e-06,
    4.374866789907488e-06, 2.039215753801366e-06, 9.55141213040742e-07, 4.492469198764566e-07,
    2.1207184805554665e-07, 1.0043224823968099e-07, 4.7698101693639804e-08, 2.2711094608943164e-08,
    1.0838659214896955e-08, 5.183475041970047e-09, 2.4836745438024785e-09, 1.1921401405860912e-09,
    5.731367241678862e-10, 2.7595228851242334e-10, 1.330476437424449e-10, 6.4229645638381e-11,
  ]
}
