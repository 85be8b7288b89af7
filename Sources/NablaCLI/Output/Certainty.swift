import Nabla
import NablaBasics
import NablaEvaluation

/// How many digits of values at a point rounding leaves, where it leaves fewer than are printed.
///
///     (e^x − 1 − x)/x² at 1e−9    f ≈ 0.5      rounding leaves 5 digits certain
struct Certainty {
  private let values: [Double]
  /// Bounds of the rounding errors: of the value, then of the partial derivatives.
  private let levels: [Double]
  /// The numbers that are known to be exact.
  private let exact: [Bool]
  private let digits: Int

  /// The largest formula that is looked at.
  static let largest = 5_000

  /// `isExact` says of a place whose number was computed with some rounding whether algebra gives that number.
  init(
    of f: Double, _ gradient: [Double], _ formula: Formula, at point: [Double], digits: Int,
    isExact: (Int) -> Bool
  ) {
    values = [f] + gradient
    // Who asks for sixteen digits knows that the last are rounded.
    self.digits = min(digits, 12)
    guard formula.expression.size <= Self.largest, let compiled = try? formula.compiled() else {
      levels = values.map { _ in 0 }
      exact = values.map { _ in true }
      return
    }
    let (_, _, level) = compiled.valueAndGradientWithLevels(at: point)
    levels = [level.value] + level.gradient
    // Constants are worked out while a formula is compiled.
    let computed = point.isEmpty ? (value: false, gradient: []) : compiled.isComputedExactly(at: point)
    exact = zip(values.indices, [computed.value] + computed.gradient).map { $1 || isExact($0) }
  }

  /// Whether the number at a place is known to be the very number that the formula has there.
  func isExact(_ place: Int) -> Bool { exact[place] }

  /// Whether the number at a place, 0 for f, has fewer certain digits than are printed.
  func isDoubtful(_ place: Int) -> Bool { certainDigits(place) != nil }

  /// How many digits are certain where these are fewer than are printed.
  private func certainDigits(_ place: Int) -> Int? {
    let (value, level) = (values[place].magnitude, levels[place])
    guard value.isFinite, !level.isNaN, !exact[place] else { return nil }
    // A 0 by rounding tells of no digit.
    if value == 0 || level == .infinity { return 0 }
    if level == 0 { return nil }
    // The quotient is 0 or infinite where it leaves the range of numbers.
    let certain = min(max(0, 0 - Libm.log10(2 * level / value)), Double(digits))
    return certain < Double(digits) ? Int(certain) : nil
  }

  /// `rounding leaves 5 digits of f certain`; nil where all that is printed is.
  func sentence(_ places: [Int], label: (Int) -> String, number: (Double) -> String) -> String? {
    let doubtful = places.compactMap { place in certainDigits(place).map { (place, $0) } }
    guard let worst = doubtful.min(by: { $0.1 < $1.1 }) else { return nil }
    let name = label(worst.0)
    if worst.1 > 0 { return "rounding leaves \(counted(worst.1, "digit")) of \(name) certain" }
    let level = max(levels[worst.0], values[worst.0] == 0 ? Double.leastNonzeroMagnitude : 0)
    let change = level.isFinite ? "by \(number(level))" : "beyond all bounds"
    return "no digit of \(name) is certain: rounding may change it \(change)"
  }

  /// The bounds, where a number has fewer certain digits than asked for.
  var answer: DoubtAnswer? {
    guard values.indices.contains(where: isDoubtful) else { return nil }
    return DoubtAnswer(value: JSONNumber(levels[0]), gradient: JSONNumber.list(Array(levels.dropFirst())))
  }
}
