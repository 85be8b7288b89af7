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
  private typealias Rounded = (value: Lanes, lost: Lanes)

  /// Added to a number of moderate size and taken off again it rounds to a whole number, which then stands in the
  /// lowest bits of the sum.
  private static let rounder = 0x1.8p52

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

  /// The sine and cosine of x less the nearest multiple of π/2, and that multiple in the lowest bits; |x| ≤ 10⁵ and
  /// not beside a multiple.
  @inline(__always)
  private static func splitAngle(_ x: Lanes) -> (sine: Rounded, cosine: Rounded, quadrant: Bits) {
    let shifted = x * 6.36619772367581382433e-01 + rounder
    let n = shifted - rounder
    let first = x - n * 1.57079632673412561417
    let second = n * 6.07710050630396597660e-11
    let near = first - second
    let third = n * 2.02226624879595063154e-21 - ((first - near) - second)
    let y = near - third
    let tail = (near - y) - third
    let z = y * y
    var r = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08
    r = z * r + 2.75573137070700676789e-06
    r = z * r - 1.98412698298579493134e-04
    r = z * r + 8.33333333332248946124e-03
    let v = z * y
    let change = (z * (0.5 * tail - v * r) - tail) + v * 1.66666666666666324348e-01
    let sine = y - change
    var c = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09
    c = z * c - 2.75573143513906633035e-07
    c = z * c + 2.48015872894767294178e-05
    c = z * c - 1.38888888888741095749e-03
    c = z * (z * c + 4.16666666666666019037e-02)
    let half = 0.5 * z
    let w = 1 - half
    let rest = ((1 - w) - half) + (z * c - y * tail)
    let cosine = w + rest
    return ((sine, (y - sine) - change), (cosine, (w - cosine) + rest), bits(shifted))
  }

  /// Whether an angle can be reduced for its tangent without the C library.
  @inline(__always)
  static func isModerateAngle(_ x: Lanes) -> Mask {
    let size = magnitude(x)
    let n = (size * 6.36619772367581382433e-01 + rounder) - rounder
    let near = magnitude(size - n * 1.57079632679489655800)
    return (size .<= 1e5) .& ((near .> 1e-7) .| (n .== 0))
  }

  @inline(__always)
  private static func chosen(_ a: Lanes, _ b: Lanes, odd quadrant: Bits) -> Lanes {
    let mask = 0 &- (quadrant & 1)
    return lanes((bits(b) & mask) | (bits(a) & ~mask))
  }

  /// sin x and cos x for |x| ≤ 10⁵, and where x is so near a multiple of π/2 that the rest is lost.
  ///
  /// The multiple is taken off in two parts, of which the first has 36 digits and is exact.
  @inline(__always)
  static func sineAndCosine(_ x: Lanes) -> (sine: Lanes, cosine: Lanes, isHard: Mask) {
    let shifted = x * 6.36619772367581382433e-01 + rounder
    let n = shifted - rounder
    let low = n * 2.563344151594519e-12
    let y = (x - n * 1.5707963267923333) - low
    let z = y * y
    var s = z * 1.58969099521155010221e-10 - 2.50507602534068634195e-08
    s = z * s + 2.75573137070700676789e-06
    s = z * s - 1.98412698298579493134e-04
    s = z * s + 8.33333333332248946124e-03
    s = z * s - 1.66666666666666324348e-01
    let sine = sign(of: y, on: y + (z * y) * s)
    var c = z * -1.13596475577881948265e-11 + 2.08757232129817482790e-09
    c = z * c - 2.75573143513906633035e-07
    c = z * c + 2.48015872894767294178e-05
    c = z * c - 1.38888888888741095749e-03
    c = z * c + 4.16666666666666019037e-02
    let cosine = 1 + z * (z * c - 0.5)
    let quadrant = bits(shifted)
    let swap = (bits(sine) ^ bits(cosine)) & (0 &- (quadrant & 1))
    let least = 16 * low
    return (
      lanes((bits(sine) ^ swap) ^ ((quadrant & 2) &<< 62)),
      lanes((bits(cosine) ^ swap) ^ (((quadrant &+ 1) & 2) &<< 62)),
      .!((magnitude(x) .<= 1e5) .& (z .>= least * least))
    )
  }

  /// tan x for moderate angles.
  @inline(__always)
  static func tangent(_ x: Lanes) -> Lanes {
    let (sine, cosine, quadrant) = splitAngle(x)
    let above = chosen(sine.value, cosine.value, odd: quadrant)
    let below = chosen(cosine.value, sine.value, odd: quadrant)
    let quotient = above / below
    let lostAbove = chosen(sine.lost, cosine.lost, odd: quadrant)
    let lostBelow = chosen(cosine.lost, sine.lost, odd: quadrant)
    let exact = sign(of: quotient, on: quotient + (lostAbove - quotient * lostBelow) / below)
    return lanes(bits(exact) ^ ((quadrant & 1) &<< 63))
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

  /// e^(−|x|) for |x| ≤ 700 and what its last rounding took off.
  @inline(__always)
  private static func decay(_ x: Lanes) -> Rounded {
    let (scale, rest) = splitExponential(-magnitude(x))
    let whole = 1 + rest
    return (scale * whole, scale * ((1 - whole) + rest))
  }

  /// 1/(1 + e⁻ˣ): 1/d or p/d with p = e^(−|x|) and d = 1 + p, corrected for the rounding of both.
  @inline(__always)
  private static func sigmoid(_ x: Lanes, _ power: Rounded) -> Lanes {
    let below = 1 + power.value
    let lostBelow = ((1 - below) + power.value) + power.lost
    let isRight = x .>= 0
    let quotient = power.value.replacing(with: 1, where: isRight) / below
    let inverse = (1 - quotient).replacing(with: quotient, where: isRight)
    return quotient + (power.lost.replacing(with: 0, where: isRight) - quotient * lostBelow) * inverse
  }

  /// ln(1 + eˣ): the larger of x and 0, and ln(1 + p) with p = e^(−|x|), which is p − s(p − r) with s = p/(2 + p) ≤ ⅓.
  ///
  /// r = 2(artanh s − s)/s, interpolated to 2⁻⁵⁶ at ten points of Chebyshev's.
  @inline(__always)
  private static func softplus(_ x: Lanes, _ power: Lanes) -> Lanes {
    let s = power / (2 + power)
    let z = s * s
    let w = z * z
    var even = w * 0.08800738486144674 + 0.13314144209654935
    even = w * even + 0.18181789436132859
    even = w * even + 0.2857142856710876
    even = w * even + 0.6666666666666666
    var odd = w * 0.1616404561194353 + 0.12001072809590713
    odd = w * odd + 0.15385570064958623
    odd = w * odd + 0.22222222717427864
    odd = w * odd + 0.40000000000014585
    return x.replacing(with: 0, where: x .< 0) + (power - s * (power - z * (even + z * odd)))
  }

  /// 1/(1 + e⁻ˣ) for |x| ≤ 700.
  @inline(__always)
  static func sigmoid(_ x: Lanes) -> Lanes { sigmoid(x, decay(x)) }

  /// ln(1 + eˣ) for |x| ≤ 700.
  @inline(__always)
  static func softplus(_ x: Lanes) -> Lanes { softplus(x, decay(x).value) }

  /// ln(1 + eˣ) and its derivative for |x| ≤ 700, with the same bits as each alone.
  @inline(__always)
  static func softplusAndSigmoid(_ x: Lanes) -> (softplus: Lanes, sigmoid: Lanes) {
    let power = decay(x)
    return (softplus(x, power.value), sigmoid(x, power))
  }

  /// arctan x.
  @inline(__always)
  static func arctangent(_ x: Lanes) -> Lanes {
    let size = magnitude(x)
    var above = size
    var below = Lanes(repeating: 1)
    var high = Lanes(repeating: 0)
    var low = Lanes(repeating: 0)
    func step(
      _ isBeyond: Mask, _ a: Lanes, _ b: Lanes, _ angle: Double, _ rest: Double
    ) {
      above.replace(with: a, where: isBeyond)
      below.replace(with: b, where: isBeyond)
      high.replace(with: angle, where: isBeyond)
      low.replace(with: rest, where: isBeyond)
    }
    step(
      size .>= 0.4375, 2 * size - 1, 2 + size, 4.63647609000806093515e-01, 2.26987774529616870924e-17)
    step(size .>= 0.6875, size - 1, size + 1, 7.85398163397448278999e-01, 3.06161699786838301793e-17)
    step(
      size .>= 1.1875, size - 1.5, 1 + 1.5 * size, 9.82793723247329054082e-01, 1.39033110312309984516e-17)
    step(
      size .>= 2.4375, Lanes(repeating: -1), size, 1.57079632679489655800, 6.12323399573676603587e-17)
    let t = above / below
    let z = t * t
    let w = z * z
    var even = w * 1.62858201153657823623e-02 + 4.97687799461593236017e-02
    even = w * even + 6.66107313738753120669e-02
    even = w * even + 9.09088713343650656196e-02
    even = w * even + 1.42857142725034663711e-01
    even = z * (w * even + 3.33333333333329318027e-01)
    var odd = w * -3.65315727442169155270e-02 - 5.83357013379057348645e-02
    odd = w * odd - 7.69187620504482999495e-02
    odd = w * odd - 1.11111104054623557880e-01
    odd = w * (w * odd - 1.99999999998764832476e-01)
    return sign(of: x, on: high - ((t * (even + odd) - low) - t))
  }
}
