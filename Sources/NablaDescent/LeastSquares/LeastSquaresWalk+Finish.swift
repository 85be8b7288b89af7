extension LeastSquaresWalk {
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
  var scaleOfRows: Double { factor.scale(at: x) }

  private mutating func newtonStep(
    at x: [Double], _ rows: QR, _ chosen: [Int]
  ) -> (step: [Double], coordinates: [Double], smallest: Double, direction: [Double])? {
    let selected = rows.selecting(chosen)
    if problem.curvature == nil, selected.inverse != nil {
      return (selected.solution(), selected.projection, 1, [])
    }
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
      return lookedAtFromAfar(
        outcome(.degenerate, "the squares fall no further, but the data do not determine every parameter"))
    }
    let total = value.squareRoot()
    let left = Vector.norm(newton.coordinates)
    if newton.smallest <= 0 {
      return outcome(.saddle, "the slope vanishes, but the sum of squares falls along one direction")
    }
    let isLow = left <= 1e-5 * total || factor.residual <= 1e-9 * scaleOfRows
    guard isLow else {
      return lookedAtFromAfar(
        outcome(.stuck, "no step makes the sum of squares smaller, though its slope does not vanish"))
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

  /// An end that is no minimum, with the news whether the squares fall for ever along the directions that move them
  /// least, or along the way that led here. Squares of what is linear in all parameters have a least sum.
  func lookedAtFromAfar(_ end: FitOutcome, zero: Double = 0) -> FitOutcome {
    guard problem.linear.count < problem.parameters else { return end }
    let chosen = (free.linear + free.others).sorted()
    let sizes = x.map { $0 == 0 ? 1 : $0.magnitude }
    guard let svd = SVD(of: factor.selecting(chosen), columnScale: chosen.map { 1 / sizes[$0] }) else {
      return end
    }
    let flat = svd.values.indices.reversed().filter { svd.values[$0] <= 1e-4 * value.squareRoot() }
    let directions = flat.prefix(4).map { place in
      var direction = [Double](repeating: 0, count: problem.parameters)
      for (k, parameter) in chosen.enumerated() {
        direction[parameter] = svd.right[place][k] * sizes[parameter]
      }
      return direction
    }
    var looks = 0
    let finding = RunawayProbe.look(at: x, f: value, from: start, along: directions, zero: zero) {
      [problem] x in
      looks += 1
      guard x == problem.clamped(x) else { return .nan }
      return LeastSquaresLook(problem).value(at: x)
    }
    return end.running(finding, looks: looks)
  }

  /// The point so far with a verdict.
  func outcome(_ verdict: Verdict, _ reason: String) -> FitOutcome {
    FitOutcome(
      x: x, value: verdict == .outsideDomain ? .nan : value, factor: factor, hessian: nil, verdict: verdict,
      reason: reason, iterations: iterations,
      counts: counts, held: held)
  }
}
