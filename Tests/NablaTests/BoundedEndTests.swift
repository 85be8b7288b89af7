import NablaDescent
import Testing

@testable import Nabla

/// Kinks, cusps and vertical tangents that lie on a bound.
@Suite struct BoundedEndTests {
  struct Situation: CustomTestStringConvertible, Sendable {
    var formula: String
    var box: [ClosedRange<Double>]
    var start: [Double]
    var end: [Double]
    var testDescription: String { formula }
  }

  private static let line = -Double.infinity...Double.infinity

  static let situations: [Situation] = [
    .init(formula: "|x - y| + x", box: [0.5...2, line], start: [1, 0], end: [0.5, 0.5]),
    .init(formula: "sqrt(|x|)", box: [0...2], start: [1.53], end: [0]),
    .init(formula: "sqrt(|x + 1|) + exp(x)", box: [-1...(-0.5)], start: [-0.66], end: [-1]),
    .init(formula: "sqrt(|y|) + x^2", box: [-1...1, 0...1], start: [0.04, 0.67], end: [0, 0]),
    .init(
      formula: "2|x^2 - y| + x^2", box: [-Double.infinity...(-1.5), line], start: [-1.54, -0.43],
      end: [-1.5, 2.25]),
  ]

  @Test("A bound holds a descent where no slope shows it", arguments: situations)
  func isHeld(situation: Situation) throws {
    let trace = try Formula(situation.formula).minimize(from: situation.start, within: situation.box)
    #expect(trace.success, "\(trace.certificate.reason)")
    #expect(zip(trace.x, situation.end).allSatisfy { ($0 - $1).magnitude < 1e-9 }, "\(trace.x)")
  }

  @Test("A kink on a bound along which f falls is no end")
  func fallsAlongBound() throws {
    let trace = try Formula("|x| + |y - 1|").minimize(from: [1, -1], within: [0...2, -2...2])
    #expect(trace.success && trace.f.magnitude < 1e-6, "\(trace.x) \(trace.certificate.reason)")
  }

  struct Large: CustomTestStringConvertible, Sendable {
    var formula: String
    var box: ClosedRange<Double>
    var start: Double
    /// The least value within the bounds, where it is known.
    var least: Double?
    var testDescription: String { formula }
  }

  static let large: [Large] = [
    .init(formula: "sum(i, 1, 201, (x[i] - (-1)^i)^2)", box: 0...100, start: 2, least: 101),
    .init(formula: "sum(i, 1, 256, (-1)^i i x[i])", box: 0...1, start: 0.5, least: -16384),
    .init(
      formula: "sum(i, 1, 249, (x[i+1] - x[i])^2) - 0.01sum(i, 1, 250, x[i])", box: 0...1, start: 0.5,
      least: -2.5),
    // Σ (k/150)² for k up to 150
    .init(formula: "sum(i, 1, 300, (x[i] - i/150)^2)", box: 0...1, start: 0.5, least: 1_136_275.0 / 22_500),
    .init(formula: "sum(i, 1, 300, e^(x[i]) - x[i] + (x[i] - 1)^4)", box: -.infinity...0.25, start: 0),
  ]

  @Test("Hundreds of variables keep to their bounds", arguments: large)
  func manyVariables(row: Large) throws {
    let (box, formula) = (row.box, try Formula(row.formula))
    let n = formula.variables.count
    let trace = try formula.minimize(
      from: [Double](repeating: row.start, count: n), within: [ClosedRange<Double>](repeating: box, count: n))
    #expect(trace.success, "\(trace.certificate.verdict) \(trace.certificate.reason)")
    if let least = row.least { #expect((trace.f - least).magnitude <= 1e-9 * least.magnitude, "\(trace.f)") }
    // Of each coordinate the slope is 0, or points out of the box.
    let slopes = try formula.gradient(at: trace.x)
    #expect(
      zip(trace.x, slopes).allSatisfy { x, slope in
        slope.magnitude < 1e-6 || (x == box.lowerBound && slope > 0) || (x == box.upperBound && slope < 0)
      })
  }

  @Test("A variable that does nothing is no obstacle on a bound")
  func idleVariable() throws {
    let trace = try Formula("(x - 2)^2", variables: ["x", "y"]).minimize(
      from: [0, 0], within: [-1...1, -1...1])
    #expect(trace.success && trace.x[0] == 1, "\(trace.certificate.reason)")
  }
}
