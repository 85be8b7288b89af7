import NablaAlgebra
import NablaBasics

/// Where a formula has a real value, as comparisons a reader can check; poles alone are left to the eye.
///
///     ½x² + ln x            has the domain    x > 0
///     ln((x + 1)/(x − 1))   has the domain    x < −1 or x > 1
///     ln x + 1/(x − 1)      has the domain    x > 0, x ≠ 1
///
/// A condition that always holds, such as x² + 1 ≥ 0 under a root, is left out. Conditions on a fraction of polynomials
/// in one variable are solved and put together; the others stand as they are. What a branch asks for is asked only where
/// the branch is taken.
struct Domain {
  /// The comparisons, in the order in which the formula asks for them.
  let conditions: [Expr]
  /// Whether a constant part, or what is asked of one variable, leaves no point at all.
  let isEmpty: Bool

  private let stretches: [Variable: [SignChart.Stretch]]
  private let open: [Bound]

  /// The conditions of the functions, roots and powers in an expression that are inequalities; an exponent with one of
  /// the variables in it, all where there is no list, asks for a positive base.
  init(of expression: Expr, variables: [Variable]? = nil) {
    guard !expression.isDefinedEverywhere else {
      (conditions, isEmpty, stretches, open) = ([], false, [:], [])
      return
    }
    let list = variables.map(Set.init)
    let regions = Region.all(of: expression)
    var demands = Demands()
    for region in regions { region.add({ Bound.all(of: $0, list) }, to: &demands) }
    // Where anything is said, nothing is left out.
    if demands.all.contains(where: { $0.bound.difference.constantValue == nil }) {
      for region in regions { region.addPoles(to: &demands) }
    }
    var stretches: [Variable: [SignChart.Stretch]] = [:]
    var order: [Condition] = []
    var isEmpty = false
    for demand in demands.all {
      if demand.guards.isEmpty, let value = demand.bound.difference.constantValue {
        isEmpty = isEmpty || !demand.bound.holds(for: value)
      } else if let (variable, solution) = demand.solution {
        if solution == [.init()] { continue }
        if stretches[variable] == nil { order.append(.solved(variable)) }
        stretches[variable] = Self.intersection(stretches[variable] ?? [.init()], solution)
      } else {
        order.append(.open(demand))
      }
    }
    isEmpty = isEmpty || stretches.values.contains(where: \.isEmpty)
    self.isEmpty = isEmpty
    self.stretches = stretches
    open = order.compactMap { condition in
      if case .open(let demand) = condition, demand.guards.isEmpty { demand.bound } else { nil }
    }
    var known: [Expr: Extent] = [:]
    for (variable, places) in stretches { known[.variable(variable)] = Extent(around: places) }
    let comparisons = order.flatMap { condition -> [Expr] in
      switch condition {
      case .solved(let variable): return Self.comparisons(.variable(variable), stretches[variable] ?? [])
      case .open(let demand):
        // With x > 0, what is asked of xˣ says nothing more.
        if demand.alwaysHolds(knowing: known) { return [] }
        if demand.guards.isEmpty { demand.bound.note(in: &known) }
        return [demand.comparison]
      }
    }
    conditions = Self.joined(comparisons)
  }

  /// Comparisons of which two that bound one expression are one: 0 < p < 1.
  private static func joined(_ comparisons: [Expr]) -> [Expr] {
    var result: [Expr] = []
    /// The lower bounds that have no upper one yet, by what they bound.
    var lower: [Expr: [Int]] = [:]
    for comparison in comparisons {
      guard case .call(let function, let sides) = comparison.shape, sides.count == 2, !sides[1].varies else {
        result.append(comparison)
        continue
      }
      let isUpper = function == .less || function == .lessOrEqual
      if isUpper, let partner = lower[sides[0]]?.first {
        result[partner] = .call(.and, [result[partner], comparison])
        lower[sides[0]]?.removeFirst()
        continue
      }
      if function == .greater || function == .greaterOrEqual {
        lower[sides[0], default: []].append(result.count)
      }
      result.append(comparison)
    }
    return result
  }

  /// Whether a condition of a simplification holds at every point of the domain.
  func implies(_ bound: Bound) -> Bool {
    if bound.alwaysHolds { return true }
    if let (variable, solution) = bound.solution, let known = stretches[variable] {
      return Self.intersection(known, solution) == known
    }
    return open.contains { own in
      if own.difference == bound.difference {
        return own.relation == .above || own.relation == bound.relation
      }
      guard own.relation == .above || own.relation == .not, bound.relation == .not,
        case .product(let factors) = own.difference.shape
      else { return false }
      return factors.contains(bound.difference)
    }
  }

  private enum Condition {
    case solved(Variable)
    case open(Demand)
  }

  /// A condition of a simplification as a comparison, solved where it can be: x ≠ 1 for x − 1 ≠ 0.
  static func comparison(of bound: Bound) -> Expr {
    guard let (variable, solution) = bound.solution else { return bound.comparison }
    let comparisons = comparisons(.variable(variable), solution)
    guard var result = comparisons.first else { return bound.comparison }
    for other in comparisons.dropFirst() { result = .call(.and, [result, other]) }
    return result
  }

  /// x ≥ 0; x ≥ −1 and x ≤ 1 as two; x < −1 or x > 1 as one; x ≠ 1 where only that is left out.
  private static func comparisons(_ x: Expr, _ stretches: [SignChart.Stretch]) -> [Expr] {
    guard let first = stretches.first, let last = stretches.last else { return [] }
    let gaps = zip(stretches, stretches.dropFirst()).map { ($0.high, $1.low) }
    let isPunctured =
      !gaps.isEmpty
      && gaps.allSatisfy { left, right in
        left?.value == right?.value && left?.isIncluded == false && right?.isIncluded == false
      }
    if isPunctured {
      let points = gaps.compactMap { $0.0?.expression }.map { Expr.call(.notEqual, [x, $0]) }
      return ends(x, .init(low: first.low, high: last.high)) + points
    }
    if stretches.count == 1 { return ends(x, first) }
    let parts = stretches.map { stretch -> Expr in
      let ends = ends(x, stretch)
      return ends.count == 2 ? .call(.and, ends) : ends.first ?? .one
    }
    guard var whole = parts.first else { return [] }
    for part in parts.dropFirst() { whole = .call(.or, [whole, part]) }
    return [whole]
  }

  private static func ends(_ x: Expr, _ stretch: SignChart.Stretch) -> [Expr] {
    if let low = stretch.low, low == stretch.high { return [.call(.equal, [x, low.expression])] }
    let low = stretch.low.map { Expr.call($0.isIncluded ? .greaterOrEqual : .greater, [x, $0.expression]) }
    let high = stretch.high.map { Expr.call($0.isIncluded ? .lessOrEqual : .less, [x, $0.expression]) }
    return [low, high].compactMap { $0 }
  }
}
