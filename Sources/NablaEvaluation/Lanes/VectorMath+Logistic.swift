extension VectorMath {
  /// ln(1 + eˣ) and its derivative 1/(1 + e⁻ˣ) for x ≥ −40, without a division, at most 1.5 units off.
  ///
  /// Beside −|x| stands a 64th c, c + h = −|x|, and s = 1/(1 + e⁻ᶜ) and ln(1 + eᶜ) come from a table. With
  /// v = s(eʰ − 1) the one at −|x| is s + (1 − s)v/(1 + v), the other ln(1 + eᶜ) + ln(1 + v); as |h| ≤ 2⁻⁷, |v| < 2⁻⁸.
  @inline(__always)
  static func softplusAndSigmoid(_ x: Lanes, _ table: LogisticTable) -> (softplus: Lanes, sigmoid: Lanes) {
    let size = magnitude(x)
    // What is no number is taken for the bound: no place of the table comes from it.
    let bounded = Lanes(repeating: LogisticTable.bound).replacing(
      with: size, where: size .< LogisticTable.bound)
    let shifted = bounded + rounder / LogisticTable.places
    let h = (shifted - rounder / LogisticTable.places) - bounded
    let s = entries(table.sigmoids, shifted)

    let square = h * h
    var power = h * (1.0 / 120) + 1.0 / 24
    power = power + square * (1.0 / 720)
    let powerStart = h * (1.0 / 6) + 0.5
    let v = s * (h + square * (powerStart + square * power))

    let w = v * v
    var series = v * 0.2 - 0.25
    series = series - w * (1.0 / 6)
    let seriesStart = v * (1.0 / 3) - 0.5
    let logarithm = v + w * (seriesStart + w * series)

    let isLeft = x .< 0
    // v/(1 + v) = (v − v²)/(1 − v²).
    let share = (v - w) * (w * (w + 1) + 1)
    let left = s + (1 - s) * share
    return (
      (entries(table.softplus, shifted) + logarithm) + x.replacing(with: 0, where: isLeft),
      (1 - left).replacing(with: left, where: isLeft)
    )
  }

  /// Eight entries of a table, whose places stand in the lowest bits.
  @inline(__always)
  private static func entries(_ table: UnsafePointer<Double>, _ shifted: Lanes) -> Lanes {
    let places = bits(shifted)
    @inline(__always) func entry(_ lane: Int) -> Double {
      table[Int(UInt32(truncatingIfNeeded: places[lane]))]
    }
    return Lanes(
      entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7))
  }
}

/// ln(1 + eᶜ) and 1/(1 + e⁻ᶜ) at the 64ths c from 0 down to −40, each at most 0.6 units in the last place off.
///
/// They are made when first asked for, of the powers of e^(−1/64) in two parts each.
struct LogisticTable: @unchecked Sendable {
  static let shared = LogisticTable()
  /// The entries a unit.
  static let places = 64.0
  /// How far entries go.
  static let bound = 40.0

  let softplus: UnsafePointer<Double>
  let sigmoids: UnsafePointer<Double>

  private init() {
    let count = Int(Self.bound * Self.places) + 1
    // It stays for good.
    let rows = UnsafeMutablePointer<Double>.allocate(capacity: 2 * count)
    let step = (high: 0x1.f80feabfeefa5p-1, low: -0x1.b60bbd08aac55p-55)
    let reciprocals = stride(from: 37.0, through: 3, by: -2).map { 1 / $0 }
    var power = (high: 1.0, low: 0.0)
    for place in 0..<count {
      let sigmoid = Self.ratio(power, 1)
      // ln(1 + p) = 2 artanh(p/(2 + p)), of which all but the first term is small.
      let s = Self.ratio(power, 2)
      let square = s.value * s.value
      var series = 0.0
      for reciprocal in reciprocals.suffix(square > 1e-3 ? 18 : 6) { series = square * series + reciprocal }
      rows[place] = 2 * s.value + 2 * (s.rest + s.value * square * series)
      rows[count + place] = sigmoid.value + sigmoid.rest
      let high = power.high * step.high
      let lost = (-high).addingProduct(power.high, step.high)
      let low = lost + (power.high * step.low + power.low * step.high)
      power = (high + low, low - ((high + low) - high))
    }
    softplus = UnsafePointer(rows)
    sigmoids = UnsafePointer(rows + count)
  }

  /// p/(d + p) for 0 < p ≤ 1 ≤ d, and what its rounding took off.
  private static func ratio(_ p: (high: Double, low: Double), _ d: Double) -> (value: Double, rest: Double) {
    let below = d + p.high
    let lost = (p.high - (below - d)) + p.low
    let quotient = p.high / below
    return (quotient, (p.high.addingProduct(-quotient, below) + (p.low - quotient * lost)) / below)
  }
}
