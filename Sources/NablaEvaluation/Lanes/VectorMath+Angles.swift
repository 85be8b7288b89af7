/// Sines, cosines, tangents and arctangents of eight numbers at once.
extension VectorMath {
  /// The sine and cosine of x less the nearest multiple of π/2, and that multiple in the lowest bits; |x| ≤ 10⁵.
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

  /// tan x for |x| ≤ 10⁵.
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

  /// 1/cos x for |x| ≤ 10⁵, corrected for the rounding of the cosine.
  @inline(__always)
  static func secant(_ x: Lanes) -> Lanes {
    let (sine, cosine, quadrant) = splitAngle(x)
    let inverse = 1 / chosen(cosine.value, sine.value, odd: quadrant)
    let exact = inverse - inverse * (inverse * chosen(cosine.lost, sine.lost, odd: quadrant))
    return lanes(bits(exact) ^ (((quadrant &+ 1) & 2) &<< 62))
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
