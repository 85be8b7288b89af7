import NablaBasics

extension RealMath {
  /// ψ⁽ⁿ⁾(a) − ψ⁽ⁿ⁾(a + b), with all digits for small b > 0.
  ///
  ///     RealMath.polygammaDifference(0, 2, 1)   // −½
  ///
  /// Term by term of the sum over k of (a + k)⁻ⁿ⁻¹ − (a + b + k)⁻ⁿ⁻¹, and of the asymptotic series behind it (Abramowitz
  /// and Stegun 6.4.10, 6.4.11). Of other arguments it is the difference as it stands.
  package static func polygammaDifference(_ n: Double, _ a: Double, _ b: Double) -> Double {
    guard n >= 0, n.isWhole, n <= 20, a > 1e-200 / (n + 1), b > 0, a.isFinite, b < 1e10 * a else {
      return polygamma(n, a) - polygamma(n, a + b)
    }
    // w⁻ᵖ − (w + b)⁻ᵖ
    func drop(_ w: Double, _ p: Double) -> Double { -Libm.pow(w, -p) * Libm.expm1(-p * Libm.log1p(b / w)) }
    var (w, sum) = (a, 0.0)
    while w < 12 + n {
      sum += drop(w, n + 1)
      w += 1
    }
    var factorial = 1.0
    if n > 0 { for k in 1...Int(n) { factorial *= Double(k) } }
    // The sum over all further k: the integral, half of the first term, and corrections.
    var rest = n == 0 ? Libm.log1p(b / w) : drop(w, n) / n
    rest += drop(w, n + 1) / 2
    var rising = n + 1
    for (place, coefficient) in bernoulliOverFactorial.prefix(9).enumerated() {
      let power = n + 2 + 2 * Double(place)
      rest += coefficient * rising * drop(w, power)
      rising *= power * (power + 1)
    }
    let isOddOrder = !(n / 2).isWhole
    return (isOddOrder ? 1 : -1) * factorial * (sum + rest)
  }
}
