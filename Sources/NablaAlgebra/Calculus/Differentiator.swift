import NablaBasics

/// Differentiates an expression with respect to several targets in one walk, by the rows of the function table.
///
/// Every distinct subexpression gets its derivatives once, as a short list sorted by target; a part in which no
/// target occurs is never visited. The walk keeps its own stack. Results are canonical, not simplified.
struct Differentiator {
  /// What a derivative is taken with respect to.
  enum Target: Hashable {
    /// A variable, which may also be the member of a family that folds run over.
    case variable(Variable)
    /// The element x[i + c] while i is the index of an enclosing fold.
    case element(Family, Index)
    /// The member x[j] for a symbolic j that lies in a range.
    case member(Family, Variable, ClosedRange<Int>)
  }

  /// The derivatives of one expression that are not zero, by the place of their target.
  typealias Sparse = [(target: Int, value: Expr)]

  let targets: [Target]
  private let places: VariablePlaces
  private let mask: UInt64
  private let limits: Limits

  init(targets: [Target], limits: Limits = .standard) {
    self.targets = targets
    self.limits = limits
    var places = VariablePlaces()
    var mask: UInt64 = 0
    for (place, target) in targets.enumerated() {
      switch target {
      case .variable(let variable):
        places[variable] = place
        mask |= 1 << Expr.bit(of: variable)
      case .element, .member: mask = .max
      }
    }
    self.places = places
    self.mask = mask
  }

