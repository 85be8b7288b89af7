import Nabla
import NablaAlgebra
import Testing

/// Sums of squares vanish where each square does; |x|³ has no third derivative at its minimum.
@Suite struct VanishingSumTests {
  @Test(arguments: ["x^4 + 2x^2 y^2 + y^4", "(x^2 + y^2 + z^2)^2", "-(x^2 + 3y^2)^2"])
  func oneExtremum(_ text: String) throws {
    let found = try Formula(text).criticalPoints()
    let point = try #require(found.points.first)
    #expect(found.points.count == 1 && found.curves.isEmpty && found.evidence == .complete)
    #expect(point.coordinates.allSatisfy { $0 == 0 } && point.exact != nil)
    #expect(point.kind == (text.hasPrefix("-") ? .localMaximum : .localMinimum))
  }

  @Test(arguments: [
    ("|x|^3", CriticalPoint.Kind.localMinimum), ("1 - |x|^5", .localMaximum), ("x|x|", .inflection),
  ])
  func withoutHigherDerivatives(_ text: String, _ kind: CriticalPoint.Kind) throws {
    let found = try Formula(text).criticalPoints()
    #expect(found.points.map(\.kind) == [kind])
    #expect(found.points[0].coordinates == [0])
  }

  /// A sum with terms of both signs vanishes elsewhere too.
  @Test func bothSigns() throws {
    #expect(try !Formula("(x^2 + y^2 - 1)^2").criticalPoints().curves.isEmpty)
  }
}
