import NablaBasics
import NablaDescent

/// Chooses the stretch of x in which a formula of one variable shows what it has: zeros, turning points, poles, ends of
/// its domain; where it has none of them, the step that it makes, or what lies in the middle.
struct CurveWindow {
  let function: FigureFunction
  /// The box that the paths keep within.
  var bounds: FigureBounds?

  /// A stretch and what it was chosen from.
  struct Choice {
    var range: ClosedRange<Double>
    var reason: String
  }

  /// The stretch for the formula alone; nil where no point with a value was found.
  func choice() -> Choice? {
    let features = CurveFeatures(of: function)
    guard let defined = features.defined else { return nil }
    if features.places.isEmpty, let step = CurveScale(function: function).step() {
      return Choice(range: step.rounded, reason: "where its values change")
    }
    var (range, middle) = Self.around(features)
    var reason = "where it is zero, turns or ends"
    if features.places.isEmpty {
      reason = "the middle of its domain"
      if !defined.overlaps(range) || defined.length < 10 { range = defined }
    }
    // Not far beyond the ends of the domain.
    let margin = 0.06 * min(defined.length, range.length)
    if features.isCutLow, range.lowerBound < defined.lowerBound - margin {
      range = (defined.lowerBound - margin)...max(defined.lowerBound, range.upperBound)
    }
    if features.isCutHigh, range.upperBound > defined.upperBound + margin {
      range = min(defined.upperBound, range.lowerBound)...(defined.upperBound + margin)
    }
    if range.length <= 0 { range = (range.lowerBound - 1)...(range.upperBound + 1) }
    let scale = CurveScale(function: function)
    if features.places.count > 1 {
      // Rounded less, as the walls are near.
      if let lower = scale.lowered(range, around: features.places) {
        return Choice(range: lower.rounded(to: 100), reason: reason)
      }
      if let closer = scale.closer(than: range, around: features.places) {
        return Choice(range: closer.rounded, reason: reason)
      }
    } else if let better = scale.better(than: range, around: middle, hasFeature: !features.places.isEmpty) {
      return Choice(range: better.rounded, reason: "where its values change")
    }
    return Choice(range: range.rounded, reason: reason)
  }

  /// The stretch that shows the features with some room around them, and its middle.
  private static func around(_ features: CurveFeatures) -> (ClosedRange<Double>, Double) {
    let places = features.places
    guard let first = places.first, let last = places.last else { return (-5...5, 0) }
    let half = (last - first) / 2
    let between = (first + last) / 2
    let least = features.isFine ? 0.0 : 3
    let centre = between.magnitude < 0.02 * max(half, least / 3) ? 0 : between
    var reach = (places.count < 4 ? 1.6 : places.count < 8 ? 1.5 : 1.1) * half
    if places.count < 4 { reach = max(least, reach, 1e-8 * centre.magnitude) }
    if centre.magnitude > reach, centre.magnitude < 2.5 * reach { reach = 1.1 * centre.magnitude }
    return ((centre - reach)...(centre + reach), centre)
  }
}
