import Nabla
import NablaAlgebra
import NablaDescent
import Testing

/// Quadratics: bounded or not, and flat along a line, as exact numbers say.
@Suite struct QuadraticVerdictTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let formula: String
    let start: [Double]
    let verdict: Verdict
    var testDescription: String { formula }
  }

  static let rows: [Row] = [
    Row(formula: "2x^2 + 4x y + 2y^2 + x", start: [1, 2], verdict: .unboundedBelow),
    Row(formula: "4x^2 + 4x y + y^2 + x", start: [1, 2], verdict: .unboundedBelow),
    Row(formula: "(x + y + z)^2 + x - y", start: [1, 1, 1], verdict: .unboundedBelow),
    Row(formula: "3x - 2y + 1", start: [0, 0], verdict: .unboundedBelow),
    Row(formula: "0.1x^2 + 0.2x y + 0.1y^2 + 0.3x + 0.3y", start: [1, 2], verdict: .globalMinimum),
    Row(formula: "x^2 + y^2 + z^2 - 2x y - 2y z + 2x z", start: [1, 2, 4], verdict: .globalMinimum),
    Row(formula: "x^2 + y^2 + x y - 3x", start: [1, 1], verdict: .globalMinimum),
  ]

  @Test(arguments: rows)
  func theVerdict(row: Row) throws {
    let trace = try Formula(row.formula).minimize(from: row.start)
    #expect(trace.certificate.verdict == row.verdict, "\(trace.stop)")
    #expect(trace.success == (row.verdict == .globalMinimum))
    let mirrored = try Formula("-(\(row.formula))").maximize(from: row.start)
    #expect(mirrored.success == trace.success && mirrored.f == -trace.f, "\(mirrored.stop)")
  }

  @Test("Where rounding hides the rest of the way, the end is not called the minimum")
  func illConditioned() throws {
    let trace = try Formula("(x - 1)^2 + 1e16 (x - y)^2").minimize(from: [0, 0])
    #expect(!trace.success || trace.f < 1e-12, "\(trace.f) \(trace.certificate.reason)")
  }

  @Test("Along directions without curvature other points have the same value, and the sentence says so")
  func flat() throws {
    let reasons = try ["(x + y)^2 - 2(x + y)", "x^2 + 0y + 0z", "x^2 + y^2"].map {
      try Formula($0, variables: $0.contains("z") ? ["x", "y", "z"] : ["x", "y"]).minimize(
        from: $0.contains("z") ? [3, 1, 2] : [3, 1]
      ).certificate.reason
    }
    let sentence = "f is a quadratic whose curvature is nowhere negative"
    #expect(
      reasons == [
        sentence + ", and zero to rounding along a direction: other points have the same value",
        sentence + ", and zero to rounding along 2 directions: other points have the same value", sentence,
      ])
  }

  @Test("A quadratic that is typed as a sum over an index is solved in exact numbers, too")
  func fold() throws {
    let hilbert = try Formula("sum(i, 1, 12, sum(j, 1, 12, x[i]*x[j]/(i + j - 1))) - 2 sum(i, 1, 12, x[i]/i)")
    let form = try #require(hilbert.quadraticForm)
    #expect(form.point == [1] + [Number](repeating: 0, count: 11))
    #expect(form.value == -1)
  }
}
