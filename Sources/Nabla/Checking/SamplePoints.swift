import NablaAlgebra
import NablaBasics

/// Points where a formula may have a value, the same ones on every run.
///
///     ln(x − 3) + y    gives points with x > 3
///
/// They are drawn on several scales, inside the bounds on single variables that the formula's domain names; whether
/// the formula has a value at a point is for the caller to see.
struct SamplePoints {
  private struct Interval {
    var low = -Double.infinity
    var high = Double.infinity
  }

  private static let scales: [Double] = [1, 3, 0.5, 10, 0.1, 100, 2, 1e3, 0.01]

  private let intervals: [Interval]
  private var random: SplitMix64
  private var drawn = 0

  /// Points whose coordinates stand for the letters in their order.
  init(in expression: Expr, letters: [Variable], start: UInt64 = 2_718_281_828) {
    random = SplitMix64(start: start)
    var found: [Variable: Interval] = [:]
    if !expression.isDefinedEverywhere {
      for condition in Domain(of: expression).conditions.flatMap(\.conjuncts) {
        guard case .call(let relation, let sides) = condition.shape, sides.count == 2,
          case .variable(let variable) = sides[0].shape, case .number(let bound) = sides[1].shape
        else { continue }
        var interval = found[variable] ?? Interval()
        switch relation.name {
        case ">", ">=": interval.low = max(interval.low, bound.double)
        case "<", "<=": interval.high = min(interval.high, bound.double)
        default: break
        }
        found[variable] = interval
      }
    }
    intervals = letters.map { found[$0] ?? Interval() }
  }

  /// The next point: in turn with any signs, with all coordinates positive, with all negative, where the domain
  /// leaves the choice.
  mutating func next() -> [Double] {
    let scale = Self.scales[(drawn / 3) % Self.scales.count]
    let turn = drawn % 3
    drawn += 1
    return intervals.map { interval in
      let share = Double.random(in: 0.05..<0.95, using: &random)
      switch (interval.low.isFinite, interval.high.isFinite) {
      case (true, true): return interval.low + (interval.high - interval.low) * share
      case (true, false): return interval.low + scale * share
      case (false, true): return interval.high - scale * share
      case (false, false): return scale * (turn == 0 ? 2 * share - 1 : turn == 1 ? share : -share)
      }
    }
  }
}
