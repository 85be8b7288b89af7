import NablaAlgebra
import NablaBasics
import NablaDescent

/// A model fitted to data: the parameters that explain the left side best, with their errors.
///
///     let growth = Table(["t": [0, 1, 2, 3], "y": [2.03, 3.31, 5.42, 9.10]])
///     let fit = try Fit("y = a exp(b t)", to: growth)
///     fit["b"]?.estimate        // 0.5059
///     fit["b"]?.standardError   // 0.0057
///     fit.success               // true
///
/// Least squares run by Levenberg and Marquardt's method on QR factors, linear parameters projected out, with a finish
/// by the exact Hessian; other losses by Newton's method in a trust region. Where no start is given one is looked for.
/// Rows that hold no number are skipped, and counted. What the data do not determine has no error: NaN.
public struct Fit: Sendable {
  /// A parameter of the model.
  public struct Parameter: Hashable, Sendable {
    /// Its name as typed.
    public let name: String
    /// The value at which the loss is least.
    public let estimate: Double
    /// The standard error; NaN where the data do not determine it, 0 where it is fixed.
    public let standardError: Double
    /// The ends of the 95 % interval.
    public let interval: ClosedRange<Double>?
    /// Where the descent began.
    public let start: Double
    /// Whether it was given and not fitted.
    public let isFixed: Bool
    /// Whether a bound holds it.
    public let isAtBound: Bool
  }

  /// Where the starts came from.
  public enum Start: Hashable, Sendable {
    /// The model is linear in all parameters: there is nothing to start from.
    case notNeeded
    /// All were given.
    case given
    /// Those of some parameters, by their place, were looked for: how many points were tried, how many descents begun.
    case searched(parameters: [Int], tried: Int, descents: Int)
    /// The given one led to a worse end, with this loss.
    case replaced(loss: Double, tried: Int)
  }

  /// Another place at which the loss is least nearby.
  public struct OtherMinimum: Hashable, Sendable {
    /// All parameters in the model's order.
    public let parameters: [Double]
    /// The residual sum of squares there.
    public let loss: Double
  }

  /// The model.
  public let model: FitModel
  /// What the fit was told.
  public let options: FitOptions
  /// All parameters in the model's order.
  public let parameters: [Parameter]
  /// The rows that were used.
  public let rows: Int
  /// The residual sum of squares, or the loss.
  public let loss: Double
  /// Errors, intervals and correlations, over the parameters that were fitted.
  public let statistics: FitStatistics
  /// The places of the fitted parameters among all.
  public let fitted: [Int]
  /// R² = 1 − RSS/TSS, nil where the loss is no sum of squares or the left side is constant.
  public let rSquared: Double?
  /// What kind of point the estimates are.
  public let verdict: Verdict
  /// Why the descent stopped, in a sentence.
  public let reason: String
  /// Whether the estimates are a minimum.
  public let success: Bool
  /// The steps taken.
  public let iterations: Int
  /// What was evaluated over all rows.
  public let evaluations: Objective.Counts
  /// Where the starts came from.
  public let start: Start
  /// Other minima at which descents ended, each one certified, the lower ones first; none of them is lower than the fit.
  public let otherMinima: [OtherMinimum]
  /// The threshold of a robust loss.
  public let threshold: Double?
  /// Fitted parameters in which the model moves by jumps, as in floor(a x), by their place among the fitted ones.
  package let stepped: [Int]
  /// Whether the slopes of the loss jump at the estimates, as those of |y − a| do: then no curvature gives them errors.
  public let isAtKink: Bool
  /// The direction in which the parameters run away, where the loss falls for ever.
  package let ray: [Double]?

  /// A column whose powers are so alike that double precision hardly tells them apart.
  package let farColumn: FarColumn?

  let problem: FitProblem
  let x: [Double]

  /// The rows that were left out, at most the first thousand, with their reasons.
  public var skipped: [Table.Skip] { problem.table.skipped }
  /// How many rows were left out.
  public var skippedCount: Int { problem.table.skippedCount }

  /// The parameter of this name.
  public subscript(name: String) -> Parameter? {
    model.parameter(name).map { parameters[$0] }
  }

