import NablaBasics
import NablaDrawing

/// Chooses the values at which contours are drawn, so that valleys and peaks show as well as slopes.
///
/// Between the values of a step each; evenly spaced round numbers where values are evenly spread, or where they come to
/// a marked point at one end without a wall at the other (a bump on a plain); 1, 2, 5 times powers of ten where they rise
/// from zero over several powers of ten (Rosenbrock's valley); evenly spaced ones without what poles and walls add; parts
/// of equal area otherwise.
struct LevelChoice {
  /// The values that occur, in rising order, without those of plains that are the lowest or the highest.
  private let sorted: [Double]
  private let low: Double
  private let high: Double
  /// The few values that occur, where there are few.
  private let steps: [Double]
  /// The values of marked points.
  private let marked: [Double]

  /// About how many levels there are where nobody says.
  private static let usual = 11

  /// How the levels follow each other.
  private enum Spacing {
    case even(ClosedRange<Double>)
    case decades(ClosedRange<Double>)
    case areas
  }

  /// The levels for values in rising order: about eleven, or as many as are wanted where there are so many values.
  static func levels(_ sorted: [Double], marked: [Double] = [], wanted: Int? = nil) -> [Double] {
    guard let low = sorted.first, let high = sorted.last, low < high else { return [] }
    let choice = LevelChoice(sorted, low, high, marked)
    guard let wanted, choice.steps.isEmpty else { return choice.levels() }
    return choice.exactly(wanted)
  }

  private init(_ all: [Double], _ low: Double, _ high: Double, _ marked: [Double]) {
    (self.low, self.high, self.marked) = (low, high, marked)
    var steps: [Double] = []
    for value in all where value != steps.last {
      steps.append(value)
      if steps.count > 12 { break }
    }
    self.steps = steps.count <= 12 ? steps : []
    // The many equal values of a plain say nothing about the rest.
    let first = all.firstIndex { $0 > low } ?? 0
    let last = all.lastIndex { $0 < high } ?? all.count - 1
    let isPlain = { (size: Int) in size > 1 && size > all.count / 20 }
    let from = isPlain(first) ? first : 0
    let to = isPlain(all.count - 1 - last) ? last : all.count - 1
    sorted = from <= to ? Array(all[from...to]) : all
  }

