import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Fits that have no answer, or more than one, or one that rounding blurs, and say so.
@Suite struct FitHonestyTests {
  private let line = Table(["t": [0, 1, 2, 3, 4], "y": [1.1, 2.9, 5.2, 6.8, 9.1]])

  struct Endless: CustomTestStringConvertible, Sendable {
    var what: String
    var x: [Double]
    var y: [Double]
    var model = "y = a x + b"
    var loss = FitLoss.logistic
    var start: [String: Double] = [:]
    var testDescription: String { what }
  }

  static let endless: [Endless] = [
    .init(what: "separated classes", x: [-2, -1, -0.5, 0.5, 1, 2], y: [0, 0, 0, 1, 1, 1]),
    .init(
      what: "separated classes, from far", x: [-2, -1, -0.5, 0.5, 1, 2], y: [0, 0, 0, 1, 1, 1],
      start: ["a": 5000, "b": 0]),
    .init(
      what: "classes that touch in one place", x: [-2, -1, -0.5, 0, 0, 0.5, 1, 2],
      y: [0, 0, 0, 0, 1, 1, 1, 1]),
    .init(
      what: "counts of nothing", x: [0, 1, 2, 3], y: [0, 0, 0, 0], model: "y = exp(a + b x)", loss: .poisson),
    .init(
      what: "a jump by least squares", x: [-3, -2, -1, 1, 2, 3], y: [0, 0, 0, 1, 1, 1],
      model: "y = a/(1 + exp(b x))",
      loss: .squares),
  ]

