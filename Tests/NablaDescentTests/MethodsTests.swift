import Synchronization
import Testing

@testable import NablaDescent

@Suite struct MethodsTests {
  @Test func everyRowCanBeFoundAndMade() throws {
    var names: Set<String> = []
    for row in Methods.all {
      for name in [row.name] + row.aliases {
        #expect(names.insert(name).inserted, "\(name) names two methods")
        #expect(Methods.named(name)?.name == row.name)
      }
      #expect(!row.summary.isEmpty && row.settings.allSatisfy { $0.range.contains($0.standard) })
      #expect(!(try row.make()).title.isEmpty)
    }
    #expect(Methods.named("steepest") == nil)
  }

  @Test(arguments: [-8.0, 0]) func everyRowSolvesABowl(start: Double) throws {
    for row in Methods.all {
      let trace = Minimizer(try row.make()).minimize(Functions.parabola, from: [start])
      // RMSProp's steps do not shrink: near the end they are as long as its rate.
      let nearness = row.name == "rmsprop" ? 0.02 : 1e-7
      #expect(trace.certificate.verdict == .strictLocalMinimum || row.name == "rmsprop", "\(row.name)")
      #expect(abs(trace.x[0] - -2.5) < nearness, "\(row.name): \(trace.x)")
    }
  }

  @Test("Nelder-Mead takes the same way in other units")
  func unitsOfTheSimplex() {
    let scaled = Objective(
      { v in
        var copy = Functions.rosenbrock
        return copy.value(at: [v[0] / 1024, v[1] * 4096])
      },
      gradient: { v in
        var copy = Functions.rosenbrock
        let slope = copy.iterate(at: [v[0] / 1024, v[1] * 4096]).gradient
        return [slope[0] / 1024, slope[1] * 4096]
      })
    let plain = Minimizer(NelderMead(), StopCriteria(maximumIterations: 40)).minimize(
      Functions.rosenbrock, from: [-1.25, 1])
    let other = Minimizer(NelderMead(), StopCriteria(maximumIterations: 40)).minimize(
      scaled, from: [-1.25 * 1024, 1.0 / 4096])
    #expect(other.f == plain.f)
    #expect(other.x == [plain.x[0] * 1024, plain.x[1] / 4096])
  }

  /// A simplex is small when it is small along each axis, and a path begins where it was told to.
  @Test(arguments: [1e15, 1e8, 1]) func aLargeCoordinateEndsNoSimplex(large: Double) {
    let bowl = Objective(
      { ($0[0] - large) * ($0[0] - large) + ($0[1] - 0.25) * ($0[1] - 0.25) },
      gradient: { [2 * ($0[0] - large), 2 * ($0[1] - 0.25)] })
    let trace = Minimizer(NelderMead()).minimize(bowl, from: [large, 0.5])
    #expect(trace.points.first?.x == [large, 0.5])
    #expect(abs(trace.x[1] - 0.25) < 1e-7, "\(trace.x)")
  }

  @Test("The first edges of a simplex are a part of each coordinate, of 0.05 where it is 0")
  func firstSimplex() {
    let heard = Mutex<[[Double]]>([])
    let bowl = Objective(
      { x in
        heard.withLock { $0.append(x) }
        return x[0] * x[0] + x[1] * x[1]
      }, gradient: { $0.map { 2 * $0 } })
    _ = Minimizer(NelderMead(reach: 0.125), StopCriteria(maximumIterations: 1)).minimize(bowl, from: [0, 2])
    let places = heard.withLock { $0 }
    #expect(places.contains([0.05 * 0.125, 2]) && places.contains([0, 2.25]), "\(places.prefix(4))")
  }

