import NablaDescent
import Testing

@testable import Nabla

/// Ends where the curvature says little: flat minima, edges, falls that slow down, starts where numbers end.
@Suite struct DegenerateEndTests {
  @Test(
    arguments: [
      ("(1e6x - 1)^4 + 1", 1e-6), ("x^4 - 4x^3 + 6x^2 - 4x + 5", 1), ("x^4 - 4x^3 + 6x^2 - 4x + 1", 1),
      ("(x - 1)^4 + 5", 1), ("(x - 1)^6", 1),
    ]) func digitsAreThoseOfX(_ text: String, _ root: Double) throws
  {
    let trace = try Formula(text).minimize(from: [3])
    #expect(trace.success)
    let digits = try #require(trace.certificate.digits)
    #expect(abs(trace.x[0] - root) <= 10 * pow10(-digits) * root)
  }

  private func pow10(_ power: Int) -> Double {
    (0..<abs(power)).reduce(1.0) { x, _ in power < 0 ? x / 10 : x * 10 }
  }

  @Test(
    arguments: [
      "sum(i, 1, 300, (x[i] - 1)^4)", "sum(i, 1, 299, (x[i] - x[i+1])^4 + (x[i] - 1)^4)",
      "sum(i, 1, 300, (x[i] - i)^6)",
    ]) func flatMinimaOfManyVariables(_ text: String) throws
  {
    let formula = try Formula(text)
    let trace = try formula.minimize(from: [Double](repeating: 0, count: formula.variables.count))
    #expect(trace.success)
    #expect(trace.f < 1e-20)
  }

  @Test func endsWhereNothingIsLeft() throws {
    let n = 50
    let text = "(x1 - 1)^4 + sum(i, 2, 49, (sin(x[i] - x50) - x1^2 + x[i]^2)^2) + (x50^2 - x1^2)^2"
    let trace = try Formula(text).minimize(from: [Double](repeating: 0.1, count: n))
    #expect(trace.success)
    #expect(trace.counts.f < 2_000)
    let powell =
      "sum(i, 1, 60, (x[4i-3] + 10x[4i-2])^2 + 5(x[4i-1] - x[4i])^2 + (x[4i-2] - 2x[4i-1])^4 + 10(x[4i-3] - x[4i])^4)"
    let start: [Double] = (0..<240).map { [3, -1, 0, 1][$0 % 4] }
    let long = try Formula(powell).minimize(from: start)
    #expect(long.success)
    #expect(long.iterations < 100)
  }

  @Test(
    arguments: [
      ("-ln(x^2 + 1)", [1.0]), ("-ln(x)", [1]), ("-ln(x^2 + y^2 + 1)", [1, 2]),
      ("(x - y)^4 - ln(x^2 + 1)", [1, 2]), ("(x - y)^4 - sqrt(x^2 + 1)", [1, 2]),
      ("(1.85x - 2.45y - 1.68)^4 - 1.95sqrt(1 + x^2)", [1.93, -1.08]),
    ]) func slowFallsAreWithoutBound(_ text: String, _ start: [Double]) throws
  {
    #expect(try Formula(text).minimize(from: start).certificate.verdict == .unboundedBelow)
  }

  @Test(arguments: ["-ln(ln(x^2 + 3))", "1/(1 + x^2)", "1/ln(x^2 + 2)"]) func whatMayHaveALimitIsNot(
    _ text: String
  ) throws {
    #expect(try Formula(text).minimize(from: [1]).certificate.verdict == .infimumAtInfinity)
  }

  @Test func swingsLeadToNoInfimum() throws {
    let formula = try Formula("sum(i, 1, 12, cos(x[i]^2 - x[i+1]/2))")
    let trace = try formula.minimize(from: [Double](repeating: 1, count: formula.variables.count))
    #expect(trace.certificate.verdict != .infimumAtInfinity)
  }

  @Test(
    arguments: [
      ("sqrt(x) + y^2", [3.0, 1], [0.0, 0]), ("sqrt(x) + sqrt(y) + z^2", [3, 1, 2], [0, 0, 0]),
      ("x^1.5 - x + asin(y)", [3, 0.3], [4.0 / 9, -1]),
    ]) func othersGoOnAtAnEdge(_ text: String, _ start: [Double], _ end: [Double]) throws
  {
    let trace = try Formula(text).minimize(from: start)
    #expect(trace.certificate.verdict == .onBound)
    #expect(trace.success)
    for (x, y) in zip(trace.x, end) { #expect(abs(x - y) < 1e-8) }
  }

  @Test(arguments: ["sqrt(1 - x^2 - y^2)", "sqrt(x - y) + y^2"]) func bentEdgesAreNoMinimum(_ text: String)
    throws
  {
    #expect(try Formula(text).minimize(from: [0.3, 0.1]).success == false)
  }

  @Test(arguments: [1e-160, 1e160]) func startsWithoutCurvature(_ start: Double) throws {
    let trace = try Formula("ln(x)^2").minimize(from: [start])
    #expect(trace.success)
    #expect(abs(trace.x[0] - 1) < 1e-12)
  }
}
