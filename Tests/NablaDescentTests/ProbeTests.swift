import NablaBasics
import Testing

@testable import NablaDescent

/// How far and along which lines f is looked at around a point.
@Suite struct ProbeTests {
  private func probe(_ f: @escaping @Sendable ([Double]) -> Double, at x: [Double]) -> (
    NeighbourhoodProbe, Objective
  ) {
    let objective = Objective(f, gradient: { $0.map { _ in 0 } })
    let here = Iterate(x: x, f: f(x), gradient: x.map { _ in 0 })
    return (NeighbourhoodProbe(here: here, scale: Scale(at: x, from: x), slack: 0), objective)
  }

  @Test("The first look is a millionth of the size of x away, the last a tenth") func radii() {
    for size in [1.0, 250] {
      var (sharp, f) = probe({ abs($0[0] - size) }, at: [size])
      #expect(sharp.side([1], on: &f).rises(by: 0.99e-6 * size))
      #expect(!sharp.side([1], on: &f).rises(by: 1.01e-6 * size))
      for (start, power) in [(0.5e-6, -6), (0.5e-5, -5), (0.5e-3, -3), (0.05, -1)] {
        var (late, f) = probe({ max(0, abs($0[0] - size) - start * size) }, at: [size])
        guard case .up(_, let radius) = late.side([-1], on: &f) else {
          Issue.record("no rise from \(start) on")
          continue
        }
        #expect((radius / size / Libm.pow(10, Double(power)) - 1).magnitude < 1e-9)
        var (low, g) = probe({ min(0, start * size - abs($0[0] - size)) }, at: [size])
        #expect(low.side([1], on: &g) == .down(radius: radius))
      }
      var (far, g) = probe({ max(0, abs($0[0] - size) - 0.2 * size) }, at: [size])
      #expect(far.side([1], on: &g) == .flat)
      sharp.nearest = 1e-3
      #expect(
        sharp.side([1], on: &f).rises(by: 0.9e-3 * size) && !sharp.side([1], on: &f).rises(by: 1.1e-3 * size))
    }
  }

  @Test("A change counts from sixteen units of rounding on, and what the point may still lose does not count")
  func changes() {
    for (rise, isSeen) in [(12.0, false), (20, true), (-12, false), (-20, true)] {
      var (noisy, f) = probe({ abs($0[0]) > 0 ? 1 + rise * .ulpOfOne : 1 }, at: [0])
      #expect((noisy.side([1], on: &f) != .flat) == isSeen, "\(rise)")
    }
    let here = Iterate(x: [0], f: 0, gradient: [0])
    for (rise, isSeen) in [(0.9e-3, false), (1.1e-3, true), (-0.9e-3, false), (-1.1e-3, true)] {
      let slack = NeighbourhoodProbe(here: here, scale: Scale(at: [0], from: [1]), slack: 1e-3)
      var f = Objective({ abs($0[0]) > 0 ? rise : 0 }, gradient: { _ in [0] })
      #expect((slack.side([1], on: &f) != .flat) == isSeen, "\(rise)")
    }
  }

  @Test("The lines looked along are the axes and eight more than two a variable") func fan() {
    for n in 1...7 {
      for downhill in [nil, (0..<n).map { $0 == 0 ? 1.0 : 0 }] {
        let lines = Certifier.fan(n, downhill)
        #expect(lines.count == (n == 1 ? 1 : 3 * n + 8) + (downhill == nil ? 0 : 1))
        #expect(lines.allSatisfy { (Vector.norm($0) - 1).magnitude < 1e-12 })
        for i in 0..<n { #expect(lines.contains((0..<n).map { $0 == i ? 1 : 0 })) }
        #expect(Set(lines.suffix(n == 1 ? 0 : 2 * n + 8)).count == (n == 1 ? 0 : 2 * n + 8))
      }
    }
  }

  @Test("The way between the slopes of a kink leads down where they share one") func closeWays() throws {
    let certifier = Certifier(start: [1, 1], tolerance: 1e-8)
    let sign: @Sendable (Double) -> Double = { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    for slope in [0.5, 1e-3, -0.25] {
      var ridge = Objective({ abs($0[0]) - slope * $0[1] }, gradient: { [sign($0[0]), -slope] })
      let found = certifier.closeWay(at: ridge.iterate(at: [0, 0]), on: &ridge)
      let down = try #require(found).direction
      #expect(abs(down[0]) < 1e-6 && abs(down[1] - sign(slope)) < 1e-6)
    }
    var cone = Objective({ abs($0[0]) + abs($0[1]) }, gradient: { [sign($0[0]), sign($0[1])] })
    #expect(certifier.closeWay(at: cone.iterate(at: [0, 0]), on: &cone) == nil)
  }

  @Test("On a bound the way down keeps to it") func waysOnBounds() throws {
    var f = Objective(
      { 2 * $0[0] - $0[1] * $0[1] }, gradient: { [2, -2 * $0[1]] }, hessian: { _ in [0, 0, 0, -2] })
    f.bounds = Bounds(lower: [0, -5], upper: [5, 5])
    let finding = Certifier(start: [1, 1], tolerance: 1e-8).examine(f.iterate(at: [0, 0]), on: &f)
    let way = try #require(finding.way)
    #expect(way.direction[0] == 0 && abs(way.direction[1]) == 1)
  }

  @Test("A zero of the gradient at a kink is seen where there are few variables") func kinks() {
    for (n, isSeen) in [(2, true), (50, true), (51, false)] {
      var f = Objective({ $0.reduce(0) { $0 + abs($1) } }, gradient: { $0.map { _ in 0 } })
      let here = f.iterate(at: [Double](repeating: 0, count: n))
      let certifier = Certifier(start: [Double](repeating: 1, count: n), tolerance: 1e-8)
      #expect((certifier.obstacle(at: here, on: &f)?.verdict == .kink) == isSeen, "\(n)")
    }
    var bowl = Objective({ $0[0] * $0[0] + $0[1] * $0[1] }, gradient: { _ in [0, 0] })
    let smooth = Certifier(start: [1, 1], tolerance: 1e-8).obstacle(at: bowl.iterate(at: [0, 0]), on: &bowl)
    #expect(smooth == nil || smooth?.verdict == .kink)
  }

  @Test("A kink is one whose slopes stay much the same from a millionth to a thousandth of x, or a cusp")
  func powers() {
    for (power, isKink) in [
      (1.0, true), (1.1, true), (1.3, false), (2, false), (0.41, true), (0.38, true), (0.1, true),
      (0.01, true),
    ] {
      for size in [1.0, 40] {
        var (kink, f) = probe({ Libm.pow(abs($0[0] - size), power) }, at: [size])
        #expect(kink.hasKink(along: [1], on: &f) == isKink, "\(power), \(size)")
        (kink, f) = probe({ -Libm.pow(abs($0[0] - size), power) }, at: [size])
        #expect(!kink.hasKink(along: [1], on: &f))
      }
    }
    // A slope besides changes nothing, nor does what rounding leaves of a straight line.
    var (kink, f) = probe({ abs($0[0]) + 0.5 * $0[0] }, at: [0])
    #expect(kink.hasKink(along: [1], on: &f))
    (kink, f) = probe({ 1e3 + $0[0] / 3 }, at: [0.7])
    #expect(!kink.hasKink(along: [1], on: &f))
    // What is round closer by is no kink.
    (kink, f) = probe({ (1 + ($0[0] - 1e9) * ($0[0] - 1e9)).squareRoot() }, at: [1e9])
    #expect(!kink.hasKink(along: [1], on: &f))
    // Nor does a point that lies lower than all others, or the lowest of a noise.
    (kink, f) = probe({ $0[0] == 0 ? 0 : 1 }, at: [0])
    #expect(!kink.hasKink(along: [1], on: &f))
    (kink, f) = probe({ 1e-8 * abs(Libm.sin(1e12 * $0[0])) }, at: [0])
    #expect(!kink.hasKink(along: [1], on: &f))
  }

  @Test(
    "A dip is seen at a third, two thirds, once and one and a half times the size of x, where all nearby is flat"
  )
  func dips() {
    for (distance, isSeen) in [
      (0.3, true), (0.6, true), (1.0, true), (1.5, true), (0.2, false), (0.45, false), (2, false),
    ] {
      for sign in [1.0, -1] {
        for (hill, isFlat) in [(0.0, true), (0.9e-8, true), (1.1e-8, false)] {
          let certifier = Certifier(start: [1], tolerance: 1e-8)
          var f = Objective(
            { x in
              let t = sign * (x[0] - 1)
              return abs(t - distance) < 0.02 ? -1 : abs(abs(t) - 0.1) < 1e-3 ? hill : 0
            }, gradient: { _ in [0] })
          let way = certifier.lowerBeyond(f.iterate(at: [1]), on: &f)
          #expect((way != nil) == (isSeen && isFlat), "\(distance), \(hill)")
          if let way { #expect(way.direction == [sign] && (way.radius - distance).magnitude < 1e-12) }
        }
      }
    }
  }

  /// The level that rounding gives to a sum of large parts, in units of their last place.
  @Test("The rounding of f is measured to a digit") func rounding() {
    for size in [1e2, 1e4] {
      var f = Objective({ $0[0] * $0[0] + size - size }, gradient: { [2 * $0[0]] })
      let level = NeighbourhoodProbe.roundingLevel(at: f.iterate(at: [3]), on: &f)
      #expect(level > 0.05 * size.ulp && level <= 2 * size.ulp, "\(size): \(level)")
    }
  }
}