  /// A method made by its name without settings is the one that is made without arguments.
  @Test func standardSettings() throws {
    let methods: [(String, any NablaDescent.Method)] = [
      ("newton", TrustRegionNewton(model: .quadratic)),
      ("lm", TrustRegionNewton(reach: 1, model: .linearResiduals)),
      ("bfgs", BFGS()), ("nelder-mead", NelderMead()), ("gd", GradientDescent()),
      ("backtracking", BacktrackingDescent()), ("momentum", Momentum()),
      ("nesterov", Momentum(looksAhead: true)),
    ]
    for (name, method) in methods {
      let made = try #require(Methods.named(name)).make()
      #expect("\(made)" == "\(method)", "\(name)")
    }
    // Every setting arrives.
    for row in Methods.all {
      let plain = "\(try row.make())"
      for setting in row.settings {
        let other = min(setting.standard * 1.5, 0.5 * (setting.standard + setting.range.upperBound))
        #expect(
          "\(try row.make([setting.name: other]))".contains("\(other)") && !plain.contains("\(other)"),
          "\(row.name)")
        // And is told again, for pages that take the same steps.
        #expect(try row.make([setting.name: other]).settings[setting.name] == other, "\(row.name)")
      }
    }
  }

  @Test("The limits that the documentation names") func iterationLimits() throws {
    let limits = [
      "newton": 2_000, "lm": 2_000, "sparse-newton": 10_000, "bfgs": 2_000, "lbfgs": 50_000, "cg": 50_000,
      "nelder-mead": 20_000, "gd": 100_000, "backtracking": 100_000, "momentum": 100_000, "nesterov": 100_000,
      "adagrad": 100_000, "rmsprop": 100_000, "adam": 100_000,
    ]
    for (name, limit) in limits {
      #expect(try #require(Methods.named(name)).make().usualIterationLimit == limit, "\(name)")
    }
  }

  @Test("The most variables that a method takes for itself, and what it leaves more to") func sizes() {
    let slopes = Objective({ $0[0] }, gradient: { $0 })
    let whole = Objective({ $0[0] }, gradient: { $0 }, hessian: { $0 })
    let sparse = Objective(
      value: { $0[0] }, valueAndGradient: { ($0[0], $0) }, hessian: { $0 },
      sparseHessian: SparseHessian(rowStarts: [0], columns: [], values: { $0 }))
    for (method, objective, most, other) in [
      (BFGS(), slopes, 1000, "L-BFGS"), (TrustRegionNewton(), whole, 500, "sparse Newton"),
      (Automatic(), slopes, 1000, "L-BFGS"), (Automatic(), whole, 200, "BFGS"),
      (Automatic(), sparse, 200, "sparse Newton"),
    ] as [(any NablaDescent.Method, Objective, Int, String)] {
      let titles = [most - 1, most, most + 1].map { method.resolved(for: objective, variables: $0).title }
      #expect(titles[0] == titles[1] && titles[1] != titles[2] && titles[2] == other, "\(titles)")
    }
  }

  /// A long sum of squares, each of one variable.
  private static func squares(_ count: Int) -> CoupledSquares {
    CoupledSquares(
      offset: 0, size: count, starts: Array(0...count), variables: Array(0..<count), seconds: [],
      values: { x in (x, x.map { _ in 1 }) }, curvatures: { _ in [] })
  }

  @Test("A choice is told with what it was made for") func titles() {
    var slopes = Objective({ $0[0] }, gradient: { $0 })
    var whole = Objective({ $0[0] }, gradient: { $0 }, hessian: { $0 })
    func residuals(_ count: Int) -> Objective {
      Objective(
        value: { $0[0] }, valueAndGradient: { ($0[0], $0) }, hessian: { $0 },
        residuals: Residuals(count: count, values: { ($0, $0) }, places: [], curvatures: { $0 }))
    }
    func title(_ objective: Objective, _ n: Int) -> String {
      Automatic.title(of: "it", for: objective, variables: n)
    }
    #expect(title(slopes, 3) == "auto: it for 3 variables")
    #expect(
      title(whole, 200) == "auto: it, exact Hessian" && title(whole, 201) == "auto: it for 201 variables")
    #expect(title(residuals(1), 2) == "auto: it on a sum of 1 square")
    #expect(title(residuals(2), 2) == "auto: it on a sum of 2 squares")
    (slopes.coupled, whole.coupled) = (Self.squares(300), Self.squares(300))
    #expect(title(slopes, 200) == "auto: it for 200 variables")
    #expect(title(whole, 200) == "auto: it, exact Hessian")
    #expect(title(whole, 201) == "auto: it on a sum of 300 squares")
  }

  @Test func settings() throws {
    let row = try #require(Methods.named("gd"))
    #expect(try row.make(["rate": 0.1]).title == "gradient descent, rate 0.1")
    #expect(throws: Methods.SettingError.unknown(setting: "rat", method: "gd", known: ["rate"])) {
      try row.make(["rat": 1])
    }
    for rate in [0, -1, Double.nan, .infinity] {
      #expect(throws: Methods.SettingError.self) { try row.make(["rate": rate]) }
    }
  }

  @Test(arguments: [
    (Stop.requestedSteps(1), "1 step done, as asked"),
    (
      .unbounded(f: -2.504e31, x: [-4.16, 1.53e6], iterations: 3),
      "f falls without bound on this path: f ≈ −2.50e31 near (−4.16, 1.53e6) after 3 steps"
    ),
    (
      .notFinite(x: [-10], iteration: 2),
      "f or its gradient is not a finite number at x = −10, where step 2 led"
    ),
  ])
  func sentences(stop: Stop, sentence: String) { #expect(stop.sentence() == sentence) }
}
