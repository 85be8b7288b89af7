import Testing

@testable import Nabla

/// The descents that the pages of plain pictures begin with.
@Suite struct FirstDescentTests {
  @Test(
    "A first descent goes down step by step, moves, and stays in the window",
    arguments: [
      "3(1-x)^2 e^(-x^2-(y+1)^2) - 10(x/5-x^3-y^5) e^(-x^2-y^2) - e^(-(x+1)^2-y^2)/3",
      "x^2 - y^2", "(1-x)^2 + 100(y-x^2)^2", "1/x", "x^2 + 5x + 6", "sin x cos y", "x^2 + 50y^2",
    ])
  func isCalm(text: String) throws {
    let formula = try Formula(text)
    let figure = try formula.figure()
    let path = try #require(FirstDescent(of: formula, in: figure.window)?.path)
    #expect(path.points.count > 1)
    for (here, next) in zip(path.points, path.points.dropFirst()) {
      #expect(next.f <= here.f)
      #expect(
        zip(here.gradient, next.gradient).reduce(0) { $0 + $1.0 * $1.1 } >= -0.1 * here.gradientNorm
          * next.gradientNorm)
    }
    let way = zip(path.points[0].x, path.points[path.points.count - 1].x).map { ($0 - $1).magnitude }
    #expect(zip(way, figure.window).contains { $0 > 0.1 * ($1.upperBound - $1.lowerBound) })
    #expect(
      path.points.allSatisfy { point in zip(figure.window, point.x).allSatisfy { $0.contains($1) } })
  }

  @Test("A first descent on a saddle does not end there")
  func saddle() throws {
    let formula = try Formula("x^2 - y^2")
    let path = try #require(FirstDescent(of: formula, in: [-2.7...2.7, -2...2])?.path)
    #expect(path.points[0].x[1] != 0)
  }
}
