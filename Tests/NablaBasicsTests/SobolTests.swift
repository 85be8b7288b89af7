import NablaBasics
import Testing

@Suite struct SobolTests {
  @Test func theFirstPoints() {
    var points = Sobol(dimensions: 3)
    #expect(points.next() == [0.5, 0.5, 0.5])
    #expect(points.next() == [0.75, 0.25, 0.25])
    #expect(points.next() == [0.25, 0.75, 0.75])
  }

  /// Of the first 2ᵏ points, the origin counted, each half of each side holds half.
  @Test(arguments: [1, 2, 5, 13, 21])
  func evenness(dimensions: Int) {
    var points = Sobol(dimensions: dimensions)
    let all = [[Double](repeating: 0, count: dimensions)] + (1..<256).map { _ in points.next() }
    for dimension in 0..<dimensions {
      for k in 0..<16 {
        let inside = all.count { $0[dimension] >= Double(k) / 16 && $0[dimension] < Double(k + 1) / 16 }
        #expect(inside == 16, "dimension \(dimension), sixteenth \(k)")
      }
    }
  }

  @Test func manyDimensions() {
    var points = Sobol(dimensions: 40)
    for _ in 0..<100 { #expect(points.next().allSatisfy { (0..<1).contains($0) }) }
    #expect(points.next().count == 40)
  }
}
