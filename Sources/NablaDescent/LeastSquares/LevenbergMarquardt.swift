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
      switch walk.step() {
      case .moved:
        if isThorough, walk.isNearEnd, let outcome = walk.finish() { return outcome }
      case .converged:
        guard isThorough else { return walk.outcome(.localMinimum, "the residuals fall no further") }
        if let outcome = walk.finish() { return outcome }
        return walk.examined()
      }
      if walk.iterations >= maximumIterations {
        return walk.outcome(.iterationLimit, "still going after \(walk.iterations) steps")
      }
    }
  }
}

/// The least sum of squares that the linear parameters allow at a point.
package struct LeastSquaresLook {
  private let problem: LeastSquares

  package init(_ problem: LeastSquares) { self.problem = problem }

  /// The sum with the linear parameters at their best; infinite outside the domain.
  package func value(at x: [Double]) -> Double {
    let rows = problem.linearization(x)
    guard rows.isFinite else { return .infinity }
    let first = rows.sumOfSquares
    guard !problem.linear.isEmpty else { return first.isFinite ? first : .infinity }
    let residual = rows.selecting(problem.linear).residual
    return (residual * residual).isFinite ? residual * residual : .infinity
  }
}

/// A descent of a sum of squares under way.
struct LeastSquaresWalk {
  enum Step { case moved, converged }

  let problem: LeastSquares
  private(set) var x: [Double]
  private(set) var factor: QR
  private(set) var iterations = 0
  private(set) var counts = Objective.Counts()
  /// Whether the last step promised next to nothing, so that Newton's method may take over.
  private(set) var isNearEnd = false
  /// The largest length of each column so far; the metric of the trust region.
  private var scale: [Double]
  private var radius: Double?
  private var nextFinish = 0

