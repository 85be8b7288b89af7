import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

/// Everything known about a fit, below its estimates.
struct FitReport {
  let invocation: Invocation
  let fit: Fit

  private var glyphs: Glyphs { invocation.glyphs }
  private var statistics: FitStatistics { fit.statistics }

  private func name(_ parameter: Int) -> String {
    Form.variable(fit.model.parameters[parameter].name).text(glyphs == .unicode ? .unicode : .plain)
  }

  var lines: [Styled] {
    var lines = intervals
    if fit.fitted.count > 1 { lines += [Styled()] + correlations }
    var grid = Grid(columns: [.left, .left], gap: 3)
    for (label, text) in facts { grid.add([Styled("  " + label, .keyword), Styled(glyphs.worded(text))]) }
    return lines + [Styled()] + grid.lines
  }

  /// a   1.98906 to 2.07018
  private var intervals: [Styled] {
    var names = Grid(columns: [.left, .left], gap: 2)
    for parameter in fit.parameters.indices {
      let row = fit.parameters[parameter]
      let interval = row.interval.map {
        "\(invocation.number($0.lowerBound)) to \(invocation.number($0.upperBound))"
      }
      names.add([
        Styled("  " + name(parameter), .variable),
        Styled(interval ?? (row.isFixed ? "fixed" : fit.isAtKink ? "unknown" : "not determined")),
      ])
    }
    return [Styled("  95 % intervals", .keyword)] + names.lines
  }

  /// The lower triangle of the correlations.
  private var correlations: [Styled] {
    let shown = min(fit.fitted.count, 12)
    var grid = Grid(columns: [.left] + [Grid.Side](repeating: .right, count: shown), gap: 2)
    let minus: NumberText.Minus = glyphs == .unicode ? .typographic : .ascii
    for row in 1..<shown {
      let cells = (0..<row).map { column -> Styled in
        let value = statistics.correlations[row][column]
        let text = value.isFinite ? NumberText.fixed(value, decimals: 4, minus: minus) : "?"
        return Styled(text, value.magnitude > 0.99 ? .error : .value)
      }
      grid.add([Styled("  " + name(fit.fitted[row]), .variable)] + cells)
    }
    grid.add([Styled()] + (0..<shown - 1).map { Styled(name(fit.fitted[$0]), .variable) })
    return [Styled("  correlations", .keyword)] + grid.lines
  }

  private var facts: [(String, String)] {
    let number = { (value: Double) in invocation.number(value) }
    var facts: [(String, String)] = []
    if statistics.rss.isFinite { facts.append(("residual sum of squares", number(statistics.rss))) }
    if let adjusted = fit.adjustedRSquared { facts.append(("adjusted R²", number(adjusted))) }
    if let test = fit.fTest {
      facts.append(
        ("against a constant", "F = \(number(test.f)), p = \(invocation.number(test.probability, digits: 3))")
      )
    }
    if let aic = fit.aic, let bic = fit.bic { facts.append(("AIC, BIC", "\(number(aic)), \(number(bic))")) }
    if !fit.isAtKink {
      facts.append(
        ("condition of the fit", statistics.condition.isFinite ? number(statistics.condition) : "singular"))
    }
    facts.append(("errors", errors))
    facts.append(("start", start))
    facts.append(("stopped", fit.reason))
    let counts = fit.evaluations
    facts.append(
      (
        "evaluations",
        "\(counted(counts.f, "time")) all rows, \(counts.gradient) with derivatives, \(counts.hessian) with second derivatives"
      ))
    facts.append(("verdict", fit.verdict.rawValue))
    return facts
  }

  private var errors: String {
    if fit.isAtKink { return "none: the slopes of the loss jump at the estimates" }
    if fit.model.response == nil || fit.options.loss.isRobust {
      return "from the rows' own gradients (sandwich)"
    }
    if !fit.statistics.rss.isFinite { return "from the curvature of the likelihood" }
    if case .errors = fit.options.weights { return "in units of --sigma, not scaled" }
    return "scaled by the residual SD"
  }

  private var start: String {
    let free = fit.parameters.filter { !$0.isFixed }
    let point = free.map { "\($0.name) = \(invocation.number($0.start))" }.joined(separator: ", ")
    switch fit.start {
    case .notNeeded: return "none needed: the model is linear in its parameters"
    case .given: return point
    case .searched(_, let tried, let descents) where descents > 1:
      return "\(point), the best of \(tried) points and \(descents) descents"
    case .searched: return point
    case .replaced(_, let tried):
      return "\(point), the best of \(tried) points; the one given led to a worse end"
    }
  }
}
