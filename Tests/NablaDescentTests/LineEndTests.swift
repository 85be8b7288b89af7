import NablaBasics
import Testing

@testable import NablaDescent

/// What stops a function from falling along a line, and where.
@Suite struct LineEndTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let f: @Sendable (Double) -> Double
    let kind: LineEnd.Kind
    let x: Double
  }

  static let rows: [Row] = [
    .init(testDescription: "|x − ½|", f: { abs($0 - 0.5) }, kind: .kink, x: 0.5),
    .init(testDescription: "√(1 − x)", f: { (1 - $0).squareRoot() }, kind: .edge, x: 1),
    .init(testDescription: "arccos x", f: { Libm.acos($0) }, kind: .edge, x: 1),
    .init(testDescription: "ln(1 − x)", f: { Libm.log(1 - $0) }, kind: .pole, x: 1),
    .init(testDescription: "−x, and 1 more from ½ on", f: { $0 < 0.5 ? -$0 : 1 - $0 }, kind: .jump, x: 0.5),
    .init(
      testDescription: "a wall at ½ before a lower plain", f: { $0 < 0.5 ? -$0 : $0 < 0.75 ? 3 : -9 },
      kind: .jump, x: 0.5),
    .init(testDescription: "−x", f: { -$0 }, kind: .open, x: 20),
  ]

  /// A line search comes as near as that before it finds nothing lower.
  @Test("What stops f from falling on, and where", arguments: rows) func end(row: Row) {
    var objective = Objective({ row.f($0[0]) }, gradient: { _ in [-1] })
    let start = row.x - 1e-9
    let here = Iterate(x: [start], f: row.f(start), gradient: [-1])
    let end = LineEnd(from: here, along: [1], reach: 1, on: &objective)
    #expect(end.kind == row.kind)
    #expect(row.kind == .open ? end.x[0] > row.x + 2 : (end.x[0] - row.x).magnitude <= 1e-9, "\(end)")
    #expect(end.f <= here.f)
    // A short number that is the end is hit.
    if row.kind == .edge { #expect(end.x == [row.x] && end.f == 0) }
  }

  @Test("A jump is one however the function goes on, and a slope is none")
  func jumps() {
    func jumps(_ f: @escaping @Sendable (Double) -> Double) -> Bool {
      var objective = Objective({ f($0[0]) }, gradient: { _ in [0] })
      let probe = NeighbourhoodProbe(
        here: Iterate(x: [0], f: f(0), gradient: [0]), scale: Scale(at: [0], from: [1]), slack: 0)
      return probe.jumps(along: [1], radius: 1e-3, on: &objective)
    }
    #expect(jumps { $0 > 0 ? 1 : 0 })
    #expect(jumps { $0 > 0 ? ($0 < 0.1 ? 1 : -5 * $0) : 0 })
    #expect(!jumps { $0 })
    #expect(!jumps { $0.magnitude.squareRoot() })
    #expect(!jumps { _ in 2 })
  }
}
