import NablaBasics

/// The last step before a derivative is printed: of the collected, the factored and the one-fraction form, the
/// cheapest by `Expr.cost`.
///
///     var budget = Budget()
///     try TextbookForm().form(of: 1 / (x.squared + 1) - 2 * x.squared / (x.squared + 1).squared, budget: &budget)
///     // (1 − x²)/(x² + 1)²
///
/// It looks at sums and products at the top, never inside functions. What is larger than 2,000 nodes is collected
/// only, and `Simplifier.Outcome.isWhole` says so.
package struct TextbookForm: Sendable {
  private let simplifier: Simplifier

  package init(_ simplifier: Simplifier = Simplifier()) { self.simplifier = simplifier }

  /// The largest expression that is taken apart.
  package static let largest = 2_000

  /// A form on the way, and what led to it.
  package struct Stage: Sendable {
    package let name: String
    package let expression: Expr
  }

  /// The simplified expression in its textbook form; conditions are those of the simplifications used.
  package func form(of expression: Expr, budget: inout Budget) throws(Budget.Overrun) -> Simplifier.Outcome {
    try traced(expression, budget: &budget).outcome
  }

  /// The same with the forms on the way: collected, factored or over one denominator, shortened.
  package func traced(
    _ expression: Expr, budget: inout Budget
  ) throws(Budget.Overrun) -> (outcome: Simplifier.Outcome, stages: [Stage]) {
    let simple = try simplifier.simplify(expression, budget: &budget)
    var stages = [Stage(name: simple.names.joined(separator: ", "), expression: simple.expression)]
    guard simple.expression.size <= Self.largest else {
      return (.init(expression: simple.expression, conditions: simple.conditions, isWhole: false), stages)
    }
    if simple.expression.isMonomial { return (simple, stages) }
    try budget.spend(simple.expression.size)
    var shaping = Shaping(simplifier: simplifier, conditions: simple.conditions)
    var best = simple.expression
    let shaped = try shaping.shape(best, depth: 0, &budget)
    if shaped.cost <= best.cost { best = shaped }
    if let way = shaping.onTheWay, way != best, let first = shaping.names.first {
      stages.append(Stage(name: first, expression: way))
      shaping.names.removeFirst()
    }
    stages.append(Stage(name: shaping.names.joined(separator: ", "), expression: best))
    let finished = try Simplifier(rules: best.isAloneWithSineAndCosine ? Rule.finishing : Rule.quotients)
      .simplify(best, budget: &budget)
    if finished.expression != best, finished.expression.cost <= best.cost {
      shaping.add(finished.conditions)
      best = finished.expression
      stages.append(Stage(name: finished.names.joined(separator: ", "), expression: best))
      shaping.names = []
      let again = try shaping.shape(best, depth: 1, &budget)
      if again.cost < best.cost {
        best = again
        stages.append(Stage(name: shaping.names.joined(separator: ", "), expression: best))
      }
    }
    return (.init(expression: best, conditions: shaping.conditions, isWhole: shaping.isWhole), stages)
  }
}

/// One run of `TextbookForm`.
private struct Shaping {
  let simplifier: Simplifier
  var conditions: [Rule.Condition]
  /// How many fractions may still be tried, large ones counting several times.
  var room = 60
  var isWhole = true
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
  private struct Candidate {
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

  private func simple(
    _ expression: Expr, where conditions: [Rule.Condition] = [], named names: [String] = [],
    _ budget: inout Budget
  ) throws(Budget.Overrun) -> Candidate {
    let outcome = try simplifier.simplify(expression, budget: &budget)
    return Candidate(
      expression: outcome.expression, conditions: conditions + outcome.conditions, names: names)
  }

  mutating func shape(_ expression: Expr, depth: Int, _ budget: inout Budget) throws(Budget.Overrun) -> Expr {
    guard depth < 4 else { return expression }
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
      let candidate = try simple(.sum(shaped), &budget)
      guard candidate.expression.isSum else {
        add(candidate.conditions)
        return try shape(candidate.expression, depth: depth + 1, &budget)
      }
      whole = candidate.expression
      offer(candidate)
    }
    for start in whole == sum ? [sum] : [whole, sum] {
      if let factored = start.withCommonFactorsOut {
        var candidate = try simple(factored, named: ["common factor out"], &budget)
        candidate.expression = try shape(candidate.expression, depth: depth + 1, &budget)
        // A lone variable in front of a bracket is no gain: 3x² + x·ln x stays.
        offer(candidate, mayTie: factored.factors.contains { !$0.isMonomial && !$0.isSum })
      }
      for candidate in try fractions(start, &budget, where: { $0.isFactored || $0.count <= terms.count }) {
        var candidate = candidate
        if candidate.expression.cost < 2 * bestCost {
          candidate.expression = try withRootsCleared(candidate.expression, depth: depth + 1, &budget)
        }
        offer(candidate)
      }
    }
    for candidate in try gathered(best.expression, &budget) { offer(candidate) }
    if let merged = best.expression.withConjugatesMultiplied {
      var candidate = try simple(merged, &budget)
      candidate.conditions += best.conditions
      offer(candidate)
    }
    take(best)
    if depth == 0 { onTheWay = best.onTheWay }
    return best.expression
  }

