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

  /// How the error of a row is drawn.
  private static let bar = Stroke(.series(0), width: 1.2)

  /// A row: where it stands along x, what was observed and what the model says.
  private struct Row {
    var x: Double
    var observed: Double
    var fitted: Double
    /// The standard error that was given for the row.
    var error: Double?

    /// The point, or another at the same place, with its error above and below.
    func bar(at y: Double) -> [Point]? {
      error.map { [Point(x, y - $0), Point(x, y + $0)] }
    }
  }

  func figure() throws(FigureError) -> Figure {
    let format = fit.model.spelled(.picture)
    guard let left = fit.model.left?.text(format), let response = fit.model.response else {
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
    let title = "\(isLogistic ? "log-odds of " : "")\(left) = \(fit.model.right.text(format))"
    let isCrowd = rows.count > Self.crowd
    let symbol: Symbol = isCrowd ? .speck : .dot
    let seen = rows.filter { x.contains($0.x) }
    let bars = isCrowd ? [] : seen.compactMap { $0.bar(at: $0.observed) }
    let count = "data, \(fit.rows) row\(fit.rows == 1 ? "" : "s")"
    var legend = [Legend(.mark(symbol, .series(0)), count + (bars.isEmpty ? "" : ", ± their errors"))]
    var values = seen.map(\.observed) + seen.map(\.fitted) + bars.joined().map(\.y)
    var shapes: [(Shape, Layer)] = []
    var reach = ValueRange.shown(values) ?? 0...1
    if isCurve {
      let curve = FitCurve(
        fit, predictors[0], in: x, data: options.window[0] == nil ? data : x, others: values)
      reach = curve.reach ?? reach
      shapes += curve.band.map { (.area([$0], .series(1)), .band) }
      for line in curve.lines { shapes.append((.line(line, Stroke(.series(1), width: 2.2)), .curve)) }
      legend.append(Legend(.line(Stroke(.series(1), width: 2.2)), "fit"))
      if !curve.band.isEmpty {
        legend.append(Legend(.band(.series(1)), "95 % band of its mean"))
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
    values = seen.map(\.observed) + bars.joined().map(\.y)
    if let low = values.min(), let high = values.max() { reach = reach.union(low...high) }
    let y =
      options.values
      ?? (reach.length > 0 ? reach.padded(0.06) : (reach.lowerBound - 1)...(reach.lowerBound + 1))
    var panel = Panel(
      x: Axis(x.lowerBound, x.upperBound), y: Axis(y.lowerBound, y.upperBound, label: axis))
    panel.aspect = 0.5
    let dots: (Shape, Layer) = (
      .marks(seen.map { Point($0.x, $0.observed) }, symbol, .series(0)), .points
    )
    shapes += bars.map { (.line($0, Self.bar), .points) }
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
        Row(
          x: column.map { row.columns[$0] } ?? row.fitted, observed: row.observed, fitted: row.fitted,
          error: row.error))
    }
    return rows
  }

  private func residuals(
    _ rows: [Row], _ symbol: Symbol, _ x: ClosedRange<Double>, _ label: String
  ) -> Panel {
    let values = rows.map { $0.observed - $0.fitted }
    let bars = symbol == .speck ? [] : zip(rows, values).compactMap { $0.bar(at: $1) }
    let size = (values + bars.joined().map(\.y)).reduce(0) { max($0, $1.magnitude) }
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
    for bar in bars { panel.add(.line(bar, Self.bar), to: .points) }
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
