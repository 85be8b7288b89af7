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
      // A round number near the middle; what is left is as long as the axis.
      let round = TickUnit.ten(Int(Libm.log10(last - first).rounded(.up)))
      offset = TickUnit.tidy(((first / 2 + last / 2) / round).rounded() * round)
    }
    guard (steps.max() ?? 0) < 15 * step else { return }
    let left = max((first - offset).magnitude, (last - offset).magnitude)
    if left >= 1e6 || step < 1e-4 {
      power = Int(Libm.log10(min(left * (1 + 1e-12), .greatestFiniteMagnitude)).rounded(.down))
    }
    let scaled = step / TickUnit.ten(power)
    var count = 0
    while count < 9, !TickUnit.isWhole(scaled * TickUnit.ten(count)) { count += 1 }
    decimals = count
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

  private static func ten(_ power: Int) -> Double { Libm.pow(10, Double(power)) }

  private static func tidy(_ value: Double) -> Double {
    Double(NumberText.significant(value, digits: 15, minus: .ascii)) ?? value
  }

  private static func isWhole(_ value: Double) -> Bool {
    (value - value.rounded()).magnitude <= 1e-6 * max(1, value.magnitude)
  }
}
