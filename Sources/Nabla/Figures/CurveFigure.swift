import NablaAlgebra
import NablaBasics
import NablaDescent
import NablaDrawing

/// The curve of a formula of one variable, with its extrema, its paths and the tangents at their iterates.
struct CurveFigure {
  let formula: Formula
  let function: FigureFunction
  let options: FigureOptions
  let paths: [FigurePath]

  var variable: String { formula.shownName(0) }
  private var valueLabel: String { "\(formula.shownFunctionName)(\(variable))" }

  func figure() throws(FigureError) -> Figure {
    let choice = try window()
    let x = choice.range
    var (values, hasPoles) = CurveSampler.survey(function, x)
    let usual = ValueRange.shown(values, hasPoles: hasPoles)?.length ?? 0
    let gaps = CurveGaps(of: function, in: x, height: usual > 0 ? usual : 1)
    // Where the curve has a hole it has no turning point; what lies outside the box of the paths is no answer.
    let bounds = FigureBounds(paths)
    let marked = extrema(in: x).filter { point in
      !gaps.holes.contains { ($0.x - point.coordinates[0]).magnitude <= 1e-5 * x.length }
        && bounds?.contains(point.coordinates) != false
    }
    let single = marked.map(\.value) + gaps.dots.map(\.y)
    let limits = gaps.holes.map(\.y)
    // From the lowest to the highest extremum, and to where the curve leaves the picture.
    let ends = [function(x.lowerBound), function(x.upperBound)].filter(\.isFinite)
    let turns = marked.first.map { first in
      (marked.map(\.value) + ends).reduce(first.value...first.value) { $0.union($1) }
    }
    let first = options.values ?? valueRange(values, hasPoles, x, single, turns: turns)
    guard var y = first else {
      throw .nothingToDraw(
        "\(formula.shownFunctionName) has no value for any \(variable) from \(Axis.text(x.lowerBound)) to "
          + Axis.text(x.upperBound))
    }
    let columns = CurveColumns(of: function, in: x, values: y)
    if columns.crowded != nil {
      // Evenly spaced places tell nothing then.
      (values, hasPoles) = (columns.values, ValueRange.shown(columns.values) != columns.reach)
    }
    if options.values == nil, let reach = columns.reach, columns.crowded != nil || reach.union(y) != y {
      y =
        valueRange(
          values, hasPoles, x, single + [reach.lowerBound, reach.upperBound], turns: turns) ?? y
    }
    let slope = options.hasField == true ? self.slope : nil
    if let slope, options.values == nil { y = y.union(Self.seen(of: slope.function, in: x, beside: y)) }
    var panel = Panel(
      x: Axis(x.lowerBound, x.upperBound, label: variable),
      y: Axis(y.lowerBound, y.upperBound, label: valueLabel))
    var legend: [Legend] = []
    if let slope { add(slope, x, y, to: &panel, &legend) }
    var sampler = CurveSampler(function, x: x, y: y, columns: columns)
    let pieces = sampler.sampled()
    if pieces.isEmpty, gaps.dots.isEmpty { throw .nothingToDraw(reasonForNothing(values, x)) }
    for piece in pieces { panel.add(.line(piece, Stroke(.series(0), width: 2.2)), to: .curve) }
    bounds?.add(to: &panel, &legend, variables: 1)
    gaps.add(to: &panel, values: y)
    let shown = marked.filter {
      y.contains($0.value) && columns.crowded?.contains($0.coordinates[0]) != true
    }
    CriticalMarks(points: shown).add(to: &panel, &legend) { [$0.coordinates[0], $0.value] }
    for (number, path) in paths.enumerated() {
      PathDrawing(path: path, ink: .series(number + 1)).add(to: &panel, &legend, inOneVariable: true)
    }
    PathDrawing.addEnds(of: paths, to: &legend)
    // Where it leaves the picture, the values that are seen end with the picture.
    let met = (values + columns.values + single + limits).filter(\.isFinite)
    let seen = met.first.map { first in met.reduce(first...first) { $0.union($1) }.clamped(to: y) } ?? y
    var scene = Scene(
      title: formula.pictureTitle, description: description(x, seen, shown, gaps), panels: [panel],
      legend: legend,
      size: options.size)
    scene.theme = options.theme.drawn
    var remarks: [String] = []
    if hasPoles, options.values == nil {
      remarks.append("the values grow without bound; those around the middle are shown")
    }
    if let crowded = columns.crowded {
      remarks.append(
        "the curve turns more often than a picture can show for \(variable) from "
          + "\(Axis.text(crowded.lowerBound, digits: 3)) to \(Axis.text(crowded.upperBound, digits: 3)): "
          + "strokes stand there from its least to its greatest values")
    }
    return Figure(
      scene: scene, window: [x, y], windowReason: choice.reason, remarks: remarks, marked: shown)
  }

