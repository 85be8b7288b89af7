import NablaBasics

/// Least squares by the method of Levenberg and Marquardt in its trust-region form (Moré 1978, as in MINPACK), the
/// linear parameters projected out (Golub & Pereyra 1973 in Kaufman's 1975 form), with a finish by Newton's method.
///
///     LevenbergMarquardt().minimize(problem, from: [1, 1]).x
///
/// The step minimizes |r + Jp| where |Dp| is at most the trust radius; D is the largest length that each column of J
/// has had, so that the units of a parameter do not matter. A trial that is not finite is refused and the radius shrinks.
public struct LevenbergMarquardt: Sendable {
  /// The most steps.
  public var maximumIterations: Int
  /// Whether the end is improved and examined with second derivatives; off for a quick look at many starts.
  public var isThorough = true

  /// A method that gives up after so many steps.
  public init(maximumIterations: Int = 2000) { self.maximumIterations = maximumIterations }

  /// Walks down from a start; a raised cancellation ends it with the best point so far.
  public func minimize(
    _ problem: LeastSquares, from start: [Double], cancellation: Cancellation? = nil
  ) -> FitOutcome {
    var walk = LeastSquaresWalk(problem, start: problem.clamped(start))
    guard walk.begin() else {
      return walk.outcome(.outsideDomain, "the residuals or their derivatives are not finite at the start")
    }
    while true {
      if cancellation?.isCancelled == true { return walk.outcome(.interrupted, "interrupted") }
      if walk.iterations >= maximumIterations {
        // A point that needs no step may be a minimum all the same.
        let end = walk.examined()
        return end.success
          ? end
          : walk.outcome(.iterationLimit, "still going after \(Stop.counted(maximumIterations, "step"))")
      }
      switch walk.step() {
      case .moved:
        if isThorough, walk.isNearEnd, let outcome = walk.finish() { return walk.lookedAtAgain(outcome) }
      case .converged:
        guard isThorough else { return walk.outcome(.localMinimum, "the residuals fall no further") }
        return walk.lookedAtAgain(walk.finish() ?? walk.examined())
      }
    }
  }
}

/// A descent of a sum of squares under way.
struct LeastSquaresWalk {
  enum Step { case moved, converged }

  let problem: LeastSquares
  let start: [Double]
  var x: [Double]
  var factor: QR
  var iterations = 0
  var counts = Objective.Counts()
  /// Whether the last step promised next to nothing, so that Newton's method may take over.
  private(set) var isNearEnd = false
  /// The largest length of each column so far; the metric of the trust region.
  private var scale: [Double]
  private var radius: Double?
  /// The step from which on Newton's method is tried again.
  var nextFinish = Int.min

  init(_ problem: LeastSquares, start: [Double]) {
    self.problem = problem
    self.start = start
    x = start
    factor = QR(columns: problem.parameters + 1)
    scale = [Double](repeating: 0, count: problem.parameters)
  }

  /// Evaluates the start; false where it has no value.
  mutating func begin() -> Bool {
    guard let (here, rows) = settled(x) else { return false }
    (x, factor) = (here, rows)
    return true
  }

  /// Σ rᵢ².
  var value: Double { factor.sumOfSquares }

  /// The rows at a point; nil outside the domain.
  mutating func rows(at x: [Double]) -> QR? {
    counts.f += 1
    counts.gradient += 1
    let rows = problem.linearization(x)
    return rows.isFinite && rows.sumOfSquares.isFinite ? rows : nil
  }

  /// The parameters that a bound does not hold: the linear ones, and the others.
  var free: (linear: [Int], others: [Int]) {
    let held = Set(self.held)
    let others = (0..<problem.parameters).filter { !problem.linear.contains($0) && !held.contains($0) }
    return (problem.linear, others)
  }

  /// The parameters at a bound that the squares push against.
  var held: [Int] {
    let c = factor.projection
    return (0..<problem.parameters).filter { column in
      let bound = problem.bounds[column]
      guard x[column] <= bound.lowerBound || x[column] >= bound.upperBound else { return false }
      var slope = 0.0
      for row in 0...column { slope += factor[row, column] * c[row] }
      return x[column] <= bound.lowerBound ? slope >= 0 : slope <= 0
    }
  }

