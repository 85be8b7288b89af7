import Nabla
import NablaAlgebra
import NablaNotation
import Testing

/// Lines of derivations as a teacher writes them.
@Suite struct DerivationLineTests {
  private func lines(_ text: String, by variable: Variable = Variable("x")) throws -> [String] {
    let formula = try Formula(text)
    let derivation = try formula.derivation(by: variable)
    return derivation.steps.map {
      formula.form(of: $0.whole, termOrder: derivation.termOrder).text(.unicode) + " | " + $0.rule
    }
  }

  /// Arguments that stand still add no term.
  @Test func constantArguments() throws {
    #expect(try lines("log_3(x)") == ["1/(x ln 3) | derivative of log"])
    #expect(
      try lines("log(x^2 + 1, 3)") == [
        "(d/dx(x² + 1))/((x² + 1) ln 3) | derivative of log and chain rule",
        "2x/((x² + 1) ln 3) | power rule",
      ])
    #expect(try lines("atan2(y, x)") == ["−y/(x² + y²) | derivative of atan2"])
  }

  /// A case that no branch is made for gets none.
  @Test func lastBranch() throws {
    #expect(
      try lines("{x < 0: x; x >= 0: x^2}") == [
        "{x < 0: 1; d/dx({x ≥ 0: x²})} | each branch by itself",
        "{x < 0: 1; x ≥ 0: d/dx(x²)} | each branch by itself", "{x < 0: 1; x ≥ 0: 2x} | power rule",
      ])
  }

  /// Terms keep their order beside a constant.
  @Test func orderOfTerms() throws {
    #expect(
      try lines("x^3 + x^2 + x + 1") == [
        "d/dx(x³) + d/dx(x²) + 1 | sum rule", "3x² + d/dx(x²) + 1 | power rule",
        "3x² + 2x + 1 | power rule",
      ])
    #expect(
      try lines("5x^3 - 2x^2 + 7") == [
        "d/dx(5x³) + d/dx(−2x²) | sum rule", "15x² + d/dx(−2x²) | power rule", "15x² − 4x | power rule",
      ])
  }
}
