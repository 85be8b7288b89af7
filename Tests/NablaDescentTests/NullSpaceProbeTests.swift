import NablaBasics
import Testing

@testable import NablaDescent

/// Lines of a null space along which f may fall where it rises along nearly all others.
@Suite struct NullSpaceProbeTests {
  /// Directions with small whole numbers: up to 2 for two and three variables, signs with zeros for four, signs and pairs
  /// up to six, pairs of neighbours beyond.
  static let lines: [[Double]] = [
    [1, 0], [0, 1], [1, 1], [1, -1], [1, 2], [1, -2], [2, 1], [2, -1],
    [1, 0, 0], [0, 0, 1], [1, 2, 0], [0, 1, -2], [1, 1, 1], [1, -2, 2], [2, 1, -2], [2, 2, 1], [0, 2, -1],
    [1, 0, 0, 0], [1, -1, 0, 0], [1, 1, -1, 0], [1, -1, 1, -1], [0, 1, 0, 1],
    [1, 0, 0, 0, 1], [0, 1, -1, 0, 0], [1, -1, 1, 1, -1], [0, 0, 1, 0, 0, 1], [1, 1, -1, -1, 1, 1],
    [1, 1, 0, 0, 0, 0, 0], [0, 0, 1, -1, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1], [1, 1, 1, 1, 1, 1, 1],
  ]

  private static func probe(_ n: Int, _ objective: Objective) -> NullSpaceProbe {
    let zero = [Double](repeating: 0, count: n)
    let start = zero.map { $0 + 1 / Double(n).squareRoot() }
    let here = Iterate(x: zero, f: 0, gradient: zero)
    let basis = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0 } }
    return NullSpaceProbe(
      probe: NeighbourhoodProbe(here: here, scale: Scale(at: zero, from: start), slack: 0), basis: basis)
  }

  /// |x|² times the square of the distance from the line, less a little of the fourth power of what lies along it.
  private static func cone(_ line: [Double]) -> Objective {
    let unit = line.map { $0 / Vector.norm(line) }
    return Objective(
      { x in
        let along = Vector.dot(unit, x)
        let off = Vector.moved(x, by: -along, along: unit)
        return Vector.dot(x, x) * Vector.dot(off, off) - 1e-4 * along * along * along * along
      }, gradient: { $0.map { _ in 0 } })
  }

  @Test("A narrow cone around a line of small whole numbers is found", arguments: lines)
  func cones(line: [Double]) throws {
    var objective = Self.cone(line)
    let finding = Self.probe(line.count, objective).look(on: &objective)
    let way = try #require(finding.way)
    let unit = line.map { $0 / Vector.norm(line) }
    #expect(abs(Vector.dot(way.direction, unit)) > 1 - 1e-4, "\(way)")
    #expect(finding.rises)
    var copy = objective
    #expect(copy.value(at: way.direction.map { $0 * way.radius }) < 0)
  }

  @Test(
    "Nothing is lower around a bowl of the fourth degree, and its valley is the axis along which it rises least"
  )
  func bowls() {
    for n in [2, 3, 4, 6, 7] {
      var objective = Objective(
        { x in
          x.enumerated().reduce(0) {
            $0 + ($1.offset == 1 ? 1e-6 : 1) * $1.element * $1.element * $1.element * $1.element
          }
        },
        gradient: { $0.map { _ in 0 } })
      let probe = Self.probe(n, objective)
      let finding = probe.look(on: &objective)
      #expect(finding.way == nil && finding.rises && !probe.isLowerOnRings(on: &objective))
      if n <= 4 { #expect(finding.valley.map { abs($0[1]) } ?? 0 > 0.99, "\(n): \(finding)") }
    }
  }

  @Test("Between curves that touch a ring is lower, and only where all three rings are")
  func rings() {
    func isLower(_ f: @escaping @Sendable (Double, Double) -> Double) -> Bool {
      var objective = Objective({ f($0[0], $0[1]) }, gradient: { $0.map { _ in 0 } })
      return Self.probe(2, objective).isLowerOnRings(on: &objective)
    }
    #expect(isLower { x, y in (y * y - x * x * x) * (y * y - 2 * x * x * x) })
    #expect(!isLower { x, y in x * x * x * x + y * y * y * y })
    // Lower from a radius of 0.08 on, as one valley beside a minimum is.
    #expect(!isLower { x, y in (x * x + y * y) * (0.0064 - x * x - y * y) })
    #expect(!isLower { _, _ in 0 })
    #expect(isLower { x, y in y < 0 ? .nan : x * x * x })
    for size in [1e-30, 1e-12, 1e12, 1e30] {
      #expect(isLower { x, y in size * ((y * y - x * x * x) * (y * y - 2 * x * x * x)) }, "\(size)")
      #expect(!isLower { x, y in size * (x * x - y * y) * (x * x - y * y) }, "\(size)")
    }
  }
}
