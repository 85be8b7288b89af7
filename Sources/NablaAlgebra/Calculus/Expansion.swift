import NablaBasics

/// Works out power series from the leaves up: sums and products of series, and functions by their own derivatives
/// at one point, so that nothing is ever differentiated as a whole.
struct Expansion {
  let space: PowerSeries.Space
  let variables: [Variable]
  let center: [Expr]
  let limits: Limits
  /// Where the point is come upon from, so that what bends or jumps there is one of its sides; nil where such a part has no
  /// series.
  let direction: [Double]?
  var budget: Budget
  /// How many of the highest orders quotients such as sin(x)/x at 0 have cost: the series is good to the others.
  private(set) var lostOrders = 0

  init(
    space: PowerSeries.Space, variables: [Variable], center: [Expr], direction: [Double]? = nil,
    limits: Limits
  ) {
    (self.space, self.variables, self.center, self.limits) = (space, variables, center, limits)
    self.direction = direction
    budget = Budget(limits.work)
  }

  /// The series of an expression about the point.
  mutating func series(of expression: Expr) throws -> PowerSeries {
    var known = ExprMap<PowerSeries>()
    var poles: Set<Expr> = []
    let parts = expression.distinctSubexpressions { part in if case .fold = part.shape { false } else { true }
    }
    for part in parts where known[part] == nil {
      for child in part.children where known[child] == nil {
        guard case .fold(let fold) = child.shape else { continue }
        known[child] = try series(of: written(fold))
      }
      let result: PowerSeries
      if part.children.contains(where: poles.contains) {
        result = try quotient(part, from: known, poles)
      } else {
        do {
          result = try series(of: part, from: known)
        } catch ExpansionError.noValue(part) where space.exponents[0].count == 1 && part.isReciprocal {
          // Beside it may stand what vanishes too.
          poles.insert(part)
          continue
        }
      }
      known[part] = PowerSeries(simplifying: result, try simplified(result.coefficients))
    }
    if let result = known[expression] { return result }
    if poles.contains(expression) { throw ExpansionError.noValue(expression) }
    guard case .fold(let fold) = expression.shape else { throw ExpansionError.noValue(expression) }
    return try series(of: written(fold))
  }

  /// A product with factors that have no value at the point, as sin(x)·x⁻¹ at 0: the quotient of two series whose lowest
  /// terms cancel.
  private mutating func quotient(
    _ part: Expr, from known: ExprMap<PowerSeries>, _ poles: Set<Expr>
  ) throws -> PowerSeries {
    let pole = part.children.first { poles.contains($0) } ?? part
    guard case .product(let factors) = part.shape else { throw ExpansionError.noValue(pole) }
    var (above, below) = (PowerSeries(.one, in: space), PowerSeries(.one, in: space))
    for factor in factors {
      guard poles.contains(factor) else {
        above = try above.times(known[factor] ?? PowerSeries(factor, in: space), in: space, budget: &budget)
        continue
      }
      let (base, exponent) = factor.baseAndExponent
      guard let power = exponent.negated.asNumber?.small, let series = known[base] else {
        throw ExpansionError.noValue(factor)
      }
      below = try below.times(raised(series, to: power), in: space, budget: &budget)
    }
    let (upper, lower) = (try simplified(above.coefficients), try simplified(below.coefficients))
    let isNothing: (Expr) -> Bool = { $0.asNumber?.isZero == true }
    let first = lower.firstIndex { !isNothing($0) } ?? lower.count
    guard upper[..<first].allSatisfy(isNothing) else { throw ExpansionError.noValue(pole) }
    lostOrders += first
    guard first < lower.count else { throw ExpansionError.noValue(pole) }
    var result = PowerSeries(.zero, in: space)
    for place in 0...(space.order - first) {
      var rest = upper[place + first]
      for earlier in 0..<place { rest = rest - result.coefficients[earlier] * lower[first + place - earlier] }
      try budget.spend(1 + place)
      result.coefficients[place] = try simple(rest / lower[first])
    }
    return result
  }

  /// A coefficient in its simplest form.
  mutating func simple(_ expression: Expr) throws -> Expr {
    if expression.size <= 2 { return expression }
    // Long constants, such as ln(2.3)·ln(3.3)·…, are compared and valued as they grow.
    try budget.spend(expression.size / 16)
    try budget.look()
    return try TextbookForm().form(of: expression, budget: &budget).expression
  }

  mutating func simplified(_ coefficients: [Expr]) throws -> [Expr] {
    var result: [Expr] = []
    for coefficient in coefficients { result.append(try simple(coefficient)) }
    return result
  }

  /// A sum or product over an index, written out.
  private func written(_ fold: Fold) throws -> Expr {
    guard fold.count <= limits.expandedTerms else { throw ExpansionError.overrun(.tooLarge("expandedTerms")) }
    let terms = (fold.lower...fold.upper).map { fold.term(at: $0) }
    return fold.kind == .sum ? .sum(terms) : .product(terms)
  }

