import NablaBasics

extension RealMath {
  /// The Bessel function Jₙ(x) of the first kind, for a whole number n.
  ///
  ///     RealMath.besselJ(0, 1)     // 0.7651976865579666
  ///     RealMath.besselJ(-1, 2)    // -0.5767248077568734, minus that of order 1
  ///
  /// Power series for small x; Hankel's asymptotic series of orders 0 and 1 and upward recurrence where x is large
  /// and beyond the order; elsewhere Miller's downward recurrence (Olver and Maximon, DLMF 10.2.2, 10.17.3, 10.74(iv)).
  /// nan where n is no whole number or beyond 100 000.
  package static func besselJ(_ n: Double, _ x: Double) -> Double {
    guard let order = besselOrder(n), !x.isNaN else { return .nan }
    let isOdd = order % 2 != 0
    let isNegative = isOdd && (n < 0) != (x < 0)
    let value = positiveJ(order, abs(x))
    return isNegative ? -value : value
  }

  /// The Bessel function Yₙ(x) of the second kind, for a whole number n and x > 0.
  ///
  ///     RealMath.besselY(0, 1)   // 0.08825696421567697
  ///
  /// Orders 0 and 1 by Neumann's series or Hankel's, higher ones by upward recurrence, which is stable for Y
  /// (Abramowitz and Stegun 9.1.27, 9.1.88, 9.1.89; DLMF 10.17.4).
  package static func besselY(_ n: Double, _ x: Double) -> Double {
    guard let order = besselOrder(n), x > 0 else { return .nan }
    let sign: Double = n < 0 && order % 2 != 0 ? -1 : 1
    if x.isInfinite { return 0 }
    var (lower, upper) = x >= asymptotic ? (hankel(0, x).y, hankel(1, x).y) : neumannY(x)
    if order == 0 { return lower }
    var k = 1.0
    while k < Double(order), upper.isFinite {
      (lower, upper) = (upper, 2 * k / x * upper - lower)
      k += 1
    }
    return sign * upper
  }

  /// From here on Hankel's series of orders 0 and 1 reach the precision of numbers.
  private static let asymptotic = 25.0

  /// The size of an order; nil where it is no whole number, or too large.
  private static func besselOrder(_ n: Double) -> Int? {
    guard n.isWhole, abs(n) <= 100_000 else { return nil }
    return Int(abs(n))
  }

  private static func positiveJ(_ n: Int, _ x: Double) -> Double {
    if x == 0 { return n == 0 ? 1 : 0 }
    if x.isInfinite { return 0 }
    if x * x <= 4 * Double(n + 1) { return seriesJ(n, x) }
    guard x >= asymptotic, Double(n) <= x else { return downwardJ(x, keeping: n).kept }
    var (lower, upper) = (hankel(0, x).j, hankel(1, x).j)
    if n == 0 { return lower }
    var k = 1
    while k < n {
      (lower, upper) = (upper, 2 * Double(k) / x * upper - lower)
      k += 1
    }
    return upper
  }

  /// (x/2)ⁿ/n! · Σ (−x²/4)ᵏ / (k!·(n + 1)ₖ), for x² ≤ 4(n + 1).
  private static func seriesJ(_ n: Int, _ x: Double) -> Double {
    let half = x / 2
    var (term, sum) = (1.0, 1.0)
    var k = 1.0
    while abs(term) > 1e-18 * abs(sum) {
      term *= -half * (half / (k * (Double(n) + k)))
      sum += term
      k += 1
    }
    // (x/2)ⁿ/n! as a product of ratios in range: no factor alone leaves the numbers.
    var (factor, exponent) = (1.0, 0)
    var place = 1
    while place <= n {
      factor *= half / Double(place)
      if factor < 0x1p-500 {
        if exponent < -1600 { return 0 }
        (factor, exponent) = (factor * 0x1p500, exponent - 500)
      }
      place += 1
    }
    return Double(sign: .plus, exponent: exponent, significand: factor * sum)
  }

  /// Miller's recurrence from far above down to 0, scaled by 1 = J₀ + 2J₂ + 2J₄ + ⋯.
  ///
  /// Also the sums over even and odd orders that Neumann's series of Y₀ and Y₁ need.
  private static func downwardJ(
    _ x: Double, keeping n: Int
  ) -> (kept: Double, j0: Double, j1: Double, even: Double, odd: Double) {
    let highest: Double = Swift.max(Double(n), x)
    let margin: Double = 30 + 12 * Libm.cbrt(highest)
    var k = Int(highest + margin) | 1
    var (above, here) = (0.0, 0x1p-900)
    var (kept, j1, whole, even, odd) = (0.0, 0.0, 0.0, 0.0, 0.0)
    while k > 0 {
      if k == n { kept = here }
      if k == 1 { j1 = here }
      if k % 2 == 0 {
        let m = Double(k / 2)
        whole += 2 * here
        even += (k % 4 == 0 ? -here : here) / m
      } else if k > 1 {
        let m = Double((k - 1) / 2)
        odd += ((k - 1) % 4 == 0 ? here : -here) * (1 + 2 * m) / (m * (1 + m))
      }
      (above, here) = (here, 2 * Double(k) / x * here - above)
      if abs(here) > 0x1p500 {
        let down = 0x1p-600
        (above, here, kept, j1) = (above * down, here * down, kept * down, j1 * down)
        (whole, even, odd) = (whole * down, even * down, odd * down)
      }
      k -= 1
    }
    whole += here
    if n == 0 { kept = here }
    return (kept / whole, here / whole, j1 / whole, even / whole, odd / whole)
  }

  /// Y₀ and Y₁ for x < 25 by series of J (Abramowitz and Stegun 9.1.88 and 9.1.89).
  private static func neumannY(_ x: Double) -> (Double, Double) {
    let logarithm = Libm.log(x / 2) + 0.577_215_664_901_532_9
    if x < 1e-8 { return (2 / .pi * logarithm, -2 / (.pi * x)) }
    let j = downwardJ(x, keeping: 0)
    let y0 = 2 / .pi * (logarithm * j.j0 + 2 * j.even)
    let y1 = 2 / .pi * ((logarithm - 1) * j.j1 - j.j0 / x - j.odd)
    return (y0, y1)
  }

  /// Jₙ and Yₙ for n = 0 or 1 and x ≥ 25 by Hankel's series (DLMF 10.17.3 and 10.17.4).
  private static func hankel(_ n: Double, _ x: Double) -> (j: Double, y: Double) {
    let square = 4 * n * n
    var (p, q) = (1.0, 0.0)
    var term = 1.0
    var k = 1.0
    while k < 40 {
      let odd = 2 * k - 1
      term *= (square - odd * odd) / (8 * k * x)
      switch Int(k) % 4 {
      case 1: q += term
      case 2: p -= term
      case 3: q -= term
      default: p += term
      }
      if abs(term) < 1e-18 { break }
      k += 1
    }
    // The cosine and sine of x − nπ/2 − π/4 without rounding the angle.
    let (s, c) = (Libm.sin(x), Libm.cos(x))
    let (cosine, sine) = n == 0 ? (c + s, s - c) : (s - c, -(s + c))
    let size = 1 / (.pi * x).squareRoot()
    return (size * (p * cosine - q * sine), size * (p * sine + q * cosine))
  }
}
