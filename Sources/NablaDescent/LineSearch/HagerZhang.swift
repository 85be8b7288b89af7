/// A step that satisfies the Wolfe conditions, or near the rounding of f the approximate ones, by secants within a
/// bracket (Hager & Zhang 2005, section 4; 2006, algorithm 851).
struct HagerZhang {
  /// δ: the part of the promised decrease that must be had.
  var decrease = 0.1
  /// σ: the part of the first slope that may be left.
  var curvature = 0.9
  /// ε: how much f may rise, as a part of its size.
  var rounding = 1e-15

  /// A trial along the line.
  private struct Trial {
    var length: Double
    var iterate: Iterate
    var slope: Double
  }

  /// An iterate along `direction` and its length; nil where none is found or the direction does not lead down.
  func point(
    from here: Iterate, along direction: [Double], trying first: Double, on objective: inout Objective
  ) -> (iterate: Iterate, length: Double)? {
    let slope = Vector.dot(here.gradient, direction)
    guard slope < 0, first > 0 else { return nil }
    let ceiling = here.f + rounding * abs(here.f)
    func trial(_ length: Double) -> Trial {
      let iterate = objective.iterate(at: Vector.moved(here.x, by: length, along: direction))
      return Trial(length: length, iterate: iterate, slope: Vector.dot(iterate.gradient, direction))
    }
    func isGood(_ t: Trial) -> Bool {
      guard t.iterate.isFinite, t.slope >= curvature * slope else { return false }
      let change = t.iterate.f - here.f
      return change <= decrease * t.length * slope
        || (t.iterate.f <= ceiling && t.slope <= (2 * decrease - 1) * slope)
    }
    func isBelow(_ t: Trial) -> Bool { t.iterate.isFinite && t.iterate.f <= ceiling }
    var low = Trial(length: 0, iterate: here, slope: slope)
    var high: Trial?
    var length = first
    // Expand until the slope turns or f rises.
    for _ in 0..<60 {
      let t = trial(length)
      if isGood(t) { return (t.iterate, t.length) }
      if t.iterate.isFinite, t.slope < 0, isBelow(t) {
        low = t
        length *= 5
        if !length.isFinite { return nil }
      } else {
        high = t
        break
      }
    }
    guard var high else { return low.length > 0 ? (low.iterate, low.length) : nil }
    for _ in 0..<60 {
      if high.length - low.length <= 2 * .ulpOfOne * high.length { break }
      var middle = low.length + (high.length - low.length) / 2
      // The secant of the slopes, where it stays well inside.
      if high.iterate.isFinite, high.slope > 0 {
        let secant = (low.length * high.slope - high.length * low.slope) / (high.slope - low.slope)
        let margin = 0.05 * (high.length - low.length)
        if secant > low.length + margin, secant < high.length - margin { middle = secant }
      } else if !high.iterate.isFinite {
        middle = low.length + 0.1 * (high.length - low.length)
      }
      let t = trial(middle)
      if isGood(t) { return (t.iterate, t.length) }
      if t.iterate.isFinite, t.slope < 0, isBelow(t) { low = t } else { high = t }
    }
    return low.length > 0 && low.iterate.f < here.f ? (low.iterate, low.length) : nil
  }
}
