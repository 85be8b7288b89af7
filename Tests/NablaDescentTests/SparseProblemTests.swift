import NablaBasics
import Testing

@testable import NablaDescent

/// Steps from the entries of a Hessian that are not zero: by factors of its band, and by conjugate gradients.
@Suite struct SparseProblemTests {
  /// A chain whose entries are far apart in size.
  private static func chain(_ n: Int, _ random: inout SplitMix64) -> SparseRows {
    var (starts, columns, values): ([Int], [Int], [Double]) = ([0], [], [])
    for row in 0..<n {
      let size = Libm.pow(10, Double.random(in: -2...2, using: &random))
      if row > 0 {
        columns.append(row - 1)
        values.append(0.01 * Double.random(in: -1...1, using: &random))
      }
      columns.append(row)
      values.append(size + 0.1)
      starts.append(columns.count)
    }
    return SparseRows(rowStarts: starts, columns: columns, values: values)
  }

  @Test(
    "Conjugate gradients leave a hundredth of a small gradient, a tenth of a large one", arguments: 0..<20)
  func truncated(start: Int) throws {
    var random = SplitMix64(start: 1983 + UInt64(start))
    let rows = Self.chain(40, &random)
    let direction = try #require(
      Vector.direction((0..<40).map { _ in Double.random(in: -1...1, using: &random) }))
    for (size, left) in [(0.9, 1e-2), (1e-6, 1e-2), (1.1, 1e-1), (50, 1e-1)] {
      let gradient = direction.map { size * $0 }
      let problem = SparseProblem(gradient: gradient, rows: rows, bandwidth: 100_000, radius: 1e9)
      let solution = try #require(problem.solution())
      let rest = Vector.moved(gradient, by: 1, along: rows.times(solution.step))
      #expect(Vector.norm(rest) <= left * size && !solution.isOnBoundary && solution.isConvex)
      let model =
        Vector.dot(gradient, solution.step) + 0.5 * Vector.dot(solution.step, rows.times(solution.step))
      #expect((solution.predicted + model).magnitude <= 1e-12 * solution.predicted && solution.predicted > 0)
    }
  }

  @Test("By either way a step within a wide radius is Newton’s, one within a small one has its length")
  func bothWays() throws {
    var random = SplitMix64(start: 7)
    for _ in 0..<20 {
      let rows = Self.chain(30, &random)
      let gradient = (0..<30).map { _ in Double.random(in: -1...1, using: &random) }
      for bandwidth in [1, 100_000] {
        let wide = try #require(
          SparseProblem(gradient: gradient, rows: rows, bandwidth: bandwidth, radius: 1e9).solution())
        let rest = Vector.norm(Vector.moved(gradient, by: 1, along: rows.times(wide.step)))
        #expect(rest <= (bandwidth == 1 ? 1e-12 : 0.1) * Vector.norm(gradient) && !wide.isOnBoundary)
        let radius = 0.1 * Vector.norm(wide.step)
        let short = try #require(
          SparseProblem(gradient: gradient, rows: rows, bandwidth: bandwidth, radius: radius).solution())
        #expect(short.isOnBoundary && (Vector.norm(short.step) / radius - 1).magnitude < 0.15)
        #expect(short.predicted > 0 && short.predicted < wide.predicted * (1 + 1e-9))
        // No worse than the steepest way down as far as the radius goes.
        let bend = Vector.dot(gradient, rows.times(gradient)) / Vector.dot(gradient, gradient)
        let length = min(radius, Vector.norm(gradient) / bend)
        let steepest = Vector.norm(gradient) * length - 0.5 * bend * length * length
        #expect(short.predicted >= 0.9 * steepest)
      }
    }
  }
}
