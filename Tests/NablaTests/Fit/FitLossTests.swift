import NablaBasics
import NablaDescent
import NablaNotation
import Testing

@testable import Nabla

/// Fits by other losses than squares: robust ones, likelihoods, typed ones.
@Suite struct FitLossTests {
  @Test("Robust losses leave an outlier alone", arguments: [FitLoss.huber, .softL1, .cauchy])
  func robust(loss: FitLoss) throws {
    let t = (0..<20).map { Double($0) }
    var y = t.map { 2 * $0 + 1 + 0.1 * Libm.sin(7 * $0) }
    y[10] = 500
    var options = FitOptions()
    options.loss = loss
    let table = Table(["t": t, "y": y])
    let fit = try Fit("y = a t + b", to: table, options)
    let success = fit.success
    #expect(success, "\(fit.reason)")
    #expect((try #require(fit["a"]).estimate - 2).magnitude < 0.05)
    #expect((try #require(try Fit("y = a t + b", to: table)["b"]).estimate - 1).magnitude > 5)
  }

  @Test(
    "Where all residuals lie in Huber's straight part there is no curvature, and the fit goes on all the same"
  )
  func huberFromFar() throws {
    let t = (0..<20).map { Double($0) }
    let y = t.map { 2 * $0 + 1 + 0.1 * Libm.sin(7 * $0) }
    var options = FitOptions()
    options.loss = .huber
    options.threshold = 0.05
    let fit = try Fit("y = a t + b", to: Table(["t": t, "y": y]), options)
    let success = fit.success
    #expect(success, "\(fit.reason)")
    #expect((try #require(fit["a"]).estimate - 2).magnitude < 0.02)
  }

  @Test("A loss that falls for ever has no fit, and says so")
  func fallingForEver() throws {
    let fit = try Fit(try FitModel("a t", columns: ["t"], isLoss: true), to: Table(["t": [1, 2, 3]]))
    let success = fit.success
    #expect(!success)
  }

  /// Answers that are yes more often the larger x is, and the loss for them.
  private static let logisticData: (x: [Double], y: [Double], options: FitOptions) = {
    let x = (0..<40).map { Double($0) / 10 - 2 }
    var options = FitOptions()
    options.loss = .logistic
    return (x, x.map { Libm.sin(9 * $0) + $0 > 0 ? 1 : 0 }, options)
  }()

  @Test("Logistic regression: 0 and 1, −1 and 1, and the typed loss agree")
  func logistic() throws {
    let (x, y, options) = Self.logisticData
    let fit = try Fit("y = w0 + w1 x", to: Table(["x": x, "y": y]), options)
    let signed = try Fit("t = w0 + w1 x", to: Table(["x": x, "t": y.map { 2 * $0 - 1 }]), options)
    let typed = try Fit(
      FitModel("ln(1 + exp(-t(w0 + w1 x)))", columns: ["x", "t"], isLoss: true),
      to: Table(["x": x, "t": y.map { 2 * $0 - 1 }]))
    #expect(fit.success && signed.success && typed.success)
    for name in ["w0", "w1"] {
      let estimate = try #require(fit[name]).estimate
      #expect((try #require(signed[name]).estimate - estimate).magnitude < 1e-9)
      #expect((try #require(typed[name]).estimate - estimate).magnitude < 1e-9)
    }
    #expect(
      throws: FitError.badResponse(
        loss: "logistic", wants: "0 or 1 (or parts between), or −1 and 1", value: 3, row: 2)
    ) {
      try Fit("y = w0 + w1 x", to: Table(["x": [1, 2, 3], "y": [0, 3, 1]]), options)
    }
  }

  @Test("Fitted values and predictions of log-odds are probabilities, however the data say yes and no")
  func probabilities() throws {
    let (x, y, options) = Self.logisticData
    let table = Table(["x": x, "y": y])
    let fit = try Fit("y = a + b x", to: table, options)
    let signed = try Fit("y = a + b x", to: Table(["x": x, "y": y.map { 2 * $0 - 1 }]), options)
    let (a, b) = (try #require(fit["a"]).estimate, try #require(fit["b"]).estimate)
    let expected = x.map { 1 / (1 + Libm.exp(-(a + b * $0))) }
    for fit in [fit, signed] {
      var rows: [Fit.Row] = []
      try fit.forEachRow { rows.append($0) }
      #expect(rows.map(\.observed) == y)
      #expect(zip(rows, expected).allSatisfy { ($0.fitted - $1).magnitude < 1e-8 })
      // At the maximum of the likelihood the probabilities sum up to what was observed.
      #expect(rows.reduce(0) { $0 + $1.residual }.magnitude < 1e-8)
    }
    let far = try fit.predictions(for: Table(["x": [-1000, 0, 1000]]))
    #expect(far.allSatisfy { 0 <= $0.lower && $0.lower <= $0.value && $0.value <= $0.upper && $0.upper <= 1 })
    #expect(far[0].value < 1e-9 && far[2].value > 1 - 1e-9)
    let log = try Fit("y = a + b x", to: Table(["x": x, "y": x.map { 1 + $0 + Libm.sin(9 * $0) }]))
    let straight = try #require(try log.predictions(for: Table(["x": [1]])).first)
    #expect((straight.upper - straight.value - straight.value + straight.lower).magnitude < 1e-12)
    let curve = try fit.figure().scene.panels[0]
    #expect(curve.y.label == "probability of y")
    #expect(curve.y.low > -0.2 && curve.y.high < 1.2)
  }

  @Test func poisson() throws {
    var options = FitOptions()
    options.loss = .poisson
    let fit = try Fit(
      "y = exp(a + b x)", to: Table(["x": [0, 1, 2, 3, 4], "y": [1, 0, 4, 7, 20]]), options)
    let success = fit.success
    #expect(success)
    // The slope of the likelihood vanishes: Σ (y − μ) = 0 and Σ x(y − μ) = 0.
    let (a, b) = (try #require(fit["a"]).estimate, try #require(fit["b"]).estimate)
    let rest = zip([0.0, 1, 2, 3, 4], [1.0, 0, 4, 7, 20]).map { ($0, $1 - Libm.exp(a + b * $0)) }
    #expect(rest.reduce(0) { $0 + $1.1 }.magnitude < 1e-9)
    #expect(rest.reduce(0) { $0 + $1.0 * $1.1 }.magnitude < 1e-9)
  }
}
