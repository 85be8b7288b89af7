import NablaBasics
import Records
import Testing

@testable import NablaDescent

/// Ways down as they were recorded, by each method and along families of functions with a parameter p: how a way ended,
/// the steps, what was evaluated, and every point to the last bit.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedWayTests {
  private static func objective(_ family: RecordedLookTests.Family, _ p: Double) -> Objective {
    let f: @Sendable ([Double], Int) -> Jet = { family.f(p, Jet.variables(at: $0, order: $1)) }
    let n = family.n
    return Objective(
      value: { f($0, 0).value },
      valueAndGradient: { x in
        let jet = f(x, 1)
        return (jet.value, jet.slopes)
      },
      hessian: { f($0, 2).curvatures },
      sparseHessian: SparseHessian(
        rowStarts: (0...n).map { $0 * ($0 + 1) / 2 }, columns: (0..<n).flatMap { Array(0...$0) },
        values: { x in
          let rows = f(x, 2).curvatures
          return (0..<n).flatMap { i in (0...i).map { rows[i * n + $0] } }
        }))
  }

  /// The first letters of the words of a verdict.
  private static func short(_ verdict: Verdict) -> String {
    verdict.rawValue.split(separator: " ").map { $0.prefix(3) }.joined()
  }

  /// Results that stay the same are written once, with their number.
  private static func joined(_ results: [String]) -> String {
    var runs: [(text: String, count: Int)] = []
    for result in results {
      if runs.last?.text == result { runs[runs.count - 1].count += 1 } else { runs.append((result, 1)) }
    }
    return runs.map { $0.count == 1 ? $0.text : "\($0.text) ×\($0.count)" }.joined(separator: "; ")
  }

  @Test("By methods for many variables and by values alone", arguments: ["sparse-newton", "nelder-mead"])
  func methods(name: String) throws {
    let method = try #require(Methods.named(name)).make()
    var lines: [String] = []
    for family in RecordedLookTests.families {
      for start in [0.3, 1, -2] {
        var results: [String] = []
        var digest = Digest()
        for power in family.powers {
          let trace = Minimizer(method, StopCriteria(maximumIterations: 80)).minimize(
            Self.objective(family, Libm.pow(10, Double(power))),
            from: (0..<family.n).map { start / Double($0 + 1) })
          for point in trace.points { digest.add(point.x + [point.f]) }
          let counts = trace.counts
          results.append(
            "\(Self.short(trace.certificate.verdict)) \(trace.iterations) \(counts.f) \(counts.gradient)")
        }
        lines.append("\(family.name) from \(start): \(Self.joined(results)) [\(digest.text)]")
      }
    }
    #expect(try Record(name: "ways-\(name).txt").differences(from: lines) == [])
  }

  @Test("Of losses, free and within bounds") func losses() throws {
    var lines: [String] = []
    for family in RecordedLookTests.families {
      for (start, bounds) in [(0.3, -Double.infinity...Double.infinity), (1, -0.25...2), (-2, -10...1e-9)] {
        var results: [String] = []
        var digest = Digest()
        for power in family.powers {
          let p = Libm.pow(10, Double(power))
          var loss = RowLoss(
            parameters: family.n, value: { family.f(p, Jet.variables(at: $0, order: 0)).value },
            derivatives: { x in
              let jet = family.f(p, Jet.variables(at: x, order: 2))
              return (jet.value, jet.slopes, jet.curvatures)
            })
          loss.bounds = loss.bounds.map { _ in bounds }
          var newton = DampedNewton()
          newton.maximumIterations = 80
          let end = newton.minimize(loss, from: (0..<family.n).map { start / Double($0 + 1) })
          digest.add(end.x + [end.value] + (end.ray ?? []))
          digest.add(end.reason)
          results.append(
            "\(Self.short(end.verdict)) \(end.iterations) \(end.counts.f) \(end.counts.hessian)"
              + (end.held.isEmpty ? "" : " held \(end.held)"))
        }
        lines.append(
          "\(family.name) from \(start) in \(bounds): \(Self.joined(results)) [\(digest.text)]")
      }
    }
    #expect(try Record(name: "ways-losses.txt").differences(from: lines) == [])
  }
}
