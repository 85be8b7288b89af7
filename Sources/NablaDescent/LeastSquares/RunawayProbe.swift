import NablaBasics

/// Looks whether a loss falls for ever as its parameters run away along a line, so that no finite point is best.
///
///     // ln(1 + e^(−x)) from x = 30 along 1: it falls towards 0.
///     RunawayProbe(scale: [1]) { Libm.log1p(Libm.exp(-$0[0])) }.look(from: [30], f: 9.4e-14, along: [[1]])
///
/// The distance doubles from look to look, up to a thousand times the size of the point: the loss never rises on the
/// way, and ends lower by more than its rounding.
struct RunawayProbe {
  /// The way in which a loss falls for ever.
  struct Finding: Hashable {
    /// The direction, in the units of the parameters.
    let ray: [Double]
    /// The last value seen.
    let limit: Double
    /// Whether each doubling still brings more than the one before: there is no limit.
    let isUnbounded: Bool
  }

  /// The lengths by which each parameter is measured.
  let scale: [Double]
  let value: ([Double]) -> Double

  private static let looks = 11
  /// After so many looks the end of the domain, or of what a number can hold, is no objection.
  private static let enough = 5

  /// The first direction, or its opposite, along which the loss falls for ever.
  func look(from x: [Double], f: Double, along directions: [[Double]]) -> Finding? {
    for direction in directions {
      for sign in [1.0, -1] {
        if let found = look(from: x, f: f, along: direction.map { sign * $0 }) { return found }
      }
    }
    return nil
  }

  private func look(from x: [Double], f: Double, along direction: [Double]) -> Finding? {
    let length = Vector.norm(zip(direction, scale).map { $0 * $1 })
    guard length > 0, length.isFinite, f.isFinite else { return nil }
    let ray = direction.map { $0 / length }
    let size = Vector.norm(zip(x, scale).map { $0 * $1 })
    var distance = size > 0 ? size : 1
    var values = [f]
    for _ in 0..<RunawayProbe.looks {
      let next = value(Vector.moved(x, by: distance, along: ray))
      if next == -.infinity { return Finding(ray: ray, limit: next, isUnbounded: true) }
      if !next.isFinite, values.count > RunawayProbe.enough { break }
      guard next <= values[values.count - 1] + 1e-13 * f.magnitude else { return nil }
      values.append(next)
      distance *= 2
    }
    let last = values[values.count - 1]
    guard last < f - 1e-12 * f.magnitude else { return nil }
    let falls = zip(values, values.dropFirst()).map { $0 - $1 }
    let isUnbounded =
      f - last > 2 * f.magnitude
      && zip(falls, falls.dropFirst()).suffix(5).allSatisfy { $0 > 0 && $1 > 1.2 * $0 }
    return Finding(ray: ray, limit: last, isUnbounded: isUnbounded)
  }
}

extension RunawayProbe {
  /// A look at the end of a descent: along the directions given, and the way from the start, or from 0, to the end.
  ///
  /// Where the loss is no more than `zero` at the end, the looks begin so far back, along the way or one parameter's
  /// axis, that it is more.
  static func look(
    at x: [Double], f: Double, from start: [Double], along directions: [[Double]], zero: Double = 0,
    value: @escaping ([Double]) -> Double
  ) -> Finding? {
    let probe = RunawayProbe(scale: x.map { $0 == 0 ? 1 : 1 / $0.magnitude }, value: value)
    let origin = start == x ? [Double](repeating: 0, count: x.count) : start
    let path = zip(x, origin).map { $0 - $1 }
    guard f.magnitude <= zero else { return probe.look(from: x, f: f, along: directions + [path]) }
    let axes = x.indices.map { place in x.indices.map { $0 == place ? x[place] : 0 } }
    for direction in [path] + axes where direction.contains(where: { $0 != 0 }) {
      var share = 1.0
      for _ in 0..<30 {
        share /= 2
        let nearer = Vector.moved(x, by: share - 1, along: direction)
        let before = value(nearer)
        guard before > zero else { continue }
        if let found = probe.look(from: nearer, f: before, along: [direction]) { return found }
        break
      }
    }
    return nil
  }

  /// The directions in which a change of the parameters by their own size hardly changes a loss, by its Hessian.
  static func flatDirections(_ hessian: [Double], at x: [Double], f: Double, free: [Int]) -> [[Double]] {
    let n = x.count
    let sizes = x.map { $0 == 0 ? 1 : $0.magnitude }
    var matrix: [Double] = []
    for i in free { for j in free { matrix.append(sizes[i] * hessian[i * n + j] * sizes[j]) } }
    guard let eigen = SymmetricEigen(matrix, size: free.count) else { return [] }
    let flat = eigen.values.indices.filter { eigen.values[$0] <= 1e-4 * f.magnitude }
    return flat.prefix(4).map { place in
      var direction = [Double](repeating: 0, count: n)
      for (a, i) in free.enumerated() { direction[i] = eigen.vectors[place][a] * sizes[i] }
      return direction
    }
  }
}

extension FitOutcome {
  /// The outcome with the news that the loss falls for ever, after so many looks.
  func running(_ finding: RunawayProbe.Finding?, looks: Int) -> FitOutcome {
    var result = self
    result.counts.f += looks
    guard let finding else { return result }
    result.ray = finding.ray
    result.verdict = finding.isUnbounded ? .unboundedBelow : .infimumAtInfinity
    result.reason =
      finding.isUnbounded
      ? "the loss falls beyond every bound as the parameters run away"
      : "the infimum is at infinity: the loss falls for ever as the parameters run away, and no finite ones are best"
    return result
  }
}
