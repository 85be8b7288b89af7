import NablaBasics

/// A jump or a pole of a function between two places: where it lies and what the function comes to on both sides.
package struct Jump: Hashable, Sendable {
  /// The part of the way from the first place to the second.
  package let part: Double
  package let before: Double
  package let after: Double

  /// Halves a stretch towards the larger difference: at a jump and at a pole the difference does not shrink with the
  /// stretch. nil where it does.
  ///
  ///     Jump.between(0.9, 0.1, halvings: 12) { $0 < 0.5 ? 0.9 : 0.1 }   // part 0.5
  package static func between(
    _ first: Double, _ last: Double, halvings: Int, value: (Double) -> Double
  ) -> Jump? {
    guard first.isFinite, last.isFinite else { return nil }
    var (low, high, before, after) = (0.0, 1.0, first, last)
    for _ in 0..<halvings {
      var middle = (low + high) / 2
      var here = value(middle)
      if !here.isFinite {
        // A pole itself; what it is like is seen beside it.
        middle += (high - low) / 64
        here = value(middle)
      }
      guard here.isFinite else { break }
      if (here - before).magnitude > (after - here).magnitude {
        (high, after) = (middle, here)
      } else {
        (low, before) = (middle, here)
      }
    }
    guard (after - before).magnitude > 0.5 * (first - last).magnitude else { return nil }
    return Jump(part: (low + high) / 2, before: before, after: after)
  }
}
