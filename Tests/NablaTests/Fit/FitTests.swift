import NablaBasics
import NablaDescent
import NablaNotation
import Testing

@testable import Nabla

/// Models fitted to arrays.
@Suite struct FitTests {
  private let growth = Table([
    "t": [0, 1, 2, 3, 4, 5, 6, 7], "y": [2.03, 3.31, 5.42, 9.10, 14.7, 24.6, 40.3, 66.2],
  ])

  @Test func growthWithoutAStart() throws {
    let fit = try Fit("y = a exp(b t)", to: growth)
    let success = fit.success
    #expect(success)
    #expect((try #require(fit["a"]).estimate - 2.029_619).magnitude < 1e-5)
    #expect((try #require(fit["b"]).standardError - 0.001_258).magnitude < 1e-6)
    #expect(fit.degreesOfFreedom == 6)
  }

  /// Misra1a of the NIST Statistical Reference Datasets (nonlinear regression), with its certified values.
  static let misra = Table([
    "y": [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78],
    "x": [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
  ])

  @Test(arguments: [[500, 0.0001], [250, 0.0005], []])
  func certifiedValues(start: [Double]) throws {
    var options = FitOptions()
    if start.count == 2 { options.start = ["b1": start[0], "b2": start[1]] }
    let fit = try Fit("y = b1*(1 - exp(-b2*x))", to: Self.misra, options)
    let (b1, b2) = (try #require(fit["b1"]), try #require(fit["b2"]))
    #expect((b1.estimate / 2.3894212918E+02 - 1).magnitude < 1e-10)
    #expect((b2.estimate / 5.5015643181E-04 - 1).magnitude < 1e-10)
    #expect((b1.standardError / 2.7070075241E+00 - 1).magnitude < 1e-9)
    #expect((b2.standardError / 7.2668688436E-06 - 1).magnitude < 1e-9)
    #expect((fit.residualSD / 1.0187876330E-01 - 1).magnitude < 1e-9)
    #expect(b1.name == "b1")
  }

  @Test("A linear model needs no start and one step, and its answer is the only one")
  func linear() throws {
    let fit = try Fit("y = a + b t + c t^2", to: growth)
    #expect(fit.verdict == .globalMinimum)
    #expect(fit.start == .notNeeded)
  }

  @Test("Rows keep their numbers, however many are left out, in the data or for want of a value")
  func numbersOfRows() throws {
    let t = (1...5000).map(Double.init)
    // Every second row has no number, and the left side has no value below row 1001.
    let table = Table(["t": t, "y": t.map { Int($0) % 2 == 0 ? .nan : 2 * $0 - 2000 }])
    let fit = try Fit("ln y = a + b t", to: table)
    #expect(fit.skippedCount == 3000)
    var numbers: [Int] = []
    try fit.forEachRow { row in
      #expect(row.number == Int(row.columns[0]))
      numbers.append(row.number)
    }
    #expect(numbers == Array(stride(from: 1001, through: 4999, by: 2)))
    #expect(fit.skipped.count == 1000)
    #expect(throws: FitError.squaresOutOfRange(row: 4001, isLarge: true)) {
      try Fit("y = a + b t", to: Table(["t": t, "y": t.map { $0 < 4001 ? .nan : $0 == 4001 ? 1e200 : $0 }]))
    }
  }

  @Test("A model's limits are those of its fit")
  func limitsOfModels() throws {
    var options = ReadingOptions()
    options.limits.work = 12_345
    let model = try FitModel("y = a exp(b t)", columns: ["t", "y"], options: options)
    #expect(try FitProblem(model, growth, FitOptions()).limits.work == 12_345)
  }

  @Test("Weights count rows: a weight of 2 is the row twice, one of 0 is no row")
  func weights() throws {
    let t: [Double] = [0, 1, 2, 3]
    let y: [Double] = [1, 3, 4, 8]
    var options = FitOptions()
    options.weights = .weights("w")
    let weighted = try Fit("y = a t + b", to: Table(["t": t, "y": y, "w": [1, 2, 1, 0]]), options)
    let repeated = try Fit("y = a t + b", to: Table(["t": [0, 1, 1, 2], "y": [1, 3, 3, 4]]))
    for name in ["a", "b"] {
      #expect(
        (try #require(weighted[name]).estimate - (try #require(repeated[name]).estimate)).magnitude < 1e-13)
    }
    options.weights = .errors("1/sqrt(w)")
    #expect(throws: Never.self) {
      try Fit("y = a t + b", to: Table(["t": t, "y": y, "w": [1, 2, 1, 4]]), options)
    }
    options.weights = .weights("w")
    #expect(throws: FitError.badWeights("weights are 0 or more", value: -1, row: 2)) {
      try Fit("y = a t + b", to: Table(["t": t, "y": y, "w": [1, -1, 1, 4]]), options)
    }
  }

