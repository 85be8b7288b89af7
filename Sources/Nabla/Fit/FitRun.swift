import NablaAlgebra
import NablaBasics
import NablaDescent

/// One fit: the starts, the descent, the statistics.
struct FitRun {
  private(set) var outcome: FitOutcome
  private(set) var statistics: FitStatistics
  private(set) var start: Fit.Start
  private(set) var startPoint: [Double]
  private(set) var rSquared: Double?
  private(set) var threshold: Double?

  init(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let needsSquares =
      problem.model.response != nil && (problem.options.loss == .squares || problem.options.loss.isRobust)
    if needsSquares {
      let squares = try SquaresRun(problem, cancellation)
      (outcome, start, startPoint) = (squares.outcome, squares.start, squares.startPoint)
      statistics = squares.statistics
      rSquared = try problem.rSquared(rss: squares.outcome.value)
      if problem.options.loss.isRobust { try runRobust(problem, cancellation) }
      return
    }
    let run = try LossRun(problem, problem.rowLoss(threshold: 1), cancellation)
    (outcome, start, startPoint, statistics) = (run.outcome, run.start, run.startPoint, run.statistics)
  }

  /// From the least squares on: the threshold from the median of the residuals, twice.
  private mutating func runRobust(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let factor = problem.options.loss.threshold ?? 1
    rSquared = nil
    for _ in 0..<(problem.options.threshold == nil ? 3 : 1) {
      var width = problem.options.threshold ?? 0
      if problem.options.threshold == nil { width = factor * (try problem.deviation(at: outcome.x)) }
      // Residuals that are all but zero leave nothing to be robust against.
      guard width > 0, width.isFinite else { return }
      threshold = width
      let loss = problem.rowLoss(threshold: width)
      let sum = try problem.sum(of: loss)
      let next = DampedNewton().minimize(sum, from: outcome.x, cancellation: cancellation)
      guard next.value.isFinite, let hessian = next.hessian else { return }
      outcome = next
      statistics = FitStatistics(
        hessian: hessian, scores: try problem.scores(of: loss, at: next.x), size: next.x.count,
        rows: problem.table.rowCount, held: next.held)
    }
  }
}

/// A fit by least squares.
struct SquaresRun {
  private(set) var outcome: FitOutcome
  private(set) var start: Fit.Start
  private(set) var startPoint: [Double]

  /// The errors of the parameters.
  let statistics: FitStatistics

  init(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let squares = try problem.leastSquares()
    let isLinear = squares.linear.count == squares.parameters
    let given = try problem.givenStart()
    var method = LevenbergMarquardt()
    if let limit = problem.options.maximumIterations { method.maximumIterations = limit }
    let missing = (0..<squares.parameters).filter { given[$0] == nil && !squares.linear.contains($0) }
    var (start, points, tried) = (Fit.Start.given, [(0..<squares.parameters).map { given[$0] ?? 0 }], 0)
    if isLinear {
      start = .notNeeded
      points = [(0..<squares.parameters).map { given[$0] ?? 1 }]
    } else if !missing.isEmpty {
      guard let found = try SquaresRun.search(problem, given, cancellation) else {
        throw .noStart
      }
      start = .searched(
        parameters: missing.map { problem.free[$0] }, tried: found.tried, agreeing: found.agreeing,
        descents: found.descents)
      (points, tried) = (found.starts, found.tried)
    }
    let begins = try points.map { point throws(FitError) in
      isLinear ? point : try problem.approached(from: point, cancellation)
    }
    let first = SquaresRun.best(of: begins, squares, method, cancellation)
    var (end, point) = (first.end, points[first.place])
    if end.verdict == .outsideDomain, isLinear || missing.isEmpty, given.values.count > 0 || isLinear {
      if let row = try problem.rowWithoutValue(at: point) {
        throw .noValueAtStart(row: row, start: problem.named(point))
      }
    }
    if tried == 0, !isLinear, try SquaresRun.isDoubtful(end, problem) {
      // The start given leads nowhere good: see whether a better fit is to be had, and say so.
      if let found = try SquaresRun.search(problem, [:], cancellation) {
        let (other, place) = SquaresRun.best(of: found.starts, squares, method, cancellation)
        if other.success, !(end.value <= other.value * 1.001) || !end.success {
          start = .replaced(loss: end.value, tried: found.tried)
          (end, point) = (other, found.starts[place])
        }
      }
    }
    if end.success, !isLinear {
      // Without a start, positive signs are meant.
      let reference = end.x.indices.map { given[$0] ?? end.x[$0].magnitude }
      let nearest = try problem.nearest(end.x, to: reference, within: squares.bounds)
      if nearest != end.x {
        let exchanged = method.minimize(squares, from: nearest, cancellation: cancellation)
        if exchanged.success { end = exchanged }
      }
    }
    (outcome, self.start, startPoint) = (end, start, point)
    let hasErrors = if case .errors = problem.options.weights { true } else { false }
    statistics = FitStatistics(
      end.factor ?? QR(columns: squares.parameters + 1), held: end.held, hasKnownErrors: hasErrors)
  }

