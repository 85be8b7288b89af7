import NablaBasics

/// What happens where along x: zeros, turning points, poles, ends of the domain.
///
/// What rounding makes of a curve is none of it, nor is where numbers become too large or too small: √(x² + 1) − x has no
/// zero, and 1/(1 + e^(−x)) does not end at −745.
struct CurveFeatures {
  /// The features from left to right.
  private(set) var places: [Double] = []
  /// From the first to the last place with a value.
  private(set) var defined: ClosedRange<Double>?
  /// Whether there are no values beyond.
  private(set) var isCutLow = false
  private(set) var isCutHigh = false
  /// Whether a closer look showed several features where there seemed to be one.
  private(set) var isFine = false

  /// The nearest stretch in which something happens; a farther one, where it shows a few things instead of one or two;
  /// a closer look, where not even that.
  init(of function: FigureFunction) {
    for reach in [10.0, 100, 1000, 1e4, 1, 1e6, 1e8, 1e10, 1e12] {
      let found = CurveFeatures(of: function, within: reach)
      if defined == nil {
        self = found
      } else if places.isEmpty {
        if !found.places.isEmpty { self = found }
      } else if places.count < 3, reach > 10, reach <= 1e4 {
        if found.places.count > places.count, found.places.count <= 8 { self = found }
      } else {
        break
      }
    }
    if places.count == 1 { lookCloser(function) }
  }

  private init(of function: FigureFunction, within reach: Double) {
    let count = 4000
    let step = 2 * reach / Double(count)
    let xs = (0..<count).map { -reach + (Double($0) + 0.5) * step }
    let found = Self.brackets(of: function, at: xs, defined: &defined) { $0 < reach / 10 }
    let brackets = found.filter { $0.isReal(step) }
    // A few are looked for exactly: far out, neighbouring places are far apart.
    places = brackets.map { brackets.count <= 8 ? $0.end : $0.low / 2 + $0.high / 2 }.sorted()
    if let known = defined {
      // Beyond a place where numbers end there are values all the same.
      let isLost = { (x: Double) in !function.withLevels(x).value.isNaN }
      isCutLow = known.lowerBound > -reach + step && !isLost(known.lowerBound - step)
      isCutHigh = known.upperBound < reach - step && !isLost(known.upperBound + step)
      // The ends of the domain are features, and known better than the grid knows them.
      let ends = places.filter { ((known.lowerBound - step)...(known.upperBound + step)).contains($0) }
      if let first = ends.first { defined = defined?.union(first) }
      if let last = ends.last { defined = defined?.union(last) }
    }
    // Many features everywhere: the ones around the middle stand for all.
    var half = reach
    while places.count(where: { $0.magnitude > half / 2 }) > 10 {
      half /= 2
      places.removeAll { $0.magnitude > half }
    }
  }

  /// Looks at distances of every size from a feature for others that lie close to it, in proportion to those distances.
  ///
  ///     10¹²x³ − x    // zeros at 0 and ±10⁻⁶
  private mutating func lookCloser(_ function: FigureFunction) {
    guard let centre = places.first else { return }
    // Off the round numbers, at which zeros like to lie.
    let distances = (0..<150).map { Libm.pow(10, -(Double($0) + 0.37) / 16) }
      .filter { $0 > 1e-9 * centre.magnitude }.reversed()
    for middle in Set([centre, 0]).sorted() where (middle - centre).magnitude <= 0.1 {
      let xs = distances.reversed().map { middle - $0 } + distances.map { middle + $0 }
      var range: ClosedRange<Double>?
      let found = Self.brackets(of: function, at: xs, defined: &range) { _ in true }
        .filter { $0.isReal(0) }
      guard found.count > 1, found.count <= 8 else { continue }
      places = found.map(\.end).sorted()
      isFine = true
      return
    }
  }

  // MARK: Brackets

  /// Two neighbouring places between which something happens.
  private struct Bracket {
    enum Event { case edge, sign, turn }
    var function: FigureFunction
    var low: Double
    var high: Double
    var event: Event

    /// Where it happens: the middle of what cannot be told.
    var end: Double {
      let (first, last) = (kind(low), kind(high))
      return border { kind($0) == first } / 2 + border { kind($0) != last } / 2
    }

    /// Which side of the event a place is on.
    private func kind(_ x: Double) -> Int {
      switch event {
      case .edge: function(x).isNaN ? 1 : 0
      case .sign: CurveFeatures.sign(function(x))
      case .turn: CurveFeatures.sign(function.slope(x))
      }
    }

    private func border(_ isBefore: (Double) -> Bool) -> Double {
      var (low, high) = (low, high)
      for _ in 0..<50 {
        let middle = low / 2 + high / 2
        if isBefore(middle) { low = middle } else { high = middle }
      }
      return low / 2 + high / 2
    }

    /// Whether it is the curve that does it and not its numbers, as seen here or a step farther away.
    func isReal(_ step: Double) -> Bool {
      if event == .edge { return function.withLevels(function(low).isNaN ? low : high).value.isNaN }
      for more in [0, step] {
        guard let before = certain(low - more), let after = certain(high + more) else { continue }
        if before != after { return true }
      }
      return false
    }

    /// The sign that rounding cannot have changed; nil where it can.
    private func certain(_ x: Double) -> Int? {
      let all = function.withLevels(x)
      let (value, level) =
        event == .sign ? (all.value, all.level.value) : (all.slope, all.level.slope)
      if value.isNaN { return nil }
      // A level that is not known says nothing.
      let isLost = level.isFinite && value.isFinite && value.magnitude <= level
      return isLost && level > 0 ? nil : CurveFeatures.sign(value)
    }
  }

  private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }

  /// The brackets among places in rising order, and from where to where there are values. A turn may lie in a flat part
  /// of which the length is judged.
  private static func brackets(
    of function: FigureFunction, at xs: [Double], defined: inout ClosedRange<Double>?,
    isNear: (Double) -> Bool
  ) -> [Bracket] {
    var brackets: [Bracket] = []
    var before: (x: Double, f: Double)?
    // The last place with a slope: a turn lies between it and the next one with a slope the other way.
    var sloping: (x: Double, slope: Double)?
    for x in xs {
      let f = function(x)
      let slope = f.isFinite ? function.slope(x) : .nan
      if f.isFinite { defined = defined?.union(x) ?? x...x }
      if let before {
        // What overflows is large, not undefined.
        if before.f.isNaN != f.isNaN {
          brackets.append(Bracket(function: function, low: before.x, high: x, event: .edge))
        } else if before.f.isFinite, f.isFinite, sign(before.f) != sign(f) {
          brackets.append(Bracket(function: function, low: before.x, high: x, event: .sign))
        }
      }
      if let last = sloping, slope.isFinite, slope != 0, (last.slope < 0) != (slope < 0), isNear(x - last.x) {
        brackets.append(Bracket(function: function, low: last.x, high: x, event: .turn))
      }
      before = (x, f)
      if slope != 0 { sloping = slope.isFinite ? (x, slope) : nil }
    }
    return brackets
  }
}
