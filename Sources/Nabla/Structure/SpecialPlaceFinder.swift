import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Looks for the places of `Formula.specialPlaces`: candidates are read off the formula, points on them are found by
/// bisection between random points, and what is not the same at all of these points is not told.
struct SpecialPlaceFinder {
  private let formula: Formula
  private let expression: Expr
  private let variables: [Variable]
  /// The variables and the parameters.
  private let letters: [Variable]
  private let whole: CompiledFunction
  private let crossings: Crossings

  /// The most places of each kind that are looked into.
  private static let most = 6

  /// Nil where the formula shows no such place.
  init?(_ formula: Formula) {
    let expression = formula.expression
    guard formula.variables.count + formula.parameters.count > 1, expression.foldLevel == 0,
      expression.size <= 1_000, expression.showsBreaks
    else { return nil }
    letters = expression.freeVariables
    guard (2...8).contains(letters.count),
      let whole = try? CompiledFunction(expression, variables: letters, limits: formula.limits)
    else { return nil }
    (self.formula, self.expression, self.whole) = (formula, expression, whole)
    variables = formula.variables
    crossings = Crossings(letters: letters, limits: formula.limits)
  }

  /// The places, bends and jumps first.
  var places: [SpecialPlace] { boundaries + corners + gaps }

  private func compiled(_ expression: Expr) -> CompiledFunction? {
    try? CompiledFunction(expression, variables: letters, limits: formula.limits)
  }

  private func textbook(_ expression: Expr) -> Simplifier.Outcome? {
    var budget = Budget(formula.limits.work)
    return try? TextbookForm().form(of: expression, budget: &budget)
  }

  // MARK: Bends and jumps

  private var boundaries: [SpecialPlace] {
    var groups: [(distance: Expr, parts: [Expr])] = []
    for part in expression.distinctSubexpressions() where part.hasTwoSides && part.bendingDistance.varies {
      let distance = part.bendingDistance
      if let known = groups.firstIndex(where: { $0.distance == distance || $0.distance == distance.negated })
      {
        groups[known].parts.append(part)
      } else {
        groups.append((distance, [part]))
      }
    }
    return groups.prefix(Self.most).compactMap { boundary($0.distance, $0.parts) }
  }

  private func boundary(_ distance: Expr, _ parts: [Expr]) -> SpecialPlace? {
    let sides = [false, true].compactMap { textbook(expression.onSide(of: distance, parts, isAbove: $0)) }
    guard sides.count == 2, let first = compiled(sides[0].expression),
      let second = compiled(sides[1].expression)
    else { return nil }
    let (below, above) = (sides[0].expression, sides[1].expression)
    let places = variables.compactMap { letters.firstIndex(of: $0) }
    var verdicts: Set<SpecialPlace.Kind?> = []
    var count = 0
    for crossing in crossings.points(on: distance) {
      guard isAlone(crossing, below), isAlone(crossing, above) else { return nil }
      guard follows(first, crossing, isAbove: false), follows(second, crossing, isAbove: true) else {
        continue
      }
      var (slopes, others): ([Double], [Double]) = ([], [])
      let value = first.valueAndGradient(at: crossing.point, into: &slopes)
      let other = second.valueAndGradient(at: crossing.point, into: &others)
      guard value.isFinite, other.isFinite, (slopes + others).allSatisfy(\.isFinite) else { continue }
      count += 1
      let size = max(1, value.magnitude, other.magnitude)
      let steepest = places.map { max(slopes[$0].magnitude, others[$0].magnitude) }.max() ?? 0
      let isJump = (value - other).magnitude > 1e-6 * size
      let isBend = places.contains { (slopes[$0] - others[$0]).magnitude > 1e-5 * max(1, steepest) }
      verdicts.insert(isJump ? .jump : isBend ? .bend : nil)
    }
    guard count >= Crossings.fewest, verdicts.count == 1, let verdict = verdicts.first, let kind = verdict,
      let low = side(below, distance, isAbove: false), let high = side(above, distance, isAbove: true)
    else { return nil }
    let (left, right, isTurned) = distance.sides
    return SpecialPlace(
      kind: kind, equations: [.call(.equal, [left, right])], sides: isTurned ? [high, low] : [low, high])
  }

  private func side(_ value: Expr, _ distance: Expr, isAbove: Bool) -> SpecialPlace.Side? {
    var budget = Budget(formula.limits.work)
    guard let rates = try? value.partials(by: variables, limits: formula.limits, budget: &budget)
    else { return nil }
    let derivatives = rates.compactMap { textbook($0)?.expression }
    let (left, right, isTurned) = distance.sides
    let relation: Function = isAbove != isTurned ? .greater : .less
    return derivatives.count == rates.count
      ? .init(condition: .call(relation, [left, right]), value: value, derivatives: derivatives) : nil
  }

  /// Whether nothing else bends or jumps at a point.
  private func isAlone(_ crossing: Crossings.Point, _ side: Expr) -> Bool {
    let distances = side.distinctSubexpressions().filter(\.bends).map(\.bendingDistance)
    guard !distances.isEmpty else { return true }
    guard
      let values = try? CompiledFunctions(distances, variables: letters, limits: formula.limits)(
        crossing.point)
    else { return false }
    return values.allSatisfy { $0.magnitude > 1e-6 }
  }

