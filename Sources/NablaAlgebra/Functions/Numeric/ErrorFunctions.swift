import NablaBasics

extension RealMath {
  /// The number whose error function is x, for −1 < x < 1.
  ///
  ///     RealMath.inverseErf(0.5)   // 0.4769362762044699
  ///
  /// Winitzki's approximation, then Halley's method on erf, or beside ±1 on erfc of the exact distance to 1.
  package static func inverseErf(_ x: Double) -> Double {
    guard abs(x) < 1 else { return .nan }
    let size = abs(x)
    if size < 1e-8 { return x * halfRootPi }
    let gap = 1 - size
    let logarithm = Libm.log(gap * (1 + size))
    let t = 2 / (.pi * 0.147) + logarithm / 2
    var y = size < 0.1 ? size * halfRootPi : ((t * t - logarithm / 0.147).squareRoot() - t).squareRoot()
    for _ in 0..<3 {
      let miss = size < 0.5 ? Libm.erf(y) - size : gap - Libm.erfc(y)
      let step = miss * halfRootPi * Libm.exp(y * y)
      y -= step / (1 + y * step)
    }
    return x < 0 ? -y : y
  }

  /// −i·erf(ix), 2/√π times the integral of e^(t²) from 0 to x.
  ///
  ///     RealMath.erfi(1)   // 1.6503957587975429
  ///
  /// Up to 6.5 its power series, whose terms are all of one sign; beyond e^(x²)/(x√π) times the asymptotic series of
  /// Dawson's function (DLMF 7.6.1, 7.12.1), with x² in two parts.
  package static func erfi(_ x: Double) -> Double {
    let size = abs(x)
    if size < 1e-8 || x.isNaN { return x / halfRootPi }
    if size < 6.5 {
      let square = size * size
      var (power, sum) = (1.0, 1.0)
      var k = 1.0
      while power > 1e-18 * sum {
        power *= square / k
        sum += power / (2 * k + 1)
        k += 1
      }
      return x / halfRootPi * sum
    }
    let square = size * size
    if square > 720 { return x < 0 ? -.infinity : .infinity }
    let rest = (-square).addingProduct(size, size)
    var (term, sum) = (1.0, 1.0)
    var k = 1.0
    while term > 1e-18 {
      term *= (2 * k - 1) / (2 * square)
      sum += term
      k += 1
    }
    // In two steps, so that the power alone does not overflow.
    let half = Libm.exp(square / 2)
    let value = half * (sum * (1 + rest) / (2 * halfRootPi * size)) * half
    return x < 0 ? -value : value
  }

  /// x·Φ(x), the Gaussian error linear unit, with Φ the distribution function of the normal distribution.
  ///
  ///     RealMath.gelu(-1)   // -0.15865525393145707
  ///
  /// On the left the error of rounding x/√2 is made good by the slope of erfc.
  package static func gelu(_ x: Double) -> Double {
    if x.isInfinite { return x > 0 ? x : 0 }
    return x < -37 ? smallestGelu(x) : x * normalDistribution(x)
  }

  /// −φ(x)·(1 − 1/x² + 3/x⁴ − ⋯) where Φ(x) is too small for a number of full precision (DLMF 7.12.1).
  private static func smallestGelu(_ x: Double) -> Double {
    let square = x * x
    let rest = (-square).addingProduct(x, x)
    var (term, sum) = (1.0, 1.0)
    for k in stride(from: 1.0, through: 13, by: 2) {
      term *= -k / square
      sum += term
    }
    return -Libm.exp(-square / 2) * (0.398_942_280_401_432_7 * sum * (1 - rest / 2))
  }

  /// Φ(x) = erfc(−x/√2)/2.
  static func normalDistribution(_ x: Double) -> Double {
    let y = -x * rootHalfHigh
    if abs(y) > 28 { return x > 0 ? 1 : 0 }
    let rest = (-y).addingProduct(-x, rootHalfHigh) - x * rootHalfLow
    return (Libm.erfc(y) - rest / halfRootPi * Libm.exp(-y * y)) / 2
  }

  /// ln(x/(1 − x)) for 0 < x < 1.
  ///
  ///     RealMath.logit(0.75)   // 1.0986122886681098, ln 3
  package static func logit(_ x: Double) -> Double {
    guard x > 0, x < 1 else { return .nan }
    if x > 0.25, x < 0.75 { return Libm.log1p((2 * x - 1) / (1 - x)) }
    return x < 0.5 ? Libm.log(x) - Libm.log1p(-x) : Libm.log(x / (1 - x))
  }

  /// sin(x)/x, and 1 at 0.
  ///
  ///     RealMath.sinc(0)   // 1
  package static func sinc(_ x: Double) -> Double { x == 0 ? 1 : x.isInfinite ? 0 : Libm.sin(x) / x }

  /// √π/2.
  private static let halfRootPi: Double = 0.886_226_925_452_758
  /// 1/√2 in two parts.
  private static let rootHalfHigh: Double = 0.707_106_781_186_547_6
  private static let rootHalfLow: Double = -4.833_646_656_726_457e-17
}
