import NablaBasics

extension RealMath {
  /// The principal branch of Lambert's W: w ≥ −1 with w·eʷ = x, for x ≥ −1/e.
  ///
  ///     RealMath.lambertW(1)   // 0.5671432904097838
  ///
  /// Beside −1/e the series in p = √(2(ex + 1)); elsewhere w ← w/(1 + w)·(1 + ln(x/w)), which is Newton's
  /// method on ln w + w = ln x (Corless and others 1996, (4.22); Iacono and Boyd 2017).
  package static func lambertW(_ x: Double) -> Double {
    if x == 0 || x == .infinity { return x }
    guard x >= branchPoint else { return .nan }
    let distance = (1.0).addingProduct(x, eHigh) + x * eLow
    let p = (2 * RealMath.max(distance, 0)).squareRoot()
    if p < 0.05 { return branchSeries(p) }
    var w = x < -0.2 ? branchSeries(p) : startingPoint(x)
    for _ in 0..<12 {
      let next = w / (1 + w) * (1 + Libm.log(x / w))
      if abs(next - w) <= 1e-16 * abs(next) { return next }
      w = next
    }
    return w
  }

  private static func startingPoint(_ x: Double) -> Double {
    let l = Libm.log1p(x)
    return l * (1 - Libm.log1p(l) / (2 + l))
  }

  private static func branchSeries(_ p: Double) -> Double {
    var sum = 0.0
    for coefficient in branchCoefficients.reversed() { sum = sum * p + coefficient }
    return sum
  }

  /// −1/e, rounded down.
  package static let branchPoint: Double = -0.36787944117144233
  private static let eHigh: Double = 2.718281828459045
  private static let eLow: Double = 1.4456468917292502e-16

  /// W = −1 + p − p²/3 + 11p³/72 − … (Corless and others 1996, (4.22)).
  private static let branchCoefficients: [Double] = [
    -1, 1, -1.0 / 3, 11.0 / 72, -43.0 / 540, 769.0 / 17280, -221.0 / 8505, 680863.0 / 43_545_600,
    -1963.0 / 204_120, 226_287_557.0 / 37_623_398_400,
  ]
}
