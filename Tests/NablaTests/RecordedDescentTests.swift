import Foundation
import Nabla
import NablaBasics
import Records
import Testing

/// Descents as they were recorded: what is said of the end and why, the steps, what was computed, and where it ended.
///
/// Every decision on the way shows in one of these, so none is changed unseen.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedDescentTests {
  /// Functions of every kind of end, and starts on and beside it.
  static let ends: [(formula: String, starts: [[Double]])] = [
    ("3 + 0x", [[1]]), ("x", [[1]]), ("2 - 5x", [[0]]),
    ("x^2 + 5x + 6", [[-8], [-2.5]]), ("1000x^2 - 3x", [[1]]), ("-x^2", [[0], [1]]),
    ("x^3", [[0], [1], [-1]]), ("x^4", [[0], [1]]), ("-x^4", [[0]]), ("x^4 - x^3", [[0], [1], [-1]]),
    ("x^5 - x^3", [[0], [1]]), ("x^4 - 2x^2", [[0], [0.5], [-3]]), ("(x - 1)^2*(x + 1)^2", [[0], [3]]),
    ("x^2 - 1e-9x^4", [[0], [1]]), ("x^6 + x^4", [[2]]), ("(x - 3)^8", [[0]]), ("1e6(x - 1)^4 + 1", [[0]]),
    ("abs(x)", [[0], [1], [0.3]]), ("abs(x - 0.3)", [[0], [1]]), ("abs(x) + x^2", [[1]]),
    ("abs(x) - x^2", [[0.25], [1]]), ("abs(x^2 - 2)", [[0], [1], [2]]), ("abs(x)^(3/2)", [[1], [0]]),
    ("sqrt(abs(x))", [[1]]), ("cbrt(x^2)", [[1]]), ("max(x, 0)^2", [[1], [0], [-1]]),
    ("max(x, -x, 2 - x)", [[0], [3]]), ("min(x^2, (x - 2)^2 + 1)", [[0.5], [1.9], [3]]),
    ("sqrt(x)", [[1]]), ("-sqrt(x)", [[1]]), ("sqrt(1 - x^2)", [[0.5], [0]]), ("-sqrt(1 - x^2)", [[0.5]]),
    ("x*sqrt(x)", [[1]]), ("x^x", [[1], [2]]), ("x ln x", [[1]]), ("x - ln x", [[3]]), ("ln x", [[1]]),
    ("-ln x", [[1]]), ("ln(x)^2", [[2], [0.1]]), ("ln(1 + x^2)", [[1], [10]]), ("arcsin x", [[0]]),
    ("arccos x", [[0]]), ("arctan x", [[0], [1]]), ("tan x", [[0], [1]]), ("1/cos x", [[0], [2]]),
    ("1/x", [[1], [-1]]), ("1/x^2", [[1]]), ("-1/x^2", [[1]]), ("x + 1/x", [[1], [3], [-1]]),
    ("1/(x^2 - 1)", [[0.5], [2]]), ("1/(1 + x^2)", [[0], [1]]), ("x/(1 + x^2)", [[0], [3]]),
    ("e^(-x)", [[0]]), ("e^(-x^2)", [[0], [1]]), ("x^2 e^(-x)", [[1], [5], [2]]), ("e^x - x", [[1], [-5]]),
    ("e^(x^2)", [[1], [3]]), ("1 - e^(-x^2)", [[0.5], [3]]), ("sin x", [[0], [1]]), ("x + sin x", [[1]]),
    ("x sin x", [[1], [8]]), ("cos x + x^2/2", [[1]]), ("cosh x", [[2]]), ("tanh x", [[0]]), ("erf x", [[0]]),
    ("gamma(x)", [[1], [2]]), ("floor(x)", [[0.5]]), ("floor(x) + x^2", [[0.7], [-0.2]]),
    ("x - floor(x)", [[0.5]]),
    ("if(x > 0, x + 1, x^2)", [[1], [-1]]), ("if(x < 0.5, -x, 1 - x)", [[0], [1]]), ("sign(x) x", [[1]]),
    ("if(x < 1, -x, x - 3)", [[0]]), ("if(abs(x) < 1, 0, (abs(x) - 1)^2)", [[3], [0]]),
    ("x^2 - y^2", [[0, 0], [1, 0], [1, 1e-9]]), ("x y", [[0, 0], [1, 1]]),
    ("x^2 + y^2", [[0, 0], [3, -4]]),
    ("-x^2 - y^2", [[0, 0]]), ("x^2 y^2", [[0, 0], [1, 1]]), ("x^2 y", [[0, 0], [1, 1]]),
    ("x^2 + y^4", [[1, 1], [0, 0]]), ("x^2 - y^4", [[0, 0]]), ("x^2 + y^3", [[0, 0], [1, 1]]),
    ("x^4 + y^4", [[0, 0], [1, 2]]), ("x^4 - y^4", [[0, 0]]), ("x^4 + y^4 - 3x^2 y^2", [[0, 0]]),
    ("x^4 + y^4 - x^2 y^2", [[0, 0]]), ("x^4 - 2x^2 y^2 + y^4", [[0, 0]]), ("x^3 - 3x y^2", [[0, 0]]),
    ("(y - x^2)(y - 2x^2)", [[0, 0]]), ("(y - x^2)(y - 3x^2) + y^4", [[0, 0], [1, 1]]),
    ("(y^2 - x^3)(y^2 - 2x^3)", [[0, 0]]), ("(x - y)^2", [[1, 2], [0, 0]]),
    ("(x - y)^4 + (x + y)^2", [[1, 2]]),
    ("(x + y - 2)^2 (x - y)^2", [[1, 3]]), ("x^2 + 1e-12 y^2", [[1, 1]]), ("1e8x^2 + y^2", [[1, 1]]),
    ("abs(x) + abs(y)", [[1, 2]]), ("abs(x) + y^2", [[1, 2], [0, 1]]), ("max(abs(x), abs(y))", [[1, 2]]),
    ("abs(x - y) + x^2", [[1, 2]]), ("sqrt(x^2 + y^2)", [[3, 4]]), ("sqrt(x^2 + y^2) - x", [[1, 1]]),
    ("max(x^2 + y^2, (x - 2)^2 + y^2)", [[0.5, 1]]), ("e^(-x) + y^2", [[0, 1]]),
    ("e^(-x^2 - y^2)", [[0, 0], [1, 1]]),
    ("sin x sin y", [[1, 1], [0, 0]]), ("x^2 + (1 - x y)^2", [[1, 1], [3, 2]]),
    ("x y e^(-x^2 - y^2)", [[1, -1], [0, 0]]),
    ("100(y - x^2)^2 + (1 - x)^2", [[-1.2, 1], [1, 1]]), ("3x^2 + 8xy - 3y^5", [[1, -1], [0, 0]]),
    ("ln(x^2 + y^2 + 1)", [[1, 2]]), ("x^2/y", [[1, 1], [1, -1]]), ("-ln(x y) + x + y", [[1, 2]]),
    ("1e308x^(1/3)", [[-1.671875]]), ("r^pi/(9 + r + b)", [[-0.953125, 2.78125]]),
    ("2x^3/(y - 7 + x y)", [[-0.203125, -0.90625]]),
    ("x y z", [[0, 0, 0], [1, 1, -1]]), ("x^4 + y^4 + z^4 - 4x y z", [[1, 2, 3], [0, 0, 0]]),
    ("x^2 + y^2 + z^2 - 2x y - 2y z + 2z x", [[1, 2, 4]]), ("x y z w", [[0, 0, 0, 0]]),
    ("x^4 + y^4 + z^4 + w^4 - 5x^2 y^2 - z^2 w^2", [[0, 0, 0, 0]]), ("a b c d g + a^6", [[0, 0, 0, 0, 0]]),
    ("(x + 10y)^2 + 5(z - w)^2 + (y - 2z)^4 + 10(x - w)^4", [[3, -1, 0, 1]]),
  ]

  /// Functions in boxes: held by a side, by a corner, by none, beside an end of the domain.
  static let boxes: [(formula: String, box: [ClosedRange<Double>], start: [Double])] = [
    ("x^2", [1...3], [2]), ("x^2", [-1...2], [1.5]), ("x^2", [0...2], [1]), ("x^3", [0...1], [0.5]),
    ("x^3", [-1...1], [0]),
    ("-x^2", [-1...2], [0]), ("x", [-1e6...5], [0]), ("abs(x - 1)", [1...3], [2]), ("abs(x)", [-1...2], [1]),
    ("sqrt(x)", [0...4], [1]), ("ln(x)", [0.1...2], [1]), ("1/x", [0...4], [1]), ("1/x", [-1...1], [0.5]),
    ("sin(x)", [0...3], [1]), ("x^4 - x^3", [-1...0.5], [0.3]), ("e^x - 2x", [1...5], [3]),
    ("x^x", [0...1], [0.9]),
    ("x y", [0...1, 0...1], [0.5, 0.5]), ("x y", [-1...1, -1...1], [0, 0]),
    ("x^2 + y^2", [1...2, -1...1], [2, 0.5]),
    ("(x - 2)^2 + (y + 1)^2", [0...1, 0...1], [0.5, 0.5]),
    ("(x - 2)^2 + (y - 0.5)^2", [0...1, 0...1], [0.5, 0.1]),
    ("(x + y - 1)^2", [0...1, 0...1], [0.9, 0.8]), ("(x + y - 3)^2", [0...1, 0...1], [0.5, 0.1]),
    ("x^2 - y^2", [-1...1, -2...1], [0.5, 0.1]), ("x^2 - y^2", [-1...1, 0...0], [0.5, 0]),
    ("x^2 y", [0...1, -1...1], [0.5, 0.5]),
    ("100(y - x^2)^2 + (1 - x)^2", [-2...0.5, -1...2], [-1.2, 1]),
    ("100(y - x^2)^2 + (1 - x)^2", [1...3, -1...2], [2, 0]),
    ("100(y - x^2)^2 + (1 - x)^2", [-2...2, 1.5...3], [-1.2, 2]),
    ("x^4 + y^4 - 4x y", [-2...0.5, -2...2], [0.1, 0.3]),
    ("abs(x) + abs(y - 2)", [-1...1, 0...1], [0.7, 0.2]), ("max(x, y)", [0...1, 0.25...1], [0.9, 0.8]),
    ("e^(-x) + y^2", [0...50, -1...1], [1, 0.5]), ("ln(x y)", [0.5...2, 0.25...3], [1, 1]),
    ("sin(x) cos(y)", [0...2, 0...2], [1, 1]),
    ("x + y + z", [0...1, -1...1, 2...3], [0.5, 0, 2.5]),
    ("x y z", [0...1, -1...1, -2...1], [0.5, 0.1, 0.2]),
    ("(x - y)^2 + (y - z)^2 + (z - 4)^2", [0...1, 0...2, 0...3], [0.5, 0.5, 0.5]),
    ("x^2 + y^2 + z^2 - x y z", [0.5...3, 0.5...3, 0.5...3], [1, 2, 3]),
  ]

  @Test("Boxes") func inBoxes() throws {
    var lines: [String] = []
    for row in Self.boxes {
      let formula = try Formula(row.formula)
      for sense in [Objective.Sense.minimize, .maximize] {
        var objective = try formula.objective(sense)
        objective.bounds = Bounds(lower: row.box.map(\.lowerBound), upper: row.box.map(\.upperBound))
        let trace = Minimizer(Automatic(), StopCriteria(maximumIterations: 300)).minimize(
          objective, from: row.start)
        let held = trace.certificate.activeBounds.map {
          "\($0.variable)\($0.isUpper ? "↑" : "↓")\(Self.number($0.multiplier))"
        }
        let box = row.box.map { "\($0.lowerBound) to \($0.upperBound)" }.joined(separator: ", ")
        lines += [
          Self.line("\(sense.rawValue) \(row.formula), \(box)", trace),
          Self.ending(trace) + (held.isEmpty ? "" : "; held " + held.joined(separator: " ")),
        ]
      }
    }
    #expect(try Record(name: "boxes.txt").differences(from: lines) == [])
  }

  /// Many variables: by the entries of the Hessian, and by the squares of a long sum.
  static let long: [(formula: String, start: @Sendable (Int) -> Double, count: Int)] = [
    ("sum(i, 1, 599, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", { $0 % 2 == 0 ? -1.2 : 1 }, 600),
    ("sum(i, 1, 599, x[i]^4 - x[i] x[i+1] + cosh(x[i+1]))", { Double($0 % 7) / 3 - 1 }, 600),
    ("sum(i, 1, 598, (x[i] - 2x[i+1] + x[i+2])^2 + e^(x[i]/10)) - x_1 x_600", { Double($0 % 5) / 4 }, 600),
    ("sum(i, 1, 40, (x[i] - i)^4 + x[i]^2) + sum(i, 1, 39, x[i] x[i+1])", { _ in 1 }, 40),
    ("1e9 + sum(i, 1, 599, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", { $0 % 2 == 0 ? -1.2 : 1 }, 600),
    ("sum(i, 1, 599, x[i]^4 - x[i] x[i+1] + cosh(x[i+1])) - 1e8", { Double($0 % 7) / 3 - 1 }, 600),
    ("sum(i, 1, 60, cosh(x[i] - i/50)) + sum(i, 1, 59, x[i]^2 x[i+1]^2)", { Double($0 % 5) - 2 }, 60),
    ("prod(i, 1, 6, x[i] - i) + sum(i, 1, 6, x[i]^4)", { Double($0) }, 6),
  ]

  private static func number(_ x: Double) -> String {
    x.magnitude < 1e-7 ? "0" : Record.number(x, digits: 5)
  }

  /// All points on the way, to the last bit.
  private static func digest(_ trace: Trace) -> String {
    var digest = Digest()
    for point in trace.points { digest.add(point.x + [point.f] + point.gradient) }
    return digest.text
  }

  private static func line(_ name: String, _ trace: Trace) -> String {
    let x = trace.x.count <= 4 ? trace.x : Array(trace.x.prefix(2) + trace.x.suffix(2))
    let counts = trace.counts
    return "\(name): \(trace.certificate.verdict.rawValue) after \(trace.iterations), "
      + "\(counts.f) \(counts.gradient) \(counts.hessian) \(counts.products), f = \(number(trace.f)) at "
      + x.map(number).joined(separator: " ") + " [\(digest(trace))]"
  }

  private static func ending(_ trace: Trace) -> String {
    let (certificate, stop) = (trace.certificate, trace.stop.sentence(trace.sense))
    return "    " + certificate.reason + (stop == certificate.reason ? "" : "; " + stop)
      + (certificate.digits.map { "; \($0) digits" } ?? "")
  }

  @Test("Every kind of end") func ends() throws {
    var lines: [String] = []
    for row in Self.ends {
      let formula = try Formula(row.formula)
      for start in row.starts {
        for sense in [Objective.Sense.minimize, .maximize] {
          let trace = Minimizer(TrustRegionNewton(), StopCriteria(maximumIterations: 400)).minimize(
            try formula.objective(sense), from: start)
          lines += [Self.line("\(sense.rawValue) \(row.formula) from \(start)", trace), Self.ending(trace)]
        }
        // Without second derivatives.
        let plain = try formula.objective()
        let closures = Objective(
          { x in
            var copy = plain
            return copy.value(at: x)
          },
          gradient: { x in
            var copy = plain
            return copy.iterate(at: x).gradient
          })
        let trace = Minimizer(BFGS(), StopCriteria(maximumIterations: 200)).minimize(closures, from: start)
        lines += [Self.line("closures \(row.formula) from \(start)", trace), Self.ending(trace)]
      }
    }
    #expect(try Record(name: "ends.txt").differences(from: lines) == [])
  }

  /// A problem of the collections of the benchmark.
  private struct Problem: Decodable {
    struct Start: Decodable { var x: [Double] }
    var name: String
    var sense: String
    var formula: String
    var vars: [String]
    var starts: [Start]
    var bounds: [[Double?]?]?

    func objective() throws -> Objective {
      var objective = try Formula(formula, variables: vars).objective(sense == "max" ? .maximize : .minimize)
      if let bounds {
        objective.bounds = Bounds(
          lower: bounds.map { $0?[0] ?? -.infinity }, upper: bounds.map { $0?[1] ?? .infinity })
      }
      return objective
    }
  }

  private static let problems: [Problem] = ["mgh", "classic", "nasty", "bound"].flatMap { set in
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Benchmarks/Descents/Problems/\(set).jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Problem.self, from: Data($0.utf8))
    }
  }

  @Test("The problems of the benchmark, from every start") func collections() throws {
    var lines: [String] = []
    #expect(Self.problems.count == 60)
    for problem in Self.problems {
      let objective = try problem.objective()
      for start in problem.starts {
        let trace = Minimizer().minimize(objective, from: start.x)
        lines += [Self.line("\(problem.name) from \(start.x.prefix(4))", trace), Self.ending(trace)]
      }
    }
    #expect(try Record(name: "collections.txt").differences(from: lines) == [])
  }

  @Test("Every method on the problems of the benchmark, sixty steps") func methods() throws {
    var lines: [String] = []
    for (place, problem) in Self.problems.enumerated() where problem.vars.count <= 6 {
      let objective = try problem.objective()
      for (number, row) in Methods.all.enumerated()
      where problem.bounds == nil || Methods.keepsBounds(row.name) {
        // A third of the methods on each problem, the next third on the next.
        guard (place + number) % 3 == 0, let start = problem.starts.first else { continue }
        let trace = Minimizer(try row.make(), StopCriteria(maximumIterations: 60)).minimize(
          objective, from: start.x)
        lines.append(Self.line("\(problem.name), \(row.name)", trace))
      }
    }
    for (formula, start) in [
      ("abs(x) + abs(y) + x y", [1.0, 2]), ("max(x^2 + y^2, 3x - y)", [2, 1]), ("ln x + 1/x + y^4", [3, 1]),
    ] {
      for row in Methods.all {
        let trace = Minimizer(try row.make(), StopCriteria(maximumIterations: 60)).minimize(
          try Formula(formula).objective(), from: start)
        lines.append(Self.line("\(formula), \(row.name)", trace))
      }
    }
    #expect(try Record(name: "methods.txt").differences(from: lines) == [])
  }

  @Test("Many variables") func manyVariables() throws {
    var lines: [String] = []
    for row in Self.long {
      let formula = try Formula(row.formula, variables: (1...row.count).map { "x_\($0)" })
      let trace = Minimizer(Automatic(), StopCriteria(maximumIterations: 100)).minimize(
        try formula.objective(), from: (1...row.count).map(row.start))
      lines += [Self.line(row.formula, trace), Self.ending(trace)]
    }
    #expect(try Record(name: "long.txt").differences(from: lines) == [])
  }
}