  /// Why a curve with a value somewhere has nothing to draw.
  private func reasonForNothing(_ values: [Double], _ x: ClosedRange<Double>) -> String {
    let isLarge = values.contains(where: \.isInfinite)
    return
      "\(formula.shownFunctionName) \(isLarge ? "is too large for a number" : "has no value") almost everywhere "
      + "for \(variable) from \(Axis.text(x.lowerBound)) to \(Axis.text(x.upperBound))"
  }

  private func window() throws(FigureError) -> (range: ClosedRange<Double>, reason: String?) {
    if let given = options.window[0] { return (given, nil) }
    let chooser = CurveWindow(function: function, bounds: FigureBounds(paths))
    if !paths.isEmpty, let choice = chooser.choice(for: paths) { return (choice.range, choice.reason) }
    if let choice = chooser.choice() { return (choice.range, choice.reason) }
    throw .nothingToDraw(
      "\(formula.shownFunctionName) has no value at any \(variable) that was tried, from −10000 to 10000")
  }

  /// The values to show: all, but for poles; beside those, extrema where they would be flattened; iterates and single
  /// points always.
  private func valueRange(
    _ values: [Double], _ hasPoles: Bool, _ x: ClosedRange<Double>, _ single: [Double],
    turns: ClosedRange<Double>?
  ) -> ClosedRange<Double>? {
    let finite = values.filter(\.isFinite)
    let whole = finite.min().flatMap { low in finite.max().map { low...$0 } }
    guard var range = hasPoles ? ValueRange.shown(values, hasPoles: true) : whole else { return nil }
    if hasPoles, let turns, turns.length > 0, 100 * turns.length < range.length {
      range = turns.padded(3).clamped(to: whole ?? range)
    }
    let iterates = paths.flatMap { PathReach.shown($0.points) }.filter { x.contains($0.x[0]) }.map(\.f)
    for value in iterates + (hasPoles ? [] : single) where value.isFinite {
      range = range.union(value)
    }
    if range.length <= 1e-12 * max(range.lowerBound.magnitude, range.upperBound.magnitude) {
      let half = range.middle == 0 ? 1 : range.middle.magnitude / 2
      return (range.middle - half)...(range.middle + half)
    }
    guard range.length.isFinite else { return -1e300...1e300 }
    return range.padded(0.06)
  }