  private func at(_ part: Double) -> Double {
    sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))]
  }

  private func levels() -> [Double] {
    if !steps.isEmpty { return zip(steps, steps.dropFirst()).map { $0 / 2 + $1 / 2 } }
    switch spacing() {
    case .even(let range): return even(range)
    case .decades(let range): return decades(range)
    case .areas: return quantiles(Self.usual)
    }
  }

  private func spacing() -> Spacing {
    let length = high / 2 - low / 2
    guard length.isFinite else { return .areas }
    let middle = (at(0.5) / 2 - low / 2) / length
    // What single poles add does not count.
    if middle > 0.2, middle < 0.8, largestPart(between: even(low...high)) < 0.35 { return .even(low...high) }
    // An end is to be seen where a marked point has it, and costs nothing where the values do not run away to it.
    let reach = 0.1 * length
    let isMarkedLow = marked.contains { $0 / 2 - low / 2 < reach }
    let isMarkedHigh = marked.contains { high / 2 - $0 / 2 < reach }
    let isWallLow = !isMarkedLow && at(0.02) / 2 - low / 2 > reach
    let isWallHigh = !isMarkedHigh && high / 2 - at(0.98) / 2 > reach
    if middle <= 0.2, isMarkedHigh, !isWallLow { return .even(low...high) }
    if middle >= 0.8, isMarkedLow, !isWallHigh { return .even(low...high) }
    if isMarkedLow, isMarkedHigh { return .even(low...high) }
    if low >= -1e-3 * at(0.3).magnitude, at(0.3) > 0, at(0.99) > 20 * at(0.05) {
      // Down into a valley, else where most of the values are.
      let range = max(at(isMarkedLow ? 0.01 : 0.05), at(0.98) * 1e-8)...at(0.99)
      if decades(range).count >= 3 { return .decades(range) }
    }
    for part in [0.02, 0.05, 0.1, 0.15] {
      let (from, to) = (isWallLow ? at(part) : low, isWallHigh ? at(1 - part) : high)
      guard from < to else { break }
      let levels = even(from...to)
      if levels.count > 2, largestPart(between: levels) < 0.4, parts(marked, levels[1] - levels[0]) {
        return .even(from...to)
      }
    }
    return .areas
  }

  /// Whether steps are not longer than marked values lie apart.
  private func parts(_ marked: [Double], _ step: Double) -> Bool {
    guard let least = marked.min(), let most = marked.max() else { return true }
    return most - least <= 1e-6 * step || step <= most - least
  }

  private func even(_ range: ClosedRange<Double>, about count: Int = usual) -> [Double] {
    Ticks.places(from: range.lowerBound, to: range.upperBound, about: count + 1).map { $0 == 0 ? 0 : $0 }
      .filter { $0 > low && $0 < high }
  }

  /// The largest part of the values that lies between two neighbouring levels.
  private func largestPart(between levels: [Double]) -> Double {
    var (largest, start) = (0, 0)
    for level in levels + [.infinity] {
      let end = sorted[start...].firstIndex { $0 >= level } ?? sorted.count
      largest = max(largest, end - start)
      start = end
    }
    return Double(largest) / Double(sorted.count)
  }

  private func decades(_ range: ClosedRange<Double>) -> [Double] {
    guard range.lowerBound > 0, range.upperBound.isFinite else { return [] }
    let first = Int(Libm.log10(range.lowerBound).rounded(.down))
    let last = Int(Libm.log10(range.upperBound).rounded(.up))
    for (factors, stride) in [([1.0, 2, 5], 1), ([1.0, 3], 1), ([1.0], 1), ([1.0], 2), ([1.0], 3)] {
      let levels = (first...last).filter { $0 % stride == 0 }.flatMap { power in
        factors.map { Double("\(Int($0))e\(power)") ?? 0 }
      }.filter { range.contains($0) && $0 > low && $0 < high }
      if levels.count <= Self.usual + 2 { return levels }
    }
    return []
  }

  /// Values between parts of equal area, to the digits that tell them apart.
  private func quantiles(_ count: Int) -> [Double] {
    Self.rounded((1...count).map { at(Double($0) / Double(count + 1)) }).filter { $0 > low && $0 < high }
  }

  // MARK: As many as are wanted

  /// So many levels, spaced as the usual ones are.
  private func exactly(_ count: Int) -> [Double] {
    let parts = (1...count).map { Double($0) / Double(count + 1) }
    let exact: [Double]
    switch spacing() {
    case .even(let range):
      for more in [0, 1, -1, 2] where count + more > 0 {
        let round = even(range, about: count + more)
        if round.count == count { return round }
      }
      exact = parts.map { range.lowerBound * (1 - $0) + range.upperBound * $0 }
    case .decades(let range):
      let (from, to) = (Libm.log10(range.lowerBound), Libm.log10(range.upperBound))
      exact = parts.map { Libm.pow(10, from * (1 - $0) + to * $0) }
    case .areas: exact = parts.map { at($0) }
    }
    let levels = Self.rounded(exact, parts: 10).filter { $0 > low && $0 < high }
    return levels.count == count ? levels : Set(exact).filter { $0 > low && $0 < high }.sorted()
  }

  /// Rising values to the digits that tell them apart, or to parts of those.
  private static func rounded(_ exact: [Double], parts: Double = 1) -> [Double] {
    var levels: [Double] = []
    for (place, value) in exact.enumerated() {
      let next = place + 1 < exact.count ? exact[place + 1] - value : value - exact[max(0, place - 1)]
      let gap = exact.count == 1 ? value.magnitude : next
      guard gap > 0, gap.isFinite else { continue }
      let step = Libm.pow(10, Libm.log10(gap).rounded(.down)) / parts
      let text = NumberText.significant((value / step).rounded() * step, digits: 12, minus: .ascii)
      let level = Double(text) ?? value
      if level > levels.last ?? -.infinity { levels.append(level) }
    }
    return levels
  }
}
