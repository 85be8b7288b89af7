import FoundationEssentials
import Nabla
import Testing

/// The README's example, to the letter: it compiles, and its lines are compared with those of the README.
private func example() throws {
  // README
  let f = try Formula("f(x, y) = 3x^2 + 8xy - 3y^5")
  print(try f.gradient())  // ⟨6x + 8y, 8x − 15y⁴⟩
  print(try f(1, 2))  // -77.0
  print(try f.gradient(at: [1, 2]))  // [22.0, -232.0]
  let path = try f.minimize(from: [1, -1])
  print(path.certificate.verdict.rawValue, path.x)  // strict local minimum [1.19…, -0.89…]
  let x = Expr("x")
  print(Formula(try exp(-x.squared).derivative(by: Variable("x"))))  // f(x) = −2x·e^(−x²)
  // end
}

/// The library's lines in the README: they compile, they do what they say, and they are the same lines.
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

  @Test func theLinesAreThoseOfTheReadme() throws {
    try example()
    let here = URL(filePath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let source = try String(contentsOf: here, encoding: .utf8).split(separator: "\n").map(Self.trimmed)
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let block = try #require(
      readme.split(separator: "```swift").dropFirst().first?.split(separator: "```").first)
    let lines = block.split(separator: "\n").map(Self.trimmed).filter { $0 != "import Nabla" }
    let first = try #require(source.firstIndex(of: "// README"))
    let last = try #require(source.firstIndex(of: "// end"))
    #expect(Array(source[(first + 1)..<last]) == lines)
  }

  private static func trimmed(_ line: Substring) -> String {
    line.split(separator: " ").joined(separator: " ")
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