  @Test("Known errors are not scaled by the residuals")
  func absoluteErrors() throws {
    var options = FitOptions()
    options.weights = .errors("s")
    let table = Table(["t": [0, 1, 2, 3], "y": [1, 3, 4, 8], "s": [0.5, 0.5, 0.5, 0.5]])
    let fit = try Fit("y = a t + b", to: table, options)
    #expect((try #require(fit["a"]).standardError - 0.5 / 5.0.squareRoot()).magnitude < 1e-14)
  }

  @Test func fixedAndBounded() throws {
    var options = FitOptions()
    options.fixed = ["a": 2]
    let fixed = try Fit("y = a exp(b t)", to: growth, options)
    #expect(try #require(fixed["a"]).isFixed)
    #expect(try #require(fixed["a"]).estimate == 2)
    #expect(fixed.fitted == [1])
    options.fixed = [:]
    options.bounds = ["b": 0...0.4]
    let bounded = try Fit("y = a exp(b t)", to: growth, options)
    #expect(try #require(bounded["b"]).isAtBound)
    #expect(try #require(bounded["b"]).estimate == 0.4)
    #expect(bounded.verdict == .onBound)
  }

  @Test("The order and the signs of the start choose among equal answers")
  func symmetries() throws {
    let x = (0..<30).map { Double($0) / 5 }
    let y = x.map { 2 * Libm.exp(-0.5 * $0) + 1 * Libm.exp(-3 * $0) }
    let table = Table(["x": x, "y": y])
    var options = FitOptions()
    options.start = ["a": 1, "b": 5, "c": 1, "d": 1]
    let fit = try Fit("y = a exp(-b x) + c exp(-d x)", to: table, options)
    #expect((try #require(fit["b"]).estimate - 3).magnitude < 1e-6)
    options.start = ["a": 1, "b": 1, "c": 1, "d": 5]
    let other = try Fit("y = a exp(-b x) + c exp(-d x)", to: table, options)
    #expect((try #require(other["b"]).estimate - 0.5).magnitude < 1e-6)
    let bump = Table(["x": x, "y": x.map { 3 * Libm.exp(-($0 - 3) * ($0 - 3) / 0.5) }])
    options.start = ["h": 1, "m": 2, "s": -1]
    let gauss = try Fit("y = h exp(-(x - m)^2/s^2)", to: bump, options)
    #expect(try #require(gauss["s"]).estimate < 0)
    #expect(try #require(try Fit("y = h exp(-(x - m)^2/s^2)", to: bump)["s"]).estimate > 0)
  }

  @Test("A derivative without a value where the model has one does not spoil the fit")
  func powerAtZero() throws {
    let fit = try Fit("y = a x^b", to: Table(["x": [0, 1, 2, 3, 4], "y": [0, 2, 5.7, 10.4, 16]]))
    let success = fit.success
    #expect(success)
    #expect((try #require(fit["b"]).estimate - 1.5).magnitude < 0.01)
  }

  struct Trouble: CustomTestStringConvertible, Sendable {
    var model: String
    var sentence: String
    var testDescription: String { model }
  }

