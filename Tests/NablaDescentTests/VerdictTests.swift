import NablaBasics
import NablaDescent
import Testing

/// A function, a method and the verdict it must get.
struct VerdictRow: Sendable, CustomTestStringConvertible {
  let name: String
  let objective: Objective
  let start: [Double]
  var method: any Method = BacktrackingDescent()
  var limit: Int?
  let verdict: Verdict
  /// Whether that is a success; of minima it is.
  var succeeds: Bool?

  var testDescription: String { name + ", " + method.title }

  /// The verdict, whether it is a success, and that something is said.
  func check() {
    let trace = Minimizer(method, StopCriteria(maximumIterations: limit)).minimize(objective, from: start)
    let isMinimum = verdict == .strictLocalMinimum || verdict == .localMinimum
    #expect(trace.certificate.verdict == verdict, "\(trace.stop) \(trace.iterations) \(trace.certificate)")
    #expect(trace.success == succeeds ?? isMinimum)
    #expect(!trace.certificate.reason.isEmpty)
  }
}

@Suite struct VerdictTests {
  static let rows: [VerdictRow] = [
    .init(name: "x² − y² from (0, 0)", objective: Functions.saddle, start: [0, 0], verdict: .saddle),
    .init(name: "x² − y² from (1, 0)", objective: Functions.saddle, start: [1, 0], verdict: .saddle),
    .init(
      name: "x² − y² beside the axis", objective: Functions.saddle, start: [1, 1e-9],
      method: GradientDescent(rate: 0.1), verdict: .unboundedBelow),
    .init(
      name: "the constant 3", objective: Functions.single({ _ in 3 }, { _ in 0 }), start: [1],
      verdict: .plateau),
    .init(
      name: "e^(−x)", objective: Functions.single({ Libm.exp(-$0) }, { -Libm.exp(-$0) }, { Libm.exp(-$0) }),
      start: [0], verdict: .infimumAtInfinity),
    .init(
      name: "e^(−x)", objective: Functions.single({ Libm.exp(-$0) }, { -Libm.exp(-$0) }), start: [0],
      method: GradientDescent(rate: 0.5), limit: 2000, verdict: .infimumAtInfinity),
    .init(
      name: "1 + e^(−x)",
      objective: Functions.single({ 1 + Libm.exp(-$0) }, { -Libm.exp(-$0) }, { Libm.exp(-$0) }), start: [0],
      verdict: .infimumAtInfinity),
    .init(
      name: "e^(−x) + y²",
      objective: Objective(
        { v in Libm.exp(-v[0]) + v[1] * v[1] }, gradient: { v in [-Libm.exp(-v[0]), 2 * v[1]] }),
      start: [0, 1], verdict: .infimumAtInfinity),
    .init(
      name: "|x|", objective: Functions.single({ abs($0) }, { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }), start: [0.95],
      method: GradientDescent(rate: 0.1), verdict: .oscillating),
    .init(
      name: "|x − 0.3|",
      objective: Functions.single({ abs($0 - 0.3) }, { $0 > 0.3 ? 1 : -1 }), start: [1], verdict: .kink,
      succeeds: true),
    .init(
      name: "x⁴",
      objective: Functions.single({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }, { 12 * $0 * $0 }), start: [1],
      verdict: .localMinimum),
    .init(
      name: "x⁴ without second derivatives",
      objective: Functions.single({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }), start: [1],
      verdict: .localMinimum),
    .init(
      name: "x⁴", objective: Functions.single({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }, { 12 * $0 * $0 }),
      start: [1], method: GradientDescent(rate: 0.1), limit: 1000, verdict: .iterationLimit),
    .init(
      name: "x³ from 0", objective: Functions.single({ $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 }),
      start: [0], verdict: .saddle),
    .init(
      name: "−x⁴ from 0",
      objective: Functions.single({ -$0 * $0 * $0 * $0 }, { -4 * $0 * $0 * $0 }, { -12 * $0 * $0 }),
      start: [0], verdict: .localMaximum),
    .init(
      name: "cos x from 0",
      objective: Functions.single({ Libm.cos($0) }, { -Libm.sin($0) }, { -Libm.cos($0) }),
      start: [0], verdict: .strictLocalMaximum),
    .init(
      name: "cos x from 3", objective: Functions.single({ Libm.cos($0) }, { -Libm.sin($0) }), start: [3],
      verdict: .strictLocalMinimum),
    .init(
      name: "cos x from 1e-8",
      objective: Functions.single({ Libm.cos($0) }, { -Libm.sin($0) }, { -Libm.cos($0) }), start: [1e-8],
      method: GradientDescent(rate: 0.9), verdict: .strictLocalMinimum),
    .init(
      name: "(y − x²)(y − 2x²) from 0",
      objective: Objective(
        { v in (v[1] - v[0] * v[0]) * (v[1] - 2 * v[0] * v[0]) },
        gradient: { v in
          [-6 * v[0] * v[1] + 8 * v[0] * v[0] * v[0], 2 * v[1] - 3 * v[0] * v[0]]
        }),
      start: [0, 0], verdict: .saddle),
    .init(
      name: "x² of x and y", objective: Objective({ v in v[0] * v[0] }, gradient: { v in [2 * v[0], 0] }),
      start: [3, 1], verdict: .localMinimum),
    .init(
      name: "−x", objective: Functions.single({ -$0 }, { _ in -1 }), start: [0], verdict: .unboundedBelow),
    .init(
      name: "−x", objective: Functions.single({ -$0 }, { _ in -1 }), start: [0],
      method: GradientDescent(rate: 0.1), limit: 100, verdict: .unboundedBelow),
    .init(
      name: "−ln x", objective: Functions.single({ -Libm.log($0) }, { -1 / $0 }), start: [1],
      verdict: .unboundedBelow),
    .init(
      name: "x⁴ − 1e20·x²: bounded, though it falls by 2.5e39",
      objective: Functions.single(
        { $0 * $0 * $0 * $0 - 1e20 * $0 * $0 }, { 4 * $0 * $0 * $0 - 2e20 * $0 }, { 12 * $0 * $0 - 2e20 }),
      start: [1], method: GradientDescent(rate: 1e-21), verdict: .strictLocalMinimum),
    .init(
      name: "x − ln x from 50", objective: Functions.single({ $0 - Libm.log($0) }, { 1 - 1 / $0 }),
      start: [50],
      verdict: .strictLocalMinimum),
    .init(
      name: "x − ln x, a rate that leaves the domain",
      objective: Functions.single({ $0 - Libm.log($0) }, { 1 - 1 / $0 }), start: [50],
      method: GradientDescent(rate: 60), verdict: .outsideDomain),
    .init(
      name: "x − ln x from −1", objective: Functions.single({ $0 - Libm.log($0) }, { 1 - 1 / $0 }),
      start: [-1], verdict: .outsideDomain),
    .init(
      name: "1 − e^(−x²) from 40, where it is 1 to rounding",
      objective: Functions.single(
        { 1 - Libm.exp(-$0 * $0 / 9) }, { $0 / 4.5 * Libm.exp(-$0 * $0 / 9) },
        { (1 / 4.5 - $0 * $0 / 20.25) * Libm.exp(-$0 * $0 / 9) }),
      start: [40], verdict: .plateau),
    .init(
      name: "e^(x²) from 26, where |g|² overflows",
      objective: Functions.single({ Libm.exp($0 * $0) }, { 2 * $0 * Libm.exp($0 * $0) }), start: [26],
      verdict: .strictLocalMinimum),
    .init(
      name: "e^(x²) from 26",
      objective: Functions.single({ Libm.exp($0 * $0) }, { 2 * $0 * Libm.exp($0 * $0) }),
      start: [26], method: GradientDescent(rate: 0.01), verdict: .diverging),
    .init(
      name: "1e-30·(x − 2)²",
      objective: Functions.single({ 1e-30 * ($0 - 2) * ($0 - 2) }, { 2e-30 * ($0 - 2) }),
      start: [7], verdict: .strictLocalMinimum),
    .init(
      name: "3x − 2y + 1",
      objective: Objective({ v in 3 * v[0] - 2 * v[1] + 1 }, gradient: { _ in [3, -2] }),
      start: [1, 1], method: GradientDescent(rate: 0.01), limit: 500, verdict: .unboundedBelow),
    .init(
      name: "|x| + |y − 1|",
      objective: Objective(
        { v in abs(v[0]) + abs(v[1] - 1) },
        gradient: { v in
          [v[0] > 0 ? 1 : v[0] < 0 ? -1 : 0, v[1] > 1 ? 1 : v[1] < 1 ? -1 : 0]
        }),
      start: [3, -2], verdict: .kink, succeeds: true),
    .init(
      name: "(x − 1e7)² from 0 at a rate that keeps 0.2 of the error",
      objective: Functions.single({ ($0 - 1e7) * ($0 - 1e7) }, { 2 * ($0 - 1e7) }), start: [0],
      method: GradientDescent(rate: 0.4), verdict: .strictLocalMinimum),
    .init(
      name: "(x/1e7 − 5)² + (y − 1)⁴, far in one coordinate",
      objective: Objective(
        { v in (v[0] / 1e7 - 5) * (v[0] / 1e7 - 5) + Libm.pow(v[1] - 1, 4) },
        gradient: { v in [2e-7 * (v[0] / 1e7 - 5), 4 * Libm.pow(v[1] - 1, 3)] }),
      start: [5e7, 2], method: GradientDescent(rate: 0.1), limit: 300, verdict: .iterationLimit),
    .init(name: "x² from NaN", objective: Functions.square, start: [.nan], verdict: .outsideDomain),
    .init(
      name: "x⁴ at a rate that blows up",
      objective: Functions.single({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }), start: [10],
      method: GradientDescent(rate: 1), verdict: .diverging),
    .init(
      name: "1e10 + x²", objective: Functions.single({ 1e10 + $0 * $0 }, { 2 * $0 }, { _ in 2 }), start: [3],
      verdict: .strictLocalMinimum),
    .init(
      name: "Rosenbrock's valley, within the usual limit", objective: Functions.rosenbrock, start: [-1.2, 1],
      verdict: .strictLocalMinimum),
    .init(
      name: "Rosenbrock's valley", objective: Functions.rosenbrock, start: [-1.2, 1],
      method: GradientDescent(rate: 0.001), limit: 1000, verdict: .iterationLimit),
    .init(
      name: "Rosenbrock's valley, rate too large", objective: Functions.rosenbrock, start: [-1.2, 1],
      method: GradientDescent(rate: 0.1), verdict: .diverging),
    .init(
      name: "3x² + 8xy − 3y⁵ from (1, −1)", objective: Functions.quintic, start: [1, -1],
      method: GradientDescent(rate: 0.01), verdict: .strictLocalMinimum),
    .init(
      name: "3x² + 8xy − 3y⁵ from (1, −1)", objective: Functions.quintic, start: [1, -1],
      verdict: .strictLocalMinimum),
    .init(name: "3x² + 8xy − 3y⁵ from 0", objective: Functions.quintic, start: [0, 0], verdict: .saddle),
  ]

