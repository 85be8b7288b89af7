import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// A line, a curve or a surface without a gradient, on which the formula has one value.
///
///     |x² + y² − 1|    // x² + y² = 1: minima of value 0
public struct CriticalRidge: Sendable {
  /// What is 0 there and nowhere else.
  public let equation: Expr
  /// The value of the formula.
  public let value: Expr
  /// What the points are; nil where it is not certain that they are all of one kind.
  public let kind: CriticalPoint.Kind?
}

extension CriticalPointFinder {
  /// A seam on which the formula bends and is the same all along; nil for others.
  func ridge(_ seam: Expr) -> CriticalRidge? {
    let value = formula.expression.rebuilt { $0 == seam ? .zero : nil }
    guard value.freeVariables.isEmpty, value.constantValue?.isFinite == true else { return nil }
    let points = points(of: seam)
    let bent = points.filter { hasNoGradient(at: $0) || isSteep(at: $0) }
    guard !bent.isEmpty, 2 * bent.count >= points.count, bent.allSatisfy(isInside) else { return nil }
    return CriticalRidge(equation: seam, value: value, kind: kindBySign(value: value))
  }

  /// A family without a gradient; nil where the formula is smooth there, ends there, or is not the same all along.
  func bentFamily(_ coordinates: [Expr], free: [Variable]) -> CriticalFamily? {
    let points = samples(of: coordinates, free: free).map(\.point)
    let bent = points.filter { hasNoGradient(at: $0) || isSteep(at: $0) }
    guard !bent.isEmpty, 2 * bent.count >= points.count, bent.allSatisfy(isInside) else { return nil }
    let value = value(along: coordinates)
    guard value.freeVariables.isEmpty else { return nil }
    return CriticalFamily(
      coordinates: coordinates, value: value, kind: kindBySign(value: value), isKink: true)
  }

  /// Whether the formula has no value beyond a seam, as of √(1 − x² − y²).
  func isEdge(_ seam: Expr) -> Bool {
    let points = points(of: seam)
    return !points.isEmpty && !points.contains(where: isInside)
  }

  /// Whether the formula has values all around a point.
  private func isInside(_ point: [Double]) -> Bool {
    directions(in: variables.count).allSatisfy { direction in
      let moved = zip(point, direction).map { x, part in x + 1e-6 * max(1, x.magnitude) * part }
      return compiled(moved)[0].isFinite
    }
  }

  /// Some points at which an expression is 0, where it changes its sign between others.
  private func points(of seam: Expr) -> [[Double]] {
    guard let seam = try? CompiledFunction(seam, variables: variables, limits: formula.limits) else {
      return []
    }
    var random = SplitMix64(start: 141_421_356)
    var result: [[Double]] = []
    for _ in 0..<100 where result.count < 8 {
      let ends = (0..<2).map { _ in variables.map { _ in Double.random(in: -4...4, using: &random) } }
      let at = { (part: Double) in zip(ends[0], ends[1]).map { $0 + part * ($1 - $0) } }
      var (low, high) = (0.0, 1.0)
      let first = seam(at(low))
      guard first * seam(at(high)) < 0 else { continue }
      while case let middle = (low + high) / 2, middle > low, middle < high {
        if seam(at(middle)) * first > 0 { low = middle } else { high = middle }
      }
      result.append(at(high))
    }
    return result
  }
}
