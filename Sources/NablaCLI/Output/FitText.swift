import Nabla
import NablaBasics
import NablaDescent
import NablaNotation

/// A fit as a person reads it.
///
///     y = a·e^(bt)     8 rows, columns t, y     parameters a, b
///
///       a = 2.02962  ± 0.01657   (0.82 %)
///       b = 0.497911 ± 0.001258  (0.25 %)
///       residual SD 0.0999231, 6 degrees of freedom     R² = 0.999983     correlation of a and b −0.99
struct FitText {
  let invocation: Invocation
  let fit: Fit
  let path: String

  private var console: Console { invocation.console }
  private var glyphs: Glyphs { invocation.glyphs }
  private var statistics: FitStatistics { fit.statistics }
  private var plusMinus: String { glyphs == .unicode ? "±" : "+-" }

  func show() {
    console.answer(FitText.header(fit.model, rows: fit.rows, invocation: invocation))
    console.answer()
    if !fit.success { console.answer(Styled(glyphs.cross + " ", .error) + Styled(glyphs.worded(trouble))) }
    for line in parameterLines { console.answer(line) }
    console.answer(Styled("  ") + Styled(summary))
    if invocation.arguments.has(.report) {
      console.answer()
      for line in FitReport(invocation: invocation, fit: fit).lines { console.answer(line) }
    }
    for note in notes { console.note(glyphs.worded(note)) }
  }

  /// `y = a·e^(bt)     8 rows, columns t, y     parameters a, b`
  static func header(_ model: FitModel, rows: Int, invocation: Invocation) -> Styled {
    let format: Format = invocation.glyphs == .unicode ? .unicode : .plain
    let used = model.usedColumns().map { model.header[$0] }
    var line = Styled(FitText.side(invocation) + model.text(format))
    if model.response == nil {
      let sum = invocation.glyphs == .unicode ? "Σ " : "sum of "
      let isSum = if case .sum = model.expression.shape { true } else { false }
      line = Styled(sum + (isSum ? "(" + model.text(format) + ")" : model.text(format)))
    }
    let given = invocation.arguments.all(.lets).map(\.text)
    if !given.isEmpty { line.append("      with " + given.joined(separator: ", "), .hint) }
    line.append(
      "     \(counted(rows, "row")), \(used.count == 1 ? "column" : "columns") \(used.joined(separator: ", "))",
      .hint)
    let names = model.parameters.map { Form.variable($0.name).text(format) }
    line.append(
      "     \(names.count == 1 ? "parameter" : "parameters") \(names.joined(separator: ", "))", .hint)
    return line
  }

  /// What a likelihood says of the left side: `log-odds of y = …`
  private static func side(_ invocation: Invocation) -> String {
    switch invocation.arguments.value(.loss).flatMap({ FitLoss(rawValue: $0.text) }) {
    case .logistic: "log-odds of "
    case .poisson: "mean of "
    case .squares, .huber, .softL1, .cauchy, nil: ""
    }
  }

  /// Why the estimates are not to be trusted.
  private var trouble: String {
    let names = { (places: [Int]) in places.map { shownName(fit.fitted[$0]) }.joined(separator: ", ") }
    switch fit.verdict {
    case .degenerate where !statistics.idle.isEmpty && statistics.idle.allSatisfy(fit.stepped.contains):
      return
        "the model moves by jumps in \(names(statistics.idle)) and is flat between them: other values fit as well"
    case .degenerate where !statistics.idle.isEmpty && fit.model.response == nil:
      return "the loss does not change with \(names(statistics.idle)) here: other values fit as well"
    case .degenerate where !statistics.idle.isEmpty:
      return "the model does not depend on \(names(statistics.idle)) here: the data say nothing about it"
    case .degenerate where !statistics.undetermined.isEmpty && fit.model.response == nil:
      return
        "the loss does not change where \(names(statistics.undetermined)) change together: other values fit as well"
    case .degenerate where statistics.undetermined.count == 1:
      return "the data do not determine \(names(statistics.undetermined)): other values fit as well"
    case .degenerate where !statistics.undetermined.isEmpty:
      return "the data do not tell \(names(statistics.undetermined)) apart: other values fit as well"
    default: return fit.reason
    }
  }

