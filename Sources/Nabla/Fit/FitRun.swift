import NablaAlgebra
import NablaBasics
import NablaDescent

/// One fit: the starts, the descent, the statistics.
struct FitRun {
  private(set) var outcome: FitOutcome
  private(set) var statistics: FitStatistics
  private(set) var start: Fit.Start
  private(set) var startPoint: [Double]
  /// Other minima, in the order of their losses.
  private(set) var others: [FitOutcome] = []
  private(set) var rSquared: Double?
  private(set) var threshold: Double?

  init(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let needsSquares =
      problem.model.response != nil && (problem.options.loss == .squares || problem.options.loss.isRobust)
    if needsSquares {
      let squares = try SquaresRun(problem, cancellation)
      (outcome, start, startPoint) = (squares.outcome, squares.start, squares.startPoint)
      (statistics, others) = (squares.statistics, squares.others)
      rSquared = try problem.rSquared(rss: squares.outcome.value)
      if problem.options.loss.isRobust {
        try runRobust(problem, cancellation)
      } else {
        let noise = 4 * Double.ulpOfOne * (try problem.responseLength())
        clearRounding(upTo: statistics.rss == 0 ? noise * noise : 0, of: squares.sumOfSquares)
      }
      return
    }
    let run = try LossRun(problem, problem.rowLoss(threshold: 1), cancellation)
    (outcome, start, startPoint, statistics) = (run.outcome, run.start, run.startPoint, run.statistics)
    clearRounding(upTo: 0, of: run.sum.value)
  }

  /// Estimates that are smaller than what the rounding of the data moves them by are 0, where 0 fits as well.
  private mutating func clearRounding(upTo noise: Double, of loss: ([Double]) -> Double) {
    guard outcome.success else { return }
    for (place, size) in statistics.rounding.enumerated()
    where outcome.x[place].magnitude <= size && outcome.x[place] != 0 {
      var without = outcome.x
      without[place] = 0
      let least = outcome.value
      if loss(without) <= max(least + 1e-9 * least.magnitude, least > 0 ? noise : 0) { outcome.x = without }
    }
  }

