import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Random sums of absolute values: their least value is met at a vertex, where as many of them vanish as there are
/// variables.
@Suite struct AbsoluteLossLawTests {
  /// Σₖ wₖ·|aₖ·x − bₖ|
  struct Loss {
    var slopes: [[Double]] = []
    var shifts: [Double] = []
    var weights: [Double] = []

    init(variables n: Int, random: inout SplitMix64) {
      // As many lines as variables first, so that f grows to all sides.
      for k in 0..<(n + Int.random(in: 0...5, using: &random)) {
        var slope = (0..<n).map { _ in Self.one(of: [0, 0, 1, -1, 2, -3, 0.5], &random) }
        if k < n { slope = (0..<n).map { $0 < k ? slope[$0] : $0 == k ? 1 : 0 } }
        slopes.append(slope)
        shifts.append(Self.one(of: [0, 1, -2, 3, 0.7, -1.3, 5], &random))
        weights.append(Self.one(of: [1, 1, 1, 2, 0.3, 0.7, 10], &random))
      }
    }

    static func one(of numbers: [Double], _ random: inout SplitMix64) -> Double {
      numbers[Int.random(in: 0..<numbers.count, using: &random)]
    }

    func callAsFunction(_ x: [Double]) -> Double {
      slopes.indices.reduce(0) { sum, k in
        sum + weights[k] * abs(zip(slopes[k], x).reduce(-shifts[k]) { $0 + $1.0 * $1.1 })
      }
    }

    var text: String {
      slopes.indices.map { k in
        let parts = slopes[k].enumerated().filter { $0.element != 0 }.map {
          "(\($0.element))x_\($0.offset + 1)"
        }
        return "\(weights[k])|\(parts.joined(separator: " + ")) - (\(shifts[k]))|"
      }.joined(separator: " + ")
    }

    /// The least value at a vertex.
    var least: Double { least(taking: [], from: 0) }

    private func least(taking rows: [Int], from first: Int) -> Double {
      let n = slopes[0].count
      if rows.count == n { return vertex(rows).map { self($0) } ?? .infinity }
      return (first..<max(first, slopes.count)).reduce(.infinity) {
        min($0, least(taking: rows + [$1], from: $1 + 1))
      }
    }

    /// Where some of the absolute values vanish, by elimination; nil where that is no single point.
    private func vertex(_ rows: [Int]) -> [Double]? {
      let n = rows.count
      var system = rows.map { slopes[$0] + [shifts[$0]] }
      for k in 0..<n {
        guard let pivot = (k..<n).max(by: { abs(system[$0][k]) < abs(system[$1][k]) }),
          abs(system[pivot][k]) > 1e-9
        else { return nil }
        system.swapAt(k, pivot)
        for i in 0..<n where i != k {
          let factor = system[i][k] / system[k][k]
          for j in k...n { system[i][j] -= factor * system[k][j] }
        }
      }
      return (0..<n).map { system[$0][n] / system[$0][$0] }
    }
  }

  @Test("Each is followed to its least value, and proved", arguments: 1...150)
  func isProved(seed: Int) throws {
    var random = SplitMix64(start: UInt64(seed))
    let n = Int.random(in: 1...4, using: &random)
    let loss = Loss(variables: n, random: &random)
    let start = (0..<n).map { _ in Loss.one(of: [0, 1, -2.5, 3.3], &random) }
    let trace = try Formula(loss.text).minimize(from: start)
    let least = loss.least
    let said = "\(loss.text) from \(start): \(trace.f), not \(least), \(trace.certificate.reason)"
    #expect(trace.certificate.verdict == .globalMinimum, "\(said)")
    #expect(abs(trace.f - least) <= 1e-9 * max(1, least), "\(said)")
  }
}
