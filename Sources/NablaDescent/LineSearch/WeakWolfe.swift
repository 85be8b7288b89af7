/// A step with sufficient decrease after which the slope is less steep, by doubling and bisection (Lewis & Overton
/// 2013, algorithm 2.6): it needs no smoothness.
struct WeakWolfe {
  /// The part of the promised decrease that must be had.
  var decrease = 1e-4
  /// The part of the first slope that may be left.
  var curvature = 0.9

  /// An iterate along `direction`; nil where none is found or the direction does not lead down.
  func point(
    from here: Iterate, along direction: [Double], trying first: Double, on objective: inout Objective
  ) -> Iterate? {
    let slope = Vector.dot(here.gradient, direction)
    guard slope < 0 else { return nil }
    var (low, high) = (0.0, Double.infinity)
    var length = first
    var best: Iterate?
    for _ in 0..<60 {
      let x = Vector.moved(here.x, by: length, along: direction)
      if x == here.x { break }
      let trial = objective.iterate(at: x)
      if !trial.isFinite || !(trial.f < here.f + decrease * length * slope) {
        high = length
      } else if Vector.dot(trial.gradient, direction) < curvature * slope {
        low = length
        best = trial
      } else {
        return trial
      }
      length = high.isFinite ? low + (high - low) / 2 : 2 * low
      if !length.isFinite { break }
    }
    return best
  }
}
