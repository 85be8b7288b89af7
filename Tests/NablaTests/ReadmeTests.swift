import Nabla
import Testing

/// What the library's lines in the README do.
@Suite struct ReadmeTests {
  @Test func theEightLines() throws {
    let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
    #expect(try f.gradient().description == "⟨6x + 8y, 8x − 15y⁴⟩")
    #expect(try f(1, 2) == -77)
    #expect(try f.gradient(at: [1, 2]) == [22, -232])
    let path = try f.minimize(from: [1, -1])
    #expect(path.certificate.verdict == .strictLocalMinimum)
    #expect((path.x[0] - 1.1901030223683013).magnitude < 1e-6)
    let x = Expr("x")
    let rate = Formula(try exp(-x.squared).derivative(by: Variable("x")))
    #expect(rate.description == "f(x) = −2x·e^(−x²)")
  }

  @Test func valuesOfParametersStandBesideDeclaredNames() throws {
    #expect(try Formula("a x", variables: ["x"], parameters: ["a": "2"])(3) == 6)
    #expect(try Formula("g_ q", variables: ["g_", "q"])(2, 3) == 6)
    #expect(try Formula("max(x, -x) + x^2/10").quadratic == nil)
    #expect(try Formula("x^2 + 5x + 6").quadratic?.stationaryPoint == Number(-5).divided(by: 2))
  }

  @Test func valuesThrowWhatIsMissing() throws {
    let f = try Formula("f(x) = a x^2")
    #expect(throws: FormulaError.missingParameters([Variable("a")])) { try f(1) }
    #expect(try Formula("f(x) = a x^2", parameters: ["a": "1/2"])(3) == 4.5)
    #expect(throws: FormulaError.wrongCount(expected: 1, given: 2)) { try f(1, 2) }
    #expect(throws: ReadingError.self) { try Formula("3x^2 + sinn(x)") }
  }
}
