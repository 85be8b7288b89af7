import NablaBasics
import Testing

@testable import NablaDescent

extension ProximalBundle.End {
  fileprivate var isLeastAtKink: Bool { if case .least(_, isKink: true) = self { true } else { false } }
}

/// What planes below a convex function prove, and what they do not.
@Suite struct ProximalBundleTests {
  private static let sign: @Sendable (Double) -> Double = { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }

  private func end(
    of objective: Objective, at x: [Double], _ convexity: Objective.Convexity, mayMove: Bool = false
  ) -> ProximalBundle.End {
    var objective = objective
    let center = objective.iterate(at: x)
    var bundle = ProximalBundle(at: center, scale: Scale(at: x, from: x), from: center, convexity)
    return bundle.run(mayMove: mayMove, on: &objective)
  }

  @Test(
    "A ridge is level where its own slope is 0, and nowhere else", arguments: [0, 1e-14, 1e-13, 1e-9, 0.5])
  func ridge(slope: Double) {
    let ridge = Objective(
      { 1000 + abs($0[0]) + slope * $0[1] }, gradient: { [Self.sign($0[0]), slope] })
    let isProved = end(of: ridge, at: [0, 0], .polyhedral).isLeastAtKink
    #expect(isProved == (slope == 0))
  }

  @Test(
    "A bend is a minimum where f rises to both sides",
    arguments: [(-1.0, true), (-1e-10, true), (0.5, false)])
  func bend(left: Double, isMinimum: Bool) {
    let bend = Objective({ $0[0] * ($0[0] < 0 ? left : 1) }, gradient: { [$0[0] < 0 ? left : 1] })
    #expect((end(of: bend, at: [0], .polyhedral).isLeastAtKink) == isMinimum)
  }

  /// f falls for ever along y, by less than any rounding of its other part.
  @Test(arguments: [20.0, 40, 100, 800])
  func aTailThatVanishesProvesNothing(y: Double) {
    let valley = Objective(
      { 1 + abs($0[0]) + Libm.exp(-$0[1]) }, gradient: { [Self.sign($0[0]), -Libm.exp(-$0[1])] })
    for mayMove in [false, true] {
      if case .least = end(of: valley, at: [0, y], .convex, mayMove: mayMove) {
        Issue.record("\(y) is no minimum")
      }
    }
  }

  /// From anywhere to the vertex of a pyramid that is not upright, whose gradient has no value there.
  @Test(arguments: [[3.0, -2, 1], [1e-9, 0, 0], [1e6, 1e6, -1e6]])
  func goesToTheVertex(start: [Double]) {
    var cone = Objective(
      { Vector.norm($0) + abs($0[0] - $0[1]) + 0.5 * $0[2] },
      gradient: { x in
        let (length, side) = (Vector.norm(x), Self.sign(x[0] - x[1]))
        return [x[0] / length + side, x[1] / length - side, x[2] / length + 0.5]
      })
    let first = cone.iterate(at: start)
    var bundle = ProximalBundle(at: first, scale: Scale(at: start, from: start), from: first, .convex)
    let end = bundle.run(mayMove: true, on: &cone)
    #expect(end == .least(bundle.center, isKink: true), "\(bundle.center)")
    #expect(bundle.center.x.map(\.bitPattern) == [0, 0, 0])
  }

  /// The rounding that a large coordinate may bring is no reason to leave a small one where it stands.
  @Test(arguments: [(1e15, 1e-15), (3e14, -0.3), (7e12, 3), (1e8, 1e-9)])
  func aLargeCoordinateHidesNoSmallOne(large: Double, small: Double) {
    var sum = Objective(
      { abs($0[0] - large) + abs($0[1] - small) },
      gradient: { [Self.sign($0[0] - large), Self.sign($0[1] - small)] })
    let first = sum.iterate(at: [0, 0])
    var bundle = ProximalBundle(at: first, scale: Scale(at: [0, 0], from: [0, 0]), from: first, .polyhedral)
    let end = bundle.run(mayMove: true, on: &sum)
    #expect(end == .least(bundle.center, isKink: true))
    #expect(bundle.center.f <= 1e-15, "\(bundle.center)")
  }

  /// The rounding of a value far above does not make a plane touch that ends below.
  @Test(arguments: [1e3, 1e9, 1e15])
  func aSteepWallFarAwayIsNoSupport(steepness: Double) {
    let valley = Objective(
      { max(-$0[0], steepness * ($0[0] - 1000)) + abs($0[1]) },
      gradient: { [-$0[0] > steepness * ($0[0] - 1000) ? -1 : steepness, Self.sign($0[1])] })
    for x in [0.0, 10, 900] {
      if case .least = end(of: valley, at: [x, 0], .polyhedral) { Issue.record("\(x) is no minimum") }
    }
  }

  @Test func anInterruptionEndsIt() {
    let flag = Cancellation()
    var slope = Objective(
      { abs($0[0]) + abs($0[1]) }, gradient: { [Self.sign($0[0]), Self.sign($0[1])] })
    slope.cancellation = flag
    flag.cancel()
    #expect(end(of: slope, at: [1, 2], .polyhedral, mayMove: true) == .open)
  }

  @Test func saysWhereItIsLower() {
    let slope = Objective({ abs($0[0]) + abs($0[1]) }, gradient: { [Self.sign($0[0]), Self.sign($0[1])] })
    guard case .lower(let lower) = end(of: slope, at: [1, 0], .polyhedral) else {
      Issue.record("(1, 0) is no minimum")
      return
    }
    #expect(lower.f < 1)
  }
}
