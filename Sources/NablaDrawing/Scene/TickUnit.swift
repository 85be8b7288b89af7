import NablaBasics

/// What is taken off all the numbers along an axis, and by what they are divided, so that they are short and differ.
///
///     let unit = TickUnit([999_999_998, 1e9, 1_000_000_002])
///     unit.texts                // −2 0 2
///     unit.caption("x")         // x − 10⁹
///
///     TickUnit([0, 1e6, 2e6]).caption("f(x)")   // f(x) / 10⁶
package struct TickUnit: Hashable, Sendable {
  private let values: [Double]
  private var offset = 0.0
  private var power = 0
  /// nil where every number has a power of ten of its own.
  private var decimals: Int?

  /// Looks at numbers in rising order.
  package init(_ values: [Double]) {
    self.values = values
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    guard let first = values.first, let last = values.last, let step = steps.min(), step > 0, step.isFinite
    else { return }
    let size = max(first.magnitude, last.magnitude)
    if step < 1e-5 * size, last - first < 1e-3 * size {
      offset = TickUnit.roundest(from: first, to: last)
    }
    guard (steps.max() ?? 0) < 15 * step else { return }
    let left = max((first - offset).magnitude, (last - offset).magnitude)
    if left >= 1e6 || step < 1e-4 {
      power = Int(Libm.log10(min(left * (1 + 1e-12), .greatestFiniteMagnitude)).rounded(.down))
    }
    let scaled = step / TickUnit.ten(power)
    var count = 0
    while count < 9, !TickUnit.isWhole(scaled * TickUnit.ten(count)) { count += 1 }
    // Numbers between the multiples of the step have digits of their own.
    let (unit, taken) = (TickUnit.ten(power), offset)
    decimals =
      (count...(count + 2)).first { more in
        values.allSatisfy { TickUnit.isWhole(($0 - taken) / unit * TickUnit.ten(more)) }
      } ?? count
  }

  /// The numbers as they stand along the axis.
  package var texts: [String] {
    guard let decimals else {
      var texts: [String] = []
      // As many digits as tell them apart.
      for digits in [6, 9, 12, 15] {
        texts = values.map { Axis.text($0 - offset, digits: digits) }
        if Set(texts).count == texts.count { break }
      }
      return texts
    }
    return values.map { NumberText.fixed(($0 - offset) / TickUnit.ten(power), decimals: decimals) }
  }

  /// The axis's name with what the numbers leave out.
  package func caption(_ name: String) -> String {
    guard !name.isEmpty else { return name }
    var text = name
    if offset != 0 {
      let sign = offset < 0 ? " + " : " \u{2212} "
      let short = Double(NumberText.significant(offset.magnitude, minus: .ascii)) == offset.magnitude
      text += sign + Axis.text(offset.magnitude, digits: short ? 6 : 15)
    }
    if power == 0 { return text }
    return (offset == 0 ? text : "(\(text))") + " / 10" + (power == 1 ? "" : Axis.raised(power))
  }

  /// The number with the fewest digits among two or at most their distance beyond them, of several the one in the middle.
  private static func roundest(from first: Double, to last: Double) -> Double {
    let length = last - first
    var power = Int(Libm.log10(max(first.magnitude, last.magnitude)).rounded(.up))
    let least = Int(Libm.log10(length).rounded(.down)) - 1
    while power > least {
      let unit = ten(power)
      let middle = (first / 2 + last / 2) / unit
      let nearest = tidy(middle.rounded() * unit)
      if nearest >= first - length, nearest <= last + length { return nearest }
      power -= 1
    }
    return tidy(first)
  }

  private static func ten(_ power: Int) -> Double { Libm.pow(10, Double(power)) }

  private static func tidy(_ value: Double) -> Double {
    Double(NumberText.significant(value, digits: 15, minus: .ascii)) ?? value
  }

  private static func isWhole(_ value: Double) -> Bool {
    (value - value.rounded()).magnitude <= 1e-6 * max(1, value.magnitude)
  }
}
