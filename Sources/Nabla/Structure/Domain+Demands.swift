import NablaAlgebra

extension Domain {
  /// What a formula asks for, in its order, no demand covering another one; found by their differences, as there may be
  /// thousands.
  struct Demands {
    /// Nil where a later demand covers one.
    private var slots: [Demand?] = []
    private var places: [Expr: [Int]] = [:]

    var all: [Demand] { slots.compactMap { $0 } }

    /// Adds a demand that no guard and no other demand says already, and takes out those that it covers.
    mutating func join(_ demand: Demand) {
      let rivals = places[demand.bound.difference] ?? []
      if demand.isGuaranteed || rivals.contains(where: { slots[$0]?.covers(demand) == true }) { return }
      for place in rivals where slots[place].map(demand.covers) == true { slots[place] = nil }
      places[demand.bound.difference] = rivals.filter { slots[$0] != nil } + [slots.count]
      slots.append(demand)
    }

    /// Adds that a divisor does not vanish; u ≥ 0 and u ≠ 0 are u > 0. False where nothing is asked of it yet.
    mutating func exclude(_ pole: Bound, _ guards: [Expr]) -> Bool {
      let known = places[pole.difference]?.first { slots[$0]?.guards == guards }
      guard let known else { return false }
      if slots[known]?.bound.relation == .atLeast {
        let above = Bound(difference: pole.difference, relation: .above)
        slots[known] = Demand(bound: above, guards: guards)
      }
      return true
    }
  }
}
