import NablaAlgebra
import Testing

@testable import Nabla

/// Extrema that are known in digits, by their names.
@Suite struct ExactExtremumTests {
  @Test(arguments: [
    ("sin x", -1.570796326794897, CriticalPoint.Kind.localMinimum, "-pi/2"),
    ("x^4 - 3x^2", 1.224744871391589, .localMinimum, "sqrt(6)/2"),
    ("x ln x", 0.367879441171442, .localMinimum, "1/e"), ("|x - 2|", 2, .localMinimum, "2"),
    ("|x^2 - 2|", 1.414213562373095, .localMinimum, "sqrt(2)"),
    ("x e^-x", 1, .localMaximum, "1"),
  ])
  func named(text: String, place: Double, kind: CriticalPoint.Kind, name: String) throws {
    let formula = try Formula(text)
    let found = try #require(formula.exactExtremum(kind, near: [place]))
    let exact = try #require(found.exact).map { formula.form(of: $0).text(.plain) }
    #expect(exact == [name])
    let other: CriticalPoint.Kind = kind == .localMinimum ? .localMaximum : .localMinimum
    #expect(formula.exactExtremum(other, near: [place]) == nil)
    #expect(formula.exactExtremum(kind, near: [place + 1e-3]) == nil)
  }

  @Test func unnamed() throws {
    #expect(try Formula("x^2 + cos(3x) + e^x").exactExtremum(.localMinimum, near: [-1.1]) == nil)
  }

  @Test func corners() throws {
    let found = try #require(Formula("|x - 1| + |y - 2|").corner(.localMinimum))
    #expect(found.coordinates == [1, 2])
    #expect(try Formula("x^2").corner(.localMinimum) == nil)
  }
}