  init(_ problem: LeastSquares, start: [Double]) {
    self.problem = problem
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
  private mutating func rows(at x: [Double]) -> QR? {
    counts.f += 1
    counts.gradient += 1
    let rows = problem.linearization(x)
    return rows.isFinite && rows.sumOfSquares.isFinite ? rows : nil
  }

  /// The point with its linear parameters where the squares are least, and the rows there.
  private mutating func settled(_ x: [Double]) -> (x: [Double], rows: QR)? {
    guard let first = rows(at: x) else { return nil }
    guard !problem.linear.isEmpty else { return (x, first) }
    let change = first.selecting(problem.linear).solution()
    var moved = x
    for (place, parameter) in problem.linear.enumerated() { moved[parameter] -= change[place] }
    guard let second = rows(at: moved), second.sumOfSquares <= first.sumOfSquares else { return (x, first) }
    return (moved, second)
  }

  /// The parameters that a bound does not hold: the linear ones, and the others.
  private var free: (linear: [Int], others: [Int]) {
    let held = Set(self.held)
    let others = (0..<problem.parameters).filter { !problem.linear.contains($0) && !held.contains($0) }
    return (problem.linear, others)
  }

  /// The parameters at a bound that the squares push against.
  private var held: [Int] {
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
    let rest = ordered.trailing(from: linear.count)
    for (place, length) in rest.lengths.enumerated() {
      scale[others[place]] = max(scale[others[place]], length)
    }
    let metric = others.map { scale[$0] > 0 ? scale[$0] : 1 }
    let c = rest.projection
    let total = value
    guard !others.isEmpty, total > 0, Vector.norm(c) > 1e-15 * total.squareRoot(),
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
      let next = settled(trial)
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

  /// Moves the linear parameters of a trial to where the linearization has them, so that little is left to project.
  private func predictLinear(_ trial: inout [Double], _ ordered: QR, _ linear: [Int], taken: [Double]) {
    guard !linear.isEmpty else { return }
    var rows = QR(columns: linear.count + 1)
    var block = [Double](repeating: 0, count: (linear.count + 1) * ordered.columns)
    for row in 0..<linear.count {
      for column in row..<linear.count { block[column * ordered.columns + row] = ordered[row, column] }
      var right = ordered[row, ordered.size]
      for (place, change) in taken.enumerated() { right += ordered[row, linear.count + place] * change }
      block[linear.count * ordered.columns + row] = right
    }
    rows.absorb(&block, count: ordered.columns)
    for (place, change) in rows.solution().enumerated() { trial[linear[place]] -= change }
  }

  // MARK: The end

  /// Newton's method with the exact Hessian while it brings the slope down; nil where it is not the end yet.
  ///
  /// In the coordinates q = S·Vᵀ·D·p of J = U·S·Vᵀ·D half the Hessian is 1 + C, with the curvature Σ rᵢ∇²rᵢ in C: no
  /// condition number is squared.
  mutating func finish() -> FitOutcome? {
    nextFinish = iterations + 10
    var best: (x: [Double], rows: QR, size: Double)?
    var here = (x: x, rows: factor)
    let chosen = (free.linear + free.others).sorted()
    guard !chosen.isEmpty else { return nil }
    for _ in 0..<30 {
      guard let newton = newtonStep(at: here.x, here.rows, chosen), newton.smallest > 0 else { return nil }
      let size = Vector.norm(newton.coordinates)
      if let known = best?.size, size >= known / 2 {
        if size < known { best = (here.x, here.rows, size) }
        break
      }
      best = (here.x, here.rows, size)
      iterations += 1
      var trial = here.x
      for (place, parameter) in chosen.enumerated() { trial[parameter] -= newton.step[place] }
      guard trial != here.x, trial == problem.clamped(trial), let rows = rows(at: trial),
        rows.sumOfSquares <= here.rows.sumOfSquares * (1 + 1e-9) + 1e-300
      else { break }
      here = (trial, rows)
    }
    guard let best else { return nil }
    // A step that would still matter means that this is not the end.
    let isEnd =
      best.size <= 1e-6 * best.rows.sumOfSquares.squareRoot() || best.rows.residual <= 1e-12 * scaleOfRows
    guard isEnd else { return nil }
    (x, factor) = (best.x, best.rows)
    return examined()
  }

  /// The largest change that a parameter's own size makes in the residuals: what zero is measured by.
  private var scaleOfRows: Double {
    zip(factor.lengths, x).reduce(0) { max($0, $1.0 * $1.1.magnitude) }
  }

  private mutating func newtonStep(
    at x: [Double], _ rows: QR, _ chosen: [Int]
  ) -> (step: [Double], coordinates: [Double], smallest: Double, direction: [Double])? {
    let selected = rows.selecting(chosen)
    let lengths = selected.lengths
    guard lengths.allSatisfy({ $0 > 0 }), let svd = SVD(of: selected, columnScale: lengths),
      svd.rank == chosen.count
    else { return nil }
    let n = chosen.count
    var matrix = [Double](repeating: 0, count: n * n)
    if let curvature = problem.curvature {
      counts.hessian += 1
      let all = curvature(x)
      let parameters = problem.parameters
      let product = { (i: Int, j: Int) in
        var sum = 0.0
        for (a, p) in chosen.enumerated() {
          for (b, q) in chosen.enumerated() {
            sum += svd.right[i][a] / lengths[a] * all[p * parameters + q] * svd.right[j][b] / lengths[b]
          }
        }
        return sum / (svd.values[i] * svd.values[j])
      }
      for i in 0..<n {
        for j in i..<n { (matrix[i * n + j], matrix[j * n + i]) = (product(i, j), product(i, j)) }
      }
    }
    for i in 0..<n { matrix[i * n + i] += 1 }
    guard let eigen = SymmetricEigen(matrix, size: n), let smallest = eigen.values.first,
      let lowest = eigen.vectors.first
    else { return nil }
    let slope = svd.left.map { Vector.dot($0, selected.projection) }
    var coordinates = [Double](repeating: 0, count: n)
    for (value, vector) in zip(eigen.values, eigen.vectors) where value > 0 {
      coordinates = Vector.moved(coordinates, by: Vector.dot(vector, slope) / value, along: vector)
    }
    let map = { (coordinates: [Double]) in
      var step = [Double](repeating: 0, count: n)
      for k in 0..<n {
        for a in 0..<n { step[a] += svd.right[k][a] * coordinates[k] / (svd.values[k] * lengths[a]) }
      }
      return step
    }
    return (map(coordinates), coordinates, smallest, map(lowest))
  }

  /// What the point is, by the rank of J and the eigenvalues of the Hessian.
  mutating func examined() -> FitOutcome {
    let held = held
    let chosen = (free.linear + free.others).sorted()
    if chosen.isEmpty {
      return outcome(
        held.isEmpty ? .globalMinimum : .onBound,
        held.isEmpty ? "nothing is to be found" : "every parameter is at a bound")
    }
    guard let newton = newtonStep(at: x, factor, chosen) else {
      return outcome(
        .degenerate, "the squares fall no further, but the data do not determine every parameter")
    }
    let total = value.squareRoot()
    let left = Vector.norm(newton.coordinates)
    if newton.smallest <= 0 {
      return outcome(.saddle, "the slope vanishes, but the sum of squares falls along one direction")
    }
    let isLow = left <= 1e-5 * total || factor.residual <= 1e-9 * scaleOfRows
    guard isLow else {
      return outcome(.stuck, "no step makes the sum of squares smaller, though its slope does not vanish")
    }
    if !held.isEmpty { return outcome(.onBound, "a bound holds the fit, and the slope along it vanishes") }
    if problem.linear.count == problem.parameters {
      return outcome(
        .globalMinimum, "the model is linear in its parameters: one step leads to the only minimum")
    }
    if problem.curvature == nil {
      return outcome(.localMinimum, "the slope vanishes after \(iterations) steps")
    }
    return outcome(
      .strictLocalMinimum,
      "the slope vanishes after \(iterations) steps and the squares rise in every direction")
  }

  /// The point so far with a verdict.
  func outcome(_ verdict: Verdict, _ reason: String) -> FitOutcome {
    FitOutcome(
      x: x, value: verdict == .outsideDomain ? .nan : value, factor: factor, hessian: nil, verdict: verdict,
      reason: reason, iterations: iterations,
      counts: counts, held: held)
  }
}
