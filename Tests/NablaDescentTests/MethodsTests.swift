import NablaDescent
import Testing

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