  @Test(
    "Where the loss falls for ever the infimum is at infinity, and no minimum is claimed", arguments: endless)
  func infimumAtInfinity(situation: Endless) throws {
    var options = FitOptions()
    options.loss = situation.loss
    options.start = situation.start
    let fit = try Fit(situation.model, to: Table(["x": situation.x, "y": situation.y]), options)
    #expect(fit.verdict == .infimumAtInfinity, "\(fit.verdict): \(fit.parameters)")
    #expect(fit.reason.hasPrefix("the infimum is at infinity: "))
    if situation.loss == .logistic { #expect(fit.reason.contains("the classes are separated")) }
    let ray = try #require(fit.ray)
    #expect(ray.contains { $0 != 0 })
  }

  @Test("Classes that overlap have an answer, however weak")
  func overlapping() throws {
    var options = FitOptions()
    options.loss = .logistic
    let fit = try Fit(
      "y = a x + b", to: Table(["x": [-2, -1, -0.5, 0.5, 1, 2], "y": [0, 0, 1, 0, 1, 1]]), options)
    let (success, b) = (fit.success, try #require(fit["b"]))
    #expect(success)
    // The table is its own mirror image: b is 0, and not what rounding makes of it.
    #expect(b.estimate == 0)
    #expect(b.standardError > 1)
  }

  @Test("Columns may reach further than the largest number is long")
  func farColumns() throws {
    let far = Table(["x": [-1e308, 1e308, 1, 2, 3], "y": [1, -1, 1e300, 2, 0.5]])
    let fit = try? Fit("y = a sin(b x) + c", to: far)
    #expect(fit.map { !$0.success || $0.loss.isFinite } ?? true)
  }

  @Test func aStraightLossHasNoBound() throws {
    let fit = try Fit(try FitModel("a t", columns: ["t"], isLoss: true), to: Table(["t": [1, 2, 3]]))
    #expect(fit.verdict == .unboundedBelow)
  }

  @Test("Degrees of freedom are rows less the rank of the Jacobian", arguments: [1, 3])
  func degreesOfFreedom(copies: Int) throws {
    let one = try Fit("y = a t + b", to: line)
    let same = try Fit("y = a t + b" + (0..<copies).map { " + c\($0)" }.joined(), to: line)
    #expect(one.degreesOfFreedom == 3 && same.degreesOfFreedom == 3)
    #expect((same.residualSD / one.residualSD - 1).magnitude < 1e-12)
    let (a, b) = (try #require(one["a"]), try #require(same["a"]))
    #expect((b.standardError / a.standardError - 1).magnitude < 1e-10)
    #expect(try #require(same["b"]).standardError.isNaN)
    let (first, second) = (try #require(one.bic), try #require(same.bic))
    #expect((first - second).magnitude < 1e-9)
    let product = try Fit("y = a*b*t", to: line)
    #expect(product.degreesOfFreedom == 4)
    #expect(product.statistics.rank == 1)
    #expect(product.statistics.standardErrors.count(where: \.isNaN) == 2)
  }

  @Test("The same for likelihoods, by the rank of the Hessian")
  func degreesOfFreedomOfLikelihoods() throws {
    var options = FitOptions()
    options.loss = .logistic
    let table = Table(["x": [-2, -1, -0.5, 0.5, 1, 2], "y": [0, 0, 1, 0, 1, 1]])
    let fit = try Fit("y = a x + b + c", to: table, options)
    #expect(fit.degreesOfFreedom == 4)
    let success = fit.success
    #expect(!success)
  }

  @Test(
    "Least squares that several parameters share are a minimum that is not unique, and only those are not told",
    arguments: [
      ("y = a t + b t", "a b"), ("y = a t + b + c", "b c"), ("y = (a+b) t + c", "a b"),
      ("y = a t + b + c t^2 + d (t^2 + 3)", "b c d"), ("y = c exp((a+b) t) + d + k", "a b d k"),
    ])
  func parametersThatAreNotToldApart(model: String, names: String) throws {
    let x = (0..<40).map { 10 * Double($0) / 39 }
    let y = x.map { 1.5 + 3 * $0 + 0.8 * Libm.sin(19 * $0 * $0) }
    let fit = try Fit(model, to: Table(["t": x, "y": y]))
    let told = fit.statistics.undetermined.map { fit.parameters[$0].name }
    #expect(fit.verdict == .degenerate, "\(fit.reason)")
    #expect(fit.ray == nil)
    #expect(told == names.split(separator: " ").map(String.init))
    #expect(try #require(fit.rSquared) > 0.8)
  }

  @Test("What rounding leaves of nothing is nothing")
  func rounding() throws {
    let constant = try Fit("y = a", to: Table(["t": [1, 2, 3], "y": [1, 2, 3]]))
    #expect(constant.rSquared == 0)
    let flat = try Fit("y = a t + b", to: Table(["t": [1, 2, 3, 4], "y": [2, 2, 2, 2]]))
    #expect(flat["a"]?.estimate == 0 && flat["b"]?.estimate == 2)
    #expect(flat["a"]?.standardError == 0 && flat.residualSD == 0 && flat.rSquared == nil)
    let thirds = try Fit("y = a t + b", to: Table(["t": [0.1, 0.2, 0.3, 0.7], "y": [1.1, 1.2, 1.3, 1.7]]))
    #expect(thirds.rSquared == 1 && thirds.loss == 0)
    // A number that is small but determined stays.
    let small = try Fit("y = a + b t", to: Table(["t": [0, 1], "y": [1e-20, 1]]))
    #expect(try #require(small["a"]).estimate > 0)
  }

  @Test("Other minima are told where descents ended at some, and never where there is one")
  func otherMinima() throws {
    let x = (0..<40).map { Double($0) / 4 }
    let wave = Table(["x": x, "y": x.map { Libm.sin(3 * $0) + 0.3 * Libm.sin(11 * $0) }])
    let fit = try Fit("y = a sin(b x)", to: wave)
    let b = try #require(fit["b"]).estimate
    #expect((b - 3).magnitude < 1e-3)
    let other = try #require(fit.otherMinima.first)
    #expect(other.loss > 2 * fit.loss)
    let growth = Table(["t": [0, 1, 2, 3, 4], "y": [2.03, 3.31, 5.42, 9.10, 14.7]])
    #expect(try Fit("y = a exp(b t)", to: growth).otherMinima.isEmpty)
    #expect(try Fit("y = a t + b", to: line).otherMinima.isEmpty)
  }

  @Test("A model that moves by jumps is not linear in what it jumps by")
  func jumps() throws {
    let table = Table(["x": [0, 1, 2, 3, 4, 5, 6, 7], "y": [0, 0, 1, 1, 2, 2, 3, 3]])
    let fit = try Fit("y = floor(a x)", to: table)
    #expect(fit.stepped == [0])
    #expect(try #require(fit.rSquared) > 0.9)
    let success = fit.success
    #expect(!success)
  }

  @Test("A linear model in bounds needs no search")
  func linearInBounds() throws {
    var options = FitOptions()
    options.bounds = ["b": -1...1]
    let fit = try Fit("y = a t + b", to: line, options)
    #expect(fit.start == .notNeeded)
    #expect(fit["b"]?.estimate == 1)
    #expect(fit.verdict == .onBound)
  }

  @Test("The most steps are the most steps", arguments: [0, 1])
  func mostSteps(count: Int) throws {
    var options = FitOptions()
    options.maximumIterations = count
    options.start = ["a": 1, "b": 1]
    let fit = try Fit("y = a exp(b t)", to: line, options)
    #expect(fit.verdict == .iterationLimit)
    #expect(fit.reason == "still going after \(count) step\(count == 1 ? "" : "s")")
    // A line is at its minimum without a step.
    options.start = [:]
    let success = try Fit("y = a t + b", to: line, options).success
    #expect(success)
  }

  @Test("Squares beyond every number, and squares that are 0, are refused")
  func sizes() throws {
    let large = #expect(throws: FitError.self) {
      try Fit("y = a t", to: Table(["t": [1, 2], "y": [1, 1.4e308]]))
    }
    #expect(large == .squaresOutOfRange(row: 2, isLarge: true))
    let small = #expect(throws: FitError.self) {
      try Fit("y = a t", to: Table(["t": [1, 2], "y": [1e-200, 1e-300]]))
    }
    #expect(small == .squaresOutOfRange(row: 1, isLarge: false))
  }

  @Test("Errors of 0 are refused, weights of 0 leave a row out")
  func zeros() throws {
    var options = FitOptions()
    options.weights = .errors("0")
    #expect(throws: FitError.badWeights("the standard error of a row is above 0", value: 0, row: 1)) {
      try Fit("y = a t + b", to: line, options)
    }
    options.weights = .weights("t")
    let fit = try Fit("y = a t + b", to: line, options)
    #expect(fit.rows == 4)
    #expect(fit.skipped == [.init(row: 1, line: 0, reason: "its weight is 0")])
  }

  @Test("A column whose name holds blanks is written with underscores, and the message says so")
  func columnsWithBlanks() throws {
    let table = Table(["Body mass (kg)": [1, 2, 3], "y": [2, 4.1, 6]])
    for model in ["y = a Body mass (kg)", "Body mass (kg) = a y"] {
      let error = #expect(throws: FitError.self) { try Fit(model, to: table) }
      #expect(error?.sentence == "the column ‘Body mass (kg)’ is written Body_mass_kg in a model")
    }
    let success = try Fit("y = a Body_mass_kg", to: table).success
    #expect(success)
  }
}
