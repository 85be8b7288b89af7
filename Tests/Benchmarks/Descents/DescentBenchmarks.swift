import FoundationEssentials
import Nabla

/// Runs the problems of `Tests/Benchmarks/Descents/Problems` with the default method and prints what was found.
///
///     swift run -c release DescentBenchmarks              a line for each start, a line for each collection
///     swift run -c release DescentBenchmarks mgh bound    these collections
///
/// The same for scipy: `python3 Tests/Benchmarks/Descents/scipy_baseline.py`.
@main
enum DescentBenchmarks {
  struct Totals {
    var runs = 0
    var right = 0
    var globally = 0
    var lies = 0
    var counts = Objective.Counts()
    var comparison = Comparison()
  }

  static func main() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let peer = try String(contentsOf: folder.appending(path: "trust-exact.tsv"), encoding: .utf8)
    let sets = ["mgh", "classic", "nasty", "bound"]
    let asked = CommandLine.arguments.dropFirst()
    guard asked.allSatisfy(sets.contains) else {
      print("usage: DescentBenchmarks [\(sets.joined(separator: " | "))] …")
      return
    }
    for set in asked.isEmpty ? sets : Array(asked) {
      let text = try String(contentsOf: folder.appending(path: "Problems/\(set).jsonl"), encoding: .utf8)
      var totals = Totals()
      let clock = ContinuousClock()
      let time = try clock.measure {
        for line in text.split(separator: "\n") {
          let problem = try JSONDecoder().decode(Problem.self, from: Data(line.utf8))
          for start in problem.starts { try run(problem, start, &totals) }
        }
      }
      print(
        "\(set): \(totals.right) of \(totals.runs) right, \(totals.globally) at the global minimum, "
          + "\(totals.lies) false successes; of those at the global minimum \(totals.counts.f) values, "
          + "\(totals.counts.gradient) gradients, \(totals.counts.hessian) Hessians; \(time)")
      for line in totals.comparison.lines(beside: Comparison.rows(in: peer, of: set)) { print(line) }
      print()
    }
  }

  private static func run(_ problem: Problem, _ start: Problem.Start, _ totals: inout Totals) throws {
    let formula = try Formula(problem.formula, variables: problem.vars)
    var objective = try formula.objective(problem.sense == "max" ? .maximize : .minimize)
    if let bounds = problem.bounds {
      objective.bounds = Bounds(
        lower: bounds.map { $0?[0] ?? -.infinity }, upper: bounds.map { $0?[1] ?? .infinity })
    }
    let trace = Minimizer(recording: .all).minimize(objective, from: start.x)
    let kind = problem.kind(of: trace.f)
    let isRight = (kind != nil && trace.success) || (problem.isOpenEnded && !trace.success)
    let reached = trace.points.first { problem.kind(of: $0.f) == "global" }?.counts.f
    totals.runs += 1
    if isRight { totals.right += 1 }
    if trace.success && kind == nil { totals.lies += 1 }
    if kind == "global" && trace.success {
      totals.globally += 1
      totals.counts.f += trace.counts.f
      totals.counts.gradient += trace.counts.gradient
      totals.counts.hessian += trace.counts.hessian
      if let reached {
        totals.comparison.add(
          .init(name: problem.name, label: start.label, untilSolved: reached, counts: trace.counts))
      }
    }
    let mark = isRight ? " " : trace.success ? "!" : "✗"
    print(
      mark, problem.name, start.label, kind ?? "-", trace.certificate.verdict.rawValue, "f = \(trace.f)",
      "values \(trace.counts.f)" + (reached.map { " (solved after \($0))" } ?? ""),
      "gradients \(trace.counts.gradient) Hessians \(trace.counts.hessian)", separator: "  ")
  }
}
