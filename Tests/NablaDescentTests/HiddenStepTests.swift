import Testing

@testable import NablaDescent

/// Steps that promise less than ten times what f hides by rounding: the gradient judges them.
@Suite struct HiddenStepTests {
  /// 1 + Σx² in four variables, whose value comes out higher by `rise` near 0, with a gradient that there is 2x, or
  /// `slope` along the first variable.
  private func bowl(rise: Double, slope: Double = 0) -> Objective {
    let isLow: @Sendable ([Double]) -> Bool = { Vector.norm($0) < 1e-12 }
    return Objective(
      value: { isLow($0) ? 1 + rise : 1 },
      valueAndGradient: { x in
        (isLow(x) ? 1 + rise : 1, isLow(x) ? [slope, 0, 0, 0] : x.map { 2 * $0 })
      },
      hessian: { _ in (0..<16).map { $0 % 5 == 0 ? 2 : 0 } },
      sparseHessian: SparseHessian(rowStarts: [0, 1, 2, 3, 4], columns: [0, 1, 2, 3]) { _ in [2, 2, 2, 2] })
  }

  /// Where one step ends from the point at which five times the noise is promised, nil where none is found.
  private func end<M: Method>(_ method: M, noise: Double, on objective: Objective) throws -> Iterate? {
    var objective = objective
    let here = objective.iterate(at: [Double](repeating: (5 * noise / 4).squareRoot(), count: 4))
    let start = Iterate(x: [1, 1, 1, 1], f: 5, gradient: [2, 2, 2, 2])
    var memory = method.begin(at: start, StopCriteria(tolerance: 0))
    return try? method.step(from: here, memory: &memory, on: &objective)
  }

  private func check<M: Method>(_ method: M, noise: Double) throws {
    for rise in [-8, 0, 8] {
      let end = try end(method, noise: noise, on: bowl(rise: Double(rise) * noise))
      #expect(
        end.map { Vector.norm($0.x) < 1e-12 } ?? false, "\(method.title), \(rise): \(String(describing: end))"
      )
    }
    // Higher by more than rounding, or with a larger gradient: another point is looked for.
    for (rise, slope) in [(12.0, 0.0), (8, 1e-6)] {
      let end = try end(method, noise: noise, on: bowl(rise: rise * noise, slope: slope))
      #expect(
        end.map { Vector.norm($0.x) > 1e-12 } ?? true, "\(method.title), \(rise): \(String(describing: end))")
    }
  }

  @Test("A step that rounding hides is taken where the gradient is smaller") func stepsBelowNoise() throws {
    try check(TrustRegionNewton(model: .quadratic), noise: 4 * .ulpOfOne)
    try check(SparseNewton(), noise: 8 * .ulpOfOne)
  }
}
