import NablaBasics

extension RealMath {
  /// B(a, b) = Γ(a)Γ(b)/Γ(a + b) for a > 0 and b > 0, without the overflow of the three.
  ///
  ///     RealMath.beta(2, 3)        // 1/12
  ///     RealMath.beta(1000, 0.5)   // 0.05605692, where Γ(1000) is beyond all numbers
  ///
  /// Small arguments are raised to 10 by B(a, b) = B(a + 1, b)·(a + b)/a; from there Stirling's series of the
  /// three factors, whose large parts cancel (Didonato and Morris 1992, section 4).
  package static func beta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    var (large, small) = a < b ? (b, a) : (a, b)
    if large.isInfinite { return 0 }
    var factor = 1.0
    while large < 10 {
      factor *= (large + small) / large
      large += 1
    }
    let ratio = small / large
    if small < 10 {
      // Γ(a)/Γ(a + b) alone.
      let logarithm = (large - 0.5) * Libm.log1p(ratio) + small * (Libm.log(large + small) - 1)
      let tails = stirlingTail(large) - stirlingTail(large + small)
      return factor * Libm.tgamma(small) * Libm.exp(tails - logarithm)
    }
    let power = -large * Libm.log1p(ratio) - small * Libm.log1p(large / small)
    let tails = stirlingTail(large) + stirlingTail(small) - stirlingTail(large + small)
    return factor * (2 * .pi * (1 / large + 1 / small)).squareRoot() * Libm.exp(power + tails)
  }
}
