import NablaBasics

/// The end of a stretch on which f falls along a line, to the last bit of x, and what stops it there.
///
/// Where a line search finds nothing lower although the slope is not zero, f is not smooth: it has a kink, the
/// domain ends, f falls for ever towards a pole, or it jumps.
struct LineEnd {
  /// What stops f from falling.
  enum Kind: Hashable {
    /// It rises from here on: a kink or a cusp.
    case kink
    /// The domain ends; f has a finite value up to the end.
    case edge
    /// f falls beyond every bound before the line reaches this point.
    case pole
    /// f jumps up.
    case jump
    /// It goes on falling further than was looked.
    case open
  }

  /// The last point before the end.
  let x: [Double]
  /// f there.
  let f: Double
  let kind: Kind

  /// Follows f from `here` along `direction` (of length 1) as far as it falls, at most ten times `reach`.
  init(from here: Iterate, along direction: [Double], reach: Double, on objective: inout Objective) {
    func value(_ t: Double) -> Double { objective.value(at: Vector.moved(here.x, by: t, along: direction)) }
    // Near the largest numbers ten times as far is no number.
    let farthest = min(10 * reach, .greatestFiniteMagnitude)
    var (before, low, lowest) = (0.0, 0.0, here.f)
    var step = 1e-12 * reach
    var high = step
    var beyond = Double.nan
    while high <= farthest {
      beyond = value(high)
      guard beyond <= lowest else { break }
      (before, low, lowest) = (low, high, beyond)
      step *= 4
      high = low + step
    }
    guard high <= farthest else {
      (x, f, kind) = (Vector.moved(here.x, by: low, along: direction), lowest, .open)
      return
    }
    // Towards the lowest point between the two that are not lower, until none lies between it and what is beyond. The
    // wider side is looked at: from beyond on the lowest may be far back.
    var lastX = Vector.moved(here.x, by: low, along: direction)
    var endX = Vector.moved(here.x, by: high, along: direction)
    for _ in 0..<400 {
      let isBehind = low - before > high - low
      let middle = isBehind ? before + (low - before) / 2 : low + (high - low) / 2
      guard middle > before, middle != low, middle < high else { break }
      let x = Vector.moved(here.x, by: middle, along: direction)
      if x == lastX || x == endX { break }
      let f = value(middle)
      switch (isBehind, f) {
      case (false, ...lowest): (before, low, lowest, lastX) = (low, middle, f, x)
      case (false, _): (high, beyond, endX) = (middle, f, x)
      case (true, ..<lowest): (low, lowest, lastX, high, beyond, endX) = (middle, f, x, low, lowest, lastX)
      case (true, _): before = middle
      }
    }
    // How f falls over the last stretch, each look at half the distance to the end of the one before.
    let width = 1e-3 * reach
    var looks: [Double] = []
    for k in 0..<24 { looks.append(value(high - width * Double(sign: .plus, exponent: -k, significand: 1))) }
    let drops = zip(looks, looks.dropFirst()).map { $0 - $1 }
    let ratios = zip(drops, drops.dropFirst()).suffix(12).map { $1 / $0 }
    let fallsForEver =
      drops.suffix(13).allSatisfy { $0 > 0 } && Self.growsForEver(ratios)
      && Self.goesOnFalling(
        value, towards: high, from: width * 0x1p-23,
        to: max(16 * (high - before), 1024 * max(high.ulp, Vector.maximum(lastX).ulp)),
        by: drops.suffix(8).reduce(0, +))
    let rise = beyond - lowest
    let last = abs(drops[drops.count - 1])
    if lowest == -.infinity || beyond == -.infinity || fallsForEver {
      kind = .pole
    } else if !beyond.isFinite {
      kind = .edge
    } else if rise > 1e3 * last + 1e-9 * (abs(beyond) + abs(lowest)),
      !objective.isContinuous(from: lastX, to: endX)
    {
      kind = .jump
    } else {
      kind = .kink
    }
    // The end is likely a short number, such as 0 or 0.3, that lies between two of those tried.
    if kind == .edge || kind == .kink {
      // Divided by a power of ten, which is exact, a decimal is the nearest number to it.
      let parts = Libm.pow(10, 12 - Libm.log10(max(1, Vector.maximum(lastX))).rounded(.down))
      let short = lastX.map { ($0 * parts).rounded() / parts }
      let f = objective.value(at: short)
      if f <= lowest, Vector.distance(short, lastX) <= 1 / parts { (lastX, lowest) = (short, f) }
    }
    (x, f) = (lastX, lowest)
  }

  /// Whether places 256 times as near to a pole go on to bring three quarters of those before, as far as numbers tell
  /// places apart: −1/(|x| + 10⁻¹⁰) ends.
  private static func goesOnFalling(
    _ value: (Double) -> Double, towards pole: Double, from distance: Double, to nearest: Double,
    by drop: Double
  ) -> Bool {
    var (distance, drop, last) = (distance, drop, value(pole - distance))
    while distance > nearest {
      distance /= 256
      let next = value(pole - distance)
      guard next.isFinite else { break }
      if last - next < 0.75 * drop { return false }
      (drop, last) = (last - next, next)
    }
    return true
  }

  /// Whether a sum has no limit whose terms have these ratios, one to the next: they come to 1 or more, at once as
  /// towards the pole of a logarithm or ever more slowly. Towards a cusp of |x|ᵖ they stay at 2⁻ᵖ, and the sum ends.
  private static func growsForEver(_ ratios: [Double]) -> Bool {
    guard ratios.allSatisfy({ $0 > 0.97 && $0.isFinite }), let last = ratios.last else { return false }
    return last > 1 - 1e-5 || 1 - last < 0.93 * (1 - ratios[ratios.count - 6])
  }
}
