import Foundation
import Nabla
import NablaBasics
import Records
import Testing

/// Families of functions and of data along a parameter p, a power of ten after the other, as they were recorded: at which
/// step a verdict changes to the next, and what each descent and each fit took.
///
/// A bound that moves shows where the verdicts change, whatever stands on either side.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedLadderTests {
  /// Formulas in p, their starts, and the powers of ten of p.
  static let functions: [(formula: String, starts: [[Double]], powers: ClosedRange<Int>)] = [
    ("x^2 + p abs(x)^3", [[1]], -9...9), ("x^4 + p x^2", [[0], [1]], -20...2),
    ("x^4 - p x^2", [[0]], -20...2),
    ("p + x^2", [[1]], -2...18), ("p + x^4", [[1]], -2...18), ("p - x^2", [[0]], -2...18),
    ("x^2 + p x", [[0]], -20...2),
    ("p(x - 3)^2 + x/p", [[1]], -6...6), ("x^2 - p x^4", [[0], [1]], -20...2), ("x^3 + p x", [[0]], -20...0),
    ("x^3 + p x^2", [[0]], -20...0), ("abs(x) + p x^2", [[0], [1]], -6...9),
    ("x^2 + p abs(x)", [[0], [1]], -18...2),
    ("sqrt(p + x^2)", [[0], [1]], -24...0), ("x^2 + p y^2", [[1, 1]], -20...0),
    ("x^2 - p y^2", [[0, 0]], -20...0),
    ("(y - x^2)(y - p x^2)", [[0, 0]], -8...4), ("(y - x^2)(y - (1 + p) x^2)", [[0, 0]], -16...0),
    ("(x + y)^2 - p x y", [[0, 0], [1, 2]], -18...0), ("(x + y)^2 + p x^4", [[1, 2]], -18...0),
    ("1/(p + x^2)", [[1]], -12...2), ("-1/(p + x^2)", [[1]], -18...2), ("-ln(p + x^2)", [[1]], -18...2),
    ("e^(-p x)", [[0]], -9...3), ("e^(-x) + p x", [[0]], -16...2), ("e^x + p e^(-x)", [[0]], -16...2),
    ("x + p sin x", [[0]], -3...6), ("ln(p + x^2)", [[1]], -18...0), ("x - p ln x", [[1]], -16...3),
    ("x^2 + p/x", [[1]], -16...3), ("max(x^2, p)", [[1], [0]], -18...0), ("max(x, p)^2", [[1]], -18...0),
    ("if(x > 0, p, 0) + x^2", [[1], [-1], [0]], -18...0),
    ("if(x > 0, -p, 0) + x^2", [[1], [-1], [0]], -18...0),
    ("p floor(x/p)", [[0.7]], -12...0), ("(x - p)^2", [[0]], -12...18), ("(x - p)^4", [[0]], -3...12),
    ("x^4 + y^4 - (2 + p) x^2 y^2", [[0, 0]], -16...0), ("x^4 + y^4 - (2 - p) x^2 y^2", [[0, 0]], -16...0),
    ("x^2 - p y^4", [[0, 0]], -16...0), ("x^4 - p y^4", [[0, 0]], -16...0),
    ("x^2 y^2 + p x^4 - p y^6", [[0, 0]], -12...0),
    ("abs(x)^(1 + p)", [[1], [0]], -6...0), ("abs(x)^p", [[1]], -3...0),
    ("100(y - x^2)^2 + p (1 - x)^2", [[-1.2, 1]], -9...5),
    ("p(y - x^2)^2 + (1 - x)^2", [[-1.2, 1]], -2...9), ("x^2 + p(1 - x y)^2", [[1, 1]], -6...6),
    ("1 - e^(-p x^2)", [[1], [3]], -6...3), ("x^2 e^(-p x)", [[1], [30]], -6...3),
    ("sqrt(x - p)", [[1]], -15 ... -1),
    ("abs(x) + p abs(y)", [[1, 2]], -12...0), ("abs(x) - p y", [[1, 1]], -12...0),
    ("max(x, -p x)", [[1]], -12...2),
    ("max(x, -p y) + y^2", [[1, 1]], -9...2), ("arctan(x/p)", [[1]], -6...3), ("tanh(p x)", [[0]], -6...3),
    ("x/(p + x^2)", [[0]], -9...3), ("p x^4 - x^2", [[1]], -18...2), ("x^2 - p x^3", [[0], [1]], -15...2),
    ("(x^2 + y^2 - 1)^2 + p y", [[1, 1]], -15...2), ("cosh(x) + p y^2 + y^4", [[1, 1]], -15...0),
    ("x y z + p(x^4 + y^4 + z^4)", [[0, 0, 0], [1, 1, -1]], -6...3),
    ("abs(x^2 + y^2 - p)", [[1, 0], [0, 0]], -12...0),
    ("x^2 + y^2 - p abs(x y)", [[1, 2], [0, 0]], -3...3), ("sin(x)^2 + p y^2 + p y", [[1, 1]], -12...0),
  ]

  /// A formula with a power of ten in the place of p.
  private static func text(_ formula: String, _ power: Int) -> String {
    formula.replacing(/\bp\b/, with: "(1e\(power))")
  }

  /// The first letters of the words of a verdict, and what was counted.
  private static func text(_ trace: Trace) -> String {
    let words = trace.certificate.verdict.rawValue.split(separator: " ").map { $0.prefix(3) }.joined()
    let counts = trace.counts
    let f = trace.f.magnitude < 1e-12 ? "0" : Record.number(trace.f, digits: 3)
    return "\(words) \(trace.iterations) \(counts.f) \(counts.gradient) \(counts.hessian) \(f)"
  }

  /// Results that stay the same are written once, with their number.
  private static func joined(_ results: [String]) -> String {
    var runs: [(text: String, count: Int)] = []
    for result in results {
      if let last = runs.last, last.text == result {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((result, 1))
      }
    }
    return runs.map { $0.count == 1 ? $0.text : "\($0.text) ×\($0.count)" }.joined(separator: "; ")
  }

  @Test("Descents") func descents() throws {
    var lines: [String] = []
    for row in Self.functions {
      for start in row.starts {
        var results: (newton: [String], closures: [String]) = ([], [])
        var digest = Digest()
        func text(_ trace: Trace) -> String {
          for point in trace.points { digest.add(point.x + [point.f]) }
          return Self.text(trace)
        }
        for power in row.powers {
          let formula = try Formula(Self.text(row.formula, power))
          let newton = Minimizer(Automatic(), StopCriteria(maximumIterations: 120))
          results.newton.append(text(newton.minimize(try formula.objective(), from: start)))
          guard power % 3 == 0 else { continue }
          let compiled = try formula.compiled()
          let closures = Objective({ compiled($0) }, gradient: { compiled.gradient(at: $0) })
          let plain = Minimizer(BFGS(), StopCriteria(maximumIterations: 80))
          results.closures.append(text(plain.minimize(closures, from: start)))
        }
        lines.append("\(row.formula) from \(start): " + Self.joined(results.newton))
        lines.append("  closures: " + Self.joined(results.closures) + " [\(digest.text)]")
      }
    }
    #expect(try Record(name: "ladders.txt").differences(from: lines) == [])
  }

  /// Models, data and settings in p.
  struct FitRow: Sendable {
    var model: String
    var truth: String
    var noise = "0.1"
    var far = "0"
    var loss = FitLoss.squares
    var settings: @Sendable (inout FitOptions, Double) -> Void = { _, _ in }
    var powers: ClosedRange<Int>
  }

  static let line = "y = a t + b"
  static let growth = "y = a exp(b t)"
  static let decay = "y = a exp(-b t) + c"
  static let fits: [FitRow] = [
    .init(model: line, truth: "2t + 1", noise: "p", powers: -18...9),
    .init(model: growth, truth: "2exp(0.3t)", noise: "p", powers: -18...3),
    .init(model: growth, truth: "p exp(0.3t)", noise: "0.01 p", powers: -12...12),
    .init(model: growth, truth: "2exp(p t)", noise: "0.01", powers: -9...1),
    .init(model: decay, truth: "5exp(-0.8t) + 1", far: "p", powers: -3...9),
    .init(model: decay, truth: "5exp(-p t) + 1", noise: "0", powers: -6...3),
    .init(model: line, truth: "2t + 1", far: "p", loss: .huber, powers: -3...9),
    .init(model: line, truth: "2t + 1", far: "p", loss: .cauchy, powers: -3...9),
    .init(model: decay, truth: "5exp(-0.8t) + 1", far: "p", loss: .softL1, powers: -3...9),
    .init(model: growth, truth: "2exp(0.3t)", noise: "p", loss: .huber, powers: -12...3),
    .init(model: growth, truth: "2exp(0.3t)", noise: "p", loss: .cauchy, powers: -12...3),
    .init(model: line, truth: "if(t > 3 + p sin(9t), 1, 0)", noise: "0", loss: .logistic, powers: -3...3),
    .init(
      model: line, truth: "if(p t > 0.001 + p sin(9t), 1, 0)", noise: "0", loss: .logistic, powers: -6...2),
    .init(model: "y = exp(a t + b)", truth: "round(p(2t + 1))", noise: "0", loss: .poisson, powers: -3...6),
    .init(model: "y = a t + b(t + p t^2)", truth: "3t", powers: -15...0),
    .init(model: "y = a t + b(t + p sin(t))", truth: "3t", noise: "0", powers: -15...0),
    .init(model: "y = a t/(b + t)", truth: "4t/(p + t)", noise: "0.01", powers: -6...4),
    .init(model: "y = a + b exp(p t)", truth: "t", powers: -9...2),
    .init(
      model: "y = a/(1 + exp(-b(t - c)))", truth: "4/(1 + exp(-p(t - 3)))", noise: "0.01", powers: -3...4),
    .init(model: growth, truth: "2exp(0.3t)", settings: { $0.bounds = ["a": 0...$1] }, powers: -6...3),
    .init(
      model: growth, truth: "2exp(0.3t)", loss: .huber,
      settings: { $0.bounds = ["a": 0...10, "b": -1...$1] }, powers: -6...1),
    .init(
      model: "y = a sin(b t)", truth: "sin(t)", settings: { $0.start = ["a": 1, "b": $1] }, powers: -6...2),
    .init(model: growth, truth: "2exp(0.3t)", settings: { $0.start = ["a": $1, "b": 0] }, powers: -12...9),
    .init(
      model: decay, truth: "5exp(-0.8t) + 1", settings: { $0.start = ["a": 1, "b": $1, "c": 0] },
      powers: -6...2),
    .init(
      model: decay, truth: "5exp(-0.8t) + 1", loss: .cauchy,
      settings: { $0.start = ["a": $1, "b": 1, "c": 0] },
      powers: -6...4),
    .init(model: "y = a abs(t - b)^(1 + c)", truth: "abs(t - 2.3)", noise: "p", powers: -9...0),
  ]

  private static func text(_ fit: Fit) -> String {
    func number(_ x: Double) -> String { x.magnitude < 1e-9 ? "0" : Record.number(x) }
    let words = fit.verdict.rawValue.split(separator: " ").map { $0.prefix(3) }.joined()
    let counts = fit.evaluations
    let estimates = fit.parameters.map { number($0.estimate) + "±" + number($0.standardError) }
    return "\(words) \(fit.iterations) \(counts.f) \(counts.gradient) \(counts.hessian) \(number(fit.loss)) "
      + estimates.joined(separator: " ") + " rank \(fit.statistics.rank)"
      + (fit.statistics.idle.isEmpty ? "" : " idle")
      + (fit.otherMinima.isEmpty ? "" : " and \(fit.otherMinima.count)")
  }

  @Test("Fits") func fits() throws {
    let steps = (0..<24).map { Double($0) / 4 }
    var lines: [String] = []
    for row in Self.fits {
      var results: [String] = []
      var digest = Digest()
      for power in row.powers {
        let p = Libm.pow(10, Double(power))
        let noise = try Formula(Self.text(row.noise, power) + " + 0t", variables: ["t"]).value(at: [0])
        let far = try Formula(Self.text(row.far, power) + " + 0t", variables: ["t"]).value(at: [0])
        let truth = try Formula(Self.text(row.truth, power), variables: ["t"])
        var y: [Double] = []
        for (k, t) in steps.enumerated() {
          let chance = Double((k * 7919 + 13) % 101) / 101 - 0.5
          y.append(try truth.value(at: [t]) + noise * chance + (k == 9 ? far : 0))
        }
        var options = FitOptions()
        options.loss = row.loss
        row.settings(&options, p)
        do {
          let fit = try Fit(Self.text(row.model, power), to: Table(["t": steps, "y": y]), options)
          results.append(Self.text(fit))
          digest.add(RecordedFitTests.digest(fit))
        } catch {
          results.append("none: " + "\(error)".prefix(40))
        }
      }
      let name = "\(row.model) to \(row.truth), noise \(row.noise), far \(row.far), \(row.loss)"
      lines.append("\(name): " + Self.joined(results) + " [\(digest.text)]")
    }
    #expect(try Record(name: "fit-ladders.txt").differences(from: lines) == [])
  }
}