  private func shownName(_ parameter: Int) -> String {
    Form.variable(fit.model.parameters[parameter].name).text(glyphs == .unicode ? .unicode : .plain)
  }

  /// `a = 2.02962  ± 0.01657   (0.82 %)`, the signs below each other.
  private var parameterLines: [Styled] {
    var grid = Grid(columns: [.right, .left, .left, .left], gap: 0)
    for place in fit.parameters.indices { grid.add(cells(place)) }
    return grid.lines
  }

  private func cells(_ place: Int) -> [Styled] {
    let parameter = fit.parameters[place]
    var error = Styled()
    var share = Styled()
    if parameter.isFixed {
      error = Styled(" fixed", .hint)
    } else if parameter.isAtBound {
      error = Styled(" at bound", .hint)
    } else if let side = runaway(place) {
      error = Styled(" \(glyphs == .unicode ? "→" : "->") \(invocation.number(side))", .hint)
    } else if parameter.standardError.isFinite, fit.ray == nil {
      error = Styled(
        " \(plusMinus) " + invocation.number(parameter.standardError, digits: min(4, invocation.digits)))
      let relative = 100 * parameter.standardError / parameter.estimate.magnitude
      if relative.isFinite, relative > 0 {
        share = Styled("  (\(invocation.number(relative, digits: 2)) %)", .hint)
      }
    } else if statistics.degreesOfFreedom > 0, !fit.isAtKink {
      error = Styled(" not determined", .hint)
    }
    return [
      Styled("  ") + Styled(shownName(place), .variable),
      Styled(" = ", .operator) + Styled(invocation.number(parameter.estimate), .value),
      error, share,
    ]
  }

  /// ∞ or −∞ for a parameter that runs away; nil for others.
  private func runaway(_ place: Int) -> Double? {
    guard let ray = fit.ray, let free = fit.fitted.firstIndex(of: place) else { return nil }
    let sizes = fit.fitted.map { fit.parameters[$0].estimate.magnitude }
    let shares = zip(ray, sizes).map { $0.magnitude / max($1, .leastNormalMagnitude) }
    // What is next to nothing beside the others has not gone anywhere.
    let isMoving =
      shares[free] > 1e-3 * (shares.max() ?? 0) && sizes[free] > 1e-9 * (sizes.max() ?? 0)
    return isMoving ? (ray[free] > 0 ? .infinity : -.infinity) : nil
  }

  /// residual SD 0.0999231, 6 degrees of freedom     R² = 0.999983     correlation of a and b −0.99
  private var summary: String {
    let degrees = statistics.degreesOfFreedom
    let freedom = degrees == 1 ? "1 degree of freedom" : "\(degrees) degrees of freedom"
    var parts: [String] = []
    if statistics.residualSD.isFinite {
      parts.append("residual SD \(invocation.number(statistics.residualSD)), \(freedom)")
    } else if statistics.rss.isFinite, fit.verdict != .outsideDomain {
      parts.append("as many rows as parameters: no degree of freedom is left for errors")
    } else if fit.model.response != nil, fit.options.loss == .squares {
      parts.append("no sum of squares")
    } else {
      parts.append("\(FitText.lossName(fit)) \(invocation.number(fit.loss)), \(freedom)")
    }
    if fit.isAtKink { parts.append("a kink: no curvature, so no errors") }
    if let threshold = fit.threshold { parts.append("threshold \(invocation.number(threshold))") }
    if let rSquared = fit.rSquared {
      parts.append("\(glyphs == .unicode ? "R²" : "R^2") = \(share(rSquared))")
    }
    if let pair = statistics.closestPair, pair.correlation.isFinite {
      let minus: NumberText.Minus = glyphs == .unicode ? .typographic : .ascii
      // More decimals where two would say that they are one.
      let decimals = (2...6).first { (1 - pair.correlation.magnitude) * Libm.pow(10, Double($0)) > 0.5 } ?? 6
      let text = NumberText.fixed(pair.correlation, decimals: decimals, minus: minus)
      parts.append(
        "correlation of \(shownName(fit.fitted[pair.first])) and \(shownName(fit.fitted[pair.second])) \(text)"
      )
    }
    return parts.joined(separator: "     ")
  }

