import NablaBasics
import NablaDrawing
import Testing

/// Regions and contour lines by marching squares.
@Suite struct ContourTests {
  private static func finder(
    _ columns: Int = 81, _ value: @escaping @Sendable (Double, Double) -> Double
  ) -> ContourFinder {
    ContourFinder(ValueGrid(-2...2, -2...2, columns: columns, rows: columns, value: value))
  }

  /// The area inside loops by the shoelace formula; positive where the inside is on the left.
  private static func area(_ loops: [[Point]]) -> Double {
    loops.reduce(0) { sum, loop in
      sum
        + zip(loop, loop.dropFirst() + loop.prefix(1)).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
        / 2
    }
  }

  @Test func aCircleHasItsArea() {
    let contour = Self.finder { x, y in 1 - x * x - y * y }.contour(at: 0)
    #expect(contour.loops.count == 1)
    #expect((Self.area(contour.loops) - Double.pi).magnitude < 0.01)
    #expect(contour.lines.count == 1)
    #expect(contour.lines[0].first == contour.lines[0].last)
  }

  @Test func aRegionWithAHoleNests() {
    let contour = Self.finder { x, y in
      let r = x * x + y * y
      return (r - 0.25) * (2.25 - r)
    }.contour(at: 0)
    #expect(contour.loops.count == 2)
    #expect((Self.area(contour.loops) - 2 * Double.pi).magnitude < 0.03)
  }

  @Test func theWholeFrameIsARegionWithoutLines() {
    let contour = Self.finder { _, _ in 1 }.contour(at: 0)
    #expect(contour.loops.count == 1)
    #expect((Self.area(contour.loops) - 16).magnitude < 1e-12)
    #expect(contour.lines.isEmpty)
    #expect(Self.finder { _, _ in 1 }.contour(at: 2).loops.isEmpty)
    #expect(Self.finder { _, _ in .nan }.contour(at: -.infinity).loops.isEmpty)
  }

  @Test("The edge of a domain is found between the nodes, and no line is drawn along it")
  func domain() {
    let finder = Self.finder { x, y in x * x + y * y <= 1 ? 1 + x : .nan }
    let domain = finder.contour(at: -.infinity)
    #expect((Self.area(domain.loops) - Double.pi).magnitude < 0.01)
    #expect(domain.lines.isEmpty)
    let half = finder.contour(at: 1)
    #expect((Self.area(half.loops) - Double.pi / 2).magnitude < 0.02)
    #expect(half.lines.allSatisfy { $0.allSatisfy { $0.x.magnitude < 1e-9 } })
  }

  @Test("At a pole no line is drawn, however many levels meet there")
  func pole() {
    let finder = Self.finder(80) { x, _ in 1 / x }
    for level in [-3.0, -1, 0.5, 1, 3] {
      for line in finder.contour(at: level).lines {
        #expect(line.allSatisfy { ($0.x - 1 / level).magnitude < 0.1 }, "\(level)")
      }
    }
  }

  @Test("Every point of a line has the level of the line, whatever the function")
  func levels() {
    var random = SplitMix64(start: 11)
    for _ in 0..<10 {
      let (a, b, c, d) = (
        Double.random(in: -2...2, using: &random), Double.random(in: -2...2, using: &random),
        Double.random(in: -1...1, using: &random), Double.random(in: -1...1, using: &random)
      )
      let value: @Sendable (Double, Double) -> Double = { x, y in
        a * x + b * y + c * x * x + d * x * y * y
      }
      let finder = Self.finder(101, value)
      for level in [-1.0, 0.1, 1.7] {
        for line in finder.contour(at: level).lines {
          for point in line { #expect((value(point.x, point.y) - level).magnitude < 0.02) }
        }
      }
    }
  }
}
