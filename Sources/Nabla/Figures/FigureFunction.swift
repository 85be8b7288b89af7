import NablaBasics
import NablaDrawing
import NablaEvaluation

/// A compiled formula as pictures ask for it: by coordinates, and not finite where it has no value.
///
/// Once the work is cancelled it has no values anywhere, so that every pass over it ends at once.
struct FigureFunction: Sendable {
  private let function: CompiledFunction
  private let cancellation: Cancellation?

  init(_ function: CompiledFunction, cancellation: Cancellation? = nil) {
    (self.function, self.cancellation) = (function, cancellation)
  }

  /// Whether nobody waits for the picture any more.
  var isCancelled: Bool { cancellation?.isCancelled ?? false }

  func callAsFunction(_ x: Double) -> Double { isCancelled ? .nan : function([x]) }
  func callAsFunction(_ x: Double, _ y: Double) -> Double { isCancelled ? .nan : function([x, y]) }

  /// The values at places with the same y, all at once where the formula is not a long sum itself.
  func row(_ xs: [Double], _ y: Double) -> [Double] {
    guard function.takesManyPoints else { return xs.map { self($0, y) } }
    return isCancelled ? xs.map { _ in .nan } : function.values(columns: [xs, [y]])
  }

  /// The values at the nodes of a grid.
  func grid(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, columns: Int, rows: Int) -> ValueGrid {
    ValueGrid(x, y, columns: columns, rows: rows, value: { self($0, $1) }, row: row)
  }

  /// f′(x)
  func slope(_ x: Double) -> Double {
    guard !isCancelled else { return .nan }
    var gradient: [Double] = []
    let value = function.valueAndGradient(at: [x], into: &gradient)
    return value.isFinite ? gradient[0] : .nan
  }

  /// f(x) and f′(x) with what rounding may have changed them by. Where numbers on the way were too large or too small,
  /// they are what wide ones give.
  func withLevels(_ x: Double) -> (value: Double, slope: Double, level: (value: Double, slope: Double)) {
    guard !isCancelled else { return (.nan, .nan, (.nan, .nan)) }
    let all = function.valueAndGradientWithLevels(at: [x])
    return (all.value, all.gradient[0], (all.level.value, all.level.gradient[0]))
  }

  /// ∇f(x, y); not finite where f is not.
  func gradient(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    guard !isCancelled else { return (.nan, .nan) }
    var gradient: [Double] = []
    let value = function.valueAndGradient(at: [x, y], into: &gradient)
    return value.isFinite ? (gradient[0], gradient[1]) : (.nan, .nan)
  }
}

extension ClosedRange<Double> {
  /// The distance between the ends.
  var length: Double { upperBound - lowerBound }
  var middle: Double { lowerBound / 2 + upperBound / 2 }

  /// The smallest range that holds both.
  func union(_ other: ClosedRange<Double>) -> ClosedRange<Double> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }

  func union(_ value: Double) -> ClosedRange<Double> { union(value...value) }

  /// The range made wider on both sides by a part of its length.
  func padded(_ part: Double) -> ClosedRange<Double> {
    let more = part * length
    return (lowerBound - more)...(upperBound + more)
  }

  /// The range made wider to ends that are easily said: multiples of 1, 2 or 5 times a power of ten.
  var rounded: ClosedRange<Double> { rounded(to: 10) }

  /// The same to at least so many parts of the length.
  func rounded(to parts: Double) -> ClosedRange<Double> {
    guard length > 0, length.isFinite else { return self }
    let step = Libm.pow(10, Libm.log10(length / parts).rounded(.down))
    guard step > 0, step.isFinite, (upperBound / step).magnitude < 1e12 else { return self }
    return RoundedEnd.down(lowerBound, step)...RoundedEnd.up(upperBound, step)
  }
}

/// The multiples of a step beside a value.
private enum RoundedEnd {
  static func down(_ value: Double, _ step: Double) -> Double {
    clean((value / step + 1e-9).rounded(.down), step)
  }
  static func up(_ value: Double, _ step: Double) -> Double {
    clean((value / step - 1e-9).rounded(.up), step)
  }

  /// The multiple without the digits that rounding left behind: 0.3, not 0.30000000000000004.
  private static func clean(_ count: Double, _ step: Double) -> Double {
    let text = NumberText.significant(count * step, digits: 12, minus: .ascii)
    return Double(text) ?? count * step
  }
}
