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
}
