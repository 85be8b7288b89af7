import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// A point of the line where a formula in one variable bends or jumps, or has a limit and no value.
///
///     |x − 2|              bends at 2: the slope is −1 from below and 1 from above
///     (x² − 1)/(x − 1)     has no value at 1 and the limit 2
public struct SpecialPoint: Hashable, Sendable {
  /// The point; an approximate number where no exact form is known.
  public let place: Expr
  /// The nearest number.
  public let value: Double
  /// The slopes from either side, where the formula bends or jumps.
  public let kink: Kink?
  /// What the formula tends to from both sides, where it has no value.
  public let limit: Double?
  /// The same exactly, where cancelling shows it.
  public let exactLimit: Expr?
  /// What the formula tends to from either side, where it has no value and these differ.
  public let sides: PointLimit?
  /// The same exactly, where an angle comes near ±π/2 on either side.
  public let exactSides: [Expr]?
}

/// The special points of a formula, and what is known not to be among them.
public struct SpecialPoints: Sendable {
  /// Those that were found, in rising order.
  public let points: [SpecialPoint]
  /// What is zero where the formula may bend, jump or have a gap, and whose zeros may not all have been found.
  public let unsolved: [Expr]
  /// The parts that jump wherever an expression is a whole number: ⌊x⌋ wherever x is one.
  public let steps: [(part: Expr, whole: Expr)]
}

extension Formula {
  /// The points in rising order at which the derivative has no value or not the only one, as far as the formula shows
  /// them: zeros of polynomials between bars, as differences that a comparison or max asks about, and below the line.
  ///
  ///     try Formula("|x^2 - 1|").specialPoints()   // at −1 and 1
  ///
  /// Empty for formulas in several letters, with sums over an index, and with more than 2,000 parts.
  public func specialPoints() -> [SpecialPoint] { findSpecialPoints().points }

  /// The same with what may be missing.
  public func findSpecialPoints() -> SpecialPoints {
    let nothing = SpecialPoints(points: [], unsolved: [], steps: [])
    guard variables.count == 1, expression.freeVariables == variables, expression.foldLevel == 0,
      expression.size <= 2_000
    else { return nothing }
    let (candidates, unsolved) = candidatesForKinksAndGaps
    let steps = expression.steps
    guard let compiled = try? compiled() else { return nothing }
    var result: [SpecialPoint] = []
    for (place, value) in candidates.prefix(40) {
      let kink = compiled.kinks(at: [value], within: 1e-12 * max(1, value.magnitude)).first
      let limit = kink == nil ? compiled.limit(at: [value]) : nil
      let hasSides = limit?.below != nil && limit?.above != nil
      guard kink?.below != nil && kink?.above != nil || hasSides else { continue }
      let exact = limit?.common.flatMap { exactLimit(near: $0, at: place) }
      result.append(
        SpecialPoint(
          place: place, value: value, kink: kink, limit: limit?.common, exactLimit: exact,
          sides: limit?.common == nil ? limit : nil,
          exactSides: limit.flatMap { $0.common == nil ? exactSides($0, at: place) : nil }))
    }
    // Where the domain ends there is no bend.
    let domain = unsolved.isEmpty ? [] : Domain(of: expression, variables: variables).conditions
    let left = unsolved.filter { !domain.contains(Domain.Bound(difference: $0, relation: .not).comparison) }
    return SpecialPoints(points: result, unsolved: left, steps: steps)
  }

  /// The zeros of what bends and of what stands below the line, ascending, and what may have others.
  private var candidatesForKinksAndGaps: (places: [(place: Expr, value: Double)], unsolved: [Expr]) {
    var found: [(place: Expr, value: Double)] = []
    var unsolved: [Expr] = []
    for (zeroed, isBend) in expression.seams(in: variables[0]) {
      let zeros = LineZeros(of: zeroed, in: variables[0], limits: limits)
      found += zeros.zeros.map { ($0.place, $0.value) }
      if !isBend, !zeros.isComplete { found.append((.zero, 0)) }
      if isBend, !zeros.isComplete, !unsolved.contains(zeroed) { unsolved.append(zeroed) }
    }
    var seen: Set<Double> = []
    return (found.sorted { $0.value < $1.value }.filter { seen.insert($0.value).inserted }, unsolved)
  }

