import NablaAlgebra
import NablaBasics
import NablaDrawing
import NablaEvaluation

/// A fitted curve with its 95 % band, sampled as the curves of formulas are: finer where it bends, up to the ends of its
/// domain, and broken at poles.
struct FitCurve {
  /// The curve, with strokes from its least to its greatest values where a picture cannot show its turns.
  private(set) var lines: [[Point]] = []
  /// The loops of the band; none where the curve turns too often for it.
  private(set) var band: [[Point]] = []
  /// The values along the data, as far as a picture is to hold them.
  private(set) var reach: ClosedRange<Double>?

  /// The places at which a curve is looked at that cannot be compiled.
  private static let evenly = 401
  /// The part of the height that the curve may take beside the data.
  private static let beside = 0.25

  /// The curve along a predictor over a window. Beside the stretch of the data, it goes on as far as it hangs together
  /// and no value there makes the picture higher; the values to show hold some others besides.
  init(
    _ fit: Fit, _ predictor: String, in x: ClosedRange<Double>, data: ClosedRange<Double>, others: [Double]
  ) {
    let core = data.overlaps(x) && data.length > 0 ? data.clamped(to: x) : x
    guard let place = fit.model.header.firstIndex(of: predictor),
      let function = Self.function(fit, fit.model.columns[place])
    else {
      let places = (0..<Self.evenly).map { x.lowerBound + x.length * Double($0) / Double(Self.evenly - 1) }
      add(places, of: fit, predictor)
      reach = ValueRange.shown(others + lines.flatMap { $0.map(\.y) })
      return
    }
    let (values, hasPoles) = CurveSampler.survey(function, core)
    guard var shown = ValueRange.shown(values + others, hasPoles: hasPoles) else { return }
    shown = others.filter(\.isFinite).reduce(shown) { $0.union($1) }
    let y = shown.length > 0 ? shown.padded(0.06) : (shown.lowerBound - 1)...(shown.lowerBound + 1)
    let columns = CurveColumns(of: function, in: x, values: y)
    var sampler = CurveSampler(function, x: x, y: y, columns: columns)
    let pieces = sampler.sampled().filter { piece in
      // A branch beyond a pole is none that the data speak of.
      piece.contains { core.contains($0.x) }
    }
    // Beside the data it may go on for a part of the height: to the end of its domain, not to a pole.
    let near = shown.padded(Self.beside)
    let beside = pieces.joined().lazy.filter { !core.contains($0.x) }.map(\.y)
    let whole = beside.reduce(shown) { $0.union(max(near.lowerBound, min(near.upperBound, $1))) }
    reach = whole
    guard columns.crowded == nil else {
      lines = pieces
      return
    }
    for piece in pieces {
      var places: [Double] = []
      for point in piece where places.last != point.x { places.append(point.x) }
      add(places, of: fit, predictor)
    }
    guard !hasPoles else { return }
    let edges = band.joined().filter { core.contains($0.x) && $0.isFinite }.map(\.y)
    reach = ValueRange.shown(values + others + edges)?.union(whole) ?? whole
  }

  /// Adds what the fit says at ascending places.
  private mutating func add(_ places: [Double], of fit: Fit, _ predictor: String) {
    guard let predictions = try? fit.predictions(for: Table(names: [predictor], columns: [places])) else {
      return
    }
    let points = zip(places, predictions)
    lines += points.split { !$0.1.value.isFinite }.map { $0.map { Point($0.0, $0.1.value) } }
      .filter { $0.count > 1 }
    band += points.split { !$0.1.lower.isFinite || !$0.1.upper.isFinite }.map { part in
      part.map { Point($0.0, $0.1.upper) } + part.reversed().map { Point($0.0, $0.1.lower) }
    }.filter { $0.count > 3 }
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
