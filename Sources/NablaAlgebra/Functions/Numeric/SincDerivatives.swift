import NablaBasics

extension RealMath {
  /// The n-th derivative of sin(x)/x, for whole n ≥ 0; nan for other n.
  ///
  ///     RealMath.polysinc(2, 0)   // -0.3333333333333333
  ///
  /// Differentiating x·sinc x = sin x n times gives x·Sₙ + n·Sₙ₋₁ = cos⁽ⁿ⁻¹⁾ x, which is stable upwards in n while n is
  /// below |x|, and downwards, from anything far enough up, beyond.
  package static func polysinc(_ n: Double, _ x: Double) -> Double {
    guard n >= 0, n.isWhole, !x.isNaN else { return .nan }
    if n == 0 { return sinc(x) }
    if x.isInfinite { return 0 }
    let (sine, cosine) = (Libm.sin(x), Libm.cos(x))
    // The derivatives of the cosine, which come again after four.
    let turned = [cosine, -sine, -cosine, sine]
    guard n <= 1e6 else {
      let quarter = Int(n.truncatingRemainder(dividingBy: 4))
      return polysincOfLargeOrder(n, x, cosine: turned[quarter], sine: turned[(quarter + 3) & 3])
    }
    let order = Int(n)
    if x.magnitude > n + 1 {
      return (1...order).reduce(sine / x) { (turned[($1 - 1) & 3] - Double($1) * $0) / x }
    }
    // Of odd order the value is as small as x, so that the next one counts however small x is.
    var (last, weight) = (order + 1, 1.0)
    while weight > 1e-20 {
      last += 1
      weight *= x.magnitude / Double(last)
    }
    return ((order + 1)...last).reversed().reduce(0) { (turned[($1 - 1) & 3] - x * $0) / Double($1) }
  }

  /// The real part of e^(i(x + nπ/2)) times ∫₀^∞ e^(−(n + 1)u + ix(e^(−u) − 1)) du, with u² and u³ as corrections: the
  /// integral is r(1 + ixr² + …) for r = 1/(n + 1 + ix).
  private static func polysincOfLargeOrder(
    _ n: Double, _ x: Double, cosine: Double, sine: Double
  ) -> Double {
    let length = Libm.hypot(n + 1, x)
    let (real, imaginary) = ((n + 1) / length, -x / length)
    // ixr² = (x/|r|⁻²)·i·(real + i·imaginary)²
    let scale = x / length / length
    let correction = (-2 * scale * real * imaginary, scale * (real * real - imaginary * imaginary))
    let factor = (
      real * (1 + correction.0) - imaginary * correction.1,
      imaginary * (1 + correction.0) + real * correction.1
    )
    return (cosine * factor.0 - sine * factor.1) / length
  }
}
