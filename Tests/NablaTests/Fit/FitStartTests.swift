import NablaBasics
import NablaDescent
import Testing

@testable import Nabla

/// Starts that the form of a model suggests: frequencies, phases, places of peaks and of bends.
@Suite struct FitStartTests {
  private static func chance(_ k: Int) -> Double { Double((k * 7919 + 13) % 101) / 101 - 0.5 }

  struct Wave: CustomTestStringConvertible, Sendable {
    var model: String
    var frequency: Double
    var rows: Int
    var length = 10.0
    var isEven = true
    var testDescription: String { "\(model), \(rows) rows, \(frequency)" }
  }

  static let waves: [Wave] = [
    .init(model: "y = A sin(2 pi f t) + B cos(2 pi f t) + c", frequency: 4.03, rows: 100),
    .init(
      model: "y = A sin(2 pi f t) + B cos(2 pi f t) + c", frequency: 0.0616, rows: 30, length: 97,
      isEven: false),
    .init(model: "y = A sin(2 pi f t + p) + c", frequency: 1.37, rows: 400, length: 100),
    .init(model: "y = A sin(w t + p) + c", frequency: 0.9, rows: 60),
    .init(model: "y = A cos(2 pi (t - u)/P) + c", frequency: 1.7, rows: 80),
    .init(model: "y = A sin(2 pi f t) + B cos(2 pi f t) + c", frequency: 150.3, rows: 5000),
  ]

  @Test("A wave is found at its own frequency, and not at one of its aliases", arguments: waves)
  func wave(_ wave: Wave) throws {
    let t = (0..<wave.rows).map { k in
      wave.length / Double(wave.rows - 1) * (Double(k) + (wave.isEven ? 0 : 0.8 * Self.chance(k * 3 + 1)))
    }
    let y = t.enumerated().map {
      Libm.sin(2 * .pi * wave.frequency * $1 + 1.1) + 3 + 0.6 * Self.chance($0 * 5)
    }
    let fit = try Fit(wave.model, to: Table(["t": t, "y": y]))
    let found =
      fit["f"]?.estimate ?? fit["P"].map { 1 / $0.estimate } ?? (fit["w"]?.estimate ?? .nan) / (2 * .pi)
    #expect(fit.success)
    #expect((found.magnitude - wave.frequency).magnitude < 0.2 / wave.length, "\(found)")
    #expect(try #require(fit.rSquared) > 0.85)
    if let phase = fit["p"] { #expect(phase.estimate.magnitude <= .pi) }
  }

  @Test("A phase is given within half a turn of 0, where none was asked for")
  func phase() throws {
    let t = (0..<60).map { Double($0) / 6 }
    let y = t.enumerated().map { 2 * Libm.sin(1.7 * $1 + 2.9) + 0.2 * Self.chance($0) }
    let table = Table(["t": t, "y": y])
    let free = try Fit("y = a sin(b t + c)", to: table)
    #expect((free["c"]?.estimate.magnitude ?? .infinity) <= .pi)
    var options = FitOptions()
    options.start = ["a": 2, "b": 1.7, "c": 2.9 + 20 * Double.pi]
    let given = try Fit("y = a sin(b t + c)", to: table, options)
    #expect(((given["c"]?.estimate ?? 0) - 65.7).magnitude < 0.5)
  }

  @Test("Two peaks on a slope are found from no start at all")
  func peaks() throws {
    let x = (1...125).map { Double(2 * $0) }
    let y = x.enumerated().map { row, x in
      99 * Libm.exp(-0.0109 * x) + 100 * Libm.exp(-(x - 111) * (x - 111) / 540)
        + 73 * Libm.exp(-(x - 147) * (x - 147) / 390) + 8 * Self.chance(row)
    }
    let fit = try Fit(
      "y = b1 exp(-b2 x) + b3 exp(-(x - b4)^2/b5^2) + b6 exp(-(x - b7)^2/b8^2)", to: Table(["x": x, "y": y]))
    #expect(fit.success)
    #expect(fit.residualSD < 3, "\(fit.residualSD)")
  }

  @Test(
    "Where the squares are least at a kink it is a minimum, and no line of two pieces through the rows is better"
  )
  func bend() throws {
    let x = (0..<21).map { Double($0) / 2 }
    let y = x.enumerated().map { 1 - $1 + 3 * max($1 - 4.1, 0) + 2 * Self.chance($0) }
    let fit = try Fit("y = a + b x + c max(x - d, 0)", to: Table(["x": x, "y": y]))
    #expect(fit.success)
    var least = Double.infinity
    for d in stride(from: 0.5, through: 9.5, by: 0.01) {
      var options = FitOptions()
      options.fixed = ["d": d]
      least = min(least, try Fit("y = a + b x + c max(x - d, 0)", to: Table(["x": x, "y": y]), options).loss)
    }
    #expect(fit.loss <= least * (1 + 1e-9), "\(fit.loss), not \(least)")
  }

  @Test("Squares that are least where their slopes jump are said to be so")
  func kink() throws {
    let fit = try Fit(
      "y = a + b max(x - d, 0)", to: Table(["x": [0, 1, 2, 3, 4, 5], "y": [0.3, -0.3, 1, 0.4, 2.6, 3.2]]))
    #expect(fit.success)
    if fit.isAtKink {
      #expect(fit.residualSD.isFinite && fit.parameters.allSatisfy { $0.standardError.isNaN })
    }
  }

  @Test("The mean of counts that is a line has a start though it has none at 0")
  func counts() throws {
    let x = (0..<30).map { Double($0) / 5 }
    let y = x.enumerated().map { max(0, (1 + 3 * $1 + 4 * Self.chance($0)).rounded()) }
    var options = FitOptions()
    options.loss = .poisson
    let fit = try Fit("y = a + b x", to: Table(["x": x, "y": y]), options)
    #expect(fit.success)
    #expect(((fit["b"]?.estimate ?? 0) - 3).magnitude < 1)
    let model = try FitModel("m - y ln(m)", columns: ["x", "y"], isLoss: true)
    let mean = try Fit(model, to: Table(["x": x, "y": y]))
    #expect(((mean["m"]?.estimate ?? 0) - y.reduce(0, +) / 30).magnitude < 1e-9)
  }

  @Test("A count of 0 may have the mean 0, and no other may")
  func countsOfNothing() throws {
    var options = FitOptions()
    options.loss = .poisson
    let fit = try Fit("y = a x^b", to: Table(["x": [0, 1, 2, 3], "y": [0, 2, 4, 7]]), options)
    #expect(fit.success)
    let without = try Fit("y = a x^b", to: Table(["x": [1, 2, 3], "y": [2, 4, 7]]), options)
    #expect(((fit["b"]?.estimate ?? 0) - (without["b"]?.estimate ?? 1)).magnitude < 1e-6)
    #expect(throws: FitError.noValue(row: 1, reason: "the mean is 0 there, and the count 1")) {
      try Fit("y = a x^b", to: Table(["x": [0, 1, 2], "y": [1, 2, 4]]), options)
    }
    #expect(throws: FitError.noValue(row: 2, reason: "ln(ax) needs ax > 0; here ax = 0")) {
      try Fit("y = ln(a x)", to: Table(["x": [1, 0, 2], "y": [1, 2, 4]]))
    }
  }
}
