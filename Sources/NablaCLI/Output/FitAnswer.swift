import Nabla
import NablaBasics
import NablaDescent

/// The answer of `fit`.
struct FitAnswer: Encodable {
  struct Parameter: Encodable {
    var name: String
    var estimate: JSONNumber
    /// null where the data do not determine it.
    var standard_error: JSONNumber
    /// The ends of the 95 % interval.
    var lower: JSONNumber
    var upper: JSONNumber
    var start: JSONNumber
    var fixed: Bool
    var at_bound: Bool
  }

  struct Skip: Encodable {
    var row: Int
    var line: Int?
    var reason: String
  }

  /// Another place where the sum of squares is least nearby.
  struct OtherMinimum: Encodable {
    var parameters: [String: JSONNumber]
    var value: JSONNumber
  }

  struct Prediction: Encodable {
    var value: JSONNumber
    var standard_error: JSONNumber
    var lower: JSONNumber
    var upper: JSONNumber
  }

  var schema = "nabla.fit.1"
  /// How the model was read, in the plain format.
  var model: String
  var data: String
  var rows: Int
  var columns: [String]
  /// How many rows were left out; the first thousand with their reasons.
  var skipped_count: Int
  var skipped: [Skip]?
  var parameters: [Parameter]
  var loss: String
  var threshold: JSONNumber?
  /// The residual sum of squares, or the loss.
  var rss: JSONNumber?
  var value: JSONNumber
  var degrees_of_freedom: Int
  var residual_sd: JSONNumber
  var r_squared: JSONNumber?
  var adjusted_r_squared: JSONNumber?
  var aic: JSONNumber?
  var bic: JSONNumber?
  /// Over the parameters that were fitted, in their order, row by row.
  var correlation: [[JSONNumber]]
  var condition: JSONNumber
  /// How errors are scaled.
  var errors: String
  var start: String
  var other_minima: [OtherMinimum]?
  var verdict: String
  var success: Bool
  /// One sentence of why it stopped.
  var reason: String
  /// Why a number is null.
  var status: String?
  var iterations: Int
  var evaluations: DescentAnswer.Evaluations
  var predictions: [Prediction]?
  var notes: [NoticeAnswer]?
}

extension FitAnswer {
  init(_ fit: Fit, path: String, predictions: FitPredictions?) {
    let statistics = fit.statistics
    model = fit.model.text(.plain)
    data = path
    rows = fit.rows
    columns = fit.rowColumns
    skipped_count = fit.skippedCount
    skipped =
      fit.skipped.isEmpty
      ? nil
      : fit.skipped.map {
        Skip(row: $0.row, line: $0.line > 0 ? $0.line : nil, reason: Glyphs.plain.worded($0.reason))
      }
    parameters = fit.parameters.map { row in
      Parameter(
        name: row.name, estimate: JSONNumber(row.estimate), standard_error: JSONNumber(row.standardError),
        lower: JSONNumber(row.interval?.lowerBound ?? .nan),
        upper: JSONNumber(row.interval?.upperBound ?? .nan),
        start: JSONNumber(row.start), fixed: row.isFixed, at_bound: row.isAtBound)
    }
    loss = fit.model.response == nil ? "typed" : fit.options.loss.rawValue
    threshold = fit.threshold.map { JSONNumber($0) }
    rss = statistics.rss.isFinite ? JSONNumber(statistics.rss) : nil
    value = JSONNumber(fit.loss)
    degrees_of_freedom = fit.degreesOfFreedom
    residual_sd = JSONNumber(fit.residualSD)
    r_squared = fit.rSquared.map { JSONNumber($0) }
    adjusted_r_squared = fit.adjustedRSquared.map { JSONNumber($0) }
    aic = fit.aic.map { JSONNumber($0) }
    bic = fit.bic.map { JSONNumber($0) }
    correlation = statistics.correlations.map { JSONNumber.list($0) }
    condition = JSONNumber(statistics.condition)
    if !statistics.rss.isFinite {
      errors = fit.options.loss.isRobust || fit.model.response == nil ? "sandwich" : "likelihood"
    } else if case .errors = fit.options.weights {
      errors = "absolute"
    } else {
      errors = "scaled"
    }
    switch fit.start {
    case .notNeeded: start = "not needed"
    case .given: start = "given"
    case .searched: start = "searched"
    case .replaced: start = "replaced"
    }
    let others = fit.otherMinima.map { other in
      OtherMinimum(
        parameters: Dictionary(
          zip(fit.parameters, other.parameters).map { ($0.name, JSONNumber($1)) },
          uniquingKeysWith: { first, _ in first }),
        value: JSONNumber(other.loss))
    }
    other_minima = others.isEmpty ? nil : others
    verdict = fit.verdict.rawValue
    success = fit.success
    reason = Glyphs.plain.worded(fit.reason)
    let unknown = fit.parameters.filter { !$0.standardError.isFinite && !$0.isAtBound && !$0.isFixed }
    if !unknown.isEmpty {
      let names = unknown.map(\.name).joined(separator: ", ")
      status =
        fit.degreesOfFreedom > 0
        ? "the data do not determine \(names)" : "as many rows as parameters: no errors can be told"
    }
    iterations = fit.iterations
    evaluations = .init(fit.evaluations)
    self.predictions = predictions.map { all in
      all.rows.map { row in
        let prediction = row?.prediction
        return Prediction(
          value: JSONNumber(prediction?.value ?? .nan),
          standard_error: JSONNumber(prediction?.standardError ?? .nan),
          lower: JSONNumber(prediction?.lower ?? .nan), upper: JSONNumber(prediction?.upper ?? .nan))
      }
    }
    let notes = fit.model.notes.map { NoticeAnswer($0, in: fit.model.source) }
    self.notes = notes.isEmpty ? nil : notes
  }
}
