import NablaBasics

/// One run of `TextbookForm`.
struct Shaping {
  let simplifier: Simplifier
  var conditions: [Rule.Condition]
  /// How many fractions may still be tried, large ones counting several times.
  var room = 100
  var isWhole = true
  /// How many brackets inside each other are opened.
  static let deepest = 5
  /// What was done, in a teacher's words, each once.
  var names: [String] = []
  /// A form on the way to the one of a sum at the top.
  var onTheWay: Expr?

  init(simplifier: Simplifier, conditions: [Rule.Condition]) {
    (self.simplifier, self.conditions) = (simplifier, conditions)
  }

  mutating func add(_ more: [Rule.Condition]) {
    for condition in more where !conditions.contains(condition) { conditions.append(condition) }
  }

  /// A candidate with what it asks for, and what was done for it.
  struct Candidate {
    var expression: Expr
    var conditions: [Rule.Condition]
    var names: [String] = []
    /// A form on the way, where the step to this one is a long one.
    var onTheWay: Expr?
  }

  private mutating func take(_ candidate: Candidate) {
    add(candidate.conditions)
    for name in candidate.names where !names.contains(name) { names.append(name) }
  }

  func simple(
    _ expression: Expr, where conditions: [Rule.Condition] = [], named names: [String] = [],
    _ budget: inout Budget
  ) throws(Budget.Overrun) -> Candidate {
    let outcome = try simplifier.simplify(expression, budget: &budget)
    return Candidate(
      expression: outcome.expression, conditions: conditions + outcome.conditions, names: names)
  }

  mutating func shape(_ expression: Expr, depth: Int, _ budget: inout Budget) throws(Budget.Overrun) -> Expr {
    guard depth < Self.deepest else { return expression }
    guard room > 0 else {
      isWhole = false
      return expression
    }
    switch expression.shape {
    case .number, .constant, .variable, .element, .fold: return expression
    case .call(.if, let parts):
      var branches = [parts[0]]
      for branch in parts.dropFirst() { branches.append(try shape(branch, depth: depth + 1, &budget)) }
      return .call(.if, branches)
    case .call: return expression
    case .product, .power: return try shape(product: expression, depth: depth, &budget)
    case .sum(let terms): return try shape(sum: expression, terms, depth: depth, &budget)
    }
  }

  /// The cheapest of a sum, of the sum of its shaped terms, and of both with common factors out or over one
  /// denominator.
  private mutating func shape(
    sum: Expr, _ terms: [Expr], depth: Int, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    if terms.allSatisfy(\.isMonomial) { return sum }
    var best = Candidate(expression: sum, conditions: [])
    var bestCost = sum.cost
    func offer(_ candidate: Candidate, mayTie: Bool = false) {
      let cost = candidate.expression.cost
      if cost < bestCost || (mayTie && cost == bestCost) { (best, bestCost) = (candidate, cost) }
    }
    var whole = sum
    if terms.count <= 60, terms.contains(where: { $0.factors.contains { $0.baseAndExponent.base.isSum } }) {
      var shaped: [Expr] = []
      for term in terms { shaped.append(try shape(term, depth: depth + 1, &budget)) }
      if shaped != terms {
        let candidate = try simple(.sum(shaped), &budget)
        guard candidate.expression.isSum else {
          add(candidate.conditions)
          return try shape(candidate.expression, depth: depth + 1, &budget)
        }
        whole = candidate.expression
        offer(candidate)
      }
    }
    for start in whole == sum ? [sum] : [whole, sum] {
      if let factored = start.withCommonFactorsOut {
        var candidate = try simple(factored, named: ["common factor out"], &budget)
        candidate.expression = try shape(candidate.expression, depth: depth + 1, &budget)
        // A lone variable in front of a bracket is no gain: 3x² + x·ln x stays.
        offer(candidate, mayTie: factored.factors.contains { !$0.isMonomial && !$0.isSum })
      }
      // Polynomials in one variable are multiplied out wherever that is shorter, other sums where no term comes to them.
      let most = sum.isPolynomial && sum.freeVariables.count == 1 ? Int.max : terms.count
      for candidate in try fractions(start, &budget, where: { $0.isFactored || $0.count <= most }) {
        var candidate = candidate
        if candidate.expression.cost < 2 * bestCost {
          candidate.expression = try withRootsCleared(candidate.expression, depth: depth + 1, &budget)
        }
        offer(candidate)
      }
    }
    for candidate in try gathered(best.expression, &budget) { offer(candidate) }
    if !best.expression.isSum, sum.holdsVariedPower, let candidate = try withSymbolicPowersOut(sum, &budget) {
      offer(candidate)
    }
    if let merged = best.expression.withConjugatesMultiplied {
      var candidate = try simple(merged, &budget)
      candidate.conditions += best.conditions
      offer(candidate)
    }
    take(best)
    if depth == 0 { onTheWay = best.onTheWay }
    return best.expression
  }