  /// Whether the formula is the given one near a point, on that side of it.
  private func follows(_ side: CompiledFunction, _ crossing: Crossings.Point, isAbove: Bool) -> Bool {
    [1e-4, 1e-6].allSatisfy { step in
      let near = crossing.moved(isAbove ? step : -step)
      let (value, own) = (whole(near), side(near))
      return value.isFinite && (value - own).magnitude <= 1e-9 * max(1, own.magnitude)
    }
  }

  // MARK: Corners

  private var corners: [SpecialPlace] {
    var result: [SpecialPlace] = []
    for part in expression.distinctSubexpressions() {
      guard result.count < Self.most, let radicand = part.cornerRadicand, let zeros = radicand.isolatedZeros,
        zeros.count > 1, !result.contains(where: { $0.equations == zeros.map(\.equation) }),
        let slopes = slopes(from: zeros)
      else { continue }
      result.append(SpecialPlace(kind: .corner, equations: zeros.map(\.equation), slopes: slopes))
    }
    return result
  }

  /// The slopes along the variables from the points where some letters have given values, which are the same at all
  /// of them and differ from side to side; empty where they are not the same, nil where there is no corner.
  private func slopes(from zeros: [Expr.IsolatedZero]) -> [SpecialPlace.Slopes]? {
    var random = SplitMix64(start: 7)
    var found: [[SpecialPlace.Slopes]] = []
    for _ in 0..<Crossings.fewest {
      var point = letters.map { _ in Double.random(in: -2...2, using: &random) }
      for zero in zeros {
        guard let place = letters.firstIndex(of: zero.letter) else { return nil }
        point[place] = zero.value
      }
      let value = whole(point)
      guard value.isFinite else { return nil }
      var slopes: [SpecialPlace.Slopes] = []
      for zero in zeros {
        guard let place = letters.firstIndex(of: zero.letter),
          let variable = variables.firstIndex(of: zero.letter)
        else { continue }
        guard let below = slope(at: point, value, place, -1), let above = slope(at: point, value, place, 1)
        else { return nil }
        if (below - above).magnitude > 1e-4 * max(1, below.magnitude) {
          slopes.append(.init(variable: variable, below: below, above: above))
        }
      }
      guard !slopes.isEmpty else { return nil }
      found.append(slopes)
    }
    return found.allSatisfy { $0 == found[0] } ? found[0] : []
  }

  /// The one-sided slope along a letter, to five digits; nil where difference quotients do not settle.
  private func slope(at point: [Double], _ value: Double, _ place: Int, _ sign: Double) -> Double? {
    let quotients = [2e-5, 1e-5, 2e-6, 1e-6].map { step -> Double in
      var moved = point
      moved[place] += sign * step
      return (whole(moved) - value) / (sign * step)
    }
    // With the first order of the step taken off.
    let (first, second) = (2 * quotients[1] - quotients[0], 2 * quotients[3] - quotients[2])
    guard quotients.allSatisfy(\.isFinite), (first - second).magnitude <= 1e-5 * max(1, second.magnitude)
    else {
      return nil
    }
    return (second * 1e4).rounded() / 1e4 + 0
  }

  // MARK: Gaps

  private var gaps: [SpecialPlace] {
    guard expression.hasVaryingDenominator, let outcome = textbook(expression),
      let simple = compiled(outcome.expression)
    else { return [] }
    var result: [SpecialPlace] = []
    for condition in outcome.conditions.prefix(Self.most)
    where condition.kind == .nonzero && !formula.visible([condition], in: outcome.expression).isEmpty {
      let distance = condition.subject
      if let gap = pointGap(distance, outcome.expression) {
        result.append(gap)
        continue
      }
      let points = crossings.points(on: distance).filter { isContinuous(simple, $0) }
      guard points.count >= Crossings.fewest, outcome.expression.size <= 40 else { continue }
      let (left, right, _) = distance.sides
      result.append(
        SpecialPlace(kind: .gap, equations: [.call(.equal, [left, right])], limit: outcome.expression))
    }
    return result.isEmpty ? numericGaps : result
  }

  /// A gap at a point, or on the line where some letters have given values.
  private func pointGap(_ distance: Expr, _ simple: Expr) -> SpecialPlace? {
    guard let zeros = distance.isolatedZeros, simple.isDefinedEverywhere,
      !simple.distinctSubexpressions().contains(where: \.bends)
    else { return nil }
    var values: [Variable: Expr] = [:]
    for zero in zeros { values[zero.letter] = zero.exact }
    guard let limit = textbook(simple.substituting(values))?.expression else { return nil }
    return SpecialPlace(kind: .gap, equations: zeros.map(\.equation), limit: limit)
  }