  @Test(arguments: rows)
  func theVerdict(row: VerdictRow) { row.check() }

  @Test(arguments: Methods.all.filter { ["newton", "bfgs", "lbfgs", "backtracking"].contains($0.name) })
  func aLargeConstantHidesNoGradient(row: Methods.Row) throws {
    let bowl = Objective(
      { v in v[0] * v[0] + v[1] * v[1] + 1e17 }, gradient: { v in [2 * v[0], 2 * v[1]] },
      hessian: { _ in [2, 0, 0, 2] })
    let trace = Minimizer(try row.make([:])).minimize(bowl, from: [3, 4])
    #expect(trace.success && trace.answer.gradientNorm < 1e-6, "\(trace.stop) \(trace.x)")
  }

  @Test func reasonsSpeakOfTheFunctionAlsoWhenMaximizing() {
    let hill = Functions.single({ -$0 * $0 }, { -2 * $0 }, { _ in -2 }, sense: .maximize)
    #expect(
      Minimizer().minimize(hill, from: [3]).certificate.reason
        == "the gradient vanishes and every eigenvalue of the Hessian is negative")
    let bowl = Functions.single({ $0 * $0 }, { 2 * $0 }, { _ in 2 }, sense: .maximize)
    #expect(
      Minimizer(BacktrackingDescent()).minimize(bowl, from: [0]).certificate.reason
        == "the gradient vanishes and every eigenvalue of the Hessian is positive")
  }

  @Test func aRateThatHardlyMoves() {
    let lesson = Lesson.contraction(keeps: 1 - 2e-7, limit: 1, isExact: true)
    #expect(
      lesson.sentence == "each step keeps all but 2e−7 of the error; rates between 0 and 1 converge")
  }

  @Test func upwardsGradientDescentIsGradientAscent() {
    let hill = Functions.single({ -$0 * $0 }, { -2 * $0 }, { _ in -2 }, sense: .maximize)
    let steps = StopCriteria.steps(2)
    #expect(
      Minimizer(GradientDescent(rate: 0.1), steps).minimize(hill, from: [3]).method
        == "gradient ascent, rate 0.1")
    #expect(
      Minimizer(BacktrackingDescent(), steps).minimize(hill, from: [3]).method
        == "gradient ascent with backtracking")
    let bowl = Functions.single({ $0 * $0 }, { 2 * $0 }, { _ in 2 })
    #expect(
      Minimizer(GradientDescent(rate: 0.1), steps).minimize(bowl, from: [3]).method
        == "gradient descent, rate 0.1")
  }

  @Test func maximizingIsTheSameOnTheNegative() {
    let hill = Functions.single({ 4 - ($0 - 1) * ($0 - 1) }, { -2 * ($0 - 1) }, { _ in -2 }, sense: .maximize)
    let trace = Minimizer().minimize(hill, from: [3])
    #expect(trace.certificate.verdict == .strictLocalMaximum && trace.success)
    #expect(trace.f == 4 && trace.points[0].f == 0 && trace.points[0].gradient == [-4])
    #expect(trace.certificate.eigenvalues == [-2])
    let steep = Functions.single({ $0 * $0 }, { 2 * $0 }, { _ in 2 }, sense: .maximize)
    let away = Minimizer().minimize(steep, from: [1])
    #expect(away.certificate.verdict == .unboundedAbove && !away.success)
    // Newton's method leaves the minimum; a method that sees the gradient alone says what it is.
    #expect(Minimizer().minimize(steep, from: [0]).certificate.verdict == .unboundedAbove)
    let stays = Minimizer(BacktrackingDescent()).minimize(steep, from: [0])
    #expect(stays.certificate.verdict == .strictLocalMinimum && !stays.success)
  }
}
