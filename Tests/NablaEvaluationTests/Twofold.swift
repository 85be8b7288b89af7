import NablaBasics

/// A number of some 31 digits: the sum of two that do not overlap (Dekker 1971).
struct Twofold {
  let high: Double
  let low: Double

  /// A number and what is missing from it.
  init(_ high: Double, _ low: Double = 0) {
    self.high = high + low
    self.low = low - (self.high - high)
  }

  static func + (a: Self, b: Self) -> Self {
    let sum = a.high + b.high
    let other = sum - a.high
    let lost = (a.high - (sum - other)) + (b.high - other)
    return Self(sum, lost + a.low + b.low)
  }

  static prefix func - (a: Self) -> Self { Self(-a.high, -a.low) }
  static func - (a: Self, b: Self) -> Self { a + -b }

  static func * (a: Self, b: Self) -> Self {
    let product = a.high * b.high
    let lost = (-product).addingProduct(a.high, b.high)
    return Self(product, lost + a.high * b.low + a.low * b.high)
  }

  static func / (a: Self, b: Self) -> Self {
    let first = a.high / b.high
    let rest = a - b * Self(first)
    let second = rest.high / b.high
    return Self(first, second) + Self((rest - b * Self(second)).high / b.high)
  }

  static func * (a: Double, b: Self) -> Self { Self(a) * b }

  /// How far a number lies from this one, in units of the last place.
  func ulps(_ found: Double) -> Double { ((Self(found) - self).high / high.ulp).magnitude }

  /// ln 2 and π/2, the latter in three parts.
  private static let logarithmOfTwo = Self(0.69314718055994530942, 2.3190468138462995584e-17)
  private static let rightAngle = (
    1.57079632679489661923, 6.1232339957367658860e-17, -1.4973849048591833138e-33
  )

  /// Σ xⁱ/i! from so many terms on, each next with the factor `sign`·x² or x.
  private static func series(_ first: Self, _ factor: Self, from place: Int, by step: Int) -> Self {
    var (sum, term, place) = (first, first, place)
    while term.high.magnitude > 1e-36 * sum.high.magnitude {
      term = term * factor
      for _ in 0..<step {
        place += 1
        term = term / Self(Double(place))
      }
      sum = sum + term
    }
    return sum
  }

  /// eˣ.
  var exponential: Self {
    let k = (high / 0.69314718055994530942).rounded()
    let rest = self - k * Self.logarithmOfTwo
    // Halved eight times, then squared as often.
    var power = Self.series(Self(1), Self(rest.high / 256, rest.low / 256), from: 0, by: 1)
    for _ in 0..<8 { power = power * power }
    let scale = Double(sign: .plus, exponent: Int(k) / 2, significand: 1)
    let other = Double(sign: .plus, exponent: Int(k) - Int(k) / 2, significand: 1)
    return Self(power.high * scale * other, power.low * scale * other)
  }

  /// eˣ − 1.
  var exponentialMinusOne: Self {
    high.magnitude < 0.5
      ? high == 0 ? self : Self.series(self, self, from: 1, by: 1) : exponential - Self(1)
  }

  /// ln(1 + x): what the logarithm of the C library leaves is added.
  var logarithmOfOnePlus: Self {
    let near = Self(Libm.log1p(high))
    return near + ((-near).exponentialMinusOne + self * (-near).exponential)
  }

  /// ln x.
  var logarithm: Self {
    let near = Self(Libm.log(high))
    return near + (self * (-near).exponential - Self(1))
  }

  /// sin x and cos x for |x| ≤ 10⁶.
  var sineAndCosine: (sine: Self, cosine: Self) {
    let n = (high / Self.rightAngle.0).rounded()
    let rest =
      self - Self(n) * Self(Self.rightAngle.0) - Self(n) * Self(Self.rightAngle.1)
      - Self(n * Self.rightAngle.2)
    let square = -(rest * rest)
    let sine = rest.high == 0 ? rest : Self.series(rest, square, from: 1, by: 2)
    let cosine = Self.series(Self(1), square, from: 0, by: 2)
    switch Int(n) & 3 {
    case 0: return (sine, cosine)
    case 1: return (cosine, -sine)
    case 2: return (-sine, -cosine)
    default: return (-cosine, sine)
    }
  }

  /// arctan x: what that of the C library leaves is the arctangent of something small.
  var arctangent: Self {
    let near = Self(Libm.atan(high))
    let (sine, cosine) = near.sineAndCosine
    return near + (self * cosine - sine) / (cosine + self * sine)
  }
}