  /// Gaps at which the values from all sides tend to one number, as sin(xy)/(xy) does.
  private var numericGaps: [SpecialPlace] {
    var result: [SpecialPlace] = []
    for part in expression.distinctSubexpressions() {
      guard result.count < Self.most, case .power(let base, let exponent) = part.shape,
        case .number(let number) = exponent.shape, number.isNegative, base.varies,
        let distance = compiled(base)
      else { continue }
      let points = crossings.points(on: base)
      let values = points.flatMap { point in
        [1e-5, -1e-5, 1e-4, -1e-4].map { whole(point.moved($0)) }
      }
      // Where other letters are zero the limit may be another one: e^(−x²/σ²) is 1 at x = 0 for every σ.
      let exceptions = points.flatMap { point in
        letters.indices.map { place in
          var other = point.moved(1e-5)
          other[place] = 0
          return distance(other).magnitude <= 1e-3 ? whole(other) : .nan
        }
      }.filter(\.isFinite)
      guard points.count >= Crossings.fewest, let first = values.first, first.isFinite else { continue }
      let limit = (first * 1e3).rounded() / 1e3
      guard (values + exceptions).allSatisfy({ ($0 - limit).magnitude <= 1e-5 * max(1, limit.magnitude) })
      else { continue }
      let (left, right, _) = base.sides
      result.append(
        SpecialPlace(
          kind: .gap, equations: [.call(.equal, [left, right])],
          limit: .number(Number(approximate: limit))))
    }
    return result
  }

  private func isContinuous(_ function: CompiledFunction, _ crossing: Crossings.Point) -> Bool {
    let value = function(crossing.point)
    return value.isFinite
      && [1e-7, -1e-7].allSatisfy { step in
        (function(crossing.moved(step)) - value).magnitude <= 1e-4 * max(1, value.magnitude)
      }
  }
}

extension Expr {
  /// Whether a part bends, or a root or a denominator varies.
  fileprivate var showsBreaks: Bool {
    distinctSubexpressions().contains { part in
      if part.bends { return true }
      guard case .power(let base, let exponent) = part.shape, case .number(let number) = exponent.shape else {
        return false
      }
      return base.varies && (number.isNegative || !number.isInteger)
    }
  }

  fileprivate var hasVaryingDenominator: Bool {
    distinctSubexpressions().contains { part in
      guard case .power(let base, let exponent) = part.shape, case .number(let number) = exponent.shape else {
        return false
      }
      return base.varies && number.isNegative
    }
  }

  /// Whether it is a call that is one formula on the one side of a boundary and another on the other.
  fileprivate var hasTwoSides: Bool {
    guard case .call(let function, _) = shape else { return false }
    return [
      Function.abs, .sign, .relu, .min, .max, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ].contains(function)
  }

  /// The expression with some of its parts as they are on one side of the boundary where `distance` is 0.
  fileprivate func onSide(of distance: Expr, _ parts: [Expr], isAbove: Bool) -> Expr {
    rebuilt { part in
      guard parts.contains(part), case .call(let function, let u) = part.shape else { return nil }
      let isPositive = (part.bendingDistance == distance) == isAbove
      switch function {
      case .abs: return isPositive ? u[0] : u[0].negated
      case .relu: return isPositive ? u[0] : .zero
      case .sign: return isPositive ? .one : .minusOne
      case .max: return isPositive ? u[0] : u[1]
      case .min: return isPositive ? u[1] : u[0]
      case .greater, .greaterOrEqual: return isPositive ? .one : .zero
      case .less, .lessOrEqual: return isPositive ? .zero : .one
      default: return nil
      }
    }
  }

  /// What stands under a root, or the sum of squares that hypot takes the root of.
  fileprivate var cornerRadicand: Expr? {
    switch shape {
    case .power(let base, let exponent):
      guard case .number(let number) = exponent.shape, let power = number.rational, !power.isNegative,
        !power.isInteger, base.isSum
      else { return nil }
      return base
    case .call(.hypot, let parts): return parts[0].squared + parts[1].squared
    default: return nil
    }
  }

  /// A letter and the value that it has.
  struct IsolatedZero {
    let letter: Variable
    let value: Double
    let exact: Expr
    var equation: Expr { .call(.equal, [.variable(letter), exact]) }
  }

  /// The values of letters at which a sum of even powers is zero, where each of them is of one letter: x² + (y − 1)⁴.
  fileprivate var isolatedZeros: [IsolatedZero]? {
    guard case .sum(let terms) = shape else { return nil }
    var zeros: [IsolatedZero] = []
    for term in terms {
      let (number, factors) = term.coefficientAndFactors
      guard !number.isNegative, factors.count == 1, let factor = factors.first,
        case .power(let base, let exponent) = factor.shape, case .number(let power) = exponent.shape,
        let count = power.rational, count.isInteger, !count.numerator.isOdd, !count.isNegative
      else { return nil }
      let letters = base.freeVariables
      guard letters.count == 1, let chart = SignChart(of: base, in: letters[0]) else { return nil }
      let ends = chart.solutions(of: .not).compactMap(\.high)
      guard ends.count == 1, !zeros.contains(where: { $0.letter == letters[0] }) else { return nil }
      zeros.append(IsolatedZero(letter: letters[0], value: ends[0].value, exact: ends[0].expression))
    }
    return zeros
  }
}
