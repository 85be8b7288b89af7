/// Works out what a run teaches, from the Hessian at its end where second derivatives were given.
enum Teacher {
  /// The lessons, and the eigenvalues they come from (in the engine's sense).
  ///
  /// A quadratic is recognized by a Hessian that is the same at the start, at the end and off both.
  static func lessons(
    rate: Double?, at answer: Iterate, start: Iterate, outcome: Path.Outcome, on objective: inout Objective
  ) -> (lessons: [Lesson], eigenvalues: [Double]?) {
    let n = answer.x.count
    var eigenvalues = outcome.curvature.flatMap { $0.isComplete ? $0.values : nil }
    guard objective.hasHessian, answer.isFinite, n > 0, n <= Curvature.mostGiven else {
      return ([], eigenvalues)
    }
    guard let rows = objective.hessian(at: answer.x) else { return ([], eigenvalues) }
    if eigenvalues == nil { eigenvalues = SymmetricEigen(rows, size: n)?.values }
    guard let values = eigenvalues, let low = values.first, let high = values.last else { return ([], nil) }
    var lessons: [Lesson] = []
    if !outcome.verdict.isMinimum && low < -1e-12 * high && high > 0
      && Vector.norm(answer.gradient) <= 1e-3 * Vector.norm(start.gradient)
    {
      lessons.append(.saddleApproached(smallestEigenvalue: low))
    }
    guard let rate, high > 0 else { return (lessons, values) }
    let limit = 2 / high
    let between = zip(answer.x, start.x).map { $0 + 0.37 * ($1 - $0) + 0.61 }
    let isQuadratic =
      isSame(objective.hessian(at: start.x), rows) && isSame(objective.hessian(at: between), rows)
    guard isQuadratic else {
      // Elsewhere f curves otherwise: what its curvature says holds around this point alone.
      if rate > limit { lessons.append(.rateOvershoots(rate: rate, limit: limit)) }
      if rate < limit, outcome.verdict.isMinimum, low > 1e-12 * high {
        let keeps = max(abs(1 - rate * low), abs(1 - rate * high))
        lessons.append(.contraction(keeps: keeps, limit: limit, isExact: false))
      }
      return (lessons, values)
    }
    let isAtLimit = (rate - limit).magnitude <= 1e-12 * limit
    if isAtLimit {
      lessons.append(.rateAtLimit(rate))
    } else if rate > limit {
      lessons.append(.rateTooLarge(rate: rate, limit: limit))
    }
    guard low > 1e-12 * high else { return (lessons, values) }
    let keeps = max(abs(1 - rate * low), abs(1 - rate * high))
    if rate < limit, !isAtLimit { lessons.append(.contraction(keeps: keeps, limit: limit, isExact: true)) }
    let best = (high - low) / (high + low)
    if best < 0.9 * keeps { lessons.append(.suggestedRate(2 / (low + high), keeps: best)) }
    return (lessons, values)
  }

  private static func isSame(_ a: [Double]?, _ b: [Double]) -> Bool {
    guard let a else { return false }
    return Vector.distance(a, b) <= 1e-12 * Vector.maximum(b)
  }
}
