import NablaBasics
import NablaDrawing
import Testing

@Suite struct PolylineTests {
  @Test func straightLinesNeedTheirEndsOnly() {
    let line = (0...100).map { Point(Double($0), 2 * Double($0)) }
    #expect(Polyline.simplified(line, tolerance: 0.01) == [Point(0, 0), Point(100, 200)])
    let corner = [Point(0, 0), Point(5, 0), Point(5, 5)]
    #expect(Polyline.simplified(corner, tolerance: 0.1) == corner)
    #expect(Polyline.simplified([], tolerance: 1).isEmpty)
  }

  @Test("No point that was left out lies farther from the line than the tolerance")
  func tolerance() {
    var random = SplitMix64(start: 5)
    var line: [Point] = []
    var y = 0.0
    for x in 0..<300 {
      y += Double.random(in: -1...1, using: &random)
      line.append(Point(Double(x), y))
    }
    let simple = Polyline.simplified(line, tolerance: 0.7)
    #expect(simple.count < line.count)
    for point in line {
      let nearest = zip(simple, simple.dropFirst()).map { a, b -> Double in
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let t = max(0, min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy)))
        let (u, v) = (point.x - a.x - t * dx, point.y - a.y - t * dy)
        return (u * u + v * v).squareRoot()
      }.min()
      #expect((nearest ?? 1) <= 0.7 + 1e-9)
    }
  }

  @Test func whatLeavesTheFrameIsCut() {
    let line = [Point(-1, 0.5), Point(0.5, 0.5), Point(0.5, 3), Point(0.7, 3), Point(0.7, 0.5)]
    let parts = Polyline.clipped(line, x: 0...1, y: 0...1)
    #expect(parts.count == 2)
    #expect(parts[0] == [Point(0, 0.5), Point(0.5, 0.5), Point(0.5, 1)])
    #expect(parts[1] == [Point(0.7, 1), Point(0.7, 0.5)])
    #expect(Polyline.clipped([Point(0, 0), Point(.nan, 1), Point(1, 1)], x: 0...1, y: 0...1).isEmpty)
    let far = Polyline.clipped([Point(0.5, -1e300), Point(0.5, 1e300)], x: 0...1, y: 0...1)
    #expect(far == [[Point(0.5, 0), Point(0.5, 1)]])
  }

  @Test func aColumnKeepsWhatIsSeenOfIt() {
    let crowded = (0..<1000).map { Point(Double($0) / 1000, $0 % 2 == 0 ? 0 : 10) }
    let thin = Polyline.thinned(crowded, column: 0.5)
    #expect(thin.count <= 8)
    #expect(thin.contains { $0.y == 0 } && thin.contains { $0.y == 10 })
  }
}
