import NablaBasics
import Testing

@testable import NablaAlgebra

/// Laws over random expressions; the start is fixed, so that a failure can be run again.
@Suite struct AlgebraLawTests {
  static let points: [[Variable: Double]] = [
    [Variable("x"): 1.37, Variable("y"): 0.61], [Variable("x"): 0.83, Variable("y"): 2.29],
    [Variable("x"): -1.21, Variable("y"): 1.73],
  ]

  static func agree(_ a: Double, _ b: Double) -> Bool {
    (a - b).magnitude <= 1e-7 * max(1, a.magnitude, b.magnitude)
  }

  @Test func invariantsHold() throws {
    var source = RandomExpr(start: 11)
    for _ in 0..<3000 { try source.next().checkInvariants() }
  }

  @Test func simplifyingKeepsValues() throws {
    var source = RandomExpr(start: 12)
    var compared = 0
    for _ in 0..<3000 {
      let before = source.next()
      var budget = Budget()
      let after = try TextbookForm().form(of: before, budget: &budget).expression
      try after.checkInvariants()
      for point in Self.points {
        let (a, b) = (before.value(point), after.value(point))
        guard a.isFinite, a.magnitude < 1e6 else { continue }
        compared += 1
        #expect(Self.agree(a, b), "\(before.debugText) became \(after.debugText): \(a), \(b)")
      }
    }
    #expect(compared > 4000)
  }

  @Test func simplifyingTwiceChangesNothing() throws {
    var source = RandomExpr(start: 13)
    for _ in 0..<2000 {
      var budget = Budget()
      let once = try Simplifier().simplify(source.next(), budget: &budget).expression
      #expect(try Simplifier().simplify(once, budget: &budget).expression == once, "\(once.debugText)")
    }
  }

  @Test func textbookFormNeverCostsMore() throws {
    var source = RandomExpr(start: 14)
    for _ in 0..<2000 {
      let simple = source.next()
      var budget = Budget()
      let before = try Simplifier().simplify(simple, budget: &budget).expression
      #expect(try TextbookForm().form(of: simple, budget: &budget).expression.cost <= before.cost)
    }
  }

  @Test func derivativesAgreeWithDifferences() throws {
    var source = RandomExpr(start: 15)
    let x = Variable("x")
    var compared = 0
    for _ in 0..<3000 {
      let f = source.next()
      if f.distinctSubexpressions().contains(pow(0, -1)) { continue }  // 1/0 has no derivative
      let rate = try f.derivative(by: x)
      for point in Self.points {
        let h = 1e-5
        let at: (Double) -> Double = { shift in f.value(point.merging([x: point[x]! + shift]) { $1 }) }
        let (near, wide) = ((at(h) - at(-h)) / (2 * h), (at(2 * h) - at(-2 * h)) / (4 * h))
        guard near.isFinite, near.magnitude < 1e4, (near - wide).magnitude < 1e-6, at(0).magnitude < 1e4
        else {
          continue
        }
        compared += 1
        let ours = rate.value(point)
        #expect((ours - near).magnitude < 1e-4 * max(1, near.magnitude), "\(f.debugText): \(ours), \(near)")
      }
    }
    #expect(compared > 3000)
  }

  @Test func orderIsTotal() {
    var source = RandomExpr(start: 16)
    let some = (0..<150).map { _ in source.next(depth: 3) }
    for a in some {
      for b in some {
        #expect(Expr.compare(a, b) == -Expr.compare(b, a))
        #expect((Expr.compare(a, b) == 0) == (a == b))
      }
    }
    let sorted = some.sorted { Expr.compare($0, $1) < 0 }
    for (a, b) in zip(sorted, sorted.dropFirst(2)) { #expect(Expr.compare(a, b) <= 0) }
  }
}