  /// The derivatives of an expression with respect to all targets.
  func derivatives(of expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Sparse {
    var known = ExprMap<Sparse>()
    for part in expression.distinctSubexpressions(where: { $0.mask & mask != 0 }) {
      try budget.spend()
      let result = try derivatives(of: part, from: known, budget: &budget)
      if !result.isEmpty { known[part] = result }
    }
    return known[expression] ?? []
  }

  private func derivatives(
    of part: Expr, from known: ExprMap<Sparse>, budget: inout Budget
  ) throws(Budget.Overrun) -> Sparse {
    switch part.shape {
    case .number, .constant: return []
    case .variable(let variable):
      return places[variable].map { [(target: $0, value: Expr.one)] } ?? []
    case .element(let family, let index):
      guard let place = targets.firstIndex(of: .element(family, index)) else { return [] }
      return [(target: place, value: .one)]
    case .sum(let terms):
      return try gathered(terms.map { known[$0] ?? [] }, budget: &budget)
    case .product(let factors): return try product(factors, known, &budget)
    case .power(let base, let exponent):
      return try power(part, base, known[base] ?? [], exponent, known[exponent] ?? [], &budget)
    case .call(let function, let arguments):
      return try call(part, function, arguments, arguments.map { known[$0] ?? [] }, &budget)
    case .fold(let fold): return try self.fold(fold, known[fold.body] ?? [], &budget)
    }
  }

  /// The sums of several lists, target by target.
  private func gathered(_ lists: [Sparse], budget: inout Budget) throws(Budget.Overrun) -> Sparse {
    let filled = lists.filter { !$0.isEmpty }
    guard filled.count > 1 else { return filled.first ?? [] }
    var all: Sparse = []
    for list in filled {
      try budget.spend(list.count)
      all += list
    }
    let order = all.indices.sorted { (all[$0].target, $0) < (all[$1].target, $1) }
    var result: Sparse = []
    var place = 0
    while place < order.count {
      let target = all[order[place]].target
      var addends: [Expr] = []
      while place < order.count, all[order[place]].target == target {
        addends.append(all[order[place]].value)
        place += 1
      }
      result.append((target: target, value: addends.count == 1 ? addends[0] : .sum(addends)))
    }
    return result
  }

  /// (u·v·w)′ = u′·v·w + u·v′·w + u·v·w′.
  private func product(
    _ factors: [Expr], _ known: ExprMap<Sparse>, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Sparse {
    var lists: [Sparse] = []
    for (place, factor) in factors.enumerated() {
      guard let own = known[factor] else { continue }
      try budget.spend(factors.count * own.count)
      var others = factors
      others.remove(at: place)
      lists.append(own.map { (target: $0.target, value: .product(others + [$0.value])) })
    }
    return try gathered(lists, budget: &budget)
  }

  /// The power rule for a constant exponent, the exponential rule for a constant base, both otherwise.
  private func power(
    _ whole: Expr, _ base: Expr, _ baseRates: Sparse, _ exponent: Expr, _ exponentRates: Sparse,
    _ budget: inout Budget
  ) throws(Budget.Overrun) -> Sparse {
    var lists: [Sparse] = []
    if !baseRates.isEmpty {
      // (uⁿ)′ = n·uⁿ⁻¹·u′
      let outer = Expr.product([exponent, .power(base, exponent - 1)])
      lists.append(scaled(baseRates, by: outer))
    }
    if !exponentRates.isEmpty, base != .zero {
      // (aᵘ)′ = aᵘ·ln a·u′; 0ᵘ is 0 wherever it has a value
      lists.append(scaled(exponentRates, by: .product([whole, .call(.ln, [base])])))
    }
    return try gathered(lists, budget: &budget)
  }

  private func scaled(_ rates: Sparse, by outer: Expr) -> Sparse {
    rates.map { (target: $0.target, value: .product([outer, $0.value])) }
  }

  /// The chain rule over the row's own derivative.
  private func call(
    _ whole: Expr, _ function: Function, _ arguments: [Expr], _ rates: [Sparse], _ budget: inout Budget
  ) throws(Budget.Overrun) -> Sparse {
    switch function.derivative {
    case .zero: return []
    case .partials(let partials):
      let outer = partials(arguments, whole)
      return try gathered(zip(rates, outer).map { scaled($0, by: $1) }, budget: &budget)
    case .selects(let condition, let then, let otherwise):
      let test = condition(arguments)
      var met = Set(rates[then].map(\.target)).union(rates[otherwise].map(\.target))
      if arguments[then].isUndefined || arguments[otherwise].isUndefined {
        // Where no case holds there is no slope, though it is 0 where one does.
        for variable in test.freeVariables { if let place = places[variable] { met.insert(place) } }
      }
      let rated = met.sorted()
      let rate: (Int, Int) -> Expr = { branch, target in
        if arguments[branch].isUndefined { return arguments[branch] }
        return rates[branch].first { $0.target == target }?.value ?? .zero
      }
      return rated.map { (target: $0, value: .call(.if, [test, rate(then, $0), rate(otherwise, $0)])) }
    }
  }

  /// A sum's derivative is the sum of derivatives; an element contributes at the one place where it is the target.
  private func fold(
    _ fold: Fold, _ bodyRates: Sparse, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Sparse {
    guard fold.kind == .sum else {
      guard fold.count <= limits.expandedTerms else { throw .tooLarge("expandedTerms") }
      try budget.spend(fold.count)
      let written = Expr.product((fold.lower...fold.upper).map { fold.term(at: $0) })
      return try derivatives(of: written, budget: &budget)
    }
    var lists = try termRates(fold, bodyRates, &budget)
    for (place, target) in targets.enumerated() {
      let contributions = try elementContributions(of: fold, to: target, budget: &budget)
      if !contributions.isEmpty { lists.append([(target: place, value: .sum(contributions))]) }
    }
    return try gathered(lists, budget: &budget)
  }

  /// The sum of the rates of the terms; a term with u⁰ in it, as xᵏ is for k = 0, stands by itself: its rate has no 1/u.
  /// Elements at the index are not looked at in either; they contribute by themselves.
  private func termRates(
    _ fold: Fold, _ bodyRates: Sparse, _ budget: inout Budget
  ) throws(Budget.Overrun) -> [Sparse] {
    if bodyRates.isEmpty { return [] }
    let apart = try fold.membersOfPowersToZero(mask: mask, limits: limits, &budget)
    var lists: [Sparse] = []
    var first = fold.lower
    for member in apart + [fold.upper + 1] {
      let (low, high) = (first, member - 1)
      let rates = bodyRates.map { rate in
        (
          target: rate.target,
          value: Expr.fold(fold.kind, index: fold.index, from: low, through: high, rate.value)
        )
      }
      lists.append(rates.filter { $0.value != .zero })
      if member <= fold.upper {
        let single = try derivatives(of: fold.bodyWithoutPowersToZero(at: member), budget: &budget)
        lists.append(single.map { ($0.target, $0.value.replacingIndex(fold.index, with: .integer(member))) })
      }
      first = member + 1
    }
    return lists
  }

  /// For each offset c, (∂body/∂x[i + c]) at i = k − c, where the bounds allow it.
  private func elementContributions(
    of fold: Fold, to target: Target, budget: inout Budget
  ) throws(Budget.Overrun) -> [Expr] {
    let family: Family
    let reach: (Int) -> Expr.IndexValue?
    switch target {
    case .element: return []
    case .variable(let variable):
      guard let member = variable.member else { return [] }
      family = member.family
      reach = { offset in
        let value = member.number - offset
        return fold.lower <= value && value <= fold.upper ? .integer(value) : nil
      }
    case .member(let its, let symbol, let range):
      family = its
      reach = { offset in
        guard fold.lower <= range.lowerBound - offset, range.upperBound - offset <= fold.upper else {
          return nil
        }
        return .index(Index(symbol, offset: -offset))
      }
    }
    var contributions: [Expr] = []
    for offset in fold.body.offsets(of: family, at: fold.index) {
      guard let value = reach(offset) else { continue }
      let element = Target.element(family, Index(fold.index, offset: offset))
      let inner = Differentiator(targets: [element], limits: limits)
      let body =
        if case .integer(let member) = value { fold.bodyWithoutPowersToZero(at: member) } else { fold.body }
      guard let rate = try inner.derivatives(of: body, budget: &budget).first?.value else { continue }
      contributions.append(rate.replacingIndex(fold.index, with: value))
    }
    return contributions
  }
}
