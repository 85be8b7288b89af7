import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaDrawing

extension Fit {
  /// The data with the fitted curve and its 95 % band, and the residuals below; for several columns on the right side,
  /// what was observed against what the model says.
  ///
  ///     try Fit("y = a exp(b t)", to: growth).figure().svg()   // "<svg …"
  ///
  /// Throws where the model is a loss, which has no curve, and for options that no picture can be drawn with.
  public func figure(_ options: FigureOptions = FigureOptions()) throws(FigureError) -> Figure {
    if let sentence = options.mistake(variables: 1) { throw .nothingToDraw(sentence) }
    return try FitFigure(fit: self, options: options).figure()
  }
}

/// Draws one fit.
private struct FitFigure {
  let fit: Fit
  let options: FigureOptions

  /// The most rows that are drawn; of more, evenly spaced ones.
  private static let mostRows = 3000

  /// From how many dots on each is small and lies behind the curve.
  private static let crowd = 300

  /// A row: where it stands along x, what was observed and what the model says.
  private struct Row {
    var x: Double
    var observed: Double
    var fitted: Double
  }

  func figure() throws(FigureError) -> Figure {
    guard let left = fit.model.left?.text(.unicode), let response = fit.model.response else {
      throw .nothingToDraw("a loss has no curve to draw")
    }
    // The axes are called as the data call them, also where the model has to write it otherwise.
    let column = fit.model.columns.firstIndex { response == .variable($0) }
    let explained = column.map { fit.model.header[$0] } ?? left
    let isLogistic = fit.options.loss == .logistic
    let axis = isLogistic ? "probability of \(explained)" : explained
    let predictors = fit.predictors
    let isCurve = predictors.count == 1
    let abscissa =
      !isCurve ? "fitted \(axis)" : column == nil ? fit.model.written(predictors[0]) : predictors[0]
    let rows = rows(along: isCurve ? predictors[0] : nil)
    guard let first = rows.first else { throw .nothingToDraw("there is no row to draw") }
    let data = rows.reduce(first.x...first.x) { $0.union($1.x) }
    let x =
      options.window[0]
      ?? (data.length > 0 ? data.padded(0.05) : (data.lowerBound - 1)...(data.lowerBound + 1))
    let title = "\(isLogistic ? "log-odds of " : "")\(left) = \(fit.model.right.text(.unicode))"
    let isCrowd = rows.count > Self.crowd
    let symbol: Symbol = isCrowd ? .speck : .dot
    var legend: [Legend] = [Legend(.mark(symbol, .series(0)), "data, \(fit.rows) rows")]
    let seen = rows.filter { x.contains($0.x) }
    var values = seen.map(\.observed) + seen.map(\.fitted)
    var shapes: [(Shape, Layer)] = []
    if isCurve {
      let curve = curve(predictors[0], x)
      values += curve.y.filter(\.isFinite)
      shapes += curve.band.map { (.area([$0], .series(1)), .band) }
      for line in curve.lines { shapes.append((.line(line, Stroke(.series(1), width: 2.2)), .curve)) }
      legend.append(Legend(.line(Stroke(.series(1), width: 2.2)), "fit"))
      if !curve.band.isEmpty {
        legend.append(Legend(.band(.series(1)), "95 % band of its mean"))
        values += curve.band.flatMap { $0.map(\.y) }.filter(\.isFinite)
      }
    } else {
      shapes.append(
        (
          .line([Point(x.lowerBound, x.lowerBound), Point(x.upperBound, x.upperBound)], Stroke(.series(1))),
          .curve
        ))
      legend.append(Legend(.line(Stroke(.series(1))), "observed = fitted"))
    }
    // Of the curve what shows its course, of the data all.
    let observed = seen.map(\.observed)
    var reach = ValueRange.shown(values) ?? 0...1
    if let low = observed.min(), let high = observed.max() { reach = reach.union(low...high) }
    let y =
      options.values
      ?? (reach.length > 0 ? reach.padded(0.06) : (reach.lowerBound - 1)...(reach.lowerBound + 1))
    var panel = Panel(
      x: Axis(x.lowerBound, x.upperBound), y: Axis(y.lowerBound, y.upperBound, label: axis))
    panel.aspect = 0.5
    let dots: (Shape, Layer) = (
      .marks(seen.map { Point($0.x, $0.observed) }, symbol, .series(0)), .points
    )
    for (shape, layer) in isCrowd ? [dots] + shapes : shapes + [dots] { panel.add(shape, to: layer) }
    var scene = Scene(
      title: title, description: description(title, predictors, isCurve),
      panels: [panel, residuals(seen, symbol, x, abscissa)], legend: legend,
      size: options.size)
    scene.theme = options.theme.drawn
    scene.hasTitle = !options.isPage
    let remarks = fit.rows > rows.count ? ["\(rows.count) of \(fit.rows) rows are drawn"] : []
    return Figure(scene: scene, window: [x, y], windowReason: nil, remarks: remarks)
  }

