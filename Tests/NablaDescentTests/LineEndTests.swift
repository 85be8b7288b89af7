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
    .init(testDescription: "ln(1 − x) + 100x", f: { Libm.log(1 - $0) + 100 * $0 }, kind: .pole, x: 1),
    .init(testDescription: "−√(−ln(1 − x))", f: { -(-Libm.log(1 - $0)).squareRoot() }, kind: .pole, x: 1),
    .init(testDescription: "|x − ½|^0.1", f: { Libm.pow(abs($0 - 0.5), 0.1) }, kind: .kink, x: 0.5),
    .init(testDescription: "|x − ½|^0.01", f: { Libm.pow(abs($0 - 0.5), 0.01) }, kind: .kink, x: 0.5),
    .init(
      testDescription: "|x − ½|^0.001, whose numbers jump", f: { Libm.pow(abs($0 - 0.5), 0.001) },
      kind: .jump, x: 0.5),
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

  /// Along a line that falls as far as there are numbers, the last of them is the end.
  @Test func nearTheLargestNumbers() {
    for reach in [1e307, 1e308, Double.greatestFiniteMagnitude] {
      var objective = Objective({ -0x1p-1060 * $0[0] }, gradient: { _ in [-0x1p-1060] })
      let here = Iterate(x: [reach], f: -0x1p-1060 * reach, gradient: [-0x1p-1060])
      let end = LineEnd(from: here, along: [1], reach: reach, on: &objective)
      #expect(end.kind == .open && end.f <= here.f, "\(reach): \(end)")
    }
    let scale = Scale(at: [1.7e308, -1.7e308], from: [0, 0])
    #expect(scale.reach(along: [0.6, -0.8]).isFinite)
  }

  /// Falls towards `end` along `direction` and rises steeply behind it.
  private static func valley(_ end: [Double], _ direction: [Double]) -> Objective {
    Objective(
      { x in
        let off = Vector.difference(x, end)
        let along = Vector.dot(off, direction)
        return max(-along, 1000 * along) + abs(off[0] * direction[1] - off[1] * direction[0])
      }, gradient: { _ in direction.map { -$0 } })
  }

  /// Along a slanted line no point tried has short coordinates; the end of a kink has them all the same.
  @Test(
    "An end at short numbers is hit",
    arguments: [[0.3, 0.7], [0.1, 0], [0, 0], [12.5, -3.25], [1e-3, 250], [-0.6, 9e5]])
  func shortNumbers(end: [Double]) {
    for direction in [[0.6, 0.8], [1 / 2.0.squareRoot(), -1 / 2.0.squareRoot()], [-0.28, 0.96]] {
      var objective = Self.valley(end, direction)
      let reach = max(1, Vector.maximum(end))
      let here = objective.iterate(at: Vector.moved(end, by: -1e-9 * reach, along: direction))
      let found = LineEnd(from: here, along: direction, reach: reach, on: &objective)
      #expect(found.kind == .kink && found.x == end && found.f == 0, "\(end), \(direction): \(found)")
    }
  }

  /// Where f is level over less than the twelve digits of a short number, that number is taken.
  @Test(
    "A short number within a level stretch is hit",
    arguments: [([0.3, 0.7], 3e-13), ([250, -31.25], 3e-11), ([0.5, 9e5], 3e-8), ([0, 0], 3e-13)])
  func levelEnds(end: [Double], width: Double) {
    let direction = [0.6, 0.8]
    var objective = Objective(
      { x in
        let along = Vector.dot(Vector.difference(x, end), direction)
        return max(-along - width, 1000 * (along - width), 0)
      }, gradient: { _ in direction.map { -$0 } })
    let here = objective.iterate(at: Vector.moved(end, by: -1e4 * width, along: direction))
    let found = LineEnd(from: here, along: direction, reach: max(1, Vector.maximum(end)), on: &objective)
    #expect(found.kind == .kink && found.x == end && found.f == 0, "\(end): \(found)")
  }

  /// A short number beside the end is not taken where f is higher there, nor one that is further than rounding.
  @Test func longNumbers() {
    for end in [0.3 + 3e-13, 0.3 - 3e-13, 250 + 3e-11] {
      var objective = Self.valley([end, 0], [1, 0])
      let here = objective.iterate(at: [end - 1e-9, 0])
      let found = LineEnd(from: here, along: [1, 0], reach: 1, on: &objective)
      #expect(found.x == [end, 0] && found.f == 0)
    }
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