  /// The degrees of freedom: rows less the parameters that the data determine.
  public var degreesOfFreedom: Int { statistics.degreesOfFreedom }
  /// √(RSS/degrees of freedom); NaN for other losses.
  public var residualSD: Double { statistics.residualSD }
  /// R² for the number of parameters: 1 − (1 − R²)(n − 1)/(n − p).
  public var adjustedRSquared: Double? {
    guard let rSquared, degreesOfFreedom > 0 else { return nil }
    return 1 - (1 - rSquared) * Double(rows - 1) / Double(degreesOfFreedom)
  }
  /// Akaike's criterion: n ln(RSS/n) + 2p for squares, RSS + 2p where the errors of the data are known, 2·loss + 2p for
  /// likelihoods.
  public var aic: Double? { criterion(perParameter: 2) }
  /// Schwarz's criterion: the same with ln n in the place of 2.
  public var bic: Double? { criterion(perParameter: Libm.log(Double(rows))) }

  /// The F test against a constant: F, and how likely one so large is where the model explains nothing.
  ///
  /// nil for fewer than two parameters, without degrees of freedom and where R² says nothing.
  public var fTest: (f: Double, probability: Double)? {
    guard let rSquared, degreesOfFreedom > 0, statistics.rank > 1, rSquared > 0, rSquared < 1 else {
      return nil
    }
    let (upper, lower) = (Double(statistics.rank - 1), Double(degreesOfFreedom))
    let f = (rSquared / upper) / ((1 - rSquared) / lower)
    return (f, FisherF(upper, lower).tail(beyond: f))
  }

  private func criterion(perParameter cost: Double) -> Double? {
    let parameters = cost * Double(statistics.rank)
    if options.loss.isLikelihood, model.response != nil { return 2 * loss + parameters }
    guard options.loss == .squares, model.response != nil else { return nil }
    if case .errors = options.weights { return loss + parameters }
    guard loss > 0 else { return nil }
    return Double(rows) * Libm.log(loss / Double(rows)) + parameters
  }

  /// Fits a model to the columns of a table.
  public init(
    _ model: String, to table: Table, _ options: FitOptions = FitOptions(), cancellation: Cancellation? = nil
  ) throws(FitError) {
    try self.init(try FitModel(model, columns: table.names), to: table, options, cancellation: cancellation)
  }

  /// Fits a model that has been read; the table may hold only the columns that it uses.
  public init(
    _ model: FitModel, to table: Table, _ options: FitOptions = FitOptions(),
    cancellation: Cancellation? = nil
  ) throws(FitError) {
    var problem = try FitProblem(model, table, options)
    try problem.check()
    let run = try FitRun(problem, cancellation)
    self.init(problem, run)
  }

  private init(_ problem: FitProblem, _ run: FitRun) {
    let outcome = run.outcome
    let model = problem.model
    self.model = model
    self.problem = problem
    options = problem.options
    x = outcome.x
    fitted = problem.free
    rows = problem.table.rowCount
    loss = run.statistics.rss == 0 ? 0 : outcome.value
    statistics = run.statistics
    rSquared = run.rSquared
    verdict = outcome.verdict
    reason = outcome.reason
    success = outcome.success
    iterations = outcome.iterations
    evaluations = outcome.counts
    start = run.start
    threshold = run.threshold
    otherMinima = run.others.map { .init(parameters: problem.all($0.x), loss: $0.value) }
    stepped = problem.stepped
    isAtKink = outcome.isAtKink
    ray = outcome.ray
    farColumn = run.statistics.condition > 1e10 ? FarColumn(problem) : nil
    let values = problem.all(outcome.x)
    let starts = problem.all(run.startPoint)
    let statistics = run.statistics
    parameters = model.parameters.indices.map { parameter in
      let place = problem.free.firstIndex(of: parameter)
      let error = place.map { statistics.standardErrors[$0] } ?? 0
      let isHeld = place.map { outcome.held.contains($0) } ?? false
      let width = statistics.quantile * error
      let hasInterval = place != nil && !isHeld && width.isFinite
      return Parameter(
        name: model.shown(model.parameters[parameter]), estimate: values[parameter],
        standardError: isHeld ? .nan : error,
        interval: hasInterval ? (values[parameter] - width)...(values[parameter] + width) : nil,
        start: starts[parameter], isFixed: place == nil, isAtBound: isHeld)
    }
  }
}
