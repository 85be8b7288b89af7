import NablaAlgebra

extension Domain {
  /// A bound that must hold where all guards do: x > 0 on the branch x > 1.
  struct Demand: Hashable {
    let bound: Bound
    let guards: [Expr]

    /// Whether it is asked for wherever the other one is.
    private func covers(_ other: Demand) -> Bool {
      bound == other.bound && guards.allSatisfy(other.guards.contains)
    }

    /// Adds it to a list in which no demand covers another one.
    func join(_ demands: inout [Demand]) {
      if isGuaranteed || demands.contains(where: { $0.covers(self) }) { return }
      demands.removeAll(where: covers)
      demands.append(self)
    }

    /// Whether a guard alone says so: x > y for x − y ≠ 0.
    private var isGuaranteed: Bool {
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

extension Domain {
  /// What is looked at where some conditions hold: the whole formula without its branches, or a branch.
  struct Region {
    let guards: [Expr]
    let parts: [Expr]

    /// The most regions that are told apart; of more branches inside one another nothing is said.
    private static let most = 100

    /// The formula's regions in their order: what is always looked at first, each branch behind its condition.
    static func all(of expression: Expr) -> [Region] {
      var result: [Region] = []
      var pending: [(root: Expr, guards: [Expr])] = [(expression, [])]
      var place = 0
      while place < pending.count, place < most {
        let (root, guards) = pending[place]
        place += 1
        if contradict(guards) { continue }
        let parts = root.distinctSubexpressions { !$0.isChoice }
        result.append(Region(guards: guards, parts: parts))
        let choices = root.isChoice ? [root] : parts.flatMap { $0.children.filter(\.isChoice) }
        for choice in choices {
          let branches = choice.children
          pending.append((branches[0], guards))
          pending.append((branches[1], guards + branches[0].conjuncts))
          pending.append((branches[2], guards + branches[0].opposite.conjuncts))
        }
      }
      return result
    }

    /// Whether no point is in all of them.
    private static func contradict(_ guards: [Expr]) -> Bool {
      if guards.contains(where: { guards.contains($0.opposite) }) { return true }
      var known: [Variable: [SignChart.Stretch]] = [:]
      for condition in guards {
        guard let (variable, places) = solution(of: condition) else { continue }
        known[variable] = intersection(known[variable] ?? [.init()], places)
      }
      return known.values.contains(where: \.isEmpty)
    }

    /// Adds what the parts ask for; a branch that stands for no value asks that it is not taken.
    func add(_ bounds: (Expr) -> [Bound], to demands: inout [Demand]) {
      for part in parts where !part.isDefinedEverywhere {
        let isUnwanted = part.isUndefined && !guards.isEmpty
        for bound in isUnwanted ? [.never] : bounds(part) {
          Demand(bound: bound, guards: guards).join(&demands)
        }
      }
    }

    /// Adds that no divisor vanishes, and no cosine under a tangent; u ≥ 0 and u ≠ 0 are u > 0.
    func addPoles(to demands: inout [Demand]) {
      for part in parts {
        for pole in Bound.poles(of: part) {
          let known = demands.firstIndex {
            $0.guards == guards && $0.bound.difference == pole.difference
          }
          guard let known else {
            Demand(bound: pole, guards: guards).join(&demands)
            continue
          }
          if demands[known].bound.relation == .atLeast {
            let above = Bound(difference: pole.difference, relation: .above)
            demands[known] = Demand(bound: above, guards: guards)
          }
        }
      }
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
  /// Whether it is one of two expressions, by a condition.
  fileprivate var isChoice: Bool { if case .call(.if, _) = shape { true } else { false } }

  /// 0 < x and x < 1 for the chain 0 < x < 1; itself where it is no chain.
  var conjuncts: [Expr] {
    guard case .call(.and, let sides) = shape else { return [self] }
    return sides.flatMap(\.conjuncts)
  }

  /// The condition that holds where this one does not: x ≤ 0 for x > 0.
  fileprivate var opposite: Expr {
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