  /// The places where the slope changes its sign and vanishes, or the curve has a corner, if they are few.
  private func extrema(in x: ClosedRange<Double>) -> [MarkedPoint] {
    let count = 1500
    var found: [MarkedPoint] = []
    // The last place with a slope, and how many without any came after it.
    var before: (x: Double, slope: Double)?
    var flat = 0
    for index in 0...count {
      // Off the round numbers, but for the ends.
      let part = index == 0 ? 0 : index == count ? 1 : (Double(index) + 0.37) / (Double(count) + 1)
      let place = x.lowerBound * (1 - part) + x.upperBound * part
      let slope = function.slope(place)
      guard slope != 0 else {
        flat += 1
        continue
      }
      defer { (before, flat) = ((place, slope), 0) }
      guard let before, before.slope.isFinite, slope.isFinite, (before.slope < 0) != (slope < 0),
        flat < count / 20
      else { continue }
      var (low, high) = (before.x, place)
      let rises = slope > 0
      if flat > 0 {
        // Where slopes are too small for numbers, the middle between the places from which on they are not.
        let still = Self.middle(low, high)
        low = Self.middle(end(of: still, towards: low), end(of: still, towards: high))
        high = low
      }
      for _ in 0..<(flat > 0 ? 0 : 80) {
        let middle = Self.middle(low, high)
        let slope = function.slope(middle)
        guard slope.isFinite else { break }
        if (slope < 0) == rises { low = middle } else { high = middle }
      }
      let end = function.slope(low).magnitude
      let isSmooth = end <= 1e-4 * max(before.slope.magnitude, slope.magnitude)
      let rounded = Self.tidied(low, within: x.length)
      guard function(rounded).isFinite, isSmooth || isCorner(low, high, between: before.x, place) else {
        continue
      }
      found.append(
        MarkedPoint(
          coordinates: [rounded], value: function(rounded), kind: rises ? .localMinimum : .localMaximum))
      if found.count > 24 { return [] }
    }
    return found
  }

  /// Whether a curve that turns between two neighbouring numbers goes on there, as |x| at 0: a jump or a pole does not.
  private func isCorner(_ low: Double, _ high: Double, between first: Double, _ last: Double) -> Bool {
    let (before, behind) = (function(first) - function(low), function(last) - function(high))
    let gap = (function(high) - function(low)).magnitude
    return (before > 0) == (behind > 0) && gap <= 1e-6 * min(before.magnitude, behind.magnitude)
  }

  /// The last place without a slope on the way from one to a place with a slope.
  private func end(of still: Double, towards sloping: Double) -> Double {
    var (still, sloping) = (still, sloping)
    for _ in 0..<60 {
      let middle = Self.middle(still, sloping)
      if function.slope(middle) == 0 { still = middle } else { sloping = middle }
    }
    return still
  }

  private static func middle(_ low: Double, _ high: Double) -> Double { low + (high - low) / 2 }

  /// A root found by bisection without the dust of rounding: −2.5 for −2.4999999999999996.
  private static func tidied(_ value: Double, within length: Double) -> Double {
    if value.magnitude < 1e-12 * length { return 0 }
    return Double(NumberText.significant(value, digits: 12, minus: .ascii)) ?? value
  }

  private func description(
    _ x: ClosedRange<Double>, _ values: ClosedRange<Double>, _ marked: [MarkedPoint],
    _ gaps: CurveGaps
  ) -> String {
    var sentences = [
      "The curve of \(formula.description) for \(variable) from \(Axis.text(x.lowerBound)) to "
        + "\(Axis.text(x.upperBound)), values from \(Axis.text(values.lowerBound, digits: 3)) to "
        + "\(Axis.text(values.upperBound, digits: 3))."
    ]
    sentences += marked.map {
      "\(CriticalMarks.capitalized($0.kind)) at \(CriticalMarks.place($0.coordinates + [$0.value]))."
    }
    if !gaps.holes.isEmpty {
      let places = gaps.holes.prefix(4).map { CriticalMarks.place([$0.x, $0.y]) }
      sentences.append(
        "Open circles at \(places.joined(separator: ", "))\(gaps.holes.count > 4 ? " …" : "").")
    }
    sentences += paths.map { PathDrawing(path: $0, ink: .ink).sentence }
    return sentences.joined(separator: " ")
  }
}

extension Formula {
  /// A variable as it is printed.
  func shownName(_ place: Int) -> String { text(of: .variable(variables[place])) }
  /// The function's name as it is printed.
  var shownFunctionName: String { name }
}
