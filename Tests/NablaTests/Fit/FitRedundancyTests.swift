import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Parameters that the data do not tell apart, or not at all: the others are right, and no error is claimed for these.
@Suite struct FitRedundancyTests {
  /// Numbers between −1/2 and 1/2 that look like chance.
  private static func chance(_ k: Int) -> Double { Double((k * 7919 + 13) % 101) / 101 - 0.5 }

  private static func table(
    _ name: String, _ x: [Double], noise: Double, _ truth: (Double) -> Double
  ) -> Table {
    Table([name: x, "y": x.enumerated().map { truth($1) + noise * chance($0) }])
  }

  private static let decay = table("t", (0..<40).map { Double($0) / 4 }, noise: 0.1) { 7 * Libm.exp(-$0 / 3) }

  struct Pair: CustomTestStringConvertible, Sendable {
    var model: String
    var plain: String
    var start: [String: Double] = [:]
    var testDescription: String { model }
  }

  static let pairs: [Pair] = [
    .init(model: "y = a exp(-(t - u)/w)", plain: "y = a exp(-t/w)"),
    .init(model: "y = a exp(-(t - u)/w)", plain: "y = a exp(-t/w)", start: ["a": 1, "u": 1, "w": 1]),
    .init(model: "y = a exp(-t/w + c)", plain: "y = a exp(-t/w)", start: ["a": 1, "c": 1, "w": 5]),
    .init(model: "y = a b exp(-t/w)", plain: "y = a exp(-t/w)"),
  ]

  @Test(
    "Where one parameter makes up for another the third is what it is without one of them", arguments: pairs)
  func pair(_ pair: Pair) throws {
    var options = FitOptions()
    options.start = pair.start
    let fit = try Fit(pair.model, to: Self.decay, options)
    let plain = try Fit(pair.plain, to: Self.decay)
    let (w, known) = (try #require(fit["w"]), try #require(plain["w"]))
    #expect(fit.verdict == .degenerate && !fit.success)
    #expect((w.estimate - known.estimate).magnitude < 1e-6 * known.estimate, "\(w.estimate)")
    #expect((w.standardError - known.standardError).magnitude < 1e-3 * known.standardError)
    #expect((fit.loss - plain.loss).magnitude < 1e-9 * plain.loss)
    #expect(fit.statistics.undetermined.count == 2 && fit.statistics.idle.isEmpty)
    #expect(fit.parameters.allSatisfy { $0.estimate.magnitude < 1e6 })
  }

  @Test("A product of two parameters is attained: no infimum at infinity is claimed for a line")
  func product() throws {
    let table = Self.table("x", (0..<40).map { Double($0) / 4 }, noise: 20) { 1.6 * $0 + 4 }
    let fit = try Fit("y = a b x + c", to: table)
    let line = try Fit("y = a x + c", to: table)
    let slope = try #require(fit["a"]).estimate * (try #require(fit["b"]).estimate)
    #expect(fit.verdict == .degenerate && fit.ray == nil)
    #expect((slope - line.parameters[0].estimate).magnitude < 1e-6)
    #expect((fit.loss - line.loss).magnitude < 1e-9 * line.loss)
  }

  @Test("The same of log-odds: the bend of the valley is no obstacle")
  func productOfLogOdds() throws {
    let x = (0..<60).map { Double($0) / 10 - 3 }
    let y = x.enumerated().map { $1 + 6 * Self.chance($0) > 0.3 ? 1.0 : 0 }
    var options = FitOptions()
    options.loss = .logistic
    let fit = try Fit("y = a b x + c", to: Table(["x": x, "y": y]), options)
    let line = try Fit("y = a x + c", to: Table(["x": x, "y": y]), options)
    #expect(fit.verdict == .degenerate)
    #expect((fit.loss - line.loss).magnitude < 1e-8 * line.loss)
  }

  @Test("A second phase is not determined, and no residual of 0 is claimed for a phase that rounding drowns")
  func phases() throws {
    let wave = Self.table("t", (0..<80).map { Double($0) / 10 }, noise: 0.8) {
      2.5 * Libm.sin(3.7 * $0 + 0.4) + 1
    }
    let known = try Fit("y = a sin(b t) + d cos(b t) + k", to: wave)
    let fit = try Fit("y = a sin(b t + c) + d cos(b t) + k", to: wave)
    #expect(fit.verdict == .degenerate && fit.loss > 0)
    #expect((fit.loss - known.loss).magnitude < 1e-6 * known.loss)
    #expect(fit.statistics.undetermined == [0, 2, 3])

    var options = FitOptions()
    options.start = ["c": 7e14, "a": -3, "b": 3.7, "d": -1.6, "k": 1]
    let far = try Fit("y = a sin(b t + c) + d cos(b t) + k", to: wave, options)
    #expect(far.statistics.rss > 0)
    #expect((far["c"]?.estimate.magnitude ?? .infinity) < 1e12 || !far.success)
  }

  @Test("The powers of years are fitted as well as those of years from the middle on")
  func years() throws {
    let years = (1990...2020).map { Double($0) }
    let table = Self.table("year", years, noise: 1) {
      350 + 2 * ($0 - 1990) + 0.02 * ($0 - 2000) * ($0 - 2000)
    }
    let model = { (t: String) in "y = a + b*\(t) + c*\(t)^2 + d*\(t)^3 + p*\(t)^4 + q*\(t)^5 + r*\(t)^6" }
    let fit = try Fit(model("year"), to: table)
    let centred = try Fit(model("(year - 2005)"), to: table)
    #expect(centred.success)
    #expect(fit.loss < 1.1 * centred.loss, "\(fit.loss), not \(centred.loss)")
    #expect(fit.farColumn?.name == "year")
    #expect(fit.farColumn?.centre == 2005)
    #expect(centred.farColumn == nil)
  }

  @Test("A jump between two rows has no error of billions: how steep it is, and where, is not determined")
  func step() throws {
    let x = (0..<20).map { Double($0) }
    for size in [0.02, 0.5] {
      let y = x.enumerated().map { ($1 > 10 ? 1 : 0) + size * Self.chance($0) }
      let fit = try Fit("y = L/(1 + exp(-k*(x - m)))", to: Table(["x": x, "y": y]))
      #expect(fit.verdict == .degenerate || fit.verdict == .infimumAtInfinity, "\(fit.verdict)")
      #expect(fit["k"]?.standardError.isNaN == true || fit.ray != nil)
    }
  }

  @Test("A parameter that is 0 as far as can be told has an error, however large it is beside the estimate")
  func nothing() throws {
    let table = Self.table("t", (0..<40).map { Double($0) / 4 }, noise: 1) { _ in 3 }
    let fit = try Fit("y = a exp(b t)", to: table)
    #expect(fit.success)
    #expect(fit["b"]?.standardError.isFinite == true)
  }

  @Test("An end that is lower is not called worse for not being determined")
  func lowerEnd() throws {
    let x = (0..<12).map { Double($0) }
    let y = x.enumerated().map { ($1 < 5.5 ? -3.0 : 12) + 2 * Self.chance($0) }
    var options = FitOptions()
    options.start = ["a": 4, "b": 7.5, "d": 5.4, "w": 0.1]
    let fit = try Fit("y = a + b tanh((x - d)/w)", to: Table(["x": x, "y": y]), options)
    if case .replaced(let loss, _) = fit.start { #expect(loss >= fit.loss * (1 - 1e-9)) }
  }
}