  /// A share of the whole, never rounded to all of it: 1 − 3.2e−11.
  private func share(_ rSquared: Double) -> String {
    let text = invocation.number(rSquared)
    guard text == "1", rSquared < 1 else { return text }
    let minus = glyphs == .unicode ? "−" : "-"
    return "1 \(minus) \(invocation.number(1 - rSquared, digits: 2))"
  }

  /// A start as one types it.
  private func shortNumber(_ value: Double) -> String {
    NumberText.significant(value, digits: 3, minus: .ascii)
  }

  /// What the loss is called.
  static func lossName(_ fit: Fit) -> String {
    fit.model.response == nil ? "sum of the loss" : "\(fit.options.loss.rawValue) loss"
  }

  /// What is to be known beside the numbers.
  private var notes: [String] {
    var notes = FitText.skipNotes(fit.skipped, count: fit.skippedCount)
    let isNumber = if case .variable = fit.model.expression.shape { true } else { false }
    if fit.predictors.isEmpty, fit.model.response != nil, !isNumber {
      notes.append("no name on the right side is a column: it is one number for all rows")
    }
    if let far = fit.farColumn {
      let (column, centre) = (glyphs.quoted(far.name), invocation.number(far.centre))
      notes.append(
        "the powers of \(column) are too alike to be told apart in double precision: write (\(far.name) - \(centre)) for it"
      )
    }
    for name in fit.model.columnsCalledLikeConstants {
      notes.append("\(glyphs.quoted(name)) is the column of this name here, and not the constant")
    }
    switch fit.start {
    case .replaced(let loss, _):
      let worse =
        loss.isFinite
        ? "leads to a worse end, with a sum of squares of \(invocation.number(loss))"
        : "has no sum of squares that is a number"
      notes.append("the start given \(worse); this is the best of many starts")
    case .searched(let parameters, let tried, let descents) where descents > 1 && fit.success:
      if parameters.count > 1 {
        let found = parameters.map { "\(fit.parameters[$0].name)=\(shortNumber(fit.parameters[$0].start))" }
        notes.append(
          "no start was given: \(tried) points over the scales of the data were tried; --from \(found.joined(separator: ",")) leads here"
        )
      }
    case .searched, .given, .notNeeded: break
    }
    if fit.success, let other = fit.otherMinima.first {
      let point = fit.fitted.map {
        "\(shownName($0)) = \(invocation.number(other.parameters[$0], digits: 3))"
      }
      let more = fit.otherMinima.count > 1 ? ", and more higher up" : ""
      notes.append(
        "this is the lowest minimum found; another has a sum of squares of \(invocation.number(other.loss)), at \(point.joined(separator: ", "))\(more)"
      )
    }
    let close = statistics.correlations.indices.flatMap { i in
      (0..<i).filter { statistics.correlations[i][$0].magnitude > 0.99 && fit.fitted.count > 2 }.map {
        ($0, i)
      }
    }
    if close.count > 0, fit.success {
      let shown = close.prefix(3).map { "\(shownName(fit.fitted[$0.0])) and \(shownName(fit.fitted[$0.1]))" }
      let more = close.count > 3 ? " and \(close.count - 3) more pairs" : ""
      notes.append(
        "correlations above 0.99: \(shown.joined(separator: ", "))\(more); the data hardly tell them apart")
    }
    return notes
  }

  /// Which rows were left out, and why.
  static func skipNotes(_ skips: [Table.Skip], count: Int) -> [String] {
    guard count > 0 else { return [] }
    let shown = skips.prefix(3).map { skip in
      "row \(skip.row)\(skip.line > 0 ? " (line \(skip.line))" : ""): \(skip.reason)"
    }
    let more = count > shown.count ? "; and \(count - shown.count) more" : ""
    return ["\(counted(count, "row")) skipped: \(shown.joined(separator: "; "))\(more)"]
  }
}
