import NablaBasics
import Testing

@testable import NablaDescent

/// QR factors, the method of Levenberg and Marquardt, Newton's method for losses, and the distributions.
@Suite struct LeastSquaresTests {
  @Test("A factor does not depend on how its rows are cut into blocks")
  func blocks() {
    var random = SplitMix64(start: 1958)
    let rows = (0..<57).map { _ in (0..<4).map { _ in Double.random(in: -1...1, using: &random) } }
    func factor(_ size: Int) -> QR {
      var whole = QR(columns: 4)
      for start in stride(from: 0, to: rows.count, by: size) {
        let part = rows[start..<min(rows.count, start + size)]
        var block = (0..<4).flatMap { column in part.map { $0[column] } }
        var small = QR(columns: 4)
        small.absorb(&block, count: part.count)
        whole.absorb(small)
      }
      return whole
    }
    let one = factor(57)
    for size in [1, 2, 5, 20] {
      let other = factor(size)
      #expect(other.rows == 57)
      #expect(zip(one.solution(), other.solution()).allSatisfy { ($0 - $1).magnitude < 1e-13 })
      #expect((one.residual - other.residual).magnitude < 1e-13)
    }
    // Rᵀ·R is [A b]ᵀ·[A b].
    for i in 0..<4 {
      for j in 0..<4 {
        let product = rows.reduce(0) { $0 + $1[i] * $1[j] }
        let own = (0...min(i, j)).reduce(0) { $0 + one[$1, i] * one[$1, j] }
        #expect((product - own).magnitude < 1e-12)
      }
    }
  }

  @Test("Sizes at the ends of the range neither overflow nor vanish", arguments: [1e-200, 1, 1e200])
  func sizes(scale: Double) {
    var factor = QR(columns: 2)
    var rows = [scale, scale, 3 * scale, 5 * scale]
    factor.absorb(&rows, count: 2)
    #expect((factor.solution()[0] - 4).magnitude < 1e-14)
  }

  @Test func columnsThatDependOnEachOtherShareTheirWork() {
    var factor = QR(columns: 3)
    var rows: [Double] = [1, 2, 3, 1, 2, 3, 2, 4, 6]
    factor.absorb(&rows, count: 3)
    let x = factor.solution()
    #expect((x[0] + x[1] - 2).magnitude < 1e-14)
    #expect((x[0] - x[1]).magnitude < 1e-14)
  }

  @Test func singularValues() throws {
    let svd = try #require(SVD(columns: [[3, 0], [0, -2]]))
    #expect(svd.values == [3, 2])
    // Läuchli's matrix: a small value to full precision.
    let small = try #require(SVD(columns: [[1, 1e-9], [1, 0]]))
    #expect((small.values[1] / (1e-9 / 2.0.squareRoot()) - 1).magnitude < 1e-6)
    #expect(SVD(columns: [[.nan]]) == nil)
  }

  @Test("Student's t and F: table values (Abramowitz & Stegun, tables 26.9 and 26.10)")
  func distributions() {
    let rows: [(degrees: Double, value: Double)] = [
      (1, 12.706_204_74), (2, 4.302_652_73), (6, 2.446_911_85), (30, 2.042_272_46), (1e7, 1.959_964_2),
    ]
    for row in rows {
      #expect((StudentT(degreesOfFreedom: row.degrees).quantile(0.975) / row.value - 1).magnitude < 1e-7)
    }
    #expect((FisherF(3, 10).tail(beyond: 3.708_264_8) - 0.05).magnitude < 1e-7)
    #expect((FisherF(1, 6).tail(beyond: 2.446_911_85 * 2.446_911_85) - 0.05).magnitude < 1e-8)
    #expect(StudentT(degreesOfFreedom: 0).quantile(0.975).isNaN)
    #expect((LnGamma.of(0.5) - Libm.log(Double.pi) / 2).magnitude < 1e-14)
  }