  /// The end with the least squares among minima, of all ends where none is one.
  private static func best(
    of points: [[Double]], _ squares: LeastSquares, _ method: LevenbergMarquardt,
    _ cancellation: Cancellation?
  ) -> (end: FitOutcome, place: Int) {
    let ends = points.map { method.minimize(squares, from: $0, cancellation: cancellation) }
    let minima = ends.indices.filter { ends[$0].success }
    let chosen =
      (minima.isEmpty ? Array(ends.indices) : minima).min { !(ends[$0].value >= ends[$1].value) } ?? 0
    return (ends[chosen], chosen)
  }

  private static func search(
    _ problem: FitProblem, _ given: [Int: Double], _ cancellation: Cancellation?
  ) throws(FitError) -> StartSearch.Found? {
    let sample = problem.sampled(StartSearch.rows)
    let squares = try sample.leastSquares(withCurvature: false)
    var search = try StartSearch(problem, known: given, linear: squares.linear)
    var quick = LevenbergMarquardt(maximumIterations: 100)
    quick.isThorough = false
    return search.search(
      loss: { LeastSquaresLook(squares).value(at: $0) },
      descend: { quick.minimize(squares, from: $0, cancellation: cancellation) }, cancellation: cancellation)
  }

  /// Whether an end looks like one that a better start would avoid: no minimum, or no better than a constant.
  private static func isDoubtful(_ end: FitOutcome, _ problem: FitProblem) throws(FitError) -> Bool {
    if end.verdict == .interrupted { return false }
    if !end.success { return true }
    guard let rSquared = try problem.rSquared(rss: end.value) else { return false }
    return rSquared < 0.9
  }
}

/// A fit of a loss that is no sum of squares.
struct LossRun {
  private(set) var outcome: FitOutcome
  private(set) var start: Fit.Start
  private(set) var startPoint: [Double]
  /// The errors of the parameters.
  let statistics: FitStatistics

  init(_ problem: FitProblem, _ loss: Expr, _ cancellation: Cancellation?) throws(FitError) {
    let sum = try problem.sum(of: loss)
    let given = try problem.givenStart()
    var method = DampedNewton()
    if let limit = problem.options.maximumIterations { method.maximumIterations = limit }
    // Zero is where most losses of linear scores begin; a search is for those that have no value there.
    var point = zip(0..<sum.parameters, sum.bounds).map {
      min(max(given[$0] ?? 0, $1.lowerBound), $1.upperBound)
    }
    var start =
      given.count == sum.parameters
      ? Fit.Start.given : .searched(parameters: [], tried: 1, agreeing: 1, descents: 1)
    let begin = try problem.approached(from: point, by: loss, cancellation)
    var end = method.minimize(sum, from: begin, cancellation: cancellation)
    if !end.success, end.verdict != .interrupted, given.count < sum.parameters {
      let sample = problem.sampled(StartSearch.rows)
      let small = try sample.sum(of: loss)
      var search = try StartSearch(problem, known: given, linear: [])
      var quick = DampedNewton()
      quick.maximumIterations = 100
      let found = search.search(
        loss: { small.value($0) }, descend: { quick.minimize(small, from: $0, cancellation: cancellation) },
        cancellation: cancellation)
      guard let found else { throw .noStart }
      // Where the loss falls for ever no descent ends, and none is a start.
      if let first = found.starts.first {
        let other = method.minimize(sum, from: first, cancellation: cancellation)
        if other.value.isFinite, !(end.value <= other.value) || other.success {
          (end, point) = (other, first)
          start = .searched(
            parameters: problem.free.indices.filter { given[$0] == nil }.map { problem.free[$0] },
            tried: found.tried, agreeing: found.agreeing, descents: found.descents)
        }
      }
    } else if end.verdict == .outsideDomain, let row = try problem.rowWithoutValue(at: point) {
      throw .noValueAtStart(row: row, start: problem.named(point))
    }
    (outcome, self.start, startPoint) = (end, start, point)
    let isLikelihood = problem.options.loss.isLikelihood && problem.model.response != nil
    let n = sum.parameters
    statistics = FitStatistics(
      hessian: end.hessian ?? [Double](repeating: .nan, count: n * n),
      scores: isLikelihood ? nil : try problem.scores(of: loss, at: end.x), size: n,
      rows: problem.table.rowCount,
      held: end.held)
  }
}

extension FitProblem {
  /// Rows from which on a descent first goes over some of them, and how many these are.
  private static let many = 200_000
  private static let some = 40_000

  /// Where a descent over a part of many rows leads: near the end over all of them, at a small part of the work.
  func approached(from start: [Double], _ cancellation: Cancellation?) throws(FitError) -> [Double] {
    guard table.rowCount > FitProblem.many else { return start }
    var method = LevenbergMarquardt(maximumIterations: 200)
    method.isThorough = false
    let end = method.minimize(
      try sampled(FitProblem.some).leastSquares(withCurvature: false), from: start, cancellation: cancellation
    )
    return end.success ? end.x : start
  }

  /// The same for a loss.
  func approached(
    from start: [Double], by loss: Expr, _ cancellation: Cancellation?
  ) throws(FitError) -> [Double] {
    guard table.rowCount > FitProblem.many else { return start }
    let end = DampedNewton().minimize(
      try sampled(FitProblem.some).sum(of: loss), from: start, cancellation: cancellation)
    return end.success ? end.x : start
  }
}