  /// A sum with the powers of symbolic exponent that all terms have in front, and what is left shaped.
  private mutating func withSymbolicPowersOut(
    _ sum: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Candidate? {
    guard let factored = sum.withSymbolicPowersOut else { return nil }
    var candidate = try simple(factored, named: ["common power out"], &budget)
    if case .product = candidate.expression.shape {
      candidate.expression = try shape(product: candidate.expression, depth: 2, &budget)
    }
    return candidate
  }

  /// A sum in which the terms that share a bracket below are one fraction, and one with a power of common letters
  /// and symbolic exponent in front.
  private mutating func gathered(
    _ sum: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> [Candidate] {
    guard case .sum(let terms) = sum.shape, terms.count <= 24 else { return [] }
    var result: [Candidate] = []
    if let candidate = try withSymbolicPowersOut(sum, &budget) { result.append(candidate) }
    var tried: [Expr] = []
    for term in terms {
      for factor in term.factors {
        let (base, exponent) = factor.baseAndExponent
        guard base.isSum, exponent.asNumber?.isNegative == true, !tried.contains(base) else { continue }
        tried.append(base)
        let isIn: (Expr) -> Bool = { term in
          term.factors.contains {
            $0.baseAndExponent.base == base && $0.baseAndExponent.exponent.asNumber?.isNegative == true
          }
        }
        let (inside, outside) = (terms.filter(isIn), terms.filter { !isIn($0) })
        guard inside.count > 1, !outside.isEmpty else { continue }
        for candidate in try fractions(.sum(inside), &budget) {
          result.append(
            try simple(
              .sum(outside + [candidate.expression]), where: candidate.conditions, named: candidate.names,
              &budget))
        }
      }
    }
    return result
  }

  /// The one-fraction forms of an expression, simplified; where something stands outside of the numerator anyway, the
  /// one in factors first if both cost the same: 240x(10x² − 3x⁴ − 3), not 240(10x³ − 3x⁵ − 3x).
  mutating func fractions(
    _ expression: Expr, _ budget: inout Budget, where isWanted: (OneFraction) -> Bool = { _ in true }
  ) throws(Budget.Overrun) -> [Candidate] {
    room -= 1 + expression.size / 40
    guard room > 0 else {
      isWhole = false
      return []
    }
    try budget.spend(4 * expression.size)
    guard let fraction = OneFraction(of: expression), isWanted(fraction) else { return [] }
    var result: [Candidate] = []
    for candidate in fraction.candidates {
      var found = try simple(candidate, where: fraction.conditions, named: fraction.names, &budget)
      if fraction.hasCancelled { found.onTheWay = fraction.uncancelled }
      result.append(found)
    }
    if fraction.isFactored, result.count == 2, result[0].expression.cost == result[1].expression.cost {
      result.swapAt(0, 1)
    }
    return result
  }

  /// A product or a power: brackets that hold fractions cleared, and what divides above and below cancelled.
  private mutating func shape(
    product: Expr, depth: Int, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    var best = product
    for (place, factor) in product.factors.enumerated()
    where factor.isSum
      && (factor.hasDenominator || factor.holdsBrackets || factor.withCommonFactorsOut != nil)
    {
      var factors = product.factors
      factors[place] = try shape(factor, depth: depth + 1, &budget)
      guard factors[place] != factor else { continue }
      let candidate = try simple(.product(factors), &budget)
      guard candidate.expression.cost < best.cost else { continue }
      add(candidate.conditions)
      return try shape(candidate.expression, depth: depth + 1, &budget)
    }
    best = try withRootsCleared(best, depth: depth, &budget)
    best = try cancelled(best, &budget)
    if let wide = best.withSharedFactorsOut {
      let candidate = try simple(wide, named: ["common factor out"], &budget)
      if candidate.expression.cost < best.cost {
        take(candidate)
        return try shape(candidate.expression, depth: depth + 1, &budget)
      }
    }
    if let merged = best.withConjugatesMultiplied {
      let candidate = try simple(merged, named: ["brackets multiplied out"], &budget)
      if candidate.expression.cost < best.cost {
        take(candidate)
        best = candidate.expression
      }
    }
    return best
  }

  /// A product in which each bracket above the line is divided by what it has in common with those below.
  private mutating func cancelled(_ product: Expr, _ budget: inout Budget) throws(Budget.Overrun) -> Expr {
    var best = product
    let below = product.factors.filter { $0.baseAndExponent.exponent.asNumber?.isNegative == true }
    guard !below.isEmpty else { return product }
    for factor in product.factors {
      let (base, exponent) = factor.baseAndExponent
      let isSquare = { (place: Expr) in
        below.contains { $0.baseAndExponent.base.hasSquareIdentity(with: place) }
      }
      guard let power = exponent.asNumber?.small, power > 0, base.isSum || isSquare(base) else { continue }
      let others = product.factors.filter { $0 != factor && !below.contains($0) }
      for candidate in try fractions(.product([factor] + below), &budget, where: \.hasCancelled) {
        let whole = try simple(
          .product(others + [candidate.expression]), where: candidate.conditions, named: candidate.names,
          &budget)
        guard whole.expression.cost < best.cost else { continue }
        take(whole)
        best = whole.expression
      }
      if best != product { return try cancelled(best, &budget) }
    }
    return best
  }

  /// A product in which brackets that hold fractions, also under roots, are put over one denominator, where that is
  /// cheaper.
  private mutating func withRootsCleared(
    _ expression: Expr, depth: Int, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    guard depth < Self.deepest else { return expression }
    for (place, factor) in expression.factors.enumerated() {
      let (base, exponent) = factor.baseAndExponent
      guard base.isSum, let power = exponent.asNumber?.rational, power.isInteger || power.denominator == 2,
        base.hasDenominator || base.hasInnerPower || !power.isInteger
      else { continue }
      for cleared in try fractions(base, &budget)
      where !cleared.expression.isSum || cleared.expression.cost < base.cost {
        var factors = expression.factors
        factors[place] =
          power.isInteger ? .power(cleared.expression, exponent) : cleared.expression.rooted(exponent)
        let candidate = try simple(
          .product(factors), where: cleared.conditions, named: cleared.names, &budget)
        guard candidate.expression.costBesideSizes < expression.costBesideSizes else { continue }
        take(candidate)
        return try shape(candidate.expression, depth: depth + 1, &budget)
      }
    }
    return expression
  }
}
