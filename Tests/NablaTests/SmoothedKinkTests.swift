import NablaDescent
import Testing

@testable import Nabla

/// Kinks of many variables, and those that straight looks from a point do not see past.
@Suite struct SmoothedKinkTests {
  struct Row: CustomTestStringConvertible {
    let formula: String
    var start: [Double]?
    var box: ClosedRange<Double>?
    let least: Double
    var verdict = Verdict.globalMinimum

    var testDescription: String { formula }
  }

  static let rows: [Row] = [
    Row(formula: "sum(i, 1, 50, (x[i] - i/50)^2 + |x[i]|)", least: 14.96),
    Row(formula: "sum(i, 1, 250, (x[i] - i/50)^2 + |x[i]|)", least: 566.96),
    Row(formula: "sum(i, 1, 150, max(x[i] - 1, 2 - 3x[i]))", least: -37.5),
    Row(formula: "sum(i, 1, 300, |x[i] - i/100|)", box: 0...1, least: 201),
    Row(formula: "sum(i, 1, 59, |x[i+1] - x[i]|) + sum(i, 1, 60, |x[i] - i|)", least: 59),
    Row(formula: "sum(i, 1, 60, hypot(x[i], x[i] - 3))", least: 127.27922061357855),
    // Pieces within pieces.
    Row(
      formula:
        "sum(i, 1, 59, max(x[i]^4 + x[i+1]^2, max((2 - x[i])^2 + (2 - x[i+1])^2, 2exp(x[i+1] - x[i]))))",
      least: 118),
    Row(
      formula:
        "sum(i, 1, 59, max(x[i]^2 + (x[i+1] - 1)^2 + x[i+1] - 1, -x[i]^2 - (x[i+1] - 1)^2 + x[i+1] + 1))",
      least: 0, verdict: .kink),
    // Valleys of cusps, along which f falls.
    Row(formula: "100sqrt(|y - 0.01x^2|) + 0.01|x + 10|", start: [-8, 1], least: 0),
    Row(formula: "100sqrt(|y - 0.01x^2|) + 0.01|x + 10|", start: [-5, 3], least: 0),
    Row(formula: "|x|^(2/3) + (y - x)^2", start: [1, 3], least: 0),
  ]

  @Test(arguments: rows) func theLeastValueIsFound(_ row: Row) throws {
    let formula = try Formula(row.formula)
    let n = formula.variables.count
    let trace = try formula.minimize(
      from: row.start ?? [Double](repeating: 0, count: n),
      within: row.box.map { [ClosedRange<Double>](repeating: $0, count: n) })
    #expect(trace.certificate.verdict == row.verdict)
    #expect(trace.success)
    #expect(abs(trace.f - row.least) <= 1e-12 * max(1, abs(row.least)))
  }

  @Test func planesInTheWidthLieBelow() throws {
    let formula = try Formula("|x - 1| + max(y, |x|)")
    let function = try formula.compiled()
    let smoothing = try #require(formula.objective().smoothing)
    for width in [1.0, 1e-3] {
      var smooth = try #require(smoothing.objective(width))
      let point = [0.3, -0.2]
      let here = smooth.iterate(at: point)
      for other in [[0.0, 0], [1, 0.5], [-2, 3]] {
        let rise = zip(here.gradient, zip(other, point)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
        #expect(here.f + rise - width * smoothing.slope(point, width) <= function(other) + 1e-12)
      }
    }
  }

  @Test(arguments: ["x^2 + y^2", "exp(x) + sqrt(1 + y^2)", "|3|x"]) func whatIsSmoothHasNone(_ text: String)
    throws
  {
    #expect(try Formula(text).objective().smoothing == nil)
  }
}
