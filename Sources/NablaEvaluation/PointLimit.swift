import NablaAlgebra
import NablaBasics

/// What a formula tends to where it has no value, along one variable, found by numbers alone.
///
///     sin(x)/x at 0       // 1 from below and from above
///     x·ln x at 0         // 0 from above, nothing from below
///     arctan(1/x) at 0    // −1.5708 from below, 1.5708 from above
public struct PointLimit: Hashable, Sendable {
  /// The variable that moves.
  public let variable: Variable
  /// What the value tends to from smaller numbers; nil where it has no finite limit that can be seen.
  public let below: Double?
  /// What it tends to from larger numbers.
  public let above: Double?

  /// The one limit, where both sides agree.
  public var common: Double? {
    guard let below, let above else { return nil }
    let apart = (below - above).magnitude
    return apart <= 1e-6 * max(below.magnitude, above.magnitude) ? above : nil
  }
}

extension CompiledFunction {
  /// The limit at a point where the formula has no value; nil where it has one, and where none is seen.
  ///
  /// The variable is the one in the part without a value; a part of several variables has no single limit.
  public func limit(at x: [Double]) -> PointLimit? {
    guard let part = nonFinitePart(at: x), part.kind != .overflow, part.kind != .coordinate else {
      return nil
    }
    let found = part.subexpression.freeVariables
    guard found.count == 1, let place = variables.firstIndex(of: found[0]) else { return nil }
    let below = limit(at: x, place, step: -1)
    let above = limit(at: x, place, step: 1)
    if below == nil, above == nil { return nil }
    return PointLimit(variable: variables[place], below: below, above: above)
  }

  /// Values at distances that halve, until three differences in a row are small; the limit of the sequence by
  /// Aitken's rule (1926). What follows must stay there, so that a slow pole is not taken for a limit.
  private func limit(at x: [Double], _ place: Int, step: Double) -> Double? {
    let size = max(1, x[place].magnitude)
    var moved = x
    let value = { (halvings: Int) -> Double in
      moved[place] = x[place] + step * size * Double(sign: .plus, exponent: -halvings, significand: 1)
      return self(moved)
    }
    var values: [Double] = []
    for halvings in 3...44 { values.append(value(halvings)) }
    // Nothing but zeros: true ones, or values too small for a number, which tell of no limit.
    if values.allSatisfy({ $0 == 0 }), !enclosure(of: moved.map { Interval($0) }).isZero { return nil }
    for k in 0..<values.count - 14 {
      guard values[k...(k + 14)].allSatisfy(\.isFinite) else { continue }
      let scale = values[0...k].reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
      let d = (0..<3).map { values[k + $0 + 1] - values[k + $0] }
      guard d.allSatisfy({ $0.magnitude <= 1e-7 * scale }) else { continue }
      let first = CompiledFunction.aitken(values[k + 1], d[0], d[1])
      let second = CompiledFunction.aitken(values[k + 2], d[1], d[2])
      // Where the values turn round, differences are small that do not yet go on in the same way.
      guard (first - second).magnitude <= 1e-7 * scale else { continue }
      guard values[(k + 3)...(k + 14)].allSatisfy({ ($0 - second).magnitude <= 1e-6 * scale }) else {
        return nil
      }
      return second.magnitude <= 10 * d[2].magnitude ? 0 : second
    }
    return nil
  }

  /// Differences that halve leave as much as the last one, those of a root 2.4 times as much; noise may leave anything.
  private static func aitken(_ value: Double, _ before: Double, _ after: Double) -> Double {
    let change = after - before
    let correction = after * after / change
    return correction.magnitude <= 4 * after.magnitude ? value + after - correction : value + after
  }
}
