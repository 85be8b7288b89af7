import Foundation
import Nabla
import NablaBasics
import Records
import Testing

/// Fits as they were recorded: what is said of the end, the steps, what was computed, estimates, errors and correlations.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedFitTests {
  private static func number(_ x: Double) -> String { x.magnitude < 1e-9 ? "0" : Record.number(x, digits: 6) }

  /// All numbers of a fit, to the last bit.
  static func digest(_ fit: Fit) -> String {
    var digest = Digest()
    for parameter in fit.parameters {
      digest.add([parameter.estimate, parameter.standardError, parameter.start])
      if let interval = parameter.interval { digest.add([interval.lowerBound, interval.upperBound]) }
    }
    digest.add([fit.loss, fit.statistics.condition] + fit.statistics.correlations.flatMap { $0 })
    for other in fit.otherMinima { digest.add(other.parameters + [other.loss]) }
    return digest.text
  }

  private static func lines(_ name: String, _ fit: Fit) -> [String] {
    let counts = fit.evaluations
    var lines = [
      "\(name): \(fit.verdict.rawValue) after \(fit.iterations), \(counts.f) \(counts.gradient) \(counts.hessian), loss "
        + number(fit.loss),
      "    \(fit.reason)",
    ]
    for parameter in fit.parameters {
      let interval =
        parameter.interval.map { " in \(number($0.lowerBound)) … \(number($0.upperBound))" } ?? ""
      let marks = (parameter.isAtBound ? ", at its bound" : "") + (parameter.isFixed ? ", fixed" : "")
      lines.append(
        "    \(parameter.name) = \(number(parameter.estimate)) ± \(number(parameter.standardError))"
          + interval + marks
          + ", from \(number(parameter.start))")
    }
    let statistics = fit.statistics
    let correlations = statistics.correlations.map {
      $0.map { String(format: "%.3f", $0) }.joined(separator: " ")
    }
    lines.append(
      "    correlations " + correlations.joined(separator: " | ") + "; rank \(statistics.rank), condition "
        + Record.number(statistics.condition, digits: 3) + ", idle \(statistics.idle), not determined "
        + "\(statistics.undetermined)")
    lines[0] += " [\(digest(fit))]"
    for other in fit.otherMinima {
      lines.append(
        "    also " + other.parameters.map(number).joined(separator: " ") + ": " + number(other.loss))
    }
    return lines
  }

  @Test("The reference data sets, from both starts and from none") func references() throws {
    var lines: [String] = []
    for reference in ReferenceTests.references {
      var reader = CSVReader()
      try reader.push(Array(reference.data.utf8))
      let table = try reader.finish()
      for start in [[:]] + reference.starts {
        var options = FitOptions()
        options.start = start
        let names = start.keys.sorted().map { "\($0) = \(Self.number(start[$0] ?? .nan))" }
        lines += Self.lines(
          "\(reference.name) from \(names.joined(separator: ", "))",
          try Fit(reference.model, to: table, options))
      }
    }
    #expect(try Record(name: "references.txt").differences(from: lines) == [])
  }

  private static let steps = (0..<24).map { Double($0) / 4 }

  /// Whole numbers that look like chance.
  private static func noise(_ k: Int) -> Double { Double((k * 7919 + 13) % 101) / 101 - 0.5 }

  /// A model beside data: what is true, how much chance there is in it, and the row that lies far off.
  struct Row: Sendable {
    let model: String
    let truth: String
    var noise = 1.0
    var far = -1
    var loss = FitLoss.squares
    var start: [String: Double] = [:]
    var bounds: [String: ClosedRange<Double>] = [:]
    var fixed: [String: Double] = [:]
    var weights = FitOptions.Weights.equal
    var limit: Int?
  }

  static let line = "y = a t + b"
  static let growth = "2exp(0.3t)"
  static let models: [Row] = [
    .init(model: line, truth: "2t + 1"), .init(model: "y = a + b t + c t^2", truth: "t^2/2 - t"),
    .init(model: "y = a exp(b t)", truth: growth),
    .init(model: "y = a exp(-b t) + c", truth: "5exp(-0.8t) + 1", noise: 0.1),
    .init(model: "y = a exp(-b t) + c exp(-d t)", truth: "2exp(-0.5t) + exp(-3t)", noise: 0.01),
    .init(model: "y = a sin(b t + c)", truth: "3sin(1.7t + 0.4)", noise: 0.3),
    .init(model: "y = a/(1 + exp(-b(t - c)))", truth: "4/(1 + exp(-2(t - 3)))", noise: 0.1),
    .init(model: "y = a t^b", truth: "1.5t^1.7", noise: 0.1),
    .init(model: "y = a t/(b + t)", truth: "4t/(1.5 + t)", noise: 0.1),
    .init(model: "y = a t + b t + c", truth: "2t + 1"), .init(model: "y = a b t", truth: "2t"),
    .init(model: "y = a + b exp(t - 1000)", truth: "t"),
    .init(model: "y = abs(t - a) b + c", truth: "abs(t - 2.3)", noise: 0.1),
    .init(model: line, truth: "2t + 1", far: 5, loss: .huber),
    .init(model: line, truth: "2t + 1", far: 5, loss: .cauchy),
    .init(model: line, truth: "2t + 1", far: 5, loss: .softL1),
    .init(model: "y = a exp(-b t)", truth: "3exp(-t)", noise: 0.1, far: 9, loss: .huber),
    .init(model: "y = a exp(-b t)", truth: "3exp(-t)", noise: 0.1, far: 9, loss: .cauchy),
    .init(model: line, truth: "if(t > 3 + sin(9t)/2, 1, 0)", noise: 0, loss: .logistic),
    .init(model: line, truth: "if(t > 3, 1, 0)", noise: 0, loss: .logistic),
    .init(
      model: "y = a + b t + c t^2", truth: "if(abs(t - 3) + sin(9t) > 1, 1, 0)", noise: 0, loss: .logistic),
    .init(model: "y = exp(a t + b)", truth: "round(2t + 1 + sin(9t))", noise: 0, loss: .poisson),
    .init(model: line, truth: "2t + 1", bounds: ["a": 0...1.5]),
    .init(model: "y = a exp(b t)", truth: growth, bounds: ["b": 0...0.2, "a": 0...10]),
    .init(model: "y = a exp(b t)", truth: growth, fixed: ["a": 2.5]),
    .init(model: "y = a exp(b t)", truth: growth, start: ["a": -1, "b": -3]),
    .init(model: "y = a exp(b t)", truth: growth, start: ["a": 1, "b": 1], limit: 3),
    .init(model: "y = a sin(b t)", truth: "sin(t)", noise: 0.1, start: ["a": 1, "b": 5]),
    .init(model: line, truth: "2t + 1", weights: .weights("1 + t")),
    .init(model: line, truth: "2t + 1", weights: .errors("0.1 + t/10")),
    .init(model: "y = a arctan(b t) + c", truth: "2arctan(3(t - 2))", start: ["a": 1, "b": 1, "c": 0]),
    .init(model: "y = a t^3 + b t^2 + c t + d", truth: "t^3 - 4t"),
    .init(model: "y = a exp(-(t - b)^2/c^2) + d", truth: "3exp(-(t - 3)^2)", noise: 0.05),
  ]

  @Test("Models of every kind") func kinds() throws {
    var lines: [String] = []
    for (number, row) in Self.models.enumerated() {
      var options = FitOptions()
      (options.loss, options.start, options.bounds) = (row.loss, row.start, row.bounds)
      (options.fixed, options.weights, options.maximumIterations) = (row.fixed, row.weights, row.limit)
      let truth = try Formula(row.truth, variables: ["t"])
      var y: [Double] = []
      for (k, t) in Self.steps.enumerated() {
        y.append(try truth.value(at: [t]) + row.noise * Self.noise(k) + (k == row.far ? 40 : 0))
      }
      let table = Table(["t": Self.steps, "y": y])
      lines += Self.lines("\(number + 1). \(row.model)", try Fit(row.model, to: table, options))
    }
    #expect(try Record(name: "fits.txt").differences(from: lines) == [])
  }
}
