import NablaBasics

/// Student's t distribution, by the incomplete beta function.
///
///     StudentT(degreesOfFreedom: 6).quantile(0.975)   // 2.4469
package struct StudentT: Sendable {
  /// ν, above 0; from 10⁸ on the normal distribution is as good.
  package let degreesOfFreedom: Double

  package init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// P(|T| > t) = I(ν/(ν + t²); ν/2, ½) for t ≥ 0 (Abramowitz & Stegun 26.7.1 and 26.5.27).
  package func bothTails(beyond t: Double) -> Double {
    let nu = min(degreesOfFreedom, 1e8)
    return IncompleteBeta(nu / 2, 0.5).ratio(at: nu / (nu + t * t), complement: t * t / (nu + t * t))
  }

  /// The t with P(T ≤ t) = p, for ½ ≤ p < 1, by bisection.
  package func quantile(_ p: Double) -> Double {
    let tails = 2 * (1 - p)
    guard degreesOfFreedom > 0, tails < 1, tails > 0 else { return tails == 1 ? 0 : .nan }
    var (low, high) = (0.0, 1.0)
    while bothTails(beyond: high) > tails { (low, high) = (high, high * 2) }
    while true {
      let middle = (low + high) / 2
      guard low < middle, middle < high else { return middle }
      if bothTails(beyond: middle) > tails { low = middle } else { high = middle }
    }
  }
}

/// Fisher's F distribution, by the incomplete beta function.
package struct FisherF: Sendable {
  /// The degrees of freedom of the numerator and of the denominator.
  package let numerator: Double, denominator: Double

  package init(_ numerator: Double, _ denominator: Double) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// P(F > f) = I(ν₂/(ν₂ + ν₁f); ν₂/2, ν₁/2) (Abramowitz & Stegun 26.6.2).
  package func tail(beyond f: Double) -> Double {
    guard f > 0 else { return 1 }
    let (a, b) = (denominator, numerator * f)
    return IncompleteBeta(denominator / 2, numerator / 2).ratio(at: a / (a + b), complement: b / (a + b))
  }
}

/// The regularized incomplete beta function I(x; a, b), by its continued fraction (DLMF 8.17.22; Lentz 1976).
struct IncompleteBeta {
  private let a: Double, b: Double

  init(_ a: Double, _ b: Double) { (self.a, self.b) = (a, b) }

  /// I(x; a, b) for x in 0…1; the complement 1 − x comes apart, so that it keeps its digits.
  func ratio(at x: Double, complement: Double) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let front = Libm.exp(
      a * Libm.log(x) + b * Libm.log(complement) + LnGamma.of(a + b) - LnGamma.of(a) - LnGamma.of(b))
    return x < (a + 1) / (a + b + 2)
      ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, complement) / b
  }

  private func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d.magnitude < tiny ? tiny : d)
    var result = d
    for m in 1...20_000 {
      let k = Double(m)
      for term in [
        k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
        -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
      ] {
        d = 1 + term * d
        d = 1 / (d.magnitude < tiny ? tiny : d)
        c = 1 + term / c
        if c.magnitude < tiny { c = tiny }
        result *= c * d
      }
      if (c * d - 1).magnitude < 1e-15 { break }
    }
    return result
  }
}

/// ln Γ(x) for x > 0 by Stirling's series (Abramowitz & Stegun 6.1.41), from 10 on by itself.
enum LnGamma {
  static func of(_ x: Double) -> Double {
    var x = x
    var shift = 0.0
    while x < 10 {
      shift -= Libm.log(x)
      x += 1
    }
    let square = 1 / (x * x)
    let series =
      (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188.0)))) / x
    return shift + (x - 0.5) * Libm.log(x) - x + 0.918_938_533_204_672_742 + series
  }
}
