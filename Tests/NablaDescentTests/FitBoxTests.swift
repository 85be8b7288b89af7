import NablaBasics
import Testing

@testable import NablaDescent

/// Bowls in a box, whose lowest point is known: fits end there from every corner, side and inside.
@Suite struct FitBoxTests {
  private static let centers: [Double] = [-2, -1, 0, 0.75, 1, 3]
  private static let starts: [Double] = [-1, -0.25, 1]

  private func check(_ fit: ([Double], [Double]) -> FitOutcome) {
    for center in Self.centers.flatMap({ a in Self.centers.map { [a, $0] } }) {
      let lowest = center.map { min(max($0, -1), 1) }
      for start in Self.starts.flatMap({ a in Self.starts.map { [a, $0] } }) {
        let end = fit(center, start)
        #expect(
          Vector.distance(end.x, lowest) < 1e-7, "from \(start) for \(center): \(end.x), \(end.verdict)")
        for k in 0..<2 where center[k].magnitude > 1 {
          #expect(end.held.contains(k) && end.x[k] == lowest[k], "from \(start) for \(center): \(end)")
        }
        #expect(end.held.allSatisfy { center[$0].magnitude >= 1 }, "from \(start) for \(center): \(end)")
      }
    }
  }

  @Test("Least squares in a box, whatever the size of the residuals", arguments: [1e-3, 1, 1e3])
  func squares(size: Double) {
    check { center, start in
      var problem = LeastSquares(
        parameters: 2,
        residuals: { x in [size * (x[0] - center[0]), size * (x[1] - center[1]), 0.1 * size] },
        jacobian: { _ in [[size, 0], [0, size], [0, 0]] })
      problem.bounds = [-1...1, -1...1]
      return LevenbergMarquardt().minimize(problem, from: start)
    }
  }

  @Test("Losses in a box, whatever their size", arguments: [1e-3, 1, 1e3])
  func losses(size: Double) {
    check { center, start in
      @Sendable func value(_ x: [Double]) -> Double {
        let (a, b) = (x[0] - center[0], x[1] - center[1])
        return size * (a * a + 3 * b * b + 1)
      }
      var loss = RowLoss(parameters: 2, value: value) { x in
        (
          value(x), [2 * size * (x[0] - center[0]), 6 * size * (x[1] - center[1])],
          [2 * size, 0, 0, 6 * size]
        )
      }
      loss.bounds = [-1...1, -1...1]
      return DampedNewton().minimize(loss, from: start)
    }
  }
}
