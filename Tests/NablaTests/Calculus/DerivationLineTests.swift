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

  /// Terms that fall together are first shown apart; a bracket alone is opened at once.
  @Test func likeTerms() throws {
    #expect(
      try lines("x sin(x) + cos(x)").suffix(2) == [
        "sin x + x cos x − sin x | derivative of cos", "x cos x | collect like terms",
      ])
    #expect(
      try lines("sec(x)^2 - tan(x)^2").suffix(2) == [
        "2 sec²(x) tan x − 2 sec²(x) tan x | derivative of tan", "0 | collect like terms",
      ])
    #expect(
      try lines("(x + 1)/(x + 2)").suffix(3) == [
        "(x + 2 − (x + 1)d/dx(x + 2))/(x + 2)² | sum rule", "(x + 2 − (x + 1))/(x + 2)² | sum rule",
        "1/(x + 2)² | collect like terms",
      ])
    #expect(!(try lines("(x^2 + 1)/(x - 1)").contains { $0.hasSuffix("collect like terms") }))
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