  /// One accepted step, or the news that there is none.
  mutating func step() -> Step {
    let (linear, others) = free
    let ordered = factor.selecting(linear + others)
    let rest = ordered.independentTrailing(from: linear.count)
    for (place, length) in rest.lengths.enumerated() {
      scale[others[place]] = max(scale[others[place]], length)
    }
    let metric = others.map { scale[$0] > 0 ? scale[$0] : 1 }
    let c = rest.projection
    let total = value
    if others.isEmpty { return refined() }
    guard total > 0, Vector.norm(c) > 1e-15 * total.squareRoot(),
      let svd = SVD(of: rest, columnScale: metric)
    else { return .converged }
    let size = Vector.norm(zip(others, metric).map { x[$0] * $1 })
    var reach = radius ?? (size > 0 ? 100 * size : 100)
    while true {
      iterations += 1
      let region = TrustRegion(svd, c)
      let (scaled, isCut) = region.step(within: reach)
      if radius == nil { reach = min(reach, Vector.norm(scaled)) }
      var changes = zip(scaled, metric).map { -$0 / $1 }
      keepInBounds(&changes, rest, others, metric, reach)
      var trial = x
      for (place, parameter) in others.enumerated() { trial[parameter] += changes[place] }
      trial = problem.clamped(trial)
      let taken = others.indices.map { (trial[others[$0]] - x[others[$0]]) * metric[$0] }
      let length = Vector.norm(taken)
      let promised = region.reduction(by: taken) / total
      predictLinear(&trial, ordered, linear, taken: others.map { trial[$0] - x[$0] })
      let next = settled(trial).flatMap { problem.isBlurred($0.rows, at: $0.x) ? nil : $0 }
      let gained = next.map { 1 - $0.rows.sumOfSquares / total } ?? -1
      let ratio = promised > 0 ? gained / promised : 0
      if ratio <= 0.25 {
        reach = min(reach, length) * (gained < 0 ? max(0.1, 0.5 / (1 - gained / max(promised, 1e-300))) : 0.5)
      } else if ratio >= 0.75 || !isCut {
        reach = 2 * length
      }
      radius = reach
      let isFlat = promised <= 1e-13 && gained.magnitude <= 1e-13
      if let next, ratio > 1e-4 || (isFlat && gained >= 0) {
        (x, factor) = next
        isNearEnd = promised < 1e-6 && iterations >= nextFinish
        return isFlat ? .converged : .moved
      }
      if isFlat || promised <= 0 || reach <= 1e-15 * size || reach < 1e-300 { return .converged }
    }
  }

  /// Solves again for linear parameters whose columns are hardly told apart, while rounding left something to gain.
  private mutating func refined() -> Step {
    guard factor.selecting(problem.linear).wholeSolution() != nil, let next = settled(x),
      next.rows.sumOfSquares < (1 - 1e-6) * value
    else { return .converged }
    iterations += 1
    (x, factor) = next
    return .moved
  }

  /// Stops parameters at their bounds, and lets the others make up for it.
  private func keepInBounds(
    _ changes: inout [Double], _ rest: QR, _ others: [Int], _ metric: [Double], _ reach: Double
  ) {
    var stopped: [(column: Int, by: Double)] = []
    while true {
      let beyond = others.indices.filter { place in
        !stopped.contains { $0.column == place }
          && !problem.bounds[others[place]].contains(x[others[place]] + changes[place])
      }
      if beyond.isEmpty { return }
      for place in beyond {
        let bound = problem.bounds[others[place]]
        let end = changes[place] < 0 ? bound.lowerBound : bound.upperBound
        changes[place] = end - x[others[place]]
        stopped.append((place, changes[place]))
      }
      let open = others.indices.filter { place in !stopped.contains { $0.column == place } }
      let left = rest.selecting(open, moved: stopped)
      let scale = open.map { metric[$0] }
      guard !open.isEmpty, let svd = SVD(of: left, columnScale: scale) else { return }
      let (step, _) = TrustRegion(svd, left.projection).step(within: reach)
      for (place, column) in open.enumerated() { changes[column] = -step[place] / scale[place] }
    }
  }
}
