/// Eight numbers that are computed side by side.
typealias Lanes = SIMD8<Double>

extension Lanes {
  /// Eight numbers of a row. Read one by one they become loads of whole vectors; what Swift has for that, a generic
  /// function, stays a call where many are read.
  @inline(__always)
  init(at row: UnsafePointer<Double>) {
    self.init(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])
  }
}

/// Elementary functions of eight numbers at once, at most 2 units in the last place off.
///
/// Methods and coefficients are those of fdlibm (Sun Microsystems 1993: e_exp, e_log, k_sin, k_cos, s_atan, s_expm1),
/// without its branches: an argument outside the range that a function names is left to the C library by the caller.
enum VectorMath {
  typealias Bits = SIMD8<UInt64>
  typealias Mask = SIMDMask<SIMD8<Int64>>

  @inline(__always) static func bits(_ x: Lanes) -> Bits { unsafeBitCast(x, to: Bits.self) }
  @inline(__always) static func lanes(_ x: Bits) -> Lanes { unsafeBitCast(x, to: Lanes.self) }
  @inline(__always) static func magnitude(_ x: Lanes) -> Lanes { lanes(bits(x) & 0x7FFF_FFFF_FFFF_FFFF) }
  /// y with the sign of x, where y has that sign or is 0.
  @inline(__always) static func sign(of x: Lanes, on y: Lanes) -> Lanes {
    lanes((bits(x) & 0x8000_0000_0000_0000) | bits(y))
  }

  /// A result and what its last rounding took off.
  typealias Rounded = (value: Lanes, lost: Lanes)

  /// Added to a number of moderate size and taken off again it rounds to a whole number, which then stands in the
  /// lowest bits of the sum.
  static let rounder = 0x1.8p52

  /// 2ᵏ and r with x = k·ln 2 + r for |x| ≤ 708, r in two parts.
  @inline(__always)
  private static func splitPower(_ x: Lanes) -> (scale: Lanes, high: Lanes, low: Lanes) {
    let shifted = x * 1.44269504088896338700 + rounder
    let k = shifted - rounder
    let high = x - k * 6.93147180369123816490e-01
    let low = k * 1.90821492927058770002e-10
    return (lanes((bits(shifted) &<< 52) &+ 0x3FF0_0000_0000_0000), high, low)
  }

  /// 2ᵏ and eʳ − 1 with an error small beside 1.
  @inline(__always)
  private static func splitExponential(_ x: Lanes) -> (scale: Lanes, rest: Lanes) {
    let (scale, high, low) = splitPower(x)
    let r = high - low
    let t = r * r
    var p = t * 4.13813679705723846039e-08 - 1.65339022054652515390e-06
    p = t * p + 6.61375632143793436117e-05
    p = t * p - 2.77777777770155933842e-03
    p = t * p + 1.66666666666666019037e-01
    let c = r - t * p
    return (scale, high - (low - (r * c) / (2 - c)))
  }

  /// 2ᵏ and eʳ − 1 with an error small beside r: Taylor's series to r¹³.
  @inline(__always)
  private static func splitExponentialMinusOne(_ x: Lanes) -> (scale: Lanes, rest: Lanes) {
    let (scale, high, low) = splitPower(x)
    let r = high - low
    let lost = (high - r) - low
    var p = r * (1.0 / 6_227_020_800) + 1.0 / 479_001_600
    p = r * p + 1.0 / 39_916_800
    p = r * p + 1.0 / 3_628_800
    p = r * p + 1.0 / 362_880
    p = r * p + 1.0 / 40_320
    p = r * p + 1.0 / 5_040
    p = r * p + 1.0 / 720
    p = r * p + 1.0 / 120
    p = r * p + 1.0 / 24
    p = r * p + 1.0 / 6
    return (scale, r + (r * r * (0.5 + r * p) + lost * (1 + r)))
  }

  /// eˣ for |x| ≤ 708.
  @inline(__always)
  static func exponential(_ x: Lanes) -> Lanes {
    let (scale, rest) = splitExponential(x)
    return scale * (1 + rest)
  }

  /// eˣ − 1 for |x| ≤ 708.
  @inline(__always)
  static func exponentialMinusOne(_ x: Lanes) -> Lanes {
    let (scale, rest) = splitExponentialMinusOne(x)
    return sign(of: x, on: scale * rest + (scale - 1))
  }

