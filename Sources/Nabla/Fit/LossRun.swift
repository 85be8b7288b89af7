import NablaAlgebra
import NablaBasics
import NablaDescent

/// A fit of a loss that is no sum of squares.
struct LossRun {
  private(set) var outcome: FitOutcome
  private(set) var start: Fit.Start
  private(set) var startPoint: [Double]
  /// The loss over all rows.
  let sum: RowLoss
  /// The errors of the parameters.
  let statistics: FitStatistics

  init(_ problem: FitProblem, _ loss: Expr, _ cancellation: Cancellation?) throws(FitError) {
    sum = try problem.sum(of: loss)
    let given = try problem.givenStart()
    var method = DampedNewton()
    if let limit = problem.options.maximumIterations { method.maximumIterations = limit }
    // Zero is where most losses of linear scores begin; a search is for those that have no value there.
    var point = zip(0..<sum.parameters, sum.bounds).map {
      min(max(given[$0] ?? 0, $1.lowerBound), $1.upperBound)
    }
    var start =
      given.count == sum.parameters
      ? Fit.Start.given : .searched(parameters: [], tried: 1, descents: 1)
    let begin = try problem.approached(from: point, by: loss, cancellation)
    var end = method.minimize(sum, from: begin, cancellation: cancellation)
    let isRunning = end.verdict == .infimumAtInfinity || end.verdict == .unboundedBelow
    // Where a convex loss is flat it is smallest.
    let isLeast = end.verdict == .degenerate && sum.convexity != nil
    if !end.success, !isRunning, !isLeast, end.verdict != .interrupted, given.count < sum.parameters {
      var search = try StartSearch(problem, known: given, linear: [])
      let small = try search.sample.sum(of: loss)
      var quick = DampedNewton()
      quick.maximumIterations = 100
      let found = search.search(
        loss: { small.value($0) }, descend: { quick.minimize(small, from: $0, cancellation: cancellation) },
        cancellation: cancellation)
      guard let found else { throw try problem.troubleWithoutStart() }
      // Where the loss falls for ever no descent ends, and none is a start.
      if let first = found.starts.first {
        let other = method.minimize(sum, from: first, cancellation: cancellation)
        if other.value.isFinite, !(end.value <= other.value) || other.success {
          (end, point) = (other, first)
          start = .searched(
            parameters: problem.free.indices.filter { given[$0] == nil }.map { problem.free[$0] },
            tried: found.tried, descents: found.descents)
        }
      }
    } else if end.verdict == .outsideDomain, let trouble = try problem.troubleAtStart(point) {
      throw trouble
    }
    if end.verdict == .infimumAtInfinity, problem.options.loss == .logistic, try problem.isLinear() {
      end.reason =
        "the infimum is at infinity: the classes are separated, so that the loss falls for ever and no finite parameters are best"
    }
    (outcome, self.start, startPoint) = (end, start, point)
    if end.isAtKink {
      statistics = FitStatistics(atKinkOf: sum.parameters, rows: problem.table.rowCount, held: end.held)
      return
    }
    let isLikelihood = problem.options.loss.isLikelihood && problem.model.response != nil
    let n = sum.parameters
    statistics = FitStatistics(
      hessian: end.hessian ?? [Double](repeating: .nan, count: n * n),
      scores: isLikelihood ? nil : try problem.scores(of: loss, at: end.x), size: n,
      rows: problem.table.rowCount,
      held: end.held)
  }
}
