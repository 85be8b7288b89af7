import NablaBasics
import Records
import Testing

@testable import NablaDescent

/// Ways down as they were recorded, by each method and along families of functions with a parameter p: how a way ended,
/// the steps, what was evaluated, and every point to the last bit.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedWayTests {
  /// A function of a family, or the sum of its square and a thousandth.
  private static func objective(
    _ family: FunctionFamily, _ p: Double, isSquared: Bool = false
  ) -> Objective {
    let f: @Sendable ([Double], Int) -> Jet = { x, order in
      let jet = family.jet(p, at: x, order: order)
      return isSquared ? FunctionFamily.offset + jet.squared : jet
    }
    let (n, places) = (family.n, family.places)
    return Objective(
      value: { f($0, 0).value },
      valueAndGradient: { x in
        let jet = f(x, 1)
        return (jet.value, jet.slopes)
      },
      hessian: { f($0, 2).curvatures },
      sparseHessian: SparseHessian(
        rowStarts: (0...n).map { $0 * ($0 + 1) / 2 }, columns: places.map(\.column),
        values: { x in
          let rows = f(x, 2).curvatures
          return places.map { rows[$0.row * n + $0.column] }
        }), residuals: isSquared ? family.residuals(p) : nil)
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

  /// Methods, and whether they go down a square.
  static let walkers: [(name: String, isSquared: Bool)] = [
    ("sparse-newton", false), ("nelder-mead", false), ("newton", false), ("cg", false), ("lm", true),
    ("auto", true),
  ]

  @Test("By each method", arguments: walkers) func methods(name: String, isSquared: Bool) throws {
    let method = try #require(Methods.named(name)).make()
    var lines: [String] = []
    for family in FunctionFamily.all {
      for start in [0.3, 1, -2] {
        var results: [String] = []
        var digest = Digest()
        for power in family.powers {
          var objective = Self.objective(family, Libm.pow(10, Double(power)), isSquared: isSquared)
          // Half of the ways that keep within bounds have some.
          if Methods.keepsBounds(name), power % 4 == 0 {
            objective.bounds = Bounds(
              lower: [Double](repeating: -2.5, count: family.n),
              upper: [Double](repeating: 1, count: family.n))
          }
          let trace = Minimizer(method, StopCriteria(maximumIterations: 80)).minimize(
            objective, from: (0..<family.n).map { start / Double($0 + 1) })
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

  /// The function of a family and a tenth of the way of each parameter to 2.
  private static func squares(_ family: FunctionFamily, _ p: Double) -> LeastSquares {
    let n = family.n
    return LeastSquares(
      parameters: n,
      curvature: { x in
        let jet = family.jet(p, at: x, order: 2)
        return jet.curvatures.map { jet.value * $0 }
      },
      linearization: { x in
        let jet = family.jet(p, at: x, order: 1)
        var rows = (0..<n).flatMap { i in [jet.slopes[i]] + (0..<n).map { $0 == i ? 0.1 : 0 } }
        rows += [jet.value] + x.map { 0.1 * ($0 - 2) }
        var factor = QR(columns: n + 1)
        factor.absorb(&rows, count: n + 1)
        return factor
      })
  }

  @Test("Of squares, free and within bounds") func squares() throws {
    try record("ways-squares.txt") { family, p, start, bounds in
      var problem = Self.squares(family, p)
      problem.bounds = problem.bounds.map { _ in bounds }
      return LevenbergMarquardt(maximumIterations: 80).minimize(problem, from: start)
    }
  }

  @Test("Of losses, free and within bounds") func losses() throws {
    try record("ways-losses.txt") { family, p, start, bounds in
      var loss = RowLoss(
        parameters: family.n, value: { family.jet(p, at: $0, order: 0).value },
        derivatives: { x in
          let jet = family.jet(p, at: x, order: 2)
          return (jet.value, jet.slopes, jet.curvatures)
        })
      loss.bounds = loss.bounds.map { _ in bounds }
      var newton = DampedNewton()
      newton.maximumIterations = 80
      return newton.minimize(loss, from: start)
    }
  }

  /// Where fits end that begin at places inside and on the sides of bounds.
  private func record(
    _ name: String,
    _ fit: (_ family: FunctionFamily, _ p: Double, _ start: [Double], _ bounds: ClosedRange<Double>)
      -> FitOutcome
  ) throws {
    var lines: [String] = []
    for family in FunctionFamily.all {
      for (start, bounds) in [(0.3, -Double.infinity...Double.infinity), (1, -0.25...2), (-2, -10...1e-9)] {
        var results: [String] = []
        var digest = Digest()
        for power in family.powers {
          let end = fit(
            family, Libm.pow(10, Double(power)), (0..<family.n).map { start / Double($0 + 1) }, bounds)
          digest.add(end.x + [end.value] + (end.ray ?? []))
          digest.add(end.reason)
          results.append(
            "\(Self.short(end.verdict)) \(end.iterations) \(end.counts.f) \(end.counts.hessian)"
              + (end.held.isEmpty ? "" : " held \(end.held)"))
        }
        lines.append("\(family.name) from \(start) in \(bounds): \(Self.joined(results)) [\(digest.text)]")
      }
    }
    #expect(try Record(name: name).differences(from: lines) == [])
  }
}
