import NablaAlgebra
import Testing

@testable import Nabla

/// Points at which a formula has a value, as hints name them.
@Suite struct PointInsideTests {
  @Test(
    arguments: [
      ("x^2", [0]), ("ln x", [1]), ("x + 1/x", [1]), ("ln(x - 2)", [3]), ("1/x + sqrt(5 - x)", [1]),
      ("ln x + ln y", [1, 1]), ("sqrt x", [1]), ("ln(x - 200)", [201]), ("arcsin(x - 40)", [40]),
    ] as [(String, [Double])])
  func simplest(text: String, point: [Double]) throws {
    let formula = try Formula(text)
    let found = try #require(formula.pointInside())
    #expect(found.map(\.double) == point)
    #expect(try formula.value(at: found.map(\.double)).isFinite)
  }

  @Test func inABox() throws {
    let formula = try Formula("x + 1/x")
    #expect(
      try #require(formula.pointInside([2.5...2.75])).map(\.double).allSatisfy { (2.5...2.75).contains($0) })
    #expect(formula.pointInside([0...0]) == nil)
  }

  @Test func nowhere() throws {
    #expect(try Formula("ln(-1 - x^2)").pointInside() == nil)
    #expect(try Formula("x").pointInside(accepts: { _ in false }) == nil)
  }
}
