import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaDrawing

/// A formula of two variables: filled contours, the gradient field, points of zero gradient, paths.
struct PlaneFigure {
  let formula: Formula
  let function: FigureFunction
  let options: FigureOptions
  let paths: [FigurePath]

  /// Arrows help where there is no path.
  var hasField: Bool { options.hasField ?? paths.isEmpty }
  /// The box that the paths keep within.
  var bounds: FigureBounds? { FigureBounds(paths) }
  var names: [String] { [formula.shownName(0), formula.shownName(1)] }

  func figure() throws(FigureError) -> Figure {
    let found = criticalPoints()
    let critical = found.points
    let (box, reason) = try window(critical)
    let (width, height) = (box[0].length, box[1].length)
    guard width.isFinite, height.isFinite else {
      throw .nothingToDraw("the window is too large to draw")
    }
    let grid = function.grid(
      box[0], box[1], columns: 150, rows: Int(max(60, min(200, 150 * height / width))))
    let sorted = grid.finite
    guard let low = sorted.first, let high = sorted.last else {
      throw .nothingToDraw(
        "\(formula.shownFunctionName) has no value anywhere in \(names[0]) = \(Self.text(box[0])), "
          + "\(names[1]) = \(Self.text(box[1]))")
    }
    let shown = critical.filter { box[0].contains($0.coordinates[0]) && box[1].contains($0.coordinates[1]) }
      .map { $0.tidied(among: max(low.magnitude, high.magnitude)) }
    let marks = CriticalMarks(points: shown, isOpen: found.isOpen(in: box))
    let levels = LevelChoice.levels(sorted, marked: shown.map(\.value), wanted: options.levels)
    let surface =
      options.isSurface ? SurfaceFigure(plane: self, box: box, grid: grid, marks: marks) : nil
    var scene = surface?.scene() ?? contours(grid, box, levels, marks)
    // The grid may miss what a marked point has.
    let values = shown.map(\.value).filter(\.isFinite)
    scene.description = description(
      box, values.reduce(low, min), values.reduce(high, max), shown)
    scene.theme = options.theme.drawn
    let remarks =
      low == high ? ["\(formula.shownFunctionName) is \(Axis.text(low)) everywhere in the window"] : []
    var figure = Figure(
      scene: scene, window: box, windowReason: reason, remarks: remarks, marked: shown)
    figure.azimuth = surface?.view.azimuth
    figure.hasField = hasField
    return figure
  }

  /// Points of zero gradient, and where others may be.
  private struct Found {
    var points: [MarkedPoint] = []
    var searched: PlaneWindow.Box?
    var hasMore = false

    /// Whether there may be others in a window: where no search has been, or it came to no end.
    func isOpen(in box: PlaneWindow.Box) -> Bool {
      guard let searched else { return false }
      return hasMore || !zip(searched, box).allSatisfy { $0.union($1) == $0 }
    }
  }

  /// The points of zero gradient as far as they are easily found: in the window, where it is given.
  private func criticalPoints() -> Found {
    let given = [0, 1].compactMap { options.window[$0] }
    guard formula.expression.size <= 400,
      let found = try? formula.criticalPoints(
        within: given.count == 2 ? given : nil, cancellation: options.cancellation)
    else { return Found() }
    // What lies outside the box of the paths is no answer to their question.
    let bounds = bounds
    let points = found.points.filter {
      $0.coordinates.allSatisfy(\.isFinite) && bounds?.contains($0.coordinates) != false
    }.map {
      MarkedPoint(coordinates: $0.coordinates, value: $0.value.decimal, kind: $0.kind)
    }.filter { !isOnPlain($0) }
    guard case .search(_, let box) = found.evidence else { return Found(points: points) }
    return Found(points: points, searched: box, hasMore: found.isOpen)
  }

  /// Whether a point has neighbours on a plain of its own height: those are all of zero gradient, and it stands for none.
  private func isOnPlain(_ point: MarkedPoint) -> Bool {
    guard point.kind == .degenerate else { return false }
    let (x, y) = (point.coordinates[0], point.coordinates[1])
    let reach = 1e-3 * max(1, x.magnitude, y.magnitude)
    let plain = (0..<16).count { index in
      let angle = Double.pi * (Double(index) + 0.5) / 8
      let (nearX, nearY) = (x + reach * Libm.cos(angle), y + reach * Libm.sin(angle))
      return function.gradient(nearX, nearY) == (0, 0)
    }
    return plain >= 4
  }

