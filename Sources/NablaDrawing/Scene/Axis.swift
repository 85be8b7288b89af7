import NablaBasics

/// How values become lengths.
package enum Scale: Hashable, Sendable {
  case linear
  /// Equal factors are equal lengths; for positive values.
  case log
  /// Logarithmic far from zero on both sides, linear below a threshold.
  case symlog(threshold: Double)

  /// The length of a value, in units of its own.
  package func length(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .log: value > 0 ? Libm.log10(value) : -.infinity
    case .symlog(let threshold):
      (value < 0 ? -1 : 1) * Libm.log10(1 + value.magnitude / threshold)
    }
  }
}

/// One side of a panel: a stretch of values, a scale, a label.
package struct Axis: Hashable, Sendable {
  package var low: Double
  package var high: Double
  package var scale: Scale
  package var label: String
  /// Whether only whole numbers have a mark, as where something is counted.
  package var isWhole = false

  package init(_ low: Double, _ high: Double, scale: Scale = .linear, label: String = "") {
    self.low = low
    self.high = high
    self.scale = scale
    self.label = label
  }

  /// The place of a value between the ends, 0 to 1; beyond them outside.
  package func place(_ value: Double) -> Double {
    switch scale {
    case .linear:
      // Halves keep ±1e308 apart without overflow.
      return (value / 2 - low / 2) / (high / 2 - low / 2)
    case .log, .symlog:
      let (from, to) = (scale.length(low), scale.length(high))
      return (scale.length(value) - from) / (to - from)
    }
  }

  /// A tick mark: its value and its text.
  package struct Tick: Hashable, Sendable {
    package var value: Double
    package var text: String
  }

  /// The marks along the axis, about so many.
  ///
  ///     Axis(-8, 3).ticks(about: 5).map(\.text)                       // −8 −6 −4 −2 0 2
  ///     Axis(1e-6, 1, scale: .log).ticks(about: 5).map(\.text)        // 10⁻⁶ 10⁻⁴ 10⁻² 1
  package func ticks(about count: Int) -> [Tick] {
    switch scale {
    case .linear:
      let values = linearPlaces(about: count)
      return zip(values, TickUnit(values).texts).map { Tick(value: $0, text: $1) }
    case .log: return logTicks(from: low, to: high, about: count)
    case .symlog(let threshold):
      let positive = high > threshold ? logTicks(from: threshold, to: high, about: count / 2) : []
      let negative = low < -threshold ? logTicks(from: threshold, to: -low, about: count / 2) : []
      let zero = low <= 0 && high >= 0 ? [Tick(value: 0, text: "0")] : []
      return negative.reversed().map { Tick(value: -$0.value, text: "\u{2212}" + $0.text) } + zero + positive
    }
  }

  /// At least three where so many are asked for: fewer say nothing about a scale.
  private func linearPlaces(about count: Int) -> [Double] {
    var places: [Double] = []
    for more in [0, 1, 2, 4] where places.count < min(3, count) {
      places = Ticks.places(from: low, to: high, about: count + more)
    }
    if isWhole { places = places.filter { $0 == $0.rounded() } }
    return places.map { $0 == 0 ? 0 : $0 }
  }

  /// The label, with what the texts of about so many marks leave out.
  ///
  ///     Axis(999_999_990, 1_000_000_010, label: "x").caption(about: 5)   // x − 10⁹
  package func caption(about count: Int) -> String {
    scale == .linear ? TickUnit(linearPlaces(about: count)).caption(label) : label
  }

  private func logTicks(from low: Double, to high: Double, about count: Int) -> [Tick] {
    guard low > 0, high > low, high.isFinite else { return [] }
    let first = Int(Libm.log10(low).rounded(.down))
    let last = Int(Libm.log10(high).rounded(.up))
    guard last - first < 700 else { return [] }
    var ticks: [Tick] = []
    let decades = Libm.log10(high) - Libm.log10(low)
    if decades < 2 {
      var values: [Double] = []
      for power in first...last {
        for factor in [1.0, 2, 5] {
          let value = factor * Libm.pow(10, Double(power))
          if value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) { values.append(value) }
        }
      }
      if values.count >= 2 { return values.map { Tick(value: $0, text: Axis.text($0)) } }
      return Ticks.places(from: low, to: high, about: count).map { Tick(value: $0, text: Axis.text($0)) }
    }
    let stride = max(1, Int((decades / Double(max(1, count))).rounded(.up)))
    for power in first...last where power % stride == 0 {
      let value = Libm.pow(10, Double(power))
      guard value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) else { continue }
      ticks.append(Tick(value: value, text: power == 0 ? "1" : power == 1 ? "10" : "10" + Axis.raised(power)))
    }
    return ticks
  }

  /// A number as a book prints it: 2.5·10⁻⁷ for 2.5e-7.
  package static func text(_ value: Double) -> String {
    text(value, digits: 6)
  }

  /// The same to so many digits.
  package static func text(_ value: Double, digits: Int) -> String {
    let text = NumberText.significant(value, digits: digits)
    guard let e = text.firstIndex(of: "e"),
      let power = Int(text[text.index(after: e)...].replacing("\u{2212}", with: "-"))
    else { return text }
    let digits = text[..<e]
    let ten = "10" + raised(power)
    return digits == "1" ? ten : digits == "\u{2212}1" ? "\u{2212}" + ten : digits + "·" + ten
  }

  /// ⁻¹²
  static func raised(_ power: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    var text = power < 0 ? "⁻" : ""
    for digit in String(power.magnitude) { text.append(digit.wholeNumberValue.map { digits[$0] } ?? digit) }
    return text
  }
}
