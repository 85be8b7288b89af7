import NablaAlgebra
import NablaBasics
import NablaDrawing
import NablaEvaluation

/// A fitted curve that turns too often for the places at which most curves are drawn.
struct FastCurve {
  /// The curve, with strokes from its least to its greatest values where a picture cannot show its turns.
  let lines: [[Point]]
  /// Where the curve was looked at, ascending.
  let places: [Double]
  /// Whether there are such strokes.
  let isCrowded: Bool

  /// nil where straight lines between the places follow the curve.
  init?(_ fit: Fit, _ predictor: String, at xs: [Double]) {
    guard let place = fit.model.header.firstIndex(of: predictor), let first = xs.first, let last = xs.last,
      let function = FastCurve.function(fit, fit.model.columns[place])
    else { return nil }
    let values = xs.map { function($0) }
    var random = SplitMix64(start: 1961)
    var met: [Double] = []
    var worst = 0.0
    for (left, right) in zip(xs.indices, xs.indices.dropFirst()) {
      let share = Double.random(in: 0..<1, using: &random)
      let value = function(xs[left] + share * (xs[right] - xs[left]))
      let chord = values[left] + share * (values[right] - values[left])
      guard value.isFinite, chord.isFinite else { continue }
      met.append(value)
      worst = max(worst, (value - chord).magnitude)
    }
    guard let reach = ValueRange.shown(met), worst > 0.02 * reach.length else { return nil }
    let columns = CurveColumns(of: function, in: first...last, values: reach)
    var sampler = CurveSampler(function, x: first...last, y: reach, columns: columns)
    lines = sampler.sampled()
    isCrowded = columns.crowded != nil
    places = Set(lines.flatMap { $0.map(\.x) }).sorted()
    guard places.count > xs.count else { return nil }
  }

  /// What the model says by one column, with all parameters in it.
  private static func function(_ fit: Fit, _ column: Variable) -> FigureFunction? {
    var values: [Variable: Expr] = [:]
    for (variable, parameter) in zip(fit.model.parameters, fit.parameters) {
      guard parameter.estimate.isFinite else { return nil }
      values[variable] = .number(Number(approximate: parameter.estimate))
    }
    var expression = fit.model.expression.substituting(values)
    if fit.options.loss == .logistic { expression = (1 + .power(.constant(.e), -expression)).reciprocal }
    let compiled = try? CompiledFunction(expression, variables: [column], limits: .standard)
    return compiled.map { FigureFunction($0) }
  }
}