  /// ln x for normal x > 0.
  @inline(__always)
  static func logarithm(_ x: Lanes) -> Lanes {
    let (k, f, s, r) = splitLogarithm(x)
    let half = 0.5 * f * f
    let low = s * (half + r) + k * 1.90821492927058770002e-10
    return k * 6.93147180369123816490e-01 - ((half - low) - f)
  }

  /// ln(1 + x) for −0.999 < x ≤ 10³⁰⁰.
  @inline(__always)
  static func logarithmOfOnePlus(_ x: Lanes) -> Lanes {
    let u = 1 + x
    let other = u - x
    let lost = (x - (u - other)) + (1 - other)
    let (k, f, s, r) = splitLogarithm(u)
    // What the sum lost is divided by u = 2ᵏ(1 + s)/(1 − s), of which two digits are enough.
    let scale = lanes(0x3FF0_0000_0000_0000 &- (bits(k + rounder) &<< 52))
    let correction = (lost * scale) * (1 - 2 * s * (1 - s))
    let half = 0.5 * f * f
    let low = s * (half + r) + (k * 1.90821492927058770002e-10 + correction)
    return sign(of: x, on: k * 6.93147180369123816490e-01 - ((half - low) - f))
  }

  /// x = 2ᵏ(1 + f) with 1 + f from √½ to √2, s = f/(2 + f), and r with ln(1 + f) = f − s(f − r).
  @inline(__always)
  private static func splitLogarithm(_ x: Lanes) -> (k: Lanes, f: Lanes, s: Lanes, r: Lanes) {
    let moved = bits(x) &+ (0x3FF0_0000_0000_0000 - 0x3FE6_A09E_0000_0000)
    let k = lanes((moved &>> 52) | 0x4330_0000_0000_0000) - 4503599627371519.0
    let f = lanes((moved & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_0000_0000) - 1
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    var even = w * 1.531383769920937332e-01 + 2.222219843214978396e-01
    even = w * (w * even + 3.999999999940941908e-01)
    var odd = w * 1.479819860511658591e-01 + 1.818357216161805012e-01
    odd = w * odd + 2.857142874366239149e-01
    odd = z * (w * odd + 6.666666666666735130e-01)
    return (k, f, s, even + odd)
  }

  /// tanh x for |x| ≤ 350: −t/(t + 2) with t = e^(−2|x|) − 1 below 1, 1 − 2p/(1 + p) with p = t + 1 beyond.
  @inline(__always)
  static func hyperbolicTangent(_ x: Lanes) -> Lanes {
    let size = magnitude(x)
    let (scale, rest) = splitExponentialMinusOne(-2 * size)
    let t = scale * rest + (scale - 1)
    let lost = ((scale - 1) - t) + scale * rest
    let power = scale + scale * rest
    let isFar = size .>= 1
    let twoMore = t + 2
    let lostBelow = ((2 - twoMore) + t) + lost
    let quotient =
      (-t).replacing(with: 2 * power, where: isFar) / twoMore.replacing(with: 1 + power, where: isFar)
    // 1/(t + 2) = (1 + q)/2.
    let near = quotient - (lost + quotient * lostBelow) * (0.5 * (1 + quotient))
    return sign(of: x, on: near.replacing(with: 1 - quotient, where: isFar))
  }

  /// sinh x for |x| ≤ 708.
  @inline(__always)
  static func hyperbolicSine(_ x: Lanes) -> Lanes {
    let t = exponentialMinusOne(magnitude(x))
    return sign(of: x, on: 0.5 * (t + t / (t + 1)))
  }

  /// cosh x for |x| ≤ 708.
  @inline(__always)
  static func hyperbolicCosine(_ x: Lanes) -> Lanes {
    let power = exponential(magnitude(x))
    return 0.5 * power + 0.5 / power
  }

  /// 1/cosh x for |x| ≤ 350: 2p/(1 + p²) with p = e^(−|x|), corrected for the rounding of p.
  @inline(__always)
  static func hyperbolicSecant(_ x: Lanes) -> Lanes {
    let (scale, rest) = splitExponential(-magnitude(x))
    let whole = 1 + rest
    let power = scale * whole
    let lost = scale * ((1 - whole) + rest)
    let square = power * power
    let below = 1 + square
    return 2 * power / below + 2 * lost * (1 - square) / (below * below)
  }
}
