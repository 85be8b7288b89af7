import NablaBasics

extension RealMath {
  /// The n-th derivative of the digamma function, for whole n ≥ 0; nan for other n and at the poles of Γ.
  ///
  ///     RealMath.polygamma(1, 1)   // 1.6449340668482264, π²/6
  ///
  /// ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹ n! ζ(n + 1, x) with Hurwitz's zeta; for x < 0 the sum over the poles is split into
  /// those on either side of x, each again a zeta function of a positive argument.
  package static func polygamma(_ n: Double, _ x: Double) -> Double {
    guard n >= 0, n.isWhole else { return .nan }
    if n == 0 { return digamma(x) }
    if x.isNaN { return x }
    if x <= 0, x.isWhole || x == -.infinity { return .nan }
    let isOddOrder = !(n / 2).isWhole
    let sign: Double = isOddOrder ? 1 : -1
    // Far out it is (n − 1)!/xⁿ, whose factor n!/xⁿ⁺¹ may be too small for a number.
    if x > 4e16 * n { return sign * factorialOverPower(n - 1, x) }
    if x > 0 { return sign * factorialTimesZeta(n, x) }
    // The poles to the left go on for ever; those to the right end at 0, so what would lie beyond is taken off.
    // Equal distances to the nearest two cancel exactly.
    let left = factorialTimesZeta(n, x - x.rounded(.down))
    let right = factorialTimesZeta(n, x.rounded(.up) - x)
    return sign * ((left + sign * right) - sign * factorialTimesZeta(n, 1 - x))
  }

  /// n!·ζ(n + 1, x) for whole n ≥ 1 and x > 0 by Euler's and Maclaurin's formula, scaled by its first term.
  private static func factorialTimesZeta(_ n: Double, _ x: Double) -> Double {
    let first = factorialOverPower(n, x)
    if first == 0 || first.isInfinite { return scaledByLogarithm(n, x, first) }
    return first * zetaOverFirstTerm(n, x)
  }

  /// ζ(n + 1, x)·xⁿ⁺¹, a number of at least 1.
  private static func zetaOverFirstTerm(_ n: Double, _ x: Double) -> Double {
    let s = n + 1
    var sum = 0.0
    var w = x
    var term = 1.0
    while w < s + 10, w + 1 > w {
      sum += term
      w += 1
      term = Libm.exp(-s * Libm.log1p((w - x) / x))
      if term < 1e-18 * sum { return sum }
    }
    sum += term * (w / n + 0.5)
    var correction = term * s / w
    var rising = s
    for coefficient in bernoulliOverFactorial {
      sum += coefficient * correction
      correction *= (rising + 1) / w * ((rising + 2) / w)
      rising += 2
    }
    return sum
  }

  /// n!/xⁿ⁺¹ as a product of the ratios k/x, kept in range by a binary exponent of its own.
  private static func factorialOverPower(_ n: Double, _ x: Double) -> Double {
    if n > 1e6 { return Libm.exp(lnGamma(n + 1) - (n + 1) * Libm.log(x)) }
    var significand = 1 / x
    var exponent = 0
    var k = 1.0
    while k <= n, significand.isFinite, significand > 0 {
      significand *= k / x
      if significand > 0x1p500, significand.isFinite {
        significand *= 0x1p-500
        exponent += 500
      } else if significand < 0x1p-500 {
        significand *= 0x1p500
        exponent -= 500
      }
      k += 1
    }
    return Double(sign: .plus, exponent: exponent, significand: significand)
  }

  /// The product where its first factor leaves the range of numbers though the whole may not.
  private static func scaledByLogarithm(_ n: Double, _ x: Double, _ first: Double) -> Double {
    if first.isInfinite || x < 1 { return first }
    let logarithm = lnGamma(n + 1) - (n + 1) * Libm.log(x) + Libm.log(zetaOverFirstTerm(n, x))
    return Libm.exp(logarithm)
  }

  /// B₂ⱼ/(2j)! from j = 1.
  static let bernoulliOverFactorial: [Double] = [
    0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
    2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
    8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19,
  ]
}
