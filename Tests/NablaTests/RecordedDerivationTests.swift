import NablaAlgebra
import NablaNotation
import Records
import Testing

@testable import Nabla

/// Derivations of products, quotients, sums and nests of every pair of parts as they were recorded, a rule a line.
@Suite struct RecordedDerivationTests {
  static let parts = [
    "3", "a", "x", "x^2", "x^a", "1/x", "sqrt(x)", "(x + 1)", "(x + a)^2", "1/(x^2 + 1)", "sin(x)", "e^x",
    "2^x", "a^x", "ln(x)", "abs(x)", "x^x", "floor(x)", "if(x > a, x, x^2)", "sum(i, 1, 3, x^i)",
    "sin(2x)^2",
  ]

  /// Sums with constants and products of more than two.
  static let others = [
    "3 + (x + a)^2", "a + sin(2x)^2", "3 + x^a", "3 + 2x^a", "5 - 2x^3", "a + 2(x + 1)^2", "x sin(x) e^x",
    "x^a*2^x*sin(x)/(x + 1)", "a x^2 + a", "2x + 3", "x + x^2 + x^3", "sum(i, 1, 5, a x^i) + 2",
    "prod(i, 1, 3, x + i)", "(x + 1)(x + 2)", "x^(x^x)", "0^x + x",
  ]

  /// The rules with the lines that they lead to; of long lines the beginning and the length.
  private static func lines(_ text: String) throws -> [String] {
    let formula = try Formula(text, variables: ["a", "x"])
    let derivation = try formula.derivation(by: Variable("x"))
    let steps = derivation.steps.map { step in
      let line = formula.form(of: step.whole, termOrder: derivation.termOrder).text(.plain)
      return "  \(step.rule): " + (line.utf8.count <= 160 ? line : line.prefix(120) + "… \(line.utf8.count)")
    }
    return [text] + steps
  }

  @Test("Every part beside every other") func pairs() throws {
    var lines = try Self.others.flatMap(Self.lines)
    for (place, u) in Self.parts.enumerated() {
      lines += try Self.lines(u)
      // Each pair in one of four ways, in turn.
      for (other, v) in Self.parts.enumerated() where other != place {
        lines += try Self.lines(
          ["\(u)*\(v)", "\(u)/\(v)", "\(u) + \(v)", "sin(\(u))*cos(\(v))*\(u)"][(place + 3 * other) % 4])
      }
    }
    #expect(try Record(name: "derivations.txt").differences(from: lines) == [])
  }
}
