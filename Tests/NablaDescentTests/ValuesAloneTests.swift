import Testing

@testable import NablaDescent

/// Objectives without a gradient, and methods that do not keep the bounds of others.
@Suite struct ValuesAloneTests {
  private static let rosenbrock: Objective.Value = { x in
    let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
    return a * a + 100 * b * b
  }

  @Test("Values alone lead to the minimum", arguments: ["auto", "nelder-mead", "bfgs", "lbfgs"])
  func minimum(name: String) throws {
    let method = try #require(Methods.named(name)).make()
    let trace = Minimizer(method).minimize(Objective(Self.rosenbrock), from: [-1.2, 1])
    #expect(trace.certificate.verdict == .strictLocalMinimum)
    for coordinate in trace.x { #expect((coordinate - 1).magnitude < 1e-6) }
  }

  @Test func differencesAreExactForQuartics() {
    let f: Objective.Value = { x in x[0] * x[0] * x[0] * x[0] - 3 * x[0] * x[1] }
    let gradient = Differences.gradient(of: f, at: [2, -5])
    #expect((gradient[0] - 47).magnitude < 1e-9 && (gradient[1] + 6).magnitude < 1e-9)
  }

  @Test func largestValues() {
    let hill = Objective({ x in -(x[0] - 2) * (x[0] - 2) }, sense: .maximize)
    let trace = Minimizer().minimize(hill, from: [5])
    #expect((trace.x[0] - 2).magnitude < 1e-6 && trace.sense == .maximize)
  }

  @Test func aStepOutOfTheBoundsIsCalledThat() {
    var bowl = Objective { x in
      (x[0] - 5) * (x[0] - 5)
    } gradient: { x in
      [2 * (x[0] - 5)]
    }
    bowl.bounds = Bounds([0...1])
    let trace = Minimizer(GradientDescent(rate: 0.4)).minimize(bowl, from: [0.5])
    #expect(trace.stop == .leftBounds(x: [4.1], iteration: 1))
    #expect(trace.stop.name == "left the bounds")
    #expect(
      trace.stop.sentence() == "step 1 led out of the bounds, to x = 4.1: this method does not keep them")
    #expect(!trace.success)
    let kept = Minimizer().minimize(bowl, from: [0.5])
    #expect(kept.x == [1] && kept.success)
  }
}
