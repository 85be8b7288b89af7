import Testing

@testable import NablaDescent

@Suite struct LeastNormTests {
  /// Hulls with the origin in them, beside them, and with one vector.
  static let rows: [(vectors: [[Double]], point: [Double])] = [
    ([[3, 4]], [3, 4]), ([[1, 1], [1, -1]], [1, 0]), ([[2, 0], [0, 2]], [1, 1]),
    ([[1, 0], [-1, 1], [-1, -1]], [0, 0]),
    ([[2, 1], [4, 1], [3, 5]], [2, 1]), ([[1, 2, 0], [1, -2, 0], [1, 0, 3], [1, 0, -3]], [1, 0, 0]),
  ]

  @Test(arguments: rows)
  func isTheShortestCombination(vectors: [[Double]], point: [Double]) {
    let found = LeastNorm.point(inHullOf: vectors)
    for (a, b) in zip(found, point) { #expect(abs(a - b) < 1e-6, "\(found)") }
  }

  @Test func thereIsNoneOfNothing() { #expect(LeastNorm.point(inHullOf: []).isEmpty) }
}
