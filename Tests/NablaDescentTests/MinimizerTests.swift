import NablaBasics
import NablaDescent
import Synchronization
import Testing

@Suite struct MinimizerTests {
  @Test func aHundredThousandVariables() {
    let n = 100_000
    let bowl = Objective(
      { x in
        var sum = 0.0
        for i in x.indices { sum += (1 + Double(i % 3)) * (x[i] - 1) * (x[i] - 1) }
        return sum
      },
      gradient: { x in x.indices.map { 2 * (1 + Double($0 % 3)) * (x[$0] - 1) } })
    let trace = Minimizer(recording: .atMost(4)).minimize(bowl, from: [Double](repeating: 0, count: n))
    #expect(trace.certificate.verdict == .localMinimum, "\(trace.stop) \(trace.certificate.reason)")
    #expect(trace.x.allSatisfy { abs($0 - 1) < 1e-6 })
  }

  @Test func aSaddleAmongManyVariablesIsNoMinimum() {
    let n = 600
    let saddle = Objective(
      { x in x.indices.reduce(0) { $0 + ($1 == 432 ? -1 : 1 + Double($1 % 7)) * x[$1] * x[$1] } },
      gradient: { x in x.indices.map { 2 * ($0 == 432 ? -1 : 1 + Double($0 % 7)) * x[$0] } })
    let start = (0..<n).map { $0 == 432 ? 0 : Double($0 % 3) }
    let trace = Minimizer(GradientDescent(rate: 0.05)).minimize(saddle, from: start)
    #expect(trace.certificate.verdict == .saddle && !trace.success, "\(trace.stop)")
  }

  @Test func interruptedWithTheBestPointSoFar() {
    let cancellation = Cancellation()
    let calls = Atomic<Int>(0)
    let watched = Functions.rosenbrock {
      if calls.add(1, ordering: .relaxed).newValue == 50 { cancellation.cancel() }
    }
    let trace = Minimizer().minimize(watched, from: [-1.2, 1], cancellation: cancellation)
    #expect(trace.stop == .interrupted(iterations: trace.iterations))
    #expect(trace.certificate.verdict == .interrupted && !trace.success)
    #expect(trace.f < 24.2 && trace.f == trace.points.map(\.f).min())
    let before = Minimizer().minimize(watched, from: [-1.2, 1], cancellation: cancellation)
    #expect(before.stop == .interrupted(iterations: 0) && before.x == [-1.2, 1])
  }

  @Test func backtrackingNeverRises() {
    let minimizer = Minimizer(BacktrackingDescent(), .init(maximumIterations: 300), recording: .all)
    var random = SplitMix64(start: 1847)
    for _ in 0..<40 {
      let start = [Double.random(in: -3...3, using: &random), .random(in: -3...3, using: &random)]
      let trace = minimizer.minimize(Functions.rosenbrock, from: start)
      for (before, after) in zip(trace.points, trace.points.dropFirst()) {
        #expect(after.f <= before.f + 1e-15 * abs(before.f), "from \(start), step \(after.k)")
      }
    }
  }

  @Test func randomQuadraticsAreSolved() {
    var random = SplitMix64(start: 33)
    for round in 0..<60 {
      let n = Int.random(in: 1...6, using: &random)
      let root = (0..<(n * n)).map { _ in Double.random(in: -1...1, using: &random) }
      let center = (0..<n).map { _ in Double.random(in: -5...5, using: &random) }
      let floor = Double.random(in: -100...100, using: &random)
      var rows = [Double](repeating: 0, count: n * n)
      for i in 0..<n {
        for j in 0..<n {
          for k in 0..<n { rows[i * n + j] += root[k * n + i] * root[k * n + j] }
          if i == j { rows[i * n + j] += 0.3 }
        }
      }
      let matrix = rows
      let slopes: @Sendable ([Double]) -> [Double] = { x in
        (0..<n).map { i in (0..<n).reduce(0) { $0 + matrix[i * n + $1] * (x[$1] - center[$1]) } }
      }
      let bowl = Objective(
        { x in zip(slopes(x), zip(x, center)).reduce(floor) { $0 + 0.5 * $1.0 * ($1.1.0 - $1.1.1) } },
        gradient: slopes, hessian: { _ in matrix })
      let trace = Minimizer().minimize(bowl, from: [Double](repeating: 0, count: n))
      #expect(trace.certificate.verdict == .strictLocalMinimum, "round \(round): \(trace.stop)")
      #expect(abs(trace.f - floor) <= 1e-11 * 100, "round \(round): \(trace.f - floor)")
    }
  }

