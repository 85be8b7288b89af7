import NablaBasics
import NablaDescent
import NablaDrawing

/// How descents of any number of variables went: the value above the best one found and the size of the gradient
/// against the iteration, on logarithmic scales.
struct ConvergenceFigure {
  let formula: Formula
  let options: FigureOptions
  let paths: [FigurePath]

  func figure() -> Figure {
    let finite = paths.map { path in path.points.filter { $0.f.isFinite && $0.gradientNorm.isFinite } }
    let isDown = paths.first?.sense != .maximize
    let values = finite.flatMap { $0.map(\.f) }
    let best = (isDown ? values.min() : values.max()) ?? 0
    let name = formula.shownFunctionName
    let last = Double(max(1, finite.compactMap { $0.last?.k }.max() ?? 1))
    var panels = [
      panel(
        isDown ? "\(name) − \(name)*" : "\(name)* − \(name)", last,
        finite.map { $0.map { Point(Double($0.k), ($0.f - best).magnitude) } }),
      panel("|∇\(name)|", last, finite.map { $0.map { Point(Double($0.k), $0.gradientNorm) } }),
    ]
    panels[0].x.label = ""
    var legend: [Legend] = []
    for (number, path) in paths.enumerated() {
      legend.append(Legend(.line(Stroke(.series(number), width: 2)), path.name))
    }
    let isZero = { (panel: Panel) in
      panel.items.contains { if case .marks(_, .minimum, _) = $0.shape { true } else { false } }
    }
    if panels.contains(where: isZero) { legend.append(Legend(.mark(.minimum, .ink), "0, or next to it")) }
    let star = "\(name)* = \(Axis.text(best, digits: 6)), the \(isDown ? "smallest" : "largest") value found"
    var scene = Scene(
      title: formula.shortTitle,
      description: ([
        "The value of \(formula.shortTitle) above \(star), and the size of its gradient, against the iteration, on logarithmic scales."
      ] + paths.map { PathDrawing(path: $0, ink: .ink).sentence }).joined(separator: " "),
      panels: panels, legend: legend, size: options.size)
    scene.theme = options.theme.drawn
    var figure = Figure(scene: scene, window: [], windowReason: nil, remarks: [star])
    figure.best = best
    return figure
  }

  private func panel(_ label: String, _ last: Double, _ series: [[Point]]) -> Panel {
    let positive = series.flatMap { $0.map(\.y) }.filter { $0 > 0 }
    var (low, high) = (positive.min() ?? 0.1, positive.max() ?? 1)
    low = max(low, high * 1e-20)
    if low >= high { (low, high) = (low / 10, high * 10) }
    let room = Libm.pow(high / low, 0.05)
    let hasZeros = series.contains { $0.contains { $0.y < low } }
    var panel = Panel(
      x: Axis(0, last, label: "iteration"),
      y: Axis(low / (hasZeros ? room * room * room : room), high * room, scale: .log, label: label))
    panel.aspect = 0.32
    panel.x.isWhole = true
    for (number, points) in series.enumerated() {
      // What a logarithmic scale has no place for stands at its lower end, with a mark of its own.
      let ink = Ink.series(number)
      let held = points.map { Point($0.x, max($0.y, panel.y.low)) }
      guard !held.isEmpty else { continue }
      panel.add(.line(held, Stroke(ink, width: 1.8)), to: .curve)
      if points.count <= 60 { panel.add(.marks(held.filter { $0.y >= low }, .dot, ink), to: .points) }
      let zeros = held.filter { $0.y < low }
      if !zeros.isEmpty { panel.add(.marks(zeros, .minimum, ink), to: .points) }
    }
    return panel
  }
}
