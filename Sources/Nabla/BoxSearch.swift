import NablaBasics
import NablaDescent

/// What a short search of a whole box says about a point that a descent ended at.
///
///     x³ − 3x on 0 ≤ x ≤ 5, the largest value: 0 is not it, as f(5) = 110; 5 is, by three boxes
package enum BoxFinding: Sendable {
  /// No value in the box is lower, to nine digits or to rounding: proved by so many boxes.
  case lowest(boxes: Int)
  /// Values come as low as anywhere, but beside a jump only: the least of them is not reached.
  case unreached
  /// A lower value was met here.
  case lower(at: [Double])
  /// The work that is allowed did not show either.
  case open
}

extension Formula {
  /// The largest formula, and the most variables, that a short search takes.
  private static let (largest, mostVariables) = (1_000, 4)
  /// The most boxes of a short search, and how large all formulas of them together may be: tenths of a second.
  private static let (fewBoxes, manyBoxes, mostWork) = (2_000, 20_000, 600_000)
  /// Which part of a value a difference must be to count.
  private static let part = 1e-9

  /// Whether f is anywhere lower in a box than at a point of it (higher when maximizing), by a search that is cheap or
  /// says nothing.
  package func search(
    _ box: [ClosedRange<Double>], besides point: [Double], _ sense: Objective.Sense,
    cancellation: Cancellation
  ) -> BoxFinding {
    guard variables.count <= Self.mostVariables, expression.size <= Self.largest, parameters.isEmpty,
      let here = try? value(at: point), here.isFinite
    else { return .open }
    let value = sense == .minimize ? here : -here
    let scale = zip(point, box).map { max($0.magnitude, min(1, $1.upperBound - $1.lowerBound)) }
    let rounding = slack(at: point, here)
    var settings = BranchAndBound()
    settings.limit = min(Self.manyBoxes, max(Self.fewBoxes, Self.mostWork / max(1, expression.size)))
    settings.valueTolerance = rounding / max(1, value.magnitude)
    guard
      let found = try? globalMinimum(
        within: box, settings, sense: sense, guesses: [point], cancellation: cancellation)
    else { return .open }
    // A lower value next to the point is the point's own, to the digits that a descent finds.
    let own = max(rounding, Self.part * changeBeside(point, here, scale))
    if found.isInfimum, found.value.upper >= value - own { return .unreached }
    if found.value.upper < value - rounding, let place = lowest(of: found, sense),
      !(isBeside(place, point, scale) && found.value.upper >= value - own)
    {
      return .lower(at: place)
    }
    guard found.end == .proved || found.end == .valueProved else { return .open }
    let isOwn =
      found.value.lower >= value - own && found.places.allSatisfy { isBeside($0.point, point, scale) }
    return isOwn || found.value.lower >= value - rounding ? .lowest(boxes: found.boxes) : .open
  }

  /// Differences that do not count: nine digits of the value, or what rounding does to it.
  private func slack(at point: [Double], _ here: Double) -> Double {
    let level = (try? compiled())?.valueRoundingLevel(at: point) ?? 0
    return max(Self.part * here.magnitude, level.isFinite ? 4 * level : 0, .leastNormalMagnitude)
  }

  /// How much f changes next to a point, a thousandth of the scale of each coordinate away.
  private func changeBeside(_ point: [Double], _ here: Double, _ scale: [Double]) -> Double {
    var most = 0.0
    for place in point.indices {
      for side in [-1e-3, 1e-3] {
        var x = point
        x[place] += side * scale[place]
        let change = ((try? value(at: x)) ?? .nan) - here
        if change.isFinite { most = max(most, change.magnitude) }
      }
    }
    return most
  }

  /// Whether two points are the same to six digits.
  private func isBeside(_ a: [Double], _ b: [Double], _ scale: [Double]) -> Bool {
    a.indices.allSatisfy { abs(a[$0] - b[$0]) <= 1e-6 * scale[$0] }
  }

  /// The place with the lowest value that was seen.
  private func lowest(of found: GlobalMinimum, _ sense: Objective.Sense) -> [Double]? {
    let sign = sense == .minimize ? 1.0 : -1
    return found.places.map(\.point).min { a, b in
      let (x, y) = ((try? value(at: a)) ?? .nan, (try? value(at: b)) ?? .nan)
      return sign * x < sign * y
    }
  }
}
