import NablaBasics

/// Looks for the stretch of x on whose scale the values of a curve change.
struct CurveScale {
  let function: FigureFunction

  // MARK: Steps

  /// The stretch in which a curve that is level on both sides goes from one level to the other: where its slope is more
  /// than a hundredth of the greatest.
  ///
  ///     100/(1 + 9e^(−0.3t))    // about −8 … 23
  func step() -> ClosedRange<Double>? {
    for reach in [10.0, 100, 1000, 1e4] {
      guard var (range, peak) = steep(in: -reach...reach) else { continue }
      var isPole = false
      for _ in 0..<4 {
        guard let (closer, higher) = steep(in: range.padded(0.5)) else {
          isPole = true
          break
        }
        isPole = higher > 3 * peak && closer.length > 0.3 * range.length
        (range, peak) = (closer, higher)
      }
      let (before, after) = (function(range.lowerBound), function(range.upperBound))
      let rise = (after - before).magnitude
      // At a pole the slope is greater the closer one looks.
      guard !isPole, rise.isFinite, rise > 0.05 * peak * range.length else { continue }
      return range
    }
    return nil
  }

  /// The part of a stretch in which the slope is more than a hundredth of the greatest, which it is far from the ends.
  private func steep(in range: ClosedRange<Double>) -> (range: ClosedRange<Double>, slope: Double)? {
    let count = 1000
    let place = { (index: Int) in range.lowerBound + range.length * (Double(index) + 0.43) / Double(count) }
    let slopes: [Double] = (0..<count).map { function.slope(place($0)).magnitude }
    guard let peak = slopes.max(), slopes.allSatisfy(\.isFinite), peak > 0,
      max(slopes[0], slopes[count - 1]) < 0.05 * peak,
      let first = slopes.firstIndex(where: { $0 > 0.01 * peak }),
      let last = slopes.lastIndex(where: { $0 > 0.01 * peak })
    else { return nil }
    let border = { (outside: Double, inside: Double) in
      var (outside, inside) = (outside, inside)
      for _ in 0..<30 {
        let middle = outside / 2 + inside / 2
        if function.slope(middle).magnitude > 0.01 * peak { inside = middle } else { outside = middle }
      }
      return inside
    }
    // The ends of the whole stretch are level.
    let low = border(first > 0 ? place(first - 1) : range.lowerBound, place(first))
    let high = border(last < count - 1 ? place(last + 1) : range.upperBound, place(last))
    return low < high ? (low...high, peak) : nil
  }

  // MARK: Walls

  /// A stretch without its ends where values there are out of all proportion to those of several features; nil where
  /// they are not.
  ///
  ///     x e^(−x)    // not from −2.5, where it is −30, but from −0.8
  func lowered(_ range: ClosedRange<Double>, around places: [Double]) -> ClosedRange<Double>? {
    guard let first = places.first, let last = places.last, first < last else { return nil }
    let count = 400
    let at = { (index: Int) in range.lowerBound + range.length * Double(index) / Double(count) }
    // Walls stand outside the features; what is between them may be a pole.
    let values = (0...count).map(at).filter { !(first...last).contains($0) }.map { function($0) }.filter(
      \.isFinite)
    let features = places.map { function($0) }.filter(\.isFinite)
    guard let own = hull(features), let all = hull(values), own.length > 0, all.length.isFinite,
      own.length < 0.02 * all.length
    else { return nil }
    let allowed = own.padded(3)
    let isFar = { (x: Double) in !allowed.contains(function(x)) }
    let room = 0.03 * (last - first)
    let low = (0...count).map(at).first { $0 >= first - room || !isFar($0) } ?? range.lowerBound
    let high = (0...count).reversed().map(at).first { $0 <= last + room || !isFar($0) } ?? range.upperBound
    return min(low, first - room)...max(high, last + room)
  }

  private func hull(_ values: [Double]) -> ClosedRange<Double>? {
    values.first.map { first in values.reduce(first...first) { $0.union($1) } }
  }

  // MARK: Wider and narrower

  /// A stretch of the size of several features, where next to nothing is seen in a much longer one.
  ///
  ///     100x/(x² + 0.0001)    // −0.04 … 0.04
  func closer(than range: ClosedRange<Double>, around places: [Double]) -> ClosedRange<Double>? {
    guard let first = places.first, let last = places.last, 8 * (last - first) < range.length else {
      return nil
    }
    let closer = (first...last).padded(1.5)
    let (values, hasPoles) = CurveSampler.survey(function, range)
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last, !hasPoles else { return nil }
    let middle = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
    return middle < 0.05 * (high - low) && variety(closer).bins > 0.3 ? closer : nil
  }

  /// Another stretch around a point: a wider one where the curve is straight and does not stay so, or the one in which
  /// the values vary most, where that is much better.
  func better(
    than range: ClosedRange<Double>, around centre: Double, hasFeature: Bool
  ) -> ClosedRange<Double>? {
    let usual = variety(range)
    if usual.bins < 0.3 || (!hasFeature && usual.shownSize > 6) {
      // Beside a pole there is always little to see.
      let (values, hasPoles) = CurveSampler.survey(function, range)
      if hasPoles, !values.contains(where: \.isInfinite) { return nil }
      return zoomed(around: centre, than: usual.score(length: range.length))
    }
    return bent(range)
  }

  /// The window around a point in which the values vary most, where one is much better.
  private func zoomed(around centre: Double, than known: Double) -> ClosedRange<Double>? {
    var best: (score: Double, range: ClosedRange<Double>)?
    for power in -24...12 {
      let half = Libm.pow(10, Double(power) / 4)
      let range = (centre - half)...(centre + half)
      let score = variety(range).score(length: range.length)
      if score > best?.score ?? (known + 0.05) { best = (score, range) }
    }
    return best?.range
  }

  /// A straight stretch made wider until the curve is clearly bent; nil where it is bent already or never.
  ///
  ///     100e^(−t/20)    // −40 … 40
  private func bent(_ range: ClosedRange<Double>) -> ClosedRange<Double>? {
    guard bend(range) ?? 1 < 0.08 else { return nil }
    var half = range.length / 2
    for _ in 0..<16 {
      half *= 2
      let wider = (range.middle - half)...(range.middle + half)
      guard let bend = bend(wider) else { return nil }
      if bend > 0.2 { return wider }
    }
    return nil
  }

  /// How far a curve leaves the straight way between its ends, as a part of its height; nil where it has gaps.
  private func bend(_ range: ClosedRange<Double>) -> Double? {
    let count = 32
    let values = (0...count).map { function(range.lowerBound + range.length * Double($0) / Double(count)) }
    guard values.allSatisfy(\.isFinite), let all = hull(values), all.length.isFinite, all.length > 0 else {
      return nil
    }
    return values.indices.reduce(0) { most, index in
      let part = Double(index) / Double(count)
      return max(
        most, (values[index] - (values[0] * (1 - part) + values[count] * part)).magnitude / all.length)
    }
  }

  /// How evenly the values are spread over the height of the picture, 0 to 1, and the power of ten of the largest.
  private func variety(_ range: ClosedRange<Double>) -> Variety {
    let count = 512
    var values: [Double] = []
    for index in 0..<count {
      let value = function(range.lowerBound + range.length * (Double(index) + 0.5) / Double(count))
      if value.isFinite { values.append(value) }
    }
    return Variety(of: values, among: count)
  }
}
