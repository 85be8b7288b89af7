import NablaBasics
import Synchronization
import Testing

@testable import NablaDescent

/// What functions do in the end along a ray.
@Suite struct RayProbeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let f: @Sendable (Double) -> Double
    let end: RayProbe.End
  }

  static let rows: [Row] = [
    .init(testDescription: "−x", f: { -$0 }, end: .falls),
    .init(testDescription: "−√x", f: { -$0.squareRoot() }, end: .falls),
    .init(testDescription: "−x⁴, beyond what a number holds", f: { -$0 * $0 * $0 * $0 }, end: .falls),
    .init(testDescription: "1/(1 + x)", f: { 1 / (1 + $0) }, end: .levels(0)),
    .init(testDescription: "7 + e^(−x)", f: { 7 + Libm.exp(-$0) }, end: .levels(7)),
    .init(testDescription: "1e-6 + 1/(1 + x)", f: { 1e-6 + 1 / (1 + $0) }, end: .levels(1e-6)),
    .init(testDescription: "−ln(1 + x)", f: { -Libm.log1p($0) }, end: .falls),
    .init(testDescription: "−ln(1 + ln(1 + x))", f: { -Libm.log1p(Libm.log1p($0)) }, end: .fallsSlowly),
    .init(
      testDescription: "−log x up to 10²⁰, then less and less a power of ten",
      f: { x in
        let powers = Libm.log10(max(1, x / 2))
        return -min(powers, 20) - (powers > 20 ? 270 * Libm.log(powers / 20) : 0)
      }, end: .fallsSlowly),
    .init(testDescription: "3", f: { _ in 3 }, end: .flat),
    .init(testDescription: "(x − 5)²", f: { ($0 - 5) * ($0 - 5) }, end: .rises),
    .init(testDescription: "−√(100 − x)", f: { -($0 < 100 ? 100 - $0 : .nan).squareRoot() }, end: .rises),
    .init(testDescription: "√(100 − x)", f: { ($0 < 100 ? 100 - $0 : .nan).squareRoot() }, end: .unclear),
  ]

  private func look(
    _ f: @escaping @Sendable (Double) -> Double, reach: Double = 1
  ) -> (end: RayProbe.End, far: (x: [Double], f: Double)?) {
    var objective = Objective({ f($0[0]) }, gradient: { _ in [-1] })
    let here = Iterate(x: [0], f: f(0), gradient: [-1])
    return RayProbe.look(from: here, along: [2], reach: reach, on: &objective)
  }

  @Test("The end along a ray", arguments: rows) func end(row: Row) {
    #expect(look(row.f).end == row.end)
    // The ray is the same, however far the first look goes.
    #expect(look(row.f, reach: 2).end == row.end)
  }

  @Test("The farthest point is one at which f has not yet fallen by more than 10¹⁵ times its size")
  func far() throws {
    #expect(try #require(look { 1e20 - $0 }.far).x == [1e27])
    #expect(try #require(look { -$0 }.far).x == [1e15])
    #expect(try #require(look { -$0 * $0 }.far).x == [1e6])
  }

  /// A function that falls by as much at every look sees all of them.
  @Test("Every look goes ten times as far, and later a third more powers of ten") func howFarTheLooksGo() {
    let heard = Mutex<[Double]>([])
    let end = look {
      x in
      heard.withLock { $0.append(x) }
      return -Double(heard.withLock { $0.count })
    }
    let powers = heard.withLock { $0 }.dropFirst().map { Int(Libm.log10($0).rounded()) }
    #expect(Array(powers.prefix(7)) == Array(0...6) && powers.last ?? 0 > 250 && powers.count <= 20)
    for (near, far) in zip(powers, powers.dropFirst()) where near >= 6 {
      #expect(abs(3 * far - 4 * near) < 3, "\(near), \(far)")
    }
    #expect(end.end != .rises)
  }
}