  static let troubles: [Trouble] = [
    .init(
      model: "a exp(b t)", sentence: "the model does not say which column it explains: write y = a exp(b t)"),
    .init(
      model: "y ~ a t",
      sentence: "the model does not say which column it explains: write = in place of ~, as in y = a t"),
    .init(
      model: "a t + b y",
      sentence: "the model does not say which column it explains: write it before the model, as in y = a x"),
    .init(model: "z = a t", sentence: "‘z’ on the left side is no column; the columns are t, y"),
    .init(
      model: "y = t + 1", sentence: "the model has no parameters: every name in it is one of the columns t, y"
    ),
    .init(
      model: "y = a + b t + c t^2 + d t^3 + p t^4 + q t^5 + r t^6 + u t^7 + v t^8",
      sentence: "8 rows cannot determine 9 parameters"),
    .init(
      model: "ln(-y) = a t",
      sentence: "not one row can be used: all 8 were skipped, the first because ln(−y) has no value"),
  ]

  @Test(arguments: troubles)
  func refuses(trouble: Trouble) throws {
    let error = #expect(throws: FitError.self) { try Fit(trouble.model, to: growth) }
    #expect(error?.sentence == trouble.sentence)
  }

  @Test func namesThatAreNoParameters() throws {
    for set in [\FitOptions.start, \FitOptions.fixed] {
      var options = FitOptions()
      options[keyPath: set] = ["z": 1]
      #expect(throws: FitError.notAParameter("z", parameters: ["a", "b"])) {
        try Fit("y = a exp(b t)", to: growth, options)
      }
    }
  }

  @Test("Columns named like functions and constants are columns")
  func namedLikeFunctions() throws {
    let table = Table(["e": [1, 2, 3, 4], "sin": [2, 1, 5, 3], "pi": [7, 8, 16, 15]])
    let fit = try Fit("pi = a e + b sin", to: table)
    #expect(fit.model.parameters.map(\.name) == ["a", "b"])
    let success = fit.success
    #expect(success)
  }

  @Test("y(t) on the left is the column, not a product")
  func columnWithItsArgument() throws {
    let fit = try Fit("y(t) = a exp(b t)", to: growth)
    #expect((try #require(fit["b"]).estimate - 0.497_911).magnitude < 1e-5)
  }

  @Test func degenerateModelsSaySo() throws {
    let fit = try Fit("y = a b t", to: growth)
    #expect(fit.verdict == .degenerate)
    let success = fit.success
    #expect(!success)
    #expect(try #require(fit["a"]).standardError.isNaN)
    let constant = try Fit("y = a + b t + c", to: growth)
    #expect(constant.verdict == .degenerate)
    #expect(try #require(constant["b"]).standardError.isFinite)
  }

  @Test("Rows, residuals and predictions")
  func rows() throws {
    let fit = try Fit("y = a t + b", to: Table(["t": [0, 1, .nan, 3], "y": [1, 3, 9, 8]]))
    #expect(fit.rows == 3)
    #expect(fit.skipped == [.init(row: 3, line: 0, reason: "t is not a finite number")])
    var numbers: [Int] = []
    var sum = 0.0
    try fit.forEachRow { row in
      numbers.append(row.number)
      sum += row.residual * row.residual
    }
    #expect(numbers == [1, 2, 4])
    #expect((sum - fit.loss).magnitude < 1e-13)
    let predictions = try fit.predictions(for: Table(["t": [10, 0]]))
    let (a, b) = (try #require(fit["a"]), try #require(fit["b"]))
    #expect((predictions[0].value - (10 * a.estimate + b.estimate)).magnitude < 1e-12)
    #expect((predictions[1].standardError - b.standardError).magnitude < 1e-13)
  }

  @Test("Gradient descent on the mean loss gets to where least squares are, the loss falling")
  func lesson() throws {
    let lesson = try FitLesson("y = a t + b", to: Table(["t": [0, 1, 2, 3], "y": [1, 3, 4, 8]]))
    let path = lesson.descend(from: [0, 0], GradientDescent(rate: 0.1))
    #expect(path.success)
    #expect(zip(path.points, path.points.dropFirst()).allSatisfy { $0.f >= $1.f * (1 - 1e-12) })
    #expect((path.x[0] - 2.2).magnitude < 1e-6)
    let steps = lesson.stochasticDescent(from: [0, 0], rate: 0.02, batch: 2, steps: 2000, randomStart: 1)
    #expect((steps[steps.count - 1].x[0] - 2.2).magnitude < 0.2)
    #expect(
      steps == lesson.stochasticDescent(from: [0, 0], rate: 0.02, batch: 2, steps: 2000, randomStart: 1))
  }
}
