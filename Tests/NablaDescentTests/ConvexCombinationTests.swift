import NablaBasics
import Testing

@testable import NablaDescent

@Suite struct ConvexCombinationTests {
  /// Hulls with the origin in them, beside them, and with one vector.
  static let rows: [(vectors: [[Double]], point: [Double])] = [
    ([[3, 4]], [3, 4]), ([[1, 1], [1, -1]], [1, 0]), ([[2, 0], [0, 2]], [1, 1]),
    ([[1, 0], [-1, 1], [-1, -1]], [0, 0]),
    ([[2, 1], [4, 1], [3, 5]], [2, 1]), ([[1, 2, 0], [1, -2, 0], [1, 0, 3], [1, 0, -3]], [1, 0, 0]),
  ]

  @Test(arguments: rows)
  func isTheShortestCombination(vectors: [[Double]], point: [Double]) {
    let found = ConvexCombination(shortestOf: vectors).point
    for (a, b) in zip(found, point) { #expect(abs(a - b) < 1e-6, "\(found)") }
  }

  /// With costs, of more vectors than they have numbers, some of them alike: no vector would make the combination less.
  @Test(arguments: 1...40)
  func noVectorWouldMakeItLess(seed: Int) throws {
    var random = SplitMix64(start: UInt64(seed))
    let (count, size) = (Int.random(in: 2...30, using: &random), Int.random(in: 1...8, using: &random))
    var vectors = (0..<count).map { _ in (0..<size).map { _ in Double.random(in: -1...1, using: &random) } }
    for k in stride(from: 3, to: count, by: 4) { vectors[k] = vectors[k - 1].map { $0 * (1 + 1e-9) } }
    let costs = vectors.map { _ in seed % 3 == 0 ? 0 : Double.random(in: 0...1, using: &random) }
    let found = ConvexCombination(shortestOf: vectors, costs: costs)
    #expect(abs(found.members.reduce(0) { $0 + $1.weight } - 1) < 1e-14)
    #expect(found.members.allSatisfy { $0.weight >= 0 } && found.members.count <= size + 1)
    var point = [Double](repeating: 0, count: size)
    for (vector, weight) in found.members { point = Vector.moved(point, by: weight, along: vectors[vector]) }
    #expect(Vector.distance(point, found.point) < 1e-15)
    let prices = vectors.indices.map { Vector.dot(vectors[$0], point) + costs[$0] }
    let least = try #require(prices.min())
    for member in found.members where member.weight > 1e-12 {
      #expect(prices[member.vector] - least < 1e-13, "\(found.members)")
    }
  }

  /// A combination found with other costs is as good a beginning as any.
  @Test(arguments: 1...20)
  func theEndIsTheSameFromAnother(seed: Int) {
    var random = SplitMix64(start: UInt64(seed))
    let vectors = (0..<12).map { _ in (0..<4).map { _ in Double.random(in: -1...1, using: &random) } }
    let costs = (0..<2).map { _ in vectors.map { _ in Double.random(in: 0...1, using: &random) } }
    let other = ConvexCombination(shortestOf: vectors, costs: costs[0])
    let found = ConvexCombination(shortestOf: vectors, costs: costs[1], from: other.members)
    let alone = ConvexCombination(shortestOf: vectors, costs: costs[1])
    #expect(Vector.distance(found.point, alone.point) < 1e-12)
    #expect(Set(found.members.map(\.vector)) == Set(alone.members.map(\.vector)))
  }

  @Test func thereIsNoneOfNothing() { #expect(ConvexCombination(shortestOf: []).point.isEmpty) }
}
