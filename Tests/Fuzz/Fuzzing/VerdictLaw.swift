import Nabla
import NablaAlgebra
import NablaBasics
import NablaDescent

/// What a descent says of the point it ended at is true, as far as samples around it and far away can tell.
///
/// A text is descended from a point that its own characters draw.
public enum VerdictLaw {
  /// What is wrong with the verdict on a formula; nil where the samples agree, or where there is no formula.
  public static func trouble(with text: String) -> String? {
    guard let formula = try? Formula(text, limits: ReadingLaw.fuzzing),
      (1...4).contains(formula.variables.count),
      let f = try? formula.compiled()
    else { return nil }
    var random = SplitMix64(start: text.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    let start = formula.variables.map { _ in (Double.random(in: -3...3, using: &random) * 64).rounded() / 64 }
    guard let trace = try? formula.minimize(from: start, Automatic(), StopCriteria(maximumIterations: 200))
    else {
      return nil
    }
    var samples = Samples(
      x: trace.x, value: trace.f, slope: trace.certificate.gradientNorm,
      rounding: f.roundingLevel(at: trace.x).value, hasSteps: hasSteps(formula.expression), random: random
    ) { f($0) }
    guard trace.f.isFinite else { return trace.success ? "a success with the value \(trace.f)" : nil }
    guard samples.rounding.isFinite else { return nil }
    return samples.contradiction(to: trace.certificate, from: start).map {
      "\(trace.certificate.verdict.rawValue) at \(trace.x), f = \(trace.f), from \(start): \($0)"
    }
  }

  private static func hasSteps(_ expression: Expr) -> Bool {
    expression.distinctSubexpressions().contains { part in
      guard case .call(let function, _) = part.shape else { return false }
      return ["floor", "ceil", "round", "trunc", "frac", "mod", "sign"].contains(function.name)
    }
  }

  /// Values of f around a point and far from it.
  private struct Samples {
    let x: [Double]
    let value: Double
    /// The length of the gradient.
    let slope: Double
    /// How far rounding may have moved the value.
    let rounding: Double
    /// Whether f has steps: every point of one is a minimum that is not strict.
    let hasSteps: Bool
    var random: SplitMix64
    let f: ([Double]) -> Double

    /// Differences below this are not told from rounding, or from the end of an iteration, which is known to a part in
    /// 10⁸ of its size: (10²⁰x)¹⁰ is 10¹²⁰ beside its minimum.
    private var noise: Double {
      let size = x.reduce(1) { Swift.max($0, $1.magnitude) }
      return 1e-9 * Swift.max(1, value.magnitude) + 1e3 * rounding + 1e-8 * size * slope
    }

    mutating func contradiction(to certificate: Certificate, from start: [Double]) -> String? {
      switch certificate.verdict {
      case .globalMinimum: return lowerFarAway() ?? lowerNearby()
      case .strictLocalMinimum, .localMinimum: return lowerNearby()
      case .kink, .onBound: return certificate.success ? lowerNearby() : nil
      // Where f is too small for a number it is level as far as numbers go.
      case .plateau: return value == 0 ? nil : otherNearby()
      case .unboundedBelow, .infimumAtInfinity:
        return certificate.success ? "called a success" : risen(above: start)
      case .saddle, .degenerate, .outsideDomain, .stepsDone, .diverging, .oscillating, .stuck,
        .iterationLimit,
        .interrupted, .strictLocalMaximum, .localMaximum, .globalMaximum, .unboundedAbove,
        .supremumAtInfinity:
        return certificate.success ? "called a success" : nil
      }
    }

    /// A point close by with a smaller value and no hill on the way to it.
    private mutating func lowerNearby() -> String? {
      // A step may end close by, where the next one is higher.
      if hasSteps, (0..<20).allSatisfy({ _ in f(moved(by: 1e-7)) >= value }) { return nil }
      for size in [1e-3, 1e-4] {
        for _ in 0..<60 {
          let other = moved(by: size)
          guard f(other) < value - noise else { continue }
          // Even steps, and ever smaller ones: beside a pole the hill is narrow.
          let parts = (1..<64).map { Double($0) / 64 } + (3..<60).map { Libm.pow(2, -0.5 * Double($0)) }
          let hasHill = parts.contains { part in
            let between = zip(x, other).map { $0 + ($1 - $0) * part * part }
            return !(f(between) <= value + 1e3 * rounding)
          }
          if !hasHill { return "smaller at \(other): \(f(other))" }
        }
      }
      return nil
    }

    /// A smaller value anywhere.
    private mutating func lowerFarAway() -> String? {
      for size in [0.1, 1, 10, 1_000] {
        for _ in 0..<100 {
          let other = x.map { _ in Double.random(in: -size...size, using: &random) }
          if f(other) < value - noise { return "smaller at \(other): \(f(other))" }
        }
      }
      return nil
    }

    /// Another value around a plateau.
    private mutating func otherNearby() -> String? {
      for _ in 0..<60 {
        let other = moved(by: 1e-6)
        let changed = f(other)
        if (changed - value).magnitude > noise { return "not level: \(changed) at \(other)" }
      }
      return nil
    }

    /// Where f is said to fall without end it has not risen.
    private func risen(above start: [Double]) -> String? {
      let first = f(start)
      if first.isFinite, value > first + noise { return "higher than at the start: \(first)" }
      return nil
    }

    private mutating func moved(by size: Double) -> [Double] {
      x.map { $0 + size * Swift.max(1, $0.magnitude) * Double.random(in: -1...1, using: &random) }
    }
  }
}
