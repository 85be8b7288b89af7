import NablaBasics
import NablaDescent

/// What a short search of a whole box says about a point that a descent ended at.
///
///     x³ − 3x on 0 ≤ x ≤ 5, the largest value: 0 is not it, as f(5) = 110; 5 is, by three boxes
package enum BoxFinding: Sendable {
  /// No value in the box is lower, to nine digits of what f is worth there: proved by so many boxes.
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
  /// The most boxes of a short search: some hundredths of a second.
  private static let fewBoxes = 2_000
  /// Which part of the values in the box a difference must be to count.
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
    let span = corners(of: box).reduce(here.magnitude) { span, corner in
      let change = ((try? self.value(at: corner)) ?? .nan) - here
      return change.isFinite ? max(span, change.magnitude) : span
    }
    guard span > 0 else { return .open }
    let slack = Self.part * span
    var settings = BranchAndBound()
    settings.limit = Self.fewBoxes
    settings.valueTolerance = slack / max(1, value.magnitude)
    guard
      let found = try? globalMinimum(
        within: box, settings, sense: sense, guesses: [point], cancellation: cancellation)
    else { return .open }
    if found.isInfimum, found.value.upper >= value - slack { return .unreached }
    if found.value.upper < value - slack, let place = lowest(of: found, sense) { return .lower(at: place) }
    let isProved = found.end == .proved || found.end == .valueProved
    return isProved && found.value.lower >= value - slack ? .lowest(boxes: found.boxes) : .open
  }

  /// The place with the lowest value that was seen.
  private func lowest(of found: GlobalMinimum, _ sense: Objective.Sense) -> [Double]? {
    let sign = sense == .minimize ? 1.0 : -1
    return found.places.map(\.point).min { a, b in
      let (x, y) = ((try? value(at: a)) ?? .nan, (try? value(at: b)) ?? .nan)
      return sign * x < sign * y
    }
  }

  /// The corners of a box and its middle: the points that say how much f is worth there.
  private func corners(of box: [ClosedRange<Double>]) -> [[Double]] {
    var corners: [[Double]] = [[]]
    for side in box {
      corners = corners.flatMap { [$0 + [side.lowerBound], $0 + [side.upperBound]] }
    }
    return corners + [box.map { $0.lowerBound + ($0.upperBound - $0.lowerBound) / 2 }]
  }
}