  private mutating func series(
    of part: Expr, from known: ExprMap<PowerSeries>
  ) throws -> PowerSeries {
    let space = space
    let of: (Expr) -> PowerSeries = { known[$0] ?? PowerSeries($0, in: space) }
    switch part.shape {
    case .number, .constant, .element, .fold: return PowerSeries(part, in: space)
    case .variable(let variable):
      guard let place = variables.firstIndex(of: variable) else { return PowerSeries(part, in: space) }
      var result = PowerSeries(center[place], in: space)
      if let first = space.place(of: place) { result.coefficients[first] = .one }
      return result
    case .sum(let terms): return .sum(terms.map(of), in: space)
    case .product(let factors):
      var result = PowerSeries(.one, in: space)
      for factor in factors {
        result = try result.times(of(factor), in: space, budget: &budget)
      }
      return result
    case .power(let base, let exponent): return try power(part, of(base), exponent, of(exponent))
    case .call(let function, let arguments): return try call(part, function, arguments.map(of))
    }
  }

  private mutating func power(
    _ part: Expr, _ base: PowerSeries, _ exponent: Expr, _ powers: PowerSeries
  ) throws -> PowerSeries {
    if let whole = exponent.asNumber?.small, whole >= 0, whole <= 10_000 {
      return try raised(base, to: whole)
    }
    if powers.isConstant {
      let value = Expr.power(base.constant, powers.constant)
      if base.isConstant { return try finite(PowerSeries(value, in: space), part) }
      if base.constant.constantValue == 0 { throw ExpansionError.noValue(part) }
      // (u₀ + s)ᵖ = Σ p(p − 1)…(p − k + 1)/k! · u₀ᵖ⁻ᵏ · sᵏ
      var outer: [Expr] = []
      var binomial = Expr.one
      for k in 0...space.order {
        outer.append(binomial * .power(base.constant, powers.constant - .integer(k)))
        binomial = binomial * (powers.constant - .integer(k)) / .integer(k + 1)
      }
      return try composed(base, outer, part)
    }
    if base.isConstant { return try exponential(base.constant, powers, part) }
    let logarithm = try call(part, .ln, [base])
    let product = try logarithm.times(powers, in: space, budget: &budget)
    return try exponential(.constant(.e), product, part)
  }

  /// A power with a whole exponent, by squares.
  private mutating func raised(_ base: PowerSeries, to exponent: Int) throws -> PowerSeries {
    var result = PowerSeries(.one, in: space)
    var (square, rest) = (base, exponent)
    while rest > 0 {
      if rest % 2 == 1 { result = try result.times(square, in: space, budget: &budget) }
      rest /= 2
      if rest > 0 { square = try square.times(square, in: space, budget: &budget) }
    }
    return result
  }

  /// a^(v₀ + s) = a^v₀ · Σ (ln a)ᵏ/k! · sᵏ.
  private mutating func exponential(
    _ base: Expr, _ powers: PowerSeries, _ part: Expr
  ) throws -> PowerSeries {
    let (logarithm, value) = (Expr.call(.ln, [base]), Expr.power(base, powers.constant))
    var outer: [Expr] = []
    var factor = Expr.one
    for k in 0...space.order {
      outer.append(value * factor)
      factor = factor * logarithm / .integer(k + 1)
    }
    return try composed(powers, outer, part)
  }

  /// Coefficients of a function about the constant of a series, composed with it.
  mutating func composed(
    _ inner: PowerSeries, _ outer: [Expr], _ part: Expr
  ) throws -> PowerSeries {
    let outer = try simplified(outer)
    for coefficient in outer { try requireValue(coefficient, of: part) }
    return try inner.displacement.composed(with: outer, in: space, budget: &budget)
  }

  func finite(_ series: PowerSeries, _ part: Expr) throws -> PowerSeries {
    try requireValue(series.constant, of: part)
    return series
  }

  /// Throws where a coefficient of a part has no finite value, or none that a number can hold.
  func requireValue(_ coefficient: Expr, of part: Expr) throws(ExpansionError) {
    guard let value = coefficient.constantValue, !value.isFinite else { return }
    switch coefficient.overflow {
    case .whole: throw .tooLarge(part)
    case .part: throw .overrun(.tooLarge("digits of a coefficient"))
    case nil: throw .noValue(part)
    }
  }
}

extension Expr {
  /// Whether this is a power with a whole negative exponent.
  fileprivate var isReciprocal: Bool {
    guard case .power(_, let exponent) = shape, let power = exponent.negated.asNumber?.small else {
      return false
    }
    return power > 0
  }
}

extension PowerSeries {
  fileprivate init(simplifying series: PowerSeries, _ coefficients: [Expr]) {
    self = series
    self.coefficients = coefficients
  }
}
