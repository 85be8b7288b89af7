import Nabla
import NablaDescent
import NablaEvaluation
import NablaNotation

/// The answers as JSON. Keys are those of the requests where both speak of the same thing; every answer
/// carries `schema`, which changes when a key changes its meaning; a missing key has nothing to say.

/// How many values of derivatives were held against differences of values, at how many points.
struct CheckedAnswer: Encodable {
  var points: Int
  var comparisons: Int

  init(_ check: SelfCheck) { (points, comparisons) = (check.points, check.comparisons) }
}

/// The answer of `grad` and `eval`.
struct ValuesAnswer: Encodable {
  var schema = "nabla.values.1"
  /// The `id` of the request.
  var id: JSONValue?
  /// How the input was read, in the plain format.
  var formula: String?
  /// The order of everything that follows.
  var variables: [String]?
  /// Letters that are not differentiated by and have no value.
  var parameters: [String]?
  /// Where the formula is defined.
  var domain: String?
  /// The partial derivatives in the plain format.
  var derivative: [String]?
  var checked: CheckedAnswer?
  /// Where the gradient has no value or not the only one; only without points.
  var special: [SpecialAnswer]?
  /// The points.
  var points: [[JSONNumber]]?
  /// f at each point.
  var value: [JSONNumber]?
  /// ∇f at each point.
  var gradient: [[JSONNumber]]?
  /// Why a number is null, for each point; null where all are finite.
  var status: [String?]?
  /// What f tends to where it has no value, for each point; null where nothing is known.
  var limit: [LimitAnswer?]?
  /// The one-sided derivatives where f bends or jumps exactly at a point.
  var kinks: [String?]?
  /// How far rounding may have moved numbers of fewer than six certain digits, for each point; null elsewhere.
  var rounding: [DoubtAnswer?]?
  /// What is to be known about how the input was read.
  var notes: [NoticeAnswer]?
}

/// Where f bends or jumps, has a corner, or has a limit and no value.
struct SpecialAnswer: Encodable {
  /// On one side of a bend or a jump.
  struct Side: Encodable {
    /// x < y
    var `where`: String
    /// The partial derivatives there, in the plain format, in the order of `variables`.
    var derivative: [String]
    /// f there, of a jump.
    var value: String?
  }

  /// The one-sided derivatives along a variable.
  struct Slopes: Encodable {
    var variable: String
    var below: JSONNumber?
    var above: JSONNumber?
  }

  /// `bend`, `jump`, `corner` or `gap`.
  var kind: String
  /// The equations of its points: x = y.
  var `where`: String
  /// The point, of a formula in one variable.
  var at: JSONNumber?
  var sides: [Side]?
  var slopes: [Slopes]?
  /// What f tends to in a gap.
  var limit: String?
}

/// Bounds of what rounding may have changed.
struct DoubtAnswer: Encodable {
  var value: JSONNumber
  var gradient: [JSONNumber]
}

/// What f tends to along one variable, from either side; found by numbers, not by proof.
struct LimitAnswer: Encodable {
  var variable: String
  var below: JSONNumber?
  var above: JSONNumber?

  init(_ limit: PointLimit) {
    variable = Form.variable(limit.variable.name).text(.plain)
    below = limit.below.map { JSONNumber($0) }
    above = limit.above.map { JSONNumber($0) }
  }
}

/// The answer of `hessian`.
struct HessianAnswer: Encodable {
  var schema = "nabla.hessian.1"
  var formula: String
  var variables: [String]
  /// ∂²f/∂xᵢ∂xⱼ in the plain format, row by row.
  var hessian: [[String]]
  var checked: CheckedAnswer
  var point: [JSONNumber]?
  /// The same at the point.
  var value: [[JSONNumber]]?
  /// In rising order.
  var eigenvalues: [JSONNumber]?
  var curvature: String?
  var status: String?
  /// The one-sided derivatives where f bends or jumps exactly at the point.
  var kinks: String?
  var notes: [NoticeAnswer]?
}

/// The answer of `minimize` and `maximize`.
struct DescentAnswer: Encodable {
  struct Evaluations: Encodable {
    var f: Int
    var gradient: Int
    var hessian: Int

    init(_ counts: Objective.Counts) {
      (f, gradient, hessian) = (counts.f, counts.gradient, counts.hessian)
    }
  }

  struct Iterate: Encodable {
    var x: [JSONNumber]
    var f: JSONNumber
    var gradient_norm: JSONNumber
    /// Evaluations made until it was reached, its own included.
    var evaluations: Evaluations?
  }

  var schema = "nabla.descent.1"
  var id: JSONValue?
  var formula: String?
  var variables: [String]?
  var method: String
  var rate: JSONNumber?
  /// The last point.
  var x: [JSONNumber]
  var f: JSONNumber
  var gradient: [JSONNumber]
  var iterations: Int
  var verdict: String
  var success: Bool
  /// One sentence of why it stopped.
  var reason: String
  /// Why a number is null.
  var status: String?
  var certificate: CertificateAnswer?
  var evaluations: Evaluations
  var trace: [Iterate]?
  var notes: [NoticeAnswer]?
}

/// A note or an error about the text of a formula.
struct NoticeAnswer: Encodable, Hashable {
  /// The kind, the same in every version.
  var id: String
  var message: String
  /// Where in the formula, in UTF-8 bytes.
  var start: Int?
  var end: Int?
  var line: Int?
  var column: Int?
  var fixes: [String]?
}

/// What stands in place of an answer.
struct ErrorAnswer: Encodable {
  var schema = "nabla.error.1"
  var id: JSONValue?
  /// The first error.
  var error: NoticeAnswer
  /// The errors after it.
  var more: [NoticeAnswer]?
}

extension NoticeAnswer {
  init(_ diagnostic: Diagnostic, in source: SourceText) {
    let facts = diagnostic.facts(in: source)
    self.init(
      id: facts.id, message: Glyphs.plain.worded(facts.message), start: facts.start, end: facts.end,
      line: facts.line,
      column: facts.column,
      fixes: facts.fixes.isEmpty ? nil : facts.fixes.map { Glyphs.plain.worded($0.label) })
  }

  /// What is wrong with a text that has no reading, at least one.
  static func errors(_ error: ReadingError) -> [NoticeAnswer] {
    error.diagnostics.filter { $0.severity == .error }.map { NoticeAnswer($0, in: error.source) }
  }
}

extension Failure {
  /// The same as data; nil for what is said on the error stream only.
  var notices: [NoticeAnswer]? {
    switch self {
    case .reading(let error):
      let errors = NoticeAnswer.errors(error)
      return errors.isEmpty ? nil : errors
    case .formula(let sentence): return [NoticeAnswer(id: "formula", message: Glyphs.plain.worded(sentence))]
    case .values(let names, let sentence):
      return [NoticeAnswer(id: "formula", message: Glyphs.plain.worded(Failure.sentence(names, sentence)))]
    case .overrun(.cancelled): return nil
    case .overrun(let overrun): return [NoticeAnswer(id: "limit", message: Failure.sentence(overrun))]
    case .text(.interrupted): return nil
    case .text(let trouble): return [NoticeAnswer(id: "text", message: trouble.sentence(.plain))]
    case .usage, .said: return nil
    }
  }
}
