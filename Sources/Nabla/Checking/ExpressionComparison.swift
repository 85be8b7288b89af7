import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Whether two expressions are the same derivative of a formula: by algebra where it goes that far, otherwise by values
/// at points where the formula has one.
struct ExpressionComparison {
  private let given: Expr
  private let expected: Expr
  private let formula: Expr
  private let letters: [Variable]
  private let limits: Limits

  init(_ given: Expr, _ expected: Expr, of formula: Expr, letters: [Variable], limits: Limits) {
    (self.given, self.expected, self.formula) = (given, expected, formula)
    (self.letters, self.limits) = (letters, limits)
  }

  func verdict() -> GradientCheck.Verdict {
    let isEqual = isEqualSymbolically
    if isEqual, given.isDefinedEverywhere { return .right(.symbolic) }
    guard let both = try? CompiledFunctions([given, expected, formula], variables: letters, limits: limits)
    else {
      return isEqual ? .right(.symbolic) : .undecided
    }
    if let example = gap(in: both) { return .wrong(example) }
    if isEqual { return .right(.symbolic) }
    for coordinates in ReadablePoints.all(letters: letters.count) {
      let values = both(coordinates.map(\.double))
      let point = coordinates.map(\.double)
      guard isApart(values, at: point), !isSeam(both, at: point) else { continue }
      return .wrong(example(coordinates, values))
    }
    var candidates = SamplePoints(in: expected + given, letters: letters)
    var agreed = 0
    // A branch may begin far from 0: then all scales are gone through.
    let hasBranches = [given, expected].contains {
      $0.distinctSubexpressions().contains(where: \.hasTwoSides)
    }
    for _ in 0..<60 where agreed < 12 || hasBranches {
      let point = candidates.next()
      let values = both(point)
      guard values.allSatisfy(\.isFinite) else { continue }
      if isApart(values, at: point) {
        return .wrong(example(point.map { Number(approximate: $0) }, values))
      }
      agreed += 1
    }
    return agreed > 0 ? .right(.values(points: agreed)) : .undecided
  }

  /// A point of a region where the formula has a derivative and what is given has no value, a readable one if it can be;
  /// single points, as the 0 of 2x²/x, do not count.
  private func gap(in both: CompiledFunctions) -> GradientCheck.CounterExample? {
    guard !given.isDefinedEverywhere,
      let alone = try? CompiledFunction(given, variables: letters, limits: limits)
    else { return nil }
    func isMissing(at point: [Double]) -> Bool {
      let values = both(point)
      // Numbers that are too large are no gap.
      return !values[0].isFinite && values[1].isFinite && values[2].isFinite
        && alone.enclosure(of: point.map { Interval($0) }).isEmpty
    }
    var candidates = SamplePoints(in: expected + formula, letters: letters)
    guard let missing = (0..<Self.tries).lazy.map({ _ in candidates.next() }).first(where: isMissing) else {
      return nil
    }
    let readable = ReadablePoints.all(letters: letters.count).first { coordinates in
      let point = coordinates.map(\.double)
      return isMissing(at: point)
        && [1e-6, -1e-6].allSatisfy { distance in
          isMissing(at: point.enumerated().map { $0.element + distance / Double(2 * $0.offset + 1) })
        }
    }
    let point = readable ?? missing.map { Number(approximate: $0) }
    return example(point, both(point.map(\.double)))
  }

  /// How many points are looked at for a gap.
  private static let tries = 36

  /// Whether the difference simplifies to zero.
  private var isEqualSymbolically: Bool {
    if given == expected { return true }
    var budget = Budget(min(limits.work, 2_000_000))
    let form = TextbookForm()
    let difference = given - expected
    if let simple = try? form.form(of: difference, budget: &budget).expression {
      if simple.isZero { return true }
      if let wide = simple.expanded(highestPower: 12), wide.isZero { return true }
    }
    guard let wide = difference.expanded(highestPower: 12),
      let simple = try? form.form(of: wide, budget: &budget).expression
    else { return false }
    return simple.isZero
  }

  /// Whether two values differ by more than rounding explains.
  private func isApart(_ values: [Double], at point: [Double]) -> Bool {
    guard values.allSatisfy(\.isFinite) else { return false }
    let gap = (values[0] - values[1]).magnitude
    if gap <= 1e-10 * (values[0].magnitude + values[1].magnitude) { return false }
    guard let first = RoundingNoise(of: given, letters: letters, limits: limits),
      let second = RoundingNoise(of: expected, letters: letters, limits: limits)
    else { return false }
    return gap > 100 * (first(point) + second(point)) + 1e-300
  }

  /// Whether the two agree right beside a point: then it only lies on a kink, where neither is a derivative.
  private func isSeam(_ both: CompiledFunctions, at point: [Double]) -> Bool {
    [1e-6, -1e-6].contains { distance in
      let beside = point.enumerated().map { $0.element + distance / Double(2 * $0.offset + 1) }
      let values = both(beside)
      return values.allSatisfy(\.isFinite) && !isApart(values, at: beside)
    }
  }

  private func example(_ coordinates: [Number], _ values: [Double]) -> GradientCheck.CounterExample {
    let place = Dictionary(zip(letters, coordinates.map { Expr.number($0) })) { first, _ in first }
    return .init(
      letters: letters, coordinates: coordinates,
      given: PointValue(given.substituting(place), decimal: values[0]),
      expected: PointValue(expected.substituting(place), decimal: values[1]))
  }
}

extension Expr {
  /// Whether this is the number 0.
  var isZero: Bool { if case .number(let number) = shape { number.isZero } else { false } }
}
