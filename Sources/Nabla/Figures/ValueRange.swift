import NablaBasics

/// How much there is to see in values: how evenly they are spread over the height of a picture, 0 to 1, and the power of
/// ten of the largest, of all and of those that a picture shows.
struct Variety {
  var bins = 0.0
  var size = 308.0
  var shownSize = 308.0

  init(of values: [Double], among count: Int) {
    guard let shown = ValueRange.shown(values), shown.length.isFinite else { return }
    let part = Double(values.count) / Double(count)
    size = Self.size(values.reduce(0) { max($0, $1.magnitude) })
    shownSize = Self.size(max(shown.lowerBound.magnitude, shown.upperBound.magnitude))
    guard shown.length > 0 else { return }
    var counts = [Int](repeating: 0, count: 32)
    for value in values where shown.contains(value) {
      counts[Int(31.99 * max(0, min(1, (value - shown.lowerBound) / shown.length)))] += 1
    }
    let total = Double(counts.reduce(0, +))
    let entropy = counts.reduce(0.0) { sum, count in
      count == 0 ? sum : sum - Double(count) / total * Libm.log(Double(count) / total)
    }
    bins = part * entropy / Libm.log(32)
  }

  private static func size(_ largest: Double) -> Double {
    largest > 0 ? Libm.log10(largest).magnitude : 0
  }

  /// The larger, the more there is to see in a window of this length; a curve that is still bent shows as much as a
  /// straight line.
  func score(length: Double) -> Double {
    min(bins, 0.5) - 0.03 * size - 0.02 * Libm.log10(length / 10).magnitude
  }

  /// Whether a window with these values shows next to nothing.
  var isPoor: Bool { bins < 0.3 || size > 6 }
}

/// The values that a picture shows of those that occur.
enum ValueRange {
  /// All of them, or where a few are out of all proportion, those around the middle half.
  static func shown(_ values: [Double], hasPoles: Bool = false) -> ClosedRange<Double>? {
    let sorted = values.filter(\.isFinite).sorted()
    guard let low = sorted.first, let high = sorted.last else { return nil }
    let (quarter, rest) = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    let middle = rest - quarter
    guard middle > 0, middle.isFinite, hasPoles || high / 2 - low / 2 > 20 * middle else { return low...high }
    let reach = (hasPoles ? 2.0 : 4.0) * middle
    return max(low, quarter - reach)...min(high, rest + reach)
  }
}
