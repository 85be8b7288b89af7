import NablaBasics
import NablaDrawing

/// Chooses the values at which contours are drawn, so that valleys show as well as slopes.
///
/// Evenly spaced round numbers where the values are evenly spread; 1, 2, 5 times powers of ten where they rise from
/// zero over several powers of ten (Rosenbrock's valley); parts of equal area otherwise.
enum LevelChoice {
  static func levels(_ sorted: [Double], about count: Int) -> [Double] {
    guard let low = sorted.first, let high = sorted.last, low < high, count > 0 else { return [] }
    let at = { (part: Double) in sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] }
    let length = high / 2 - low / 2
    let middle = (at(0.5) / 2 - low / 2) / length
    // What single poles add does not count.
    if middle > 0.2, middle < 0.8, length.isFinite {
      let levels = Ticks.places(from: low, to: high, about: count + 1).map { $0 == 0 ? 0 : $0 }
        .filter { $0 > low && $0 < high }
      if largestPart(of: sorted, between: levels) < 0.35 { return levels }
    }
    if low >= -1e-3 * at(0.3).magnitude, at(0.3) > 0 {
      let levels = decades(from: max(at(0.01), at(0.98) * 1e-8), to: at(0.99), about: count)
      if levels.count >= 3 { return levels }
    }
    return quantiles(count: count, at)
  }

  /// The largest part of the values that lies between two neighbouring levels.
  private static func largestPart(of sorted: [Double], between levels: [Double]) -> Double {
    var (largest, start) = (0, 0)
    for level in levels + [.infinity] {
      let end = sorted[start...].firstIndex { $0 >= level } ?? sorted.count
      largest = max(largest, end - start)
      start = end
    }
    return Double(largest) / Double(sorted.count)
  }

  private static func decades(from low: Double, to high: Double, about count: Int) -> [Double] {
    guard low > 0, low < high, high.isFinite else { return [] }
    let (first, last) = (Int(Libm.log10(low).rounded(.down)), Int(Libm.log10(high).rounded(.up)))
    for (factors, stride) in [([1.0, 2, 5], 1), ([1.0, 3], 1), ([1.0], 1), ([1.0], 2), ([1.0], 3)] {
      let levels = (first...last).filter { $0 % stride == 0 }.flatMap { power in
        factors.map { Double("\(Int($0))e\(power)") ?? 0 }
      }.filter { $0 >= low && $0 <= high }
      if levels.count <= count + 2 { return levels }
    }
    return []
  }

  /// Values between parts of equal area, to the digits that tell them apart.
  private static func quantiles(count: Int, _ at: (Double) -> Double) -> [Double] {
    let exact = (1...count).map { at(Double($0) / Double(count + 1)) }
    var levels: [Double] = []
    for (place, value) in exact.enumerated() {
      let gap = place + 1 < exact.count ? exact[place + 1] - value : value - exact[max(0, place - 1)]
      guard gap > 0, gap.isFinite else { continue }
      let step = Libm.pow(10, Libm.log10(gap).rounded(.down))
      let text = NumberText.significant((value / step).rounded() * step, digits: 12, minus: .ascii)
      let level = Double(text) ?? value
      if level > levels.last ?? -.infinity { levels.append(level) }
    }
    return levels
  }
}