  @Test func recordingKeepsItsBound() {
    for (capacity, steps) in [(3, 0), (3, 1), (3, 1000), (10, 9), (10, 100), (64, 12_345)] {
      let minimizer = Minimizer(GradientDescent(rate: 0.001), .steps(steps), recording: .atMost(capacity))
      let points = minimizer.minimize(Functions.parabola, from: [-8]).points
      #expect(points.count <= capacity && points.first?.k == 0 && points.last?.k == steps)
      #expect(points.map(\.k) == points.map(\.k).sorted() && Set(points.map(\.k)).count == points.count)
      let gaps = zip(points, points.dropFirst().dropLast()).map { $1.k - $0.k }
      #expect(Set(gaps).count <= 1, "evenly spaced: \(gaps)")
    }
  }

  @Test func everythingAskedIsCounted() {
    let values = Counter()
    let gradients = Counter()
    let hessians = Counter()
    let counted = Objective(
      value: { x in values.count(x[0] * x[0]) },
      valueAndGradient: { x in (values.count(x[0] * x[0]), [gradients.count(2 * x[0])]) },
      hessian: { _ in [hessians.count(2)] })
    let trace = Minimizer(GradientDescent(rate: 0.3)).minimize(counted, from: [4])
    #expect(trace.counts.f == values.total)
    #expect(trace.counts.gradient == gradients.total)
    #expect(trace.counts.hessian == hessians.total && trace.counts.hessian > 0)
  }

  @Test func everyIterateKnowsWhatWasEvaluatedBefore() {
    let values = Counter()
    let counted = Objective(
      value: { x in values.count(x[0] * x[0]) },
      valueAndGradient: { x in (values.count(x[0] * x[0]), [2 * x[0]]) }, hessian: { _ in [2] })
    let descent = Minimizer(GradientDescent(rate: 0.3), .steps(9), recording: .all).minimize(
      counted, from: [4])
    #expect(descent.points.map(\.counts.f) == Array(1...10) && values.total == 10)
    let newton = Minimizer(recording: .all).minimize(Functions.rosenbrock, from: [-1.2, 1])
    let counts = newton.points.map(\.counts)
    #expect(counts.first?.f == 1 && counts.first?.gradient == 1 && counts.first?.hessian == 0)
    for (before, after) in zip(counts, counts.dropFirst()) {
      #expect(before.f < after.f && before.gradient <= after.gradient && before.hessian <= after.hessian)
    }
    #expect(newton.answer.counts == counts.last && counts.last.map { $0.f <= newton.counts.f } == true)
  }

  /// Neither the start nor an iterate is asked twice.
  @Test func squaresAreAskedOnceAPoint() {
    let asked = Mutex<[[Double]]>([])
    let squares = Residuals(
      count: 2,
      values: { x in
        asked.withLock { $0.append(x) }
        return ([10 * (x[1] - x[0] * x[0]), 1 - x[0]], [-20 * x[0], 10, -1, 0])
      }, places: [.init(residual: 0, row: 0, column: 0)], curvatures: { _ in [-20] })
    let objective = Functions.rosenbrock(squares: squares)
    let trace = Minimizer(TrustRegionNewton()).minimize(objective, from: [-1.2, 1])
    let points = asked.withLock { $0 }
    #expect(trace.success && points.first == [-1.2, 1] && points.count > trace.iterations)
    #expect(Set(points).count == points.count, "\(points)")
  }

  @Test func noVariables() {
    let trace = Minimizer().minimize(Objective({ _ in 3 }, gradient: { _ in [] }), from: [])
    #expect(trace.certificate.verdict == .plateau && trace.f == 3 && !trace.success)
  }
}

/// Counts calls from closures.
final class Counter: Sendable {
  private let calls = Atomic<Int>(0)
  /// The value, counted.
  func count(_ value: Double) -> Double {
    calls.add(1, ordering: .relaxed)
    return value
  }
  /// How many values were counted.
  var total: Int { calls.load(ordering: .relaxed) }
}
