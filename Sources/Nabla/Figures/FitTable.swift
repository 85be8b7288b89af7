import NablaBasics
import NablaDescent
import NablaDrawing

extension Fit {
  /// The parameters with their errors, and how well the model fits, for the page of a picture.
  var answerHTML: String {
    let hasIntervals = parameters.contains { $0.interval != nil }
    let titles = ["parameter", "estimate", "standard error"] + (hasIntervals ? ["95 % interval"] : [])
    var text = "<div class=\"answer\"><table>\n<thead><tr>"
    text += titles.map { "<th>\($0)</th>" }.joined() + "</tr></thead>\n<tbody>\n"
    for parameter in parameters {
      let ends = parameter.interval.map { [$0.lowerBound, $0.upperBound].map { Axis.text($0, digits: 5) } }
      let cells =
        [SVG.escaped(parameter.name), Axis.text(parameter.estimate), Self.error(of: parameter)]
        + (hasIntervals ? [ends.map { "\($0[0]) … \($0[1])" } ?? ""] : [])
      text += "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
    }
    text += "</tbody></table>\n<p>\(SVG.escaped(goodness))</p>\n"
    return success ? text + "</div>\n" : text + "<p>\(SVG.escaped(reason))</p></div>\n"
  }

  /// `± 0.01657 (0.82 %)`, or why there is no error.
  private static func error(of parameter: Parameter) -> String {
    if parameter.isFixed { return "fixed" }
    if parameter.isAtBound { return "at its bound" }
    guard parameter.standardError.isFinite else { return "not determined" }
    let share = 100 * parameter.standardError / parameter.estimate.magnitude
    let relative = share > 0 && share.isFinite ? " (\(Axis.text(share, digits: 2)) %)" : ""
    return "± \(Axis.text(parameter.standardError, digits: 4))\(relative)"
  }

  /// Residual SD, degrees of freedom, R² and the closest of the correlations.
  private var goodness: String {
    let degrees = statistics.degreesOfFreedom
    var parts = ["\(rows) row\(rows == 1 ? "" : "s")"]
    if statistics.residualSD.isFinite { parts.append("residual SD \(Axis.text(statistics.residualSD))") }
    if degrees > 0 { parts.append("\(degrees) degree\(degrees == 1 ? "" : "s") of freedom") }
    if let rSquared {
      let near = 1 - rSquared
      let isAll = near > 0 && near < 5e-7
      parts.append("R² = " + (isAll ? "1 − \(Axis.text(near, digits: 2))" : Axis.text(rSquared)))
    }
    if let pair = statistics.closestPair, pair.correlation.isFinite {
      let names = [pair.first, pair.second].map { parameters[fitted[$0]].name }
      parts.append(
        "correlation of \(names[0]) and \(names[1]) \(Axis.text(pair.correlation, digits: 3))")
    }
    return parts.joined(separator: ", ")
  }
}