  /// From the least squares on: the threshold from the median of the residuals, twice.
  private mutating func runRobust(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let factor = problem.options.loss.threshold ?? 1
    (rSquared, others) = (nil, [])
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

  /// Other minima at which descents ended.
  private(set) var others: [FitOutcome]
  /// The sum of squares at a point.
  let sumOfSquares: ([Double]) -> Double

  /// The errors of the parameters.
  let statistics: FitStatistics

  init(_ problem: FitProblem, _ cancellation: Cancellation?) throws(FitError) {
    let squares = try problem.leastSquares()
    let isLinear = try problem.isLinear()
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
        throw try problem.troubleWithoutStart()
      }
      start = .searched(
        parameters: missing.map { problem.free[$0] }, tried: found.tried, descents: found.descents)
      (points, tried) = (found.starts, found.tried)
    }
    let begins = try points.map { point throws(FitError) in
      isLinear ? point : try problem.approached(from: point, cancellation)
    }
    let kinks = try problem.kinks()
    let first = SquaresRun.best(of: begins, squares, method, kinks, cancellation)
    var (end, point, others) = (first.end, points[first.place], first.others)
    let isUnsettled =
      given.isEmpty && end.verdict == .degenerate && end.factor.map(squares.isExplained) == false
    if isLinear, isUnsettled || end.verdict == .outsideDomain {
      // Where columns are hardly told apart, what 0 leaves is known to more digits than what 1 leaves.
      let zeros = [Double](repeating: 0, count: squares.parameters)
      let other = method.minimize(squares, from: zeros, cancellation: cancellation)
      if !(other.value >= (1 - 1e-6) * end.value), other.value.isFinite { (end, point) = (other, zeros) }
    }
    if end.verdict == .outsideDomain, isLinear || missing.isEmpty, given.values.count > 0 || isLinear {
      if let trouble = try problem.troubleAtStart(point) { throw trouble }
    }
    if tried == 0, !isLinear, try SquaresRun.isDoubtful(end, problem) {
      // The start given leads nowhere good: see whether a better fit is to be had, and say so.
      if let found = try SquaresRun.search(problem, [:], cancellation) {
        let (other, place, further) = SquaresRun.best(
          of: found.starts, squares, method, kinks, cancellation)
        let isBetter =
          end.success ? !(end.value <= other.value * 1.001) : !(end.value < other.value * (1 - 1e-9))
        if other.success, isBetter {
          others = further
          start = .replaced(loss: end.value, tried: found.tried)
          (end, point) = (other, found.starts[place])
        }
      }
    }
    if end.success, !isLinear {
      // Without a start, positive signs are meant.
      let reference = end.x.indices.map { given[$0] ?? end.x[$0].magnitude }
      let shape = try ModelShape(problem, linear: squares.linear)
      let nearest = shape.withinPeriods(
        try problem.nearest(end.x, to: reference, within: squares.bounds), known: Set(given.keys),
        squares.bounds)
      if nearest != end.x {
        let exchanged = method.minimize(squares, from: nearest, cancellation: cancellation)
        if exchanged.success { end = exchanged }
      }
    }
    let hasErrors = if case .errors = problem.options.weights { true } else { false }
    let isAtKink = end.isAtKink
    statistics =
      isAtKink
      ? FitStatistics(
        atKinkOf: squares.parameters, rows: problem.table.rowCount, held: end.held, rss: end.value)
      : FitStatistics(
        end.factor ?? QR(columns: squares.parameters + 1), at: end.x, response: try problem.responseLength(),
        held: end.held, loose: end.loose, hasKnownErrors: hasErrors)
    let zero = 4 * Double.ulpOfOne * (try problem.responseLength())
    others = others.filter { $0.value > zero * zero }
    sumOfSquares = { squares.linearization($0).sumOfSquares }
    (outcome, self.start, startPoint, self.others) = (end, start, point, others)
  }

  /// The end with the least squares among minima, of all ends where none is one, and the minima that are others.
  private static func best(
    of points: [[Double]], _ squares: LeastSquares, _ method: LevenbergMarquardt, _ kinks: RowLoss?,
    _ cancellation: Cancellation?
  ) -> (end: FitOutcome, place: Int, others: [FitOutcome]) {
    let ends = points.map { point in
      let end = method.minimize(squares, from: point, cancellation: cancellation)
      return kinks.flatMap { across($0, after: end, from: point, squares, method, cancellation) } ?? end
    }
    let minima = ends.indices.filter { ends[$0].success }
    let chosen =
      (minima.isEmpty ? Array(ends.indices) : minima).min { !(ends[$0].value >= ends[$1].value) } ?? 0
    var others: [FitOutcome] = []
    for end in minima.map({ ends[$0] }).sorted(by: { $0.value < $1.value }) where ends[chosen].success {
      let isNew = ([ends[chosen]] + others).allSatisfy {
        end.value > $0.value * (1 + 1e-6) && end.isApart(from: $0)
      }
      if isNew { others.append(end) }
    }
    return (ends[chosen], chosen, others)
  }

  /// Where a descent that stopped where slopes jump ends after all; nil where that is no minimum.
  private static func across(
    _ kinks: RowLoss, after end: FitOutcome, from start: [Double], _ squares: LeastSquares,
    _ method: LevenbergMarquardt, _ cancellation: Cancellation?
  ) -> FitOutcome? {
    guard !end.success, end.ray == nil, end.value.isFinite, end.verdict != .interrupted,
      var next = DampedNewton().acrossKinks(kinks, from: start, after: end, cancellation),
      next.value <= end.value
    else { return nil }
    guard next.isAtKink else {
      let smooth = method.minimize(squares, from: next.x, cancellation: cancellation)
      return smooth.success ? smooth : nil
    }
    next.reason = "the squares rise along every direction tried; their slopes jump here"
    return next
  }

  private static func search(
    _ problem: FitProblem, _ given: [Int: Double], _ cancellation: Cancellation?
  ) throws(FitError) -> StartSearch.Found? {
    var search = try StartSearch(problem, known: given, linear: try problem.linearParameters())
    let squares = try search.sample.leastSquares(withCurvature: false)
    var quick = LevenbergMarquardt(maximumIterations: 100)
    quick.isThorough = false
    return search.search(
      loss: { LeastSquaresLook(squares).value(at: $0) },
      descend: { quick.minimize(squares, from: $0, cancellation: cancellation) }, cancellation: cancellation)
  }

  /// Whether an end looks like one that a better start would avoid: no minimum, or no better than a constant.
  private static func isDoubtful(_ end: FitOutcome, _ problem: FitProblem) throws(FitError) -> Bool {
    if end.verdict == .interrupted { return false }
    if end.verdict == .iterationLimit, problem.options.maximumIterations != nil { return false }
    if !end.success { return true }
    guard let rSquared = try problem.rSquared(rss: end.value) else { return false }
    return rSquared < 0.9
  }
}

extension FitOutcome {
  /// Whether the two lie at different places: some parameter differs by more than a ten-thousandth of its size.
  fileprivate func isApart(from other: FitOutcome) -> Bool {
    zip(x, other.x).contains { ($0 - $1).magnitude > 1e-4 * max($0.magnitude, $1.magnitude) }
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
