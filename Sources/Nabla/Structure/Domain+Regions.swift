import NablaAlgebra

extension Domain {
  /// What is looked at where some conditions hold and some indices run: the whole formula without its branches and
  /// sums, a branch, or the terms of a sum.
  struct Region {
    let guards: [Expr]
    let folds: [Fold]
    let parts: [Expr]

    /// The most regions that are told apart; of more branches inside one another nothing is said.
    private static let most = 500

    /// The formula's regions in their order: what is always looked at first, each branch behind its condition.
    static func all(of expression: Expr) -> [Region] {
      var result: [Region] = []
      var pending: [(root: Expr, guards: [Expr], folds: [Fold])] = [(expression, [], [])]
      var place = 0
      while place < pending.count, place < most {
        let (root, guards, folds) = pending[place]
        place += 1
        if contradict(guards) { continue }
        let parts = root.distinctSubexpressions { !$0.opensRegion }
        result.append(Region(guards: guards, folds: folds, parts: parts))
        var inner = ExprMap<Void>()
        for part in [root] + parts.flatMap(\.children) where part.opensRegion { inner[part] = () }
        for part in inner.keys {
          if case .fold(let fold) = part.shape {
            pending.append((fold.body, guards, folds + [fold]))
            continue
          }
          let branches = part.children
          pending.append((branches[0], guards, folds))
          pending.append((branches[1], guards + branches[0].conjuncts, folds))
          pending.append((branches[2], guards + branches[0].opposite.conjuncts, folds))
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
    func add(_ bounds: (Expr) -> [Bound], to demands: inout Demands) {
      for part in parts where !part.isDefinedEverywhere {
        let isUnwanted = part.isUndefined && !guards.isEmpty
        for bound in isUnwanted ? [.never] : bounds(part) {
          join(bound, &demands)
        }
      }
    }

    private func join(_ bound: Bound, _ demands: inout Demands) {
      for demand in Demand(bound: bound, guards: guards).withoutIndices(of: folds) { demands.join(demand) }
    }

    /// Adds that no divisor vanishes, and no cosine under a tangent; u ≥ 0 and u ≠ 0 are u > 0.
    func addPoles(to demands: inout Demands) {
      for part in parts {
        for pole in Bound.poles(of: part) {
          if !demands.exclude(pole, guards) { join(pole, &demands) }
        }
      }
    }
  }
}

extension Domain.Demand {
  /// The most demands that one becomes, when its indices are written out.
  private static let most = 100

  /// What it asks for with numbers in place of the indices of sums and products around it: x > 0, 2x > 0 and 3x > 0 for
  /// kx > 0 with k from 1 to 3. One that speaks of indexed variables keeps its index.
  func withoutIndices(of folds: [Fold]) -> [Domain.Demand] {
    let parts = [bound.difference] + guards
    let own = folds.filter { fold in parts.contains { $0.contains(index: fold.index) } }
    if own.isEmpty { return [self] }
    var known: [Expr: Extent] = [:]
    for fold in own {
      known[.variable(fold.index)] = Extent(low: Double(fold.lower), high: Double(fold.upper))
    }
    if alwaysHolds(knowing: known) { return [] }
    if parts.contains(where: { $0.distinctSubexpressions().contains(where: \.isElement) }) { return [self] }
    let short = withoutFactors { $0.extent(knowing: known).all(.above) }
    if short != self { return short.withoutIndices(of: own) }
    var result = [self]
    for fold in own {
      let (count, overflow) = result.count.multipliedReportingOverflow(by: fold.count)
      // What is too long to be written out is not said.
      guard !overflow, count <= Self.most else { return [] }
      result = result.flatMap { demand in
        (fold.lower...fold.upper).compactMap { demand.replacing(fold.index, with: $0) }
      }
    }
    return result
  }

  /// Nil where a guard does not hold for that number.
  private func replacing(_ index: Variable, with number: Int) -> Domain.Demand? {
    let value = { (part: Expr) in part.replacingIndex(index, with: .integer(number)) }
    let bound = Domain.Bound(
      difference: value(bound.difference), relation: bound.relation, limit: value(bound.limit))
    let guards = guards.map(value)
    if guards.contains(.zero) { return nil }
    return Domain.Demand(bound: bound, guards: guards.filter { $0 != .one })
  }

  private func withoutFactors(_ isPositive: (Expr) -> Bool) -> Domain.Demand {
    guard bound.limit == .zero, case .product(let factors) = bound.difference.shape else { return self }
    let rest = Expr.product(factors.filter { $0.varies || !isPositive($0) })
    return Domain.Demand(bound: Domain.Bound(difference: rest, relation: bound.relation), guards: guards)
  }
}

extension Domain.Bound {
  /// What it asks for with numbers in place of the indices of the sums and products in some expressions.
  func withoutIndices(of expressions: [Expr]) -> [Domain.Bound] {
    let indices = Set(difference.distinctSubexpressions().compactMap(\.index))
    if indices.isEmpty { return [self] }
    let folds = expressions.flatMap { $0.distinctSubexpressions() }.compactMap { part in
      if case .fold(let fold) = part.shape { fold } else { nil }
    }
    var demands = [Domain.Demand(bound: self, guards: [])]
    for index in indices.sorted() {
      let own = folds.filter { $0.index == index }
      demands = demands.flatMap { demand in own.flatMap { demand.withoutIndices(of: [$0]) } }
    }
    return demands.map(\.bound)
  }
}

extension Expr {
  /// The index that this is, or whose member this is.
  fileprivate var index: Variable? {
    switch shape {
    case .variable(let variable): variable.isIndex ? variable : nil
    case .element(_, let place): place.bound
    default: nil
    }
  }

  /// Whether what stands inside is looked at under conditions or for several values of an index.
  fileprivate var opensRegion: Bool {
    switch shape {
    case .call(.if, _), .fold: true
    default: false
    }
  }

  fileprivate var isElement: Bool { if case .element = shape { true } else { false } }
}