  /// The limit at a place where the formula has no value, exactly: the value of what it becomes by cancelling, or the
  /// constant of its series; nil where neither is near a limit found by numbers, or near the values around the place.
  ///
  ///     (x² − 1)/(x − 1) at 1    2, by cancelling
  ///     sin(x)/x at 0            1, by the series
  package func exactLimit(near limit: Double?, at place: Expr) -> Expr? {
    guard variables.count == 1 else { return nil }
    let isExact = if case .number(let number) = place.shape { number.isExact } else { true }
    guard isExact, let exact = limitByCancelling(at: place) ?? limitBySeries(at: place),
      let value = exact.constantValue
    else { return nil }
    if let limit { return (value - limit).magnitude <= 1e-6 * max(1, limit.magnitude) ? exact : nil }
    guard let here = place.constantValue else { return nil }
    let reach = 1e-3 * max(1, here.magnitude)
    let isNear = [-reach, reach].allSatisfy { step in
      let there = (try? self.value(at: [here + step])) ?? .nan
      return (there - value).magnitude <= 1e-2 * max(1, value.magnitude)
    }
    return isNear ? exact : nil
  }

  private func limitByCancelling(at place: Expr) -> Expr? {
    var budget = Budget(limits.work)
    guard let simple = try? TextbookForm().form(of: expression, budget: &budget).expression,
      case .number(let value) = simple.substituting([variables[0]: place]).shape, value.isExact
    else { return nil }
    return .number(value)
  }

  private func limitBySeries(at place: Expr) -> Expr? {
    guard expression.size <= Self.largestSeries,
      let series = try? expression.taylor(about: [place], in: variables, order: 1, limits: limits)
    else { return nil }
    let constant = series.terms.first { $0.degree == 0 }?.coefficient ?? .zero
    return constant.size <= Self.longestLimit && !constant.hasApproximation ? constant : nil
  }

  /// The largest formula whose series is asked for, and the longest limit that is worth its name.
  private static let (largestSeries, longestLimit) = (100, 12)
}

extension Expr {
  /// What is zero where a part bends, or where a divisor vanishes.
  fileprivate func seams(in variable: Variable) -> [(zeroed: Expr, isBend: Bool)] {
    var result: [(zeroed: Expr, isBend: Bool)] = []
    for part in distinctSubexpressions() {
      let zeroed: Expr
      switch part.shape {
      case .call where part.bends && part.step == nil: zeroed = part.bendingDistance
      case .power(let base, let exponent):
        guard case .number(let number) = exponent.shape, number.isNegative else { continue }
        zeroed = base
      case .call(.arccot, let u): zeroed = u[0]
      default: continue
      }
      guard zeroed.freeVariables == [variable] else { continue }
      let known = result.firstIndex { $0.zeroed == zeroed || $0.zeroed == zeroed.negated }
      if let known {
        result[known].isBend = result[known].isBend || part.bends
      } else {
        result.append((zeroed, part.bends))
      }
    }
    return result
  }

  /// The steps in it, each once.
  package var steps: [(part: Expr, whole: Expr)] {
    distinctSubexpressions().compactMap { part in
      part.step.flatMap { $0.varies ? (part, $0) : nil }
    }
  }

  /// What is a whole number where a part jumps by itself.
  private var step: Expr? {
    guard case .call(let function, let u) = shape else { return nil }
    switch function {
    case .floor, .ceil: return u[0]
    case .round: return u[0] + .number(.half)
    case .mod: return u[0] / u[1]
    default: return nil
    }
  }
}