  private func window(_ critical: [MarkedPoint]) throws(FigureError) -> (PlaneWindow.Box, String?) {
    if let x = options.window[0], let y = options.window[1] { return ([x, y], nil) }
    let chooser = PlaneWindow(function: function, critical: critical.map(\.coordinates), bounds: bounds)
    let choice = chooser.choice(for: paths) ?? chooser.choice(isSurface: options.isSurface)
    guard let choice else {
      throw .nothingToDraw(
        "\(formula.shownFunctionName) has no value at any point that was tried, from −1000 to 1000 in both variables"
      )
    }
    var box = choice.box
    for (place, range) in options.window { box[place] = range }
    return (box, choice.reason)
  }

  // MARK: Contours

  private func contours(
    _ grid: ValueGrid, _ box: PlaneWindow.Box, _ levels: [Double], _ marks: CriticalMarks
  ) -> Scene {
    var panel = Panel(
      x: Axis(box[0].lowerBound, box[0].upperBound, label: names[0]),
      y: Axis(box[1].lowerBound, box[1].upperBound, label: names[1]))
    let ratio = box[1].length / box[0].length
    panel.isEqual = ratio > 0.24 && ratio < 4.1
    panel.aspect = 0.75
    panel.hasGrid = false
    let inks = (0...levels.count).map { Ink.map(levels.isEmpty ? 0.5 : Double($0) / Double(levels.count)) }
    let finder = ContourFinder(grid)
    let contours = ([-Double.infinity] + levels).map { finder.contour(at: $0) }
    for (contour, ink) in zip(contours, inks) { panel.add(.area(contour.loops, ink), to: .bands) }
    // Where all levels lie at jumps, those are the lines.
    let isSteps = contours.allSatisfy(\.lines.isEmpty)
    for (contour, ink) in zip(contours, inks).dropFirst() {
      for line in isSteps ? contour.borders : contour.lines {
        panel.add(.line(line, Stroke(ink, width: 0.9)), to: .contours)
      }
    }
    let bar = ColourBar(
      label: "\(formula.shownFunctionName)(\(names[0]), \(names[1]))", levels: levels, inks: inks)
    if !levels.isEmpty { panel.colourBar = bar }
    var legend: [Legend] = []
    bounds?.add(to: &panel, &legend, variables: 2)
    if hasField {
      let frame = Layout(Scene(title: "", panels: [panel], size: options.size)).frames[0]
      let arrows = GradientField(function: function, box: box, width: frame.width, height: frame.height)
        .arrows
      if !arrows.isEmpty {
        panel.add(.arrows(arrows, .ink), to: .field)
        let gradient = "∇\(formula.shownFunctionName)"
        legend.append(Legend(.arrow(.ink), "\(gradient), longer where |\(gradient)| is larger"))
      }
    }
    marks.add(to: &panel, &legend) { $0.coordinates }
    for (number, path) in paths.enumerated() {
      PathDrawing(path: path, ink: .series(paths.count == 1 ? 1 : number)).add(
        to: &panel, &legend, inOneVariable: false)
    }
    PathDrawing.addEnds(of: paths, to: &legend)
    return Scene(title: formula.pictureTitle, panels: [panel], legend: legend, size: options.size)
  }

  static func text(_ range: ClosedRange<Double>) -> String {
    "\(Axis.text(range.lowerBound)) … \(Axis.text(range.upperBound))"
  }

  private func description(
    _ box: PlaneWindow.Box, _ low: Double, _ high: Double, _ critical: [MarkedPoint]
  ) -> String {
    var sentences = [
      "\(options.isSurface ? "The surface" : "Contours") of \(formula.description) for \(names[0]) from "
        + "\(Axis.text(box[0].lowerBound)) to \(Axis.text(box[0].upperBound)) and \(names[1]) from "
        + "\(Axis.text(box[1].lowerBound)) to \(Axis.text(box[1].upperBound)), values from "
        + "\(Axis.text(low, digits: 3)) to \(Axis.text(high, digits: 3))."
    ]
    if critical.count <= 12 {
      sentences += critical.map {
        "\(CriticalMarks.capitalized($0.kind)) at \(CriticalMarks.place($0.coordinates)), value "
          + "\(Axis.text($0.value, digits: 4))."
      }
    }
    sentences += paths.map { PathDrawing(path: $0, ink: .ink).sentence }
    return sentences.joined(separator: " ")
  }
}