  private func rows(along predictor: String?) -> [Row] {
    let column = predictor.flatMap { fit.rowColumns.firstIndex(of: $0) }
    let stride = max(1, (fit.rows + Self.mostRows - 1) / Self.mostRows)
    var rows: [Row] = []
    var number = 0
    try? fit.forEachRow { row in
      defer { number += 1 }
      guard number % stride == 0, row.observed.isFinite, row.fitted.isFinite else { return }
      rows.append(
        Row(x: column.map { row.columns[$0] } ?? row.fitted, observed: row.observed, fitted: row.fitted))
    }
    return rows
  }

  /// The fitted curve with the loops of its band.
  private func curve(
    _ predictor: String, _ x: ClosedRange<Double>
  ) -> (lines: [[Point]], band: [[Point]], y: [Double]) {
    let count = 400
    var xs = (0...count).map { x.lowerBound + x.length * Double($0) / Double(count) }
    let fast = FastCurve(fit, predictor, at: xs)
    if let fast { xs = fast.places }
    guard let predictions = try? fit.predictions(for: Table(names: [predictor], columns: [xs])) else {
      return ([], [], [])
    }
    if let fast, fast.isCrowded { return (fast.lines, [], predictions.map(\.value)) }
    let places = zip(xs, predictions)
    let lines = places.split { !$0.1.value.isFinite }.map { $0.map { Point($0.0, $0.1.value) } }
    let band = places.split { !$0.1.lower.isFinite || !$0.1.upper.isFinite }.map { part in
      part.map { Point($0.0, $0.1.upper) } + part.reversed().map { Point($0.0, $0.1.lower) }
    }
    return (lines.filter { $0.count > 1 }, band.filter { $0.count > 3 }, predictions.map(\.value))
  }

  private func residuals(
    _ rows: [Row], _ symbol: Symbol, _ x: ClosedRange<Double>, _ label: String
  ) -> Panel {
    let values = rows.map { $0.observed - $0.fitted }
    let size = values.reduce(0) { max($0, $1.magnitude) }
    let half = size > 0 ? 1.15 * size : 1
    var panel = Panel(
      x: Axis(x.lowerBound, x.upperBound, label: label), y: Axis(-half, half, label: "residual"))
    panel.aspect = 0.2
    let zero: (Shape, Layer) = (
      .line([Point(x.lowerBound, 0), Point(x.upperBound, 0)], Stroke(.series(1), width: 1.2)), .curve
    )
    let dots: (Shape, Layer) = (
      .marks(zip(rows, values).map { Point($0.x, $1) }, symbol, .series(0)), .points
    )
    for (shape, layer) in symbol == .speck ? [dots, zero] : [zero, dots] { panel.add(shape, to: layer) }
    return panel
  }

  private func description(_ title: String, _ predictors: [String], _ isCurve: Bool) -> String {
    let parameters = fit.parameters.map { "\($0.name) = \(Axis.text($0.estimate, digits: 4))" }.joined(
      separator: ", ")
    let what =
      isCurve
      ? "\(fit.rows) rows of data against \(predictors[0]), with the curve \(title)"
      : "What \(title) says for \(fit.rows) rows of data against what was observed"
    return "\(what), where \(parameters); below, the residuals."
  }
}
