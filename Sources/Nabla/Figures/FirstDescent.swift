import NablaBasics
import NablaDescent
import NablaEvaluation

/// A descent to begin with on the page of a plain picture: one that a learner can follow, from near a corner, at the
/// largest of some rates at which it neither swings nor jumps.
struct FirstDescent {
  let path: FigurePath

  /// Places of a start within the window, and parts of the rate that suits the curvature there.
  private static let starts = [
    [0.13, 0.82], [0.85, 0.75], [0.8, 0.2], [0.3, 0.3], [0.7, 0.5], [0.45, 0.55],
  ]
  private static let factors = [4.0, 2, 1, 0.5, 0.2, 0.1, 0.02]
  private static let steps = 60

  /// The first steps of a descent that are good to look at.
  private struct Walk {
    var start: [Double]
    var rate: Double
    var steps = 0
    /// The way from the start in parts of the window, and what is left of the slope.
    var way = 0.0
    var slope = 1.0
    /// Whether it goes along an axis, where a valley or a saddle shows only one of its sides.
    var isStraight = false

    /// How much there is to see.
    var score: Double {
      min(way, 0.4) + 0.2 * (1 - slope) + 0.2 * min(1, Double(steps) / 30) - (isStraight ? 0.3 : 0)
    }
  }

  /// nil where the formula has none.
  init?(of formula: Formula, in window: [ClosedRange<Double>]) {
    let count = formula.variables.count
    guard count <= 2, window.count >= count, let function = try? formula.compiled() else { return nil }
    let axes = Array(window.prefix(count))
    var best: Walk?
    for place in Self.starts {
      let start = zip(axes, place).map { range, part in
        let value = range.lowerBound + part * range.length
        // Two digits of what tells it apart from other places of the window.
        let digits = 2 + Int(min(13, Libm.log10(max(1, value.magnitude / range.length))))
        return Double(NumberText.significant(value, digits: digits, minus: .ascii)) ?? range.middle
      }
      for rate in Self.rates(function, from: start, in: axes) {
        let walk = Self.walk(function, from: start, at: rate, in: axes)
        if walk.steps > 0, walk.score > best?.score ?? -1 { best = walk }
      }
      // The first start that shows enough is as good as any.
      if let best, best.score > 0.65 { break }
    }
    guard let best, let method = try? Methods.named("gd")?.make(["rate": best.rate]),
      let trace = try? formula.minimize(from: best.start, method, .steps(best.steps))
    else { return nil }
    path = FigurePath(trace, name: method.title, method: "gd", settings: method.settings)
  }

  /// Parts of the rate that suits the curvature along the gradient, by a difference of gradients; the first step is a
  /// tenth of the window at most.
  private static func rates(
    _ function: CompiledFunction, from start: [Double], in axes: [ClosedRange<Double>]
  ) -> [Double] {
    let slope = function.gradient(at: start)
    let steepness = slope.reduce(0) { Libm.hypot($0, $1) }
    guard steepness > 0, steepness.isFinite else { return [] }
    let reach = 1e-3 * axes[0].length
    let beside = zip(start, slope).map { $0 - reach * $1 / steepness }
    let change = zip(function.gradient(at: beside), slope).reduce(0) { Libm.hypot($0, $1.0 - $1.1) } / reach
    var rates: [Double] = []
    for factor in factors {
      let exact = min(0.2 * factor / max(change, 1e-300), 100 * reach / steepness)
      let rate = Double(NumberText.significant(exact, digits: 1, minus: .ascii)) ?? 0
      if rate > 0, rate.isFinite, rates.last != rate { rates.append(rate) }
    }
    return rates
  }

  /// Walks as long as it stays in the window, every step leads lower, by no more than a slope that stays as it is would
  /// lead, and none turns back from the one before.
  private static func walk(
    _ function: CompiledFunction, from start: [Double], at rate: Double, in axes: [ClosedRange<Double>]
  ) -> Walk {
    var walk = Walk(start: start, rate: rate)
    var (x, value, slope) = (start, function(start), function.gradient(at: start))
    let steepest = slope.reduce(0) { Libm.hypot($0, $1) }
    walk.isStraight = slope.count > 1 && slope.contains { $0.magnitude < 1e-3 * steepest }
    for _ in 0..<steps {
      let next = zip(x, slope).map { $0 - rate * $1 }
      let (reached, ahead) = (function(next), function.gradient(at: next))
      let expected = rate * slope.reduce(0) { $0 + $1 * $1 }
      let along = zip(slope, ahead).reduce(0) { $0 + $1.0 * $1.1 }
      let steepness = ahead.reduce(0) { Libm.hypot($0, $1) }
      let isBack = along < -0.1 * steepness * expected.squareRoot() / rate.squareRoot()
      guard zip(axes, next).allSatisfy({ $0.contains($1) }), steepness.isFinite, reached <= value,
        value - reached <= 2 * expected, !isBack
      else { break }
      (x, value, slope) = (next, reached, ahead)
      walk.steps += 1
      walk.slope = min(1, steepness / steepest)
    }
    walk.way = zip(zip(x, start), axes).reduce(0) { max($0, ($1.0.0 - $1.0.1).magnitude / $1.1.length) }
    return walk
  }
}
