/// Doubts about an end that looks like a minimum: residuals that are rounding, and errors that reach beyond the place
/// where the residuals are as straight as they were taken to be.
extension LeastSquaresWalk {
  /// The end of a descent with all that can be said against it.
  func lookedAtAgain(_ end: FitOutcome) -> FitOutcome {
    let far = lookedAtWhereExact(end)
    guard far.success else { return far }
    if problem.isBlurred(factor, at: x) { return blurred(far) }
    return lookedAtWhereFlat(far)
  }

  /// A fit without residuals may be one that only gets better as the parameters run away.
  private func lookedAtWhereExact(_ end: FitOutcome) -> FitOutcome {
    let noise = 4 * .ulpOfOne * scaleOfRows
    guard end.success || end.verdict == .degenerate, end.ray == nil, value <= noise * noise else {
      return end
    }
    return lookedAtFromAfar(end, zero: noise * noise)
  }

  /// The news that the residuals are rounding, with the parameters whose last digits they are.
  private func blurred(_ end: FitOutcome) -> FitOutcome {
    var result = end
    let least = 1e-3 * value.squareRoot()
    let lengths = factor.lengths
    result.verdict = .degenerate
    result.reason = "the residuals are rounding for a good part: the last digits of a parameter move them"
    result.loose = x.indices.filter { .ulpOfOne * x[$0].magnitude * lengths[$0] > least }
    return result
  }

  /// A minimum whose errors are a thousand times as large as the parameters: the squares may fall for ever along the
  /// flattest direction, or rise so much less a small part of the error away that the error says nothing.
  private func lookedAtWhereFlat(_ end: FitOutcome) -> FitOutcome {
    let chosen = (free.linear + free.others).sorted()
    let degrees = factor.rows - chosen.count
    guard problem.linear.count < problem.parameters, degrees > 0 else { return end }
    let deviation = (value / Double(degrees)).squareRoot()
    let sizes = chosen.map { x[$0] == 0 ? 1 : x[$0].magnitude }
    guard let svd = SVD(of: factor.selecting(chosen), columnScale: sizes.map { 1 / $0 }),
      let least = svd.values.last, let last = svd.right.last, 1e3 * least < deviation
    else { return end }
    // What is rounding of the direction would be all of the slope that is left elsewhere.
    let flattest = last.map { $0.magnitude > 1e-14 ? $0 : 0 }
    var direction = [Double](repeating: 0, count: problem.parameters)
    for (place, parameter) in chosen.enumerated() { direction[parameter] = flattest[place] * sizes[place] }
    let bend = bend(at: x, factor, along: direction)
    guard bend >= 0, bend < deviation * deviation else { return end }
    let far = lookedAtFromAfar(end)
    guard far.ray == nil else { return far }
    // Where the slopes of the residuals make the bend it is the same all along; where their own bends do it may grow.
    let slope = factor.length(along: direction)
    let most = 2 * slope * slope > bend ? 100 * bend : .infinity
    let error = bend > 0 ? deviation / bend.squareRoot() : 1e3
    let isSure = [1e-3, -1e-3, 0.03, -0.03].map { $0 * error }.allSatisfy { by in
      let moved = Vector.moved(x, by: by, along: direction)
      guard moved == problem.clamped(moved) else { return true }
      let rows = problem.linearization(moved)
      guard rows.isFinite else { return false }
      let there = self.bend(at: moved, rows, along: direction)
      return there > 0.01 * bend && there < most
    }
    guard !isSure else { return end }
    var result = end
    result.verdict = .degenerate
    result.reason = "the squares fall no further, but the data do not determine every parameter"
    result.loose = chosen.indices.filter { flattest[$0].magnitude > 1e-5 }.map { chosen[$0] }
    return result
  }

  /// Half the second derivative of the squares along a direction.
  private func bend(at x: [Double], _ rows: QR, along direction: [Double]) -> Double {
    let slope = rows.length(along: direction)
    guard let curvature = problem.curvature?(x) else { return slope * slope }
    let n = problem.parameters
    var sum = slope * slope
    for i in 0..<n { for j in 0..<n { sum += direction[i] * curvature[i * n + j] * direction[j] } }
    return sum
  }
}