  /// A sum in which the terms that share a bracket below are one fraction, and one with a power of common letters
  /// and symbolic exponent in front.
  private mutating func gathered(
    _ sum: Expr, _ budget: inout Budget
  ) throws(Budget.Overrun) -> [Candidate] {
    guard case .sum(let terms) = sum.shape, terms.count <= 24 else { return [] }
    var result: [Candidate] = []
    if let factored = sum.withSymbolicPowersOut {
      var candidate = try simple(factored, named: ["common power out"], &budget)
      if case .product = candidate.expression.shape {
        candidate.expression = try shape(product: candidate.expression, depth: 3, &budget)
      }
      result.append(candidate)
    }
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

  /// The one-fraction forms of an expression, simplified.
  private mutating func fractions(
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
    return result
  }

  /// A product or a power: brackets that hold fractions cleared, and what divides above and below cancelled.
  private mutating func shape(
    product: Expr, depth: Int, _ budget: inout Budget
  ) throws(Budget.Overrun) -> Expr {
    var best = product
    for (place, factor) in product.factors.enumerated()
    where factor.isSum && (factor.hasDenominator || factor.holdsBrackets) {
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
    guard depth < 4 else { return expression }
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

extension Expr {
  /// The cost, and 6 more where u and |u| stand side by side: c²|c| is no gain on c².
  fileprivate var costBesideSizes: Int {
    let bases = factors.map(\.baseAndExponent.base)
    let isDoubled = bases.contains { base in base.argument(of: .abs).map(bases.contains) ?? false }
    return cost + (isDoubled ? 6 : 0)
  }

  /// Whether a term of a sum has a bracket as a factor.
  fileprivate var holdsBrackets: Bool {
    children.contains { term in term.factors.contains { $0.baseAndExponent.base.isSum } }
  }

  /// Whether a sum holds a power of a sum or a fraction of numbers, which multiplying out may take away.
  fileprivate var hasInnerPower: Bool {
    guard case .sum(let terms) = shape else { return false }
    return terms.contains { term in
      let (number, factors) = term.coefficientAndFactors
      return !number.isInteger
        || factors.contains { $0.baseAndExponent.base.isSum && $0.baseAndExponent.exponent != .one }
    }
  }

  /// Whether sin u and cos u stand alone: as the only functions of a product, or as the squares of a sum of two.
  fileprivate var isAloneWithSineAndCosine: Bool {
    switch shape {
    case .product(let factors):
      return factors.allSatisfy { factor in
        let (base, exponent) = factor.baseAndExponent
        if case .call = base.shape { return exponent == .one }
        return base.asNumber != nil || base.isMonomial
      }
    case .sum(let terms): return terms.count == 2
    default: return false
    }
  }

  /// The sum with the powers of symbolic exponent that all terms have in front: xˣ(ln x + 1).
  fileprivate var withSymbolicPowersOut: Expr? {
    guard case .sum(let terms) = shape else { return nil }
    let split = terms.map(\.numberAndKernelPowers)
    var common = split[0].powers.filter { $0.key.symbol != .one }
    for term in split.dropFirst() {
      common = common.filter { power in
        term.powers.contains { $0.key == power.key && $0.exponent == power.exponent }
      }
    }
    guard !common.isEmpty else { return nil }
    let inside = split.map { term in
      let rest = term.powers.filter { power in !common.contains { $0.key == power.key } }
      return Expr.product([.number(term.number)] + rest.map { $0.key.power($0.exponent) })
    }
    return .product(common.map { $0.key.power($0.exponent) } + [.sum(inside)])
  }

  /// A product to a power with 2 below: factors that are squares, or positive, leave the root.
  ///
  ///     (x²·(x + 1))^(1/2)   becomes   |x|·(x + 1)^(1/2)
  fileprivate func rooted(_ exponent: Expr) -> Expr {
    guard let power = exponent.asNumber, !isSum else { return .power(self, exponent) }
    var outside: [Expr] = []
    var inside: [Expr] = []
    for factor in factors {
      let (base, own) = factor.baseAndExponent
      if let count = own.asNumber?.rational, count.isInteger, !count.numerator.isOdd {
        let size: Expr = base.isNonnegative ? base : .call(.abs, [base])
        outside.append(.power(size, .number(Number(count) * power)))
      } else if factor.isPositive, factor.asNumber == nil {
        outside.append(.power(factor, exponent))
      } else {
        inside.append(factor)
      }
    }
    return .product(outside + [.power(.product(inside), exponent)])
  }

  /// Whether the two are functions of one argument whose squares differ by 1, or would be by a sum of one of them.
  fileprivate func hasSquareIdentity(with other: Expr) -> Bool {
    guard case .call(let function, let arguments) = other.shape else { return false }
    guard case .sum(let terms) = shape else { return false }
    return SquareIdentity.all.contains { identity in
      guard function == identity.first || function == identity.second else { return false }
      let partner = function == identity.first ? identity.second : identity.first
      return terms.contains { $0.factors.contains { $0.argument(of: partner) == arguments[0] } }
    }
  }

  /// Two brackets on one side of the line multiplied out, where two terms are left: 1/((x − 1)(x + 1)) is 1/(x² − 1).
  fileprivate var withConjugatesMultiplied: Expr? {
    guard case .product(let factors) = shape else { return nil }
    let brackets = factors.indices.filter { place in
      let (base, exponent) = factors[place].baseAndExponent
      return base.isSum && (exponent == .one || exponent == .minusOne)
    }
    for (offset, first) in brackets.enumerated() {
      for second in brackets.dropFirst(offset + 1) {
        let exponent = factors[first].baseAndExponent.exponent
        guard factors[second].baseAndExponent.exponent == exponent else { continue }
        let product = factors[first].baseAndExponent.base * factors[second].baseAndExponent.base
        guard let fraction = OneFraction(of: product), let wide = fraction.candidates.first,
          fraction.conditions.isEmpty, wide.shape.children.count <= 2, wide.size < product.size
        else { continue }
        var rest = factors
        rest[first] = .power(wide, exponent)
        rest.remove(at: second)
        return .product(rest)
      }
    }
    return nil
  }
}
