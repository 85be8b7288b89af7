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

  /// `rounding leaves 5 digits of f and 3 digits of f′(x) certain`; nil where all that is printed is.
  func sentence(_ places: [Int], label: (Int) -> String, number: (Double) -> String) -> String? {
    var kept: [(digits: Int, names: [String])] = []
    var lost: [Int] = []
    for place in places {
      guard let digits = certainDigits(place) else { continue }
      if digits == 0 {
        lost.append(place)
      } else if let known = kept.firstIndex(where: { $0.digits == digits }) {
        kept[known].names.append(label(place))
      } else {
        kept.append((digits, [label(place)]))
      }
    }
    var parts: [String] = []
    if !lost.isEmpty {
      let pronoun = lost.count == 1 ? "it" : "them"
      parts.append(
        "no digit of \(listed(lost.map(label), "or")) is certain: rounding may change \(pronoun) "
          + change(of: lost, number: number))
    }
    if !kept.isEmpty {
      let groups = kept.map { "\(counted($0.digits, "digit")) of \(listed($0.names, "and"))" }
      parts.append("rounding leaves \(listed(groups, "and")) certain")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// `by 2.2 and 4e8`; of more than two only the largest.
  private func change(of places: [Int], number: (Double) -> String) -> String {
    let changes = places.map { max(levels[$0], values[$0] == 0 ? Double.leastNonzeroMagnitude : 0) }
    guard let most = changes.max(), most.isFinite else { return "beyond all bounds" }
    let texts = changes.map(number)
    if texts.allSatisfy({ $0 == texts[0] }) { return "by \(texts[0])" }
    return texts.count == 2 ? "by \(texts[0]) and \(texts[1])" : "by up to \(number(most))"
  }

  /// `f, ∂f/∂x and ∂f/∂y`.
  private func listed(_ names: [String], _ word: String) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    if names.count > PointText.most {
      return names.prefix(3).joined(separator: ", ") + " \(word) \(names.count - 3) more"
    }
    return names.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }

  /// The bounds, where a number has fewer certain digits than asked for.
  var answer: DoubtAnswer? {
    guard values.indices.contains(where: isDoubtful) else { return nil }
    return DoubtAnswer(value: JSONNumber(levels[0]), gradient: JSONNumber.list(Array(levels.dropFirst())))
  }
}
