import NablaBasics
import Testing

@testable import NablaDescent

/// Steps within a radius and a box.
@Suite struct BoxProblemTests {
  private struct Quadratic {
    let gradient: [Double]
    let hessian: [Double]
    private(set) var low: [Double]
    private(set) var high: [Double]

    /// A bowl and a box around its start, which lies on some of the sides.
    init(random: inout SplitMix64) {
      let n = Int.random(in: 1...5, using: &random)
      let rows = (0..<n).map { _ in (0..<n).map { _ in Double.random(in: -1...1, using: &random) } }
      gradient = (0..<n).map { _ in Double.random(in: -3...3, using: &random) }
      hessian = (0..<n * n).map { place in
        let (i, j) = (place / n, place % n)
        return rows.reduce(i == j ? 0.1 : 0) { $0 + $1[i] * $1[j] }
      }
      // On the start, a hair's breadth from it, farther, or nowhere.
      func bound(_ random: inout SplitMix64) -> Double {
        [0, 1e-18, 1e-9, Double.random(in: 0...2, using: &random), .infinity][
          Int.random(in: 0..<5, using: &random)]
      }
      (low, high) = ([], [])
      for _ in 0..<n {
        low.append(-bound(&random))
        high.append(bound(&random))
      }
    }

    func model(_ s: [Double]) -> Double {
      Vector.dot(gradient, s) + 0.5 * Vector.dot(s, Vector.product(hessian, s))
    }
  }

  @Test("Where the radius is wide, no slope of the model leads on within the box", arguments: 0..<400)
  func optimality(start: Int) throws {
    var random = SplitMix64(start: 400 + UInt64(start))
    let q = Quadratic(random: &random)
    let problem = BoxProblem(gradient: q.gradient, hessian: q.hessian, radius: 1e3, low: q.low, high: q.high)
    let solution = try #require(problem.solution())
    let slope = Vector.moved(q.gradient, by: 1, along: Vector.product(q.hessian, solution.step))
    for (i, s) in solution.step.enumerated() {
      #expect(q.low[i] <= s && s <= q.high[i])
      if s > q.low[i] { #expect(slope[i] <= 1e-9, "\(i) of \(q): \(solution)") }
      if s < q.high[i] { #expect(slope[i] >= -1e-9, "\(i) of \(q): \(solution)") }
    }
    #expect((solution.predicted + q.model(solution.step)).magnitude <= 1e-12 * (1 + solution.predicted))
    #expect(solution.isConvex && !solution.isOnBoundary)
  }

  @Test(
    "Within a small radius no shorter part of the way and no random point is better by much",
    arguments: 0..<100)
  func withinTheRadius(start: Int) throws {
    var random = SplitMix64(start: 700 + UInt64(start))
    let q = Quadratic(random: &random)
    for radius in [0.01, 0.5] {
      let problem = BoxProblem(
        gradient: q.gradient, hessian: q.hessian, radius: radius, low: q.low, high: q.high)
      let solution = try #require(problem.solution())
      #expect(Vector.norm(solution.step) <= radius * (1 + 1e-9))
      #expect(zip(solution.step, zip(q.low, q.high)).allSatisfy { $1.0 <= $0 && $0 <= $1.1 })
      for _ in 0..<100 {
        var other = q.gradient.map { _ in Double.random(in: -1...1, using: &random) }
        other = zip(other, zip(q.low, q.high)).map { min(max($0 * radius, $1.0), $1.1) }
        if Vector.norm(other) > radius { continue }
        #expect(q.model(other) >= -1.5 * solution.predicted - 1e-12, "\(q), \(radius): \(solution), \(other)")
      }
    }
  }

  @Test("A step that ends within its rounding of a bound ends on it") func hair() throws {
    for (gap, isOnBound) in [(4e-16, true), (5e-15, false)] {
      for side in [1.0, -1] {
        let problem = BoxProblem(
          gradient: [side * (gap - 1)], hessian: [1], radius: 9, low: [side < 0 ? -1 : -9],
          high: [side < 0 ? 9 : 1])
        let step = try #require(problem.solution()).step[0]
        #expect((step == side) == isOnBound && (step - side).magnitude < 1e-14, "\(gap): \(step)")
      }
    }
  }

  /// A coordinate that its bound holds does not bend the model of the others.
  @Test func whatIsHeldDoesNotCount() throws {
    let hessian: [Double] = [-5, 0, 0, 2]
    for (slope, low, high) in [(1.0, 0.0, Double.infinity), (-1, -.infinity, 0)] {
      let problem = BoxProblem(
        gradient: [slope, -2], hessian: hessian, radius: 100, low: [low, -10], high: [high, 10])
      let solution = try #require(problem.solution())
      #expect(solution.step[0] == 0 && (solution.step[1] - 1).magnitude < 1e-12)
      #expect(solution.isConvex && solution.predicted == 1)
    }
  }
}