  @Test("Of few degrees of freedom the distributions have closed forms") func closedForms() {
    for f in [0.25, 0.5, 1, 3, 40] {
      #expect((FisherF(2, 2).tail(beyond: f) - 1 / (1 + f)).magnitude < 1e-12, "\(f)")
      #expect(
        (FisherF(1, 1).tail(beyond: f) - 1 + 2 / .pi * Libm.atan(f.squareRoot())).magnitude < 1e-12, "\(f)")
      #expect(
        (StudentT(degreesOfFreedom: 1).bothTails(beyond: f) - 1 + 2 / .pi * Libm.atan(f)).magnitude < 1e-12)
      #expect(
        (StudentT(degreesOfFreedom: 2).bothTails(beyond: f) - 1 + f / (2 + f * f).squareRoot()).magnitude
          < 1e-12)
    }
    #expect(FisherF(3, 4).tail(beyond: 0) == 1 && FisherF(3, 4).tail(beyond: -1) == 1)
    for p in [0.5, 0.6, 0.9, 0.999, 1 - 1e-9] {
      // tan(π(p − ½)) and (2p − 1)/√(2p(1 − p)).
      let (one, two) = (StudentT(degreesOfFreedom: 1).quantile(p), StudentT(degreesOfFreedom: 2).quantile(p))
      #expect((one - Libm.tan(.pi * (p - 0.5))).magnitude <= 1e-6 * (1 + one), "\(p)")
      #expect((two - (2 * p - 1) / (2 * p * (1 - p)).squareRoot()).magnitude <= 1e-6 * (1 + two), "\(p)")
    }
    #expect(
      StudentT(degreesOfFreedom: 3).quantile(0.4).isNaN && StudentT(degreesOfFreedom: 3).quantile(1).isNaN)
  }

  @Test("The incomplete beta function: its two closed forms, its mirror image, never outside 0 to 1")
  func incompleteBeta() {
    let shapes = [0.5, 1, 1.5, 4, 30, 250.5]
    for (a, b) in shapes.flatMap({ a in shapes.map { (a, $0) } }) {
      var last = 0.0
      for k in 0...64 {
        let (x, rest) = (Double(k) / 64, Double(64 - k) / 64)
        let value = IncompleteBeta(a, b).ratio(at: x, complement: rest)
        let mirrored = IncompleteBeta(b, a).ratio(at: rest, complement: x)
        #expect((value + mirrored - 1).magnitude < 1e-11, "\(x), \(a), \(b): \(value), \(mirrored)")
        #expect(value >= last - 1e-12 && value <= 1 + 1e-12, "\(x), \(a), \(b): \(value)")
        last = value
        if b == 1 { #expect((value - Libm.pow(x, a)).magnitude < 1e-11, "\(x), \(a)") }
        if a == 1 { #expect((value - 1 + Libm.pow(rest, b)).magnitude < 1e-11, "\(x), \(b)") }
      }
    }
  }

  /// Rosenbrock's function as residuals 10(y − x²), 1 − x.
  private var valley: LeastSquares {
    LeastSquares(
      parameters: 2, residuals: { [10 * ($0[1] - $0[0] * $0[0]), 1 - $0[0]] },
      jacobian: { [[-20 * $0[0], 10], [-1, 0]] })
  }

  @Test("Residuals that vanish", arguments: [[-1.2, 1], [100, -50], [0, 0]])
  func zeroResiduals(start: [Double]) {
    let end = LevenbergMarquardt().minimize(valley, from: start)
    #expect(end.success, "\(end.verdict): \(end.reason)")
    #expect(end.x == [1, 1])
  }

  @Test("Units do not matter: the same walk in x and in D·x")
  func scaling() {
    let scaled = LeastSquares(
      parameters: 2,
      residuals: {
        let (x, y) = ($0[0] * 1024, $0[1] / 4096)
        return [10 * (y - x * x), 1 - x]
      },
      jacobian: { [[-20 * $0[0] * 1024 * 1024, 10.0 / 4096], [-1024, 0]] })
    let end = LevenbergMarquardt().minimize(scaled, from: [-1.2 / 1024, 4096])
    let plain = LevenbergMarquardt().minimize(valley, from: [-1.2, 1])
    #expect(end.iterations == plain.iterations)
    #expect(end.x == [1.0 / 1024, 4096])
  }

  @Test("From a start near zero, whose radius is small, the steps double")
  func theRadiusGrows() {
    let line = LeastSquares(parameters: 1, residuals: { [$0[0] - 1] }, jacobian: { _ in [[1]] })
    let end = LevenbergMarquardt().minimize(line, from: [1e-6])
    #expect(end.success && (end.x[0] - 1).magnitude < 1e-14)
    #expect(end.iterations <= 20)
  }

  @Test func boundsHold() {
    var problem = valley
    problem.bounds[0] = -5...0.5
    let end = LevenbergMarquardt().minimize(problem, from: [-1.2, 1])
    #expect(end.verdict == .onBound)
    #expect(end.x[0] == 0.5)
    #expect((end.x[1] - 0.25).magnitude < 1e-9)
    #expect(end.held == [0])
  }

  @Test func aStartOutsideTheDomainIsSaid() {
    let problem = LeastSquares(parameters: 1, residuals: { [Libm.log($0[0])] }, jacobian: { [[1 / $0[0]]] })
    #expect(LevenbergMarquardt().minimize(problem, from: [-1]).verdict == .outsideDomain)
    #expect((LevenbergMarquardt().minimize(problem, from: [20]).x[0] - 1).magnitude < 1e-12)
  }

  @Test func whatTheDataDoNotDetermineIsSaid() {
    let problem = LeastSquares(
      parameters: 2, residuals: { x in [1, 2, 3].map { x[0] * x[1] * $0 - 2 * $0 - ($0 == 2 ? 0.1 : 0) } },
      jacobian: { x in [1, 2, 3].map { [x[1] * $0, x[0] * $0] } })
    let end = LevenbergMarquardt().minimize(problem, from: [1, 1])
    #expect(end.verdict == .degenerate)
    #expect(!end.success)
    let statistics = FitStatistics(end.factor ?? QR(columns: 3), at: end.x)
    #expect(statistics.undetermined == [0, 1])
    #expect(statistics.standardErrors.allSatisfy { $0.isNaN })
  }

  @Test func whatIsNotDeterminedCorrelatesWithNothing() {
    // a·b·t + c: the data tell c, and of a and b only the product.
    let data: [(t: Double, y: Double)] = [(1, 3.1), (2, 4.9), (3, 7.2), (4, 8.8)]
    let problem = LeastSquares(
      parameters: 3, residuals: { x in data.map { x[0] * x[1] * $0.t + x[2] - $0.y } },
      jacobian: { x in data.map { [x[1] * $0.t, x[0] * $0.t, 1] } })
    let end = LevenbergMarquardt().minimize(problem, from: [1, 1, 0])
    let statistics = FitStatistics(end.factor ?? QR(columns: 4), at: end.x)
    #expect(statistics.undetermined == [0, 1])
    #expect(statistics.standardErrors[2].isFinite)
    for i in 0..<3 {
      for j in 0..<3 where i != j { #expect(statistics.correlations[i][j].isNaN, "\(i) and \(j)") }
    }
  }

  @Test("The way along which a loss falls for ever is measured in the units of its parameters")
  func runawayUnits() throws {
    let probe = RunawayProbe(scale: [0.25, 4]) { Libm.exp(-$0[0]) + Libm.exp(-$0[1]) }
    let found = try #require(
      probe.look(from: [3, 5], f: Libm.exp(-3) + Libm.exp(-5), along: [[-8, -0.375]]))
    #expect(found.ray == [3.2, 0.15])  // |(0.25·3.2, 4·0.15)| = 1
    #expect(found.limit == 0 && !found.isUnbounded)
  }

  @Test func cancellationKeepsTheBestSoFar() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let end = LevenbergMarquardt().minimize(valley, from: [-1.2, 1], cancellation: cancellation)
    #expect(end.verdict == .interrupted)
    #expect(end.x == [-1.2, 1])
  }

  @Test("Errors of a straight line as the textbook has them")
  func statistics() {
    let data: [(Double, Double)] = [(1, 1.1), (2, 1.9), (3, 3.2), (4, 3.8), (5, 5.3)]
    let line = LeastSquares(
      parameters: 2, residuals: { x in data.map { x[0] * $0.0 + x[1] - $0.1 } },
      jacobian: { _ in data.map { [$0.0, 1] } })
    let end = LevenbergMarquardt().minimize(line, from: [0, 0])
    let statistics = FitStatistics(end.factor ?? QR(columns: 3), at: end.x)
    // Sₓₓ = 10, x̄ = 3: slope 1.03, RSS 0.195…
    #expect((end.x[0] - 1.03).magnitude < 1e-13)
    let s = (statistics.rss / 3).squareRoot()
    #expect((statistics.standardErrors[0] - s / 10.0.squareRoot()).magnitude < 1e-14)
    #expect((statistics.standardErrors[1] - s * (1.0 / 5 + 9.0 / 10).squareRoot()).magnitude < 1e-14)
    #expect((statistics.correlations[0][1] + 3 / 11.0.squareRoot()).magnitude < 1e-13)
    // Where the intercept is held, it is known, and four degrees of freedom are left; Σt² = 55.
    let held = FitStatistics(end.factor ?? QR(columns: 3), at: end.x, held: [1])
    #expect((held.standardErrors[0] - (statistics.rss / 4 / 55).squareRoot()).magnitude < 1e-14)
    #expect(held.standardErrors[1] == 0 && held.rounding[0] > 0 && held.rounding[1] == 0)
    #expect(held.correlations == [[1, 0], [0, 1]])
  }

  @Test("A parameter that moves nothing stays where it began, and the others are found")
  func idleParameter() {
    let roots = LeastSquares(
      parameters: 2, residuals: { [$0[0] * $0[0] - 4, $0[0] - 2] }, jacobian: { [[2 * $0[0], 0], [1, 0]] })
    let end = LevenbergMarquardt().minimize(roots, from: [1, 3])
    #expect((end.x[0] - 2).magnitude < 1e-12 && end.x[1] == 3, "\(end.x)")
  }

  @Test("Newton's method for losses: a saddle is left, a valley walked, a plain without end told")
  func newton() {
    let saddle = RowLoss(parameters: 2, value: { $0[0] * $0[0] + $0[1] * $0[1] * ($0[1] * $0[1] - 2) }) { x in
      (
        x[0] * x[0] + x[1] * x[1] * (x[1] * x[1] - 2), [2 * x[0], 4 * x[1] * (x[1] * x[1] - 1)],
        [2, 0, 0, 12 * x[1] * x[1] - 4]
      )
    }
    let end = DampedNewton().minimize(saddle, from: [1, 0])
    #expect(end.verdict == .strictLocalMinimum)
    #expect(end.x[1].magnitude == 1)
    let fall = RowLoss(parameters: 1, value: { Libm.exp(-$0[0]) }) { x in
      (Libm.exp(-x[0]), [-Libm.exp(-x[0])], [Libm.exp(-x[0])])
    }
    #expect(!DampedNewton().minimize(fall, from: [0]).success)
  }

  @Test("A start at the minimum of a loss is the end, after no step and one look")
  func aStartAtTheEnd() {
    let bowl = RowLoss(parameters: 2, value: { $0[0] * $0[0] + 3 * $0[1] * $0[1] + 1 }) { x in
      (x[0] * x[0] + 3 * x[1] * x[1] + 1, [2 * x[0], 6 * x[1]], [2, 0, 0, 6])
    }
    let end = DampedNewton().minimize(bowl, from: [0, 0])
    #expect(end.verdict == .strictLocalMinimum && end.iterations == 0 && end.counts.f == 1)
    let near = DampedNewton().minimize(bowl, from: [1, -1])
    #expect(near.verdict == .strictLocalMinimum && near.x == [0, 0] && near.iterations <= 2)
  }
}
