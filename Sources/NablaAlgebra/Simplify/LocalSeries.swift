/// A power series in one small number t, with doubles for coefficients, from its lowest power on, which may be negative.
///
///     1 − cos t   is   t²/2 − t⁴/24 + …
///
/// What cancels up to its rounding counts as nothing. Without coefficients it is nothing as far as it is known.
struct LocalSeries {
  /// The power of t of the first coefficient, which is not 0.
  private(set) var lowest: Int
  private(set) var coefficients: [Double]
  /// Whether so much of the first coefficient has cancelled that its digits are those of rounding.
  private(set) var isBlurred = false

  /// A series from a power on, whatever is 0 in front of it taken off.
  init(from power: Int, _ coefficients: [Double]) {
    let zeros = coefficients.prefix { $0 == 0 }.count
    lowest = power + zeros
    self.coefficients = Array(coefficients.dropFirst(zeros))
  }

  private init(from power: Int, _ sums: [Sum], isBlurred: Bool) {
    self.init(from: power, sums.map(\.value))
    let first = sums.first { $0.value != 0 }
    self.isBlurred = isBlurred || first.map { $0.value.magnitude < 1e-6 * $0.size } ?? false
  }

  /// A sum that is 0 where no more of it is left than its rounding.
  private struct Sum {
    private var sum = 0.0
    private(set) var size = 0.0

    var value: Double { sum.magnitude <= 32 * Double.ulpOfOne * size ? 0 : sum }

    static func += (sum: inout Sum, term: Double) {
      sum.sum += term
      sum.size += term.magnitude
    }
  }

  init(_ constant: Double, length: Int) {
    self.init(from: 0, [constant] + [Double](repeating: 0, count: max(0, length - 1)))
  }

  /// The first power that nothing is known of.
  var end: Int { lowest + coefficients.count }

  var isFinite: Bool { coefficients.allSatisfy(\.isFinite) }

  /// The coefficient of a power.
  subscript(power: Int) -> Double {
    power < lowest || power >= end ? 0 : coefficients[power - lowest]
  }

  /// The coefficient of t⁰; nil where there are negative powers.
  var constant: Double? { lowest < 0 ? nil : self[0] }

  static func sum(_ parts: [LocalSeries]) -> LocalSeries {
    let low = parts.map(\.lowest).min() ?? 0
    let end = parts.map(\.end).min() ?? low
    guard low < end else { return LocalSeries(from: end, []) }
    let sums = (low..<end).map { power -> Sum in
      var sum = Sum()
      for part in parts { sum += part[power] }
      return sum
    }
    return LocalSeries(from: low, sums, isBlurred: parts.contains(where: \.isBlurred))
  }

  static func * (a: LocalSeries, b: LocalSeries) -> LocalSeries {
    let count = min(a.coefficients.count, b.coefficients.count)
    var products = [Sum](repeating: Sum(), count: count)
    for i in 0..<count where a.coefficients[i] != 0 {
      for j in 0..<count - i { products[i + j] += a.coefficients[i] * b.coefficients[j] }
    }
    return LocalSeries(from: a.lowest + b.lowest, products, isBlurred: a.isBlurred || b.isBlurred)
  }

  /// The power with a real exponent: with any for a positive first coefficient, with a whole one for others. (t²)^½ is |t|,
  /// which has no series.
  func power(_ exponent: Double) -> LocalSeries? {
    guard let first = coefficients.first, exponent.magnitude <= 12 else { return nil }
    let isWhole = exponent == exponent.rounded()
    guard isWhole || (lowest == 0 && first > 0) else { return nil }
    // v·u = p·∫… by Euler's recurrence: k·u₀·vₖ = Σ (p·j − k + j)·uⱼ·vₖ₋ⱼ
    var result = [RealPower.value(first, exponent, isWhole: isWhole)]
    for k in 1..<max(1, coefficients.count) {
      var sum = Sum()
      for j in 1...k { sum += (exponent * Double(j) - Double(k - j)) * coefficients[j] * result[k - j] }
      result.append(sum.value / (Double(k) * first))
    }
    var series = LocalSeries(from: isWhole ? Int(exponent) * lowest : 0, result)
    series.isBlurred = isBlurred
    return series
  }

  /// The series without its value at 0; nil where there are negative powers.
  private var displacement: [Double]? {
    guard lowest >= 0, end > 0 else { return nil }
    return (0..<end).map { $0 == 0 ? 0 : self[$0] }
  }

  /// Two functions of the series, each the slope of the other but for a sign: (sin, cos), (sinh, cosh), (exp, exp).
  ///
  ///     s′ = c·u′,   c′ = turn·s·u′
  func pair(_ first: Double, _ second: Double, turn: Double) -> (LocalSeries, LocalSeries)? {
    guard let u = displacement else { return nil }
    var (s, c) = ([first], [second])
    for k in 1..<max(1, u.count) {
      var (forS, forC) = (Sum(), Sum())
      for j in 1...k {
        forS += Double(j) * u[j] * c[k - j]
        forC += Double(j) * u[j] * s[k - j]
      }
      s.append(forS.value / Double(k))
      c.append(turn * forC.value / Double(k))
    }
    var (one, other) = (LocalSeries(from: 0, s), LocalSeries(from: 0, c))
    (one.isBlurred, other.isBlurred) = (isBlurred, isBlurred)
    return (one, other)
  }

  /// The series whose slope is `rate` times that of this one, from a value on.
  func integral(of rate: LocalSeries, from value: Double) -> LocalSeries? {
    guard let u = displacement, rate.lowest >= 0 else { return nil }
    var result = [value]
    for k in 1..<max(1, min(u.count, rate.end + 1)) {
      var sum = Sum()
      for j in 1...k { sum += Double(j) * u[j] * rate[k - j] }
      result.append(sum.value / Double(k))
    }
    var series = LocalSeries(from: 0, result)
    series.isBlurred = isBlurred || rate.isBlurred
    return series
  }
}
