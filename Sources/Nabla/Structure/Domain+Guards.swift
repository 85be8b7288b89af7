import NablaAlgebra

extension Domain {
  /// A bound that must hold where all guards do: x > 0 on the branch x > 1.
  struct Demand: Hashable {
    let bound: Bound
    let guards: [Expr]

    /// Whether it is asked for wherever the other one is.
    func covers(_ other: Demand) -> Bool {
      bound == other.bound && guards.allSatisfy(other.guards.contains)
    }

    /// Whether no point can violate it at which its guards hold and what is known of some expressions.
    func alwaysHolds(knowing known: [Expr: Extent]) -> Bool {
      if guards.isEmpty, known.isEmpty { return bound.alwaysHolds }
      var known = known
      for condition in guards {
        if let (variable, places) = Domain.solution(of: condition) {
          known[.variable(variable), default: .line].narrow(by: Extent(around: places))
        } else if case .call(let function, let sides) = condition.shape, sides.count == 2 {
          for relation in SignChart.Relation.implied(by: function) {
            Bound(difference: sides[0] - sides[1], relation: relation).note(in: &known)
          }
        }
      }
      return bound.alwaysHolds(knowing: known)
    }

    /// Whether a guard alone says so: x > y for x − y ≠ 0.
    var isGuaranteed: Bool {
      guards.contains { condition in
        guard case .call(let function, let sides) = condition.shape, sides.count == 2 else { return false }
        let difference = sides[0] - sides[1]
        return SignChart.Relation.implied(by: function).contains { relation in
          let direct = Bound(difference: difference, relation: relation)
          let turned = Bound(difference: difference.negated, relation: relation.turned)
          return [direct, turned].contains {
            $0.difference == bound.difference && $0.relation == bound.relation
          }
        }
      }
    }

    /// The variable and where it may lie: where the bound holds or a guard does not.
    var solution: (Variable, [SignChart.Stretch])? {
      if guards.isEmpty { return bound.solution }
      let own: (variable: Variable?, stretches: [SignChart.Stretch])
      if let value = bound.difference.constantValue {
        own = (nil, bound.holds(for: value) ? [.init()] : [])
      } else if let (variable, stretches) = bound.solution {
        own = (variable, stretches)
      } else {
        return nil
      }
      var (variable, stretches) = own
      for condition in guards {
        guard let (other, places) = Domain.solution(of: condition), variable == nil || variable == other
        else { continue }
        variable = other
        stretches = Domain.union(stretches, Domain.complement(places))
      }
      // What other guards say of other variables is said beside it, unless nothing is left to say.
      guard let variable else { return nil }
      let isWhole = stretches == [.init()]
      let speaksOfMore = guards.contains { Domain.solution(of: $0)?.0 != variable }
      return isWhole || !speaksOfMore ? (variable, stretches) : nil
    }

    /// The bound, or that a guard does not hold: x > 0 or y ≤ 0.
    var comparison: Expr {
      var parts = guards.map(\.opposite)
      if bound.difference.constantValue == nil { parts.insert(bound.comparison, at: 0) }
      return parts.dropFirst().reduce(parts[0]) { .call(.or, [$0, $1]) }
    }
  }

  /// Where a condition on one variable holds; nil for others, and where that cannot be solved.
  static func solution(of condition: Expr) -> (Variable, [SignChart.Stretch])? {
    guard case .call(let function, let parts) = condition.shape else { return nil }
    switch function {
    case .and, .or:
      guard let (variable, first) = solution(of: parts[0]), let (other, second) = solution(of: parts[1]),
        variable == other
      else { return nil }
      return (variable, function == .and ? intersection(first, second) : union(first, second))
    case .not: return solution(of: parts[0]).map { ($0, complement($1)) }
    case .equal:
      return solution(of: .call(.notEqual, parts)).map { ($0, complement($1)) }
    default:
      guard let relation = SignChart.Relation.allCases.first(where: { $0.function == function }) else {
        return nil
      }
      return Bound(difference: parts[0] - parts[1], relation: relation).solution
    }
  }
}

extension SignChart.Relation {
  /// What a comparison of two sides says of their difference: x > y that x − y is above, not below and not 0.
  fileprivate static func implied(by function: Function) -> [Self] {
    switch function {
    case .greater: [.above, .atLeast, .not]
    case .greaterOrEqual: [.atLeast]
    case .less: [.below, .atMost, .not]
    case .lessOrEqual: [.atMost]
    case .equal: [.atLeast, .atMost]
    case .notEqual: [.not]
    default: []
    }
  }
}

extension Expr {
  /// 0 < x and x < 1 for the chain 0 < x < 1; itself where it is no chain.
  var conjuncts: [Expr] {
    guard case .call(.and, let sides) = shape else { return [self] }
    return sides.flatMap(\.conjuncts)
  }

  /// The condition that holds where this one does not: x ≤ 0 for x > 0.
  var opposite: Expr {
    guard case .call(let function, let parts) = shape else { return .call(.not, [self]) }
    switch function {
    case .less: return .call(.greaterOrEqual, parts)
    case .lessOrEqual: return .call(.greater, parts)
    case .greater: return .call(.lessOrEqual, parts)
    case .greaterOrEqual: return .call(.less, parts)
    case .equal: return .call(.notEqual, parts)
    case .notEqual: return .call(.equal, parts)
    case .and: return .call(.or, parts.map(\.opposite))
    case .or: return .call(.and, parts.map(\.opposite))
    case .not: return parts[0]
    default: return .call(.not, [self])
    }
  }
}

extension Domain.Bound {
  /// Notes what it says of its difference, for what is asked later.
  func note(in known: inout [Expr: Extent]) {
    let extent: Extent
    switch relation {
    case .above: extent = .positive
    case .atLeast: extent = .nonnegative
    case .below: extent = Extent(high: 0, hasHigh: false)
    case .atMost: extent = Extent(high: 0)
    case .not: return
    }
    known[difference, default: .line].narrow(by: extent)
  }
}

extension Extent {
  /// The extent of stretches of the line, from left to right.
  init(around places: [SignChart.Stretch]) {
    self.init()
    if let low = places.first?.low { (self.low, hasLow) = (low.value, low.isIncluded) }
    if let high = places.last?.high { (self.high, hasHigh) = (high.value, high.isIncluded) }
  }

  mutating func narrow(by other: Extent) { self = narrowed(by: other) }
}
