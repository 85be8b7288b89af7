import NablaBasics
import Testing

@testable import NablaDescent

/// What is taken for a loss that falls for ever, from both sides of every bound.
@Suite struct RunawayProbeTests {
  /// What a loss that is 1 at the start and follows `next` from look to look is taken for.
  private func finding(_ next: @escaping (Int) -> Double) -> RunawayProbe.Finding? {
    var looks = 0
    let probe = RunawayProbe(scale: [1]) { x in
      guard x[0] > 2 else { return .nan }
      looks += 1
      return next(looks)
    }
    return probe.look(from: [2], f: 1, along: [[1]])
  }

  @Test("Eleven looks, each twice as far as the one before, from the size of the point on") func distances() {
    for (x, scale) in [([3.0, 4], [1.0, 1]), ([0, 0], [1, 1]), ([6, 1], [0.5, 4])] {
      var seen: [Double] = []
      let probe = RunawayProbe(scale: scale) { y in
        let moved = zip(zip(y, x).map { $0 - $1 }, scale).map { $0 * $1 }
        seen.append(Vector.norm(moved))
        return 1 - Double(seen.count) / 100
      }
      let size = max(Vector.norm(zip(x, scale).map { $0 * $1 }), 0)
      let first = size > 0 ? size : 1
      #expect(probe.look(from: x, f: 1, along: [[1, -2]]) != nil && seen.count == 11)
      for (place, distance) in seen.enumerated() {
        #expect((distance / first / Double(1 << place) - 1).magnitude < 1e-12, "\(seen)")
      }
    }
  }

  @Test("A rise ends the look, rounding aside; a fall counts that is more than rounding") func risesAndFalls()
  {
    #expect(finding { 1 - Double($0) * 1e-13 }?.limit == 1 - 11e-13)
    #expect(finding { 1 - Double($0) * 0.8e-13 } == nil)
    #expect(finding { $0 == 5 ? 0.5 + 0.8e-13 : 0.5 } != nil)
    #expect(finding { $0 == 5 ? 0.5 + 1.5e-13 : 0.5 } == nil)
    #expect(finding { _ in 1 } == nil)
  }

  @Test("After five looks the end of the domain is no objection") func domains() {
    #expect(finding { $0 <= 5 ? 1 / Double($0 + 1) : .nan }?.limit == 1.0 / 6)
    #expect(finding { $0 <= 4 ? 1 / Double($0 + 1) : .nan } == nil)
    #expect(finding { $0 == 2 ? -.infinity : 0.5 }?.isUnbounded == true)
  }

  @Test("There is no limit where doublings bring ever more, by a fifth at least") func limits() {
    func falling(by ratio: Double, first: Double) -> Bool? {
      finding { looks in 1 - (1...looks).reduce(0) { $0 + first * Libm.pow(ratio, Double($1)) } }?.isUnbounded
    }
    #expect(falling(by: 1.25, first: 1) == true)
    #expect(falling(by: 1.15, first: 1) == false)
    #expect(falling(by: 2, first: 1e-3) == true)
    // Twice the size at the start must have been lost.
    #expect(falling(by: 2, first: 2.2 / 4094) == true)
    #expect(falling(by: 2, first: 1.8 / 4094) == false)
    // Of eleven falls the last six count.
    for (falls, isUnbounded) in [
      ([1.0, 1, 1, 1, 1, 1, 2, 4, 8, 16, 32], true), ([1, 1, 1, 1, 1, 2, 2, 4, 8, 16, 32], false),
      ([1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 32], false), ([0, 0, 0, 0, 0, 0, 2, 4, 8, 16, 32], false),
    ] {
      #expect(finding { 1 - falls.prefix($0).reduce(0, +) }?.isUnbounded == isUnbounded, "\(falls)")
    }
  }

  @Test("A direction is flat whose curvature over the size of the parameters is a ten-thousandth of the loss")
  func flatDirections() {
    for (curvature, isFlat) in [(0.9e-4, true), (1.1e-4, false)] {
      let hessian = [curvature * 3 / 4, 0, 0, 50]
      let found = RunawayProbe.flatDirections(hessian, at: [2, 0], f: 3, free: [0, 1])
      #expect(found == (isFlat ? [[2, 0]] : []) || found == (isFlat ? [[-2, 0]] : []), "\(found)")
      #expect(RunawayProbe.flatDirections(hessian, at: [2, 0], f: -3, free: [0]).count == (isFlat ? 1 : 0))
      #expect(RunawayProbe.flatDirections(hessian, at: [2, 0], f: 3, free: [1]).isEmpty)
    }
  }
}
