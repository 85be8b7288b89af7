import NablaBasics
import NablaDescent
import Testing

@Suite struct GradientDescentTests {
  @Test func threeLines() {
    let bowl = Objective { x in
      (x[0] - 1) * (x[0] - 1)
    } gradient: { x in
      [2 * (x[0] - 1)]
    }
    let trace = Minimizer().minimize(bowl, from: [5])
    #expect(abs(trace.x[0] - 1) < 1e-7 && trace.success)
  }

  @Test func theArticlesDemonstration() {
    let trace = Minimizer(GradientDescent(rate: 0.1), .steps(15)).minimize(Functions.parabola, from: [-8])
    #expect(trace.points.count == 16)
    for point in trace.points {
      let exact = -2.5 - 5.5 * Libm.pow(0.8, Double(point.k))
      #expect(abs(point.x[0] - exact) < 1e-14)
    }
    #expect(abs(trace.x[0] - -2.693514046488576) < 1e-14)
    #expect(trace.stop == .requestedSteps(15))
    #expect(trace.certificate.verdict == .stepsDone && trace.success)
    #expect(trace.counts.f == 16 && trace.counts.gradient == 16)
    guard case .contraction(let keeps, let limit, true)? = trace.lessons.first else {
      Issue.record("no exact contraction among \(trace.lessons)")
      return
    }
    #expect(abs(keeps - 0.8) < 1e-15 && limit == 1)
    #expect(trace.lessons[0].sentence == "each step keeps 0.8 of the error; rates between 0 and 1 converge")
    #expect(trace.lessons.last == .suggestedRate(0.5, keeps: 0))
  }

  @Test(arguments: RecordedDescent.all)
  func recorded(row: RecordedDescent) {
    let minimizer = Minimizer(GradientDescent(rate: row.rate), .steps(row.steps), recording: .all)
    let trace = minimizer.minimize(row.objective, from: row.start)
    #expect(trace.iterations == row.steps && trace.points.count == row.steps + 1)
    for point in row.points {
      for (ours, exact) in zip(trace.points[point.k].x, point.x) { #expect(abs(ours - exact) < 1e-12) }
      #expect(abs(trace.points[point.k].f - point.f) <= 1e-12 * max(1, abs(point.f)))
    }
  }

  @Test func theSaddleIsNotAMinimum() {
    let trace = Minimizer(GradientDescent(rate: 0.1), .steps(50)).minimize(Functions.saddle, from: [1, 0])
    #expect(trace.certificate.verdict == .stepsDone)
    #expect(trace.lessons.contains(.saddleApproached(smallestEigenvalue: -2)))
  }

  @Test func fallsWithoutBound() {
    let trace = Minimizer(GradientDescent(rate: 0.01)).minimize(Functions.quintic, from: [1, 2])
    guard case .unbounded(let f, let x, let iterations) = trace.stop else {
      Issue.record("stopped with \(trace.stop)")
      return
    }
    #expect(iterations == 3)
    #expect(NumberText.significant(f, digits: 2) == "−2.5e31")
    #expect(NumberText.significant(x[0], digits: 3) == "−4.16")
    #expect(NumberText.significant(x[1], digits: 3) == "1.53e6")
    #expect(trace.certificate.verdict == .unboundedBelow && !trace.success)
  }

  @Test func exactlyTheStepsAskedFor() {
    for steps in [0, 1, 3, 4] {
      let trace = Minimizer(GradientDescent(rate: 0.01), .steps(steps)).minimize(
        Functions.quintic, from: [1, 2])
      #expect(trace.stop == .requestedSteps(steps) && trace.points.count == steps + 1 && trace.success)
    }
    // The fifth step overflows: that f has no bound is then the answer.
    let trace = Minimizer(GradientDescent(rate: 0.01), .steps(9)).minimize(Functions.quintic, from: [1, 2])
    #expect(trace.certificate.verdict == .unboundedBelow && !trace.success && trace.iterations == 4)
  }

  @Test(arguments: [(1.1, "diverging"), (1.0, "oscillating"), (0.9, "converged"), (0.5, "converged")])
  func ratesOnASquare(rate: Double, name: String) {
    let trace = Minimizer(GradientDescent(rate: rate)).minimize(Functions.square, from: [1])
    #expect(trace.stop.name == name)
    #expect(trace.success == (name == "converged"))
    let warns = trace.lessons.contains(.rateTooLarge(rate: rate, limit: 1))
    #expect(warns == (rate > 1))
    #expect(trace.lessons.contains(.rateAtLimit(rate)) == (rate == 1))
  }

  /// What holds of a quadratic is not told of a function that curves otherwise elsewhere.
  @Test func nothingIsSaidOfAllRatesWhereTheCurvatureChanges() {
    let quartic = Functions.single({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }, { 12 * $0 * $0 })
    for rate in [0.1, 1] {
      let trace = Minimizer(GradientDescent(rate: rate), StopCriteria(maximumIterations: 50)).minimize(
        quartic, from: [1])
      for lesson in trace.lessons {
        switch lesson {
        case .rateOvershoots, .contraction(_, _, isExact: false): break
        default: Issue.record("rate \(rate): \(lesson.sentence)")
        }
      }
      #expect(trace.lessons.contains(.rateOvershoots(rate: rate, limit: 1.0 / 6)) == (rate == 1))
    }
  }

  @Test func scalingTheFunctionAndTheRateChangesNothing() {
    var random = SplitMix64(start: 20)
    for _ in 0..<50 {
      let scale = Libm.exp2(Double(Int.random(in: -60...60, using: &random)))
      let rate = Double.random(in: 0.01...0.95, using: &random)
      let start = Double.random(in: -9...9, using: &random)
      let plain = Minimizer(GradientDescent(rate: rate)).minimize(Functions.parabola, from: [start])
      let scaled = Functions.single(
        { scale * ($0 * $0 + 5 * $0 + 6) }, { scale * (2 * $0 + 5) }, { _ in 2 * scale })
      let other = Minimizer(GradientDescent(rate: rate / scale)).minimize(scaled, from: [start])
      #expect(other.iterations == plain.iterations, "scale \(scale), rate \(rate), start \(start)")
      #expect(other.certificate.verdict == plain.certificate.verdict)
    }
  }
}
