import NablaBasics
import NablaDescent
import Testing

@Suite struct LearningMethodsTests {
  @Test func momentumAsTextbooksStateIt() {
    // x² from 1 at rate 0.1: v₁ = −0.2, x₁ = 0.8; v₂ = −0.1 − 0.16 = −0.26, x₂ = 0.54.
    let plain = Minimizer(Momentum(rate: 0.1, momentum: 0.5), .steps(2)).minimize(Functions.square, from: [1])
    #expect(abs(plain.x[0] - 0.54) < 1e-15)
    // Nesterov: v₂ = −0.1 − 0.1·2·(0.8 − 0.1) = −0.24, x₂ = 0.56.
    let ahead = Minimizer(Momentum(rate: 0.1, momentum: 0.5, looksAhead: true), .steps(2))
      .minimize(Functions.square, from: [1])
    #expect(abs(ahead.x[0] - 0.56) < 1e-15)
  }

  @Test func adaptiveRatesAsThePapersStateThem() {
    // The first step of AdaGrad and of Adam is the rate, up to ε; that of RMSProp is rate/√(1 − ρ).
    let rows: [(AdaptiveRates, Double)] = [
      (AdaptiveRates(.adaGrad, rate: 0.1), 0.9), (AdaptiveRates(.adam, rate: 0.1), 0.9),
      (AdaptiveRates(.rmsProp, rate: 0.1, decay: 0.96), 0.5),
    ]
    for (method, x) in rows {
      let trace = Minimizer(method, .steps(1)).minimize(Functions.square, from: [1])
      #expect(abs(trace.x[0] - x) < 1e-7, "\(method.title): \(trace.x)")
    }
    // A slope as small as ε is not blown up to a step of the rate: 10⁻⁸/(10⁻⁸ + ε) = 1/2.
    let faint = Objective({ 1e-8 * $0[0] }, gradient: { _ in [1e-8] })
    for (method, moved) in [
      (AdaptiveRates(.adaGrad, rate: 0.1), 0.05), (AdaptiveRates(.adam, rate: 0.1), 0.05),
      (AdaptiveRates(.rmsProp, rate: 0.1, decay: 0.75), 0.1 / 1.5),
    ] {
      let trace = Minimizer(method, .steps(1)).minimize(faint, from: [1])
      #expect(abs(1 - trace.x[0] - moved) < 1e-9, "\(method.title): \(trace.x)")
    }
    // AdaGrad's second: 0.9 − 0.1·1.8/√(4 + 3.24).
    let two = Minimizer(AdaptiveRates(.adaGrad, rate: 0.1), .steps(2)).minimize(Functions.square, from: [1])
    #expect(abs(two.x[0] - (0.9 - 0.18 / (7.24).squareRoot())) < 1e-7)
  }

  /// Rosenbrock's valley by the methods that are meant to get there.
  @Test(arguments: ["bfgs", "lbfgs", "cg", "nelder-mead", "newton", "auto"])
  func rosenbrock(name: String) throws {
    let row = try #require(Methods.named(name))
    let trace = Minimizer(try row.make()).minimize(Functions.rosenbrock, from: [-1.2, 1])
    #expect(trace.success && abs(trace.x[0] - 1) < 1e-5, "\(trace.stop) \(trace.x)")
    #expect(trace.counts.f < 400, "\(trace.counts)")
  }

  static func chain(_ n: Int) -> Objective {
    var starts = [0]
    var columns: [Int] = []
    for i in 0..<n {
      if i > 0 { columns.append(i - 1) }
      columns.append(i)
      starts.append(columns.count)
    }
    return Objective(
      value: { x in
        var sum = 0.0
        for i in 0..<(n - 1) {
          let valley = x[i + 1] - x[i] * x[i]
          sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i])
        }
        return sum
      },
      valueAndGradient: { x in
        var sum = 0.0
        var g = [Double](repeating: 0, count: n)
        for i in 0..<(n - 1) {
          let valley = x[i + 1] - x[i] * x[i]
          sum += 100 * valley * valley + (1 - x[i]) * (1 - x[i])
          g[i] += -400 * x[i] * valley - 2 * (1 - x[i])
          g[i + 1] += 200 * valley
        }
        return (sum, g)
      },
      sparseHessian: SparseHessian(rowStarts: starts, columns: columns) { x in
        var values: [Double] = []
        for i in 0..<n {
          if i > 0 { values.append(-400 * x[i - 1]) }
          var bend = i > 0 ? 200.0 : 0
          if i < n - 1 { bend += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2 }
          values.append(bend)
        }
        return values
      })
  }

  @Test func hundredsOfVariables() {
    let start = (0..<220).map { $0 % 2 == 0 ? -1.2 : 1 }
    let trace = Minimizer().minimize(Self.chain(220), from: start)
    #expect(trace.success, "\(trace.stop) \(trace.f)")
    #expect(trace.counts.f <= 1500, "\(trace.counts)")
  }

  @Test func sparseNewtonOnASaddle() {
    let saddle = Objective(
      value: { x in x.indices.reduce(0) { $0 + ($1 == 7 ? -1 : 1) * x[$1] * x[$1] } },
      valueAndGradient: { x in
        (
          x.indices.reduce(0) { $0 + ($1 == 7 ? -1 : 1) * x[$1] * x[$1] },
          x.indices.map { ($0 == 7 ? -2 : 2) * x[$0] }
        )
      },
      sparseHessian: SparseHessian(rowStarts: Array(0...300), columns: Array(0..<300)) { _ in
        (0..<300).map { $0 == 7 ? -2 : 2 }
      })
    let trace = Minimizer().minimize(saddle, from: (0..<300).map { Double($0 % 3) })
    #expect(trace.certificate.verdict == .unboundedBelow && !trace.success, "\(trace.stop)")
  }

  @Test func manyStarts() throws {
    let himmelblau = Objective(
      { v in
        let (a, b) = (v[0] * v[0] + v[1] - 11, v[0] + v[1] * v[1] - 7)
        return a * a + b * b
      },
      gradient: { v in
        let (a, b) = (v[0] * v[0] + v[1] - 11, v[0] + v[1] * v[1] - 7)
        return [4 * a * v[0] + 2 * b, 2 * a + 4 * b * v[1]]
      })
    let box = Bounds(lower: [-5, -5], upper: [5, 5])
    let outcome = MultiStart(Minimizer(), starts: 40).run(himmelblau, within: box, from: [0, 0])
    #expect(outcome.minima.count == 4)
    #expect(outcome.minima.reduce(0) { $0 + $1.count } + outcome.others.reduce(0) { $0 + $1.count } == 40)
    #expect(outcome.minima.allSatisfy { $0.trace.f < 1e-12 })
  }

  @Test func globalOnlyWhereProved() {
    let known = NewtonTests.rosenbrockAsSquares
    #expect(Minimizer().minimize(known, from: [-1.2, 1]).certificate.verdict == .globalMinimum)
    #expect(
      Minimizer().minimize(Functions.rosenbrock, from: [-1.2, 1]).certificate.verdict == .strictLocalMinimum)
    var bowl = Functions.parabola
    bowl.isQuadratic = true
    #expect(Minimizer().minimize(bowl, from: [9]).certificate.verdict == .globalMinimum)
  }
}
