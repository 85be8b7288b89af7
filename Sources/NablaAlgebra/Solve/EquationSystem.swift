import NablaBasics

/// Equations eᵢ = 0 that are solved exactly as far as substitution goes: products fall apart into their factors, an
/// unknown that enters an equation linearly is eliminated, and what is left in one unknown is solved by its roots.
///
///     6x + 8y = 0, 8x − 15y⁴ = 0    gives    x = −4y/3   with   y = 0 and y = −(32/45)^(1/3)
package struct EquationSystem {
  /// Values of unknowns; each may hold unknowns that come after it.
  package struct Solution: Sendable {
    /// What each unknown is, in the order in which they were eliminated.
    package let bindings: [(variable: Variable, value: Expr)]
    /// The unknowns that may have any value.
    package let free: [Variable]
    /// Whether no approximate number occurs.
    package let isExact: Bool

    /// The value of an unknown with all others put in; itself where it is free.
    package func value(of variable: Variable) -> Expr {
      var result = Expr.variable(variable)
      for binding in bindings { result = result.substituting([binding.variable: binding.value]) }
      return result
    }
  }

  /// The solutions that were found.
  package private(set) var solutions: [Solution] = []
  /// Whether these are all real solutions; where not, some equation could not be solved.
  package private(set) var isComplete = true

  /// Equations that are left over where nothing more could be done; with fewer of them than unknowns, their
  /// solutions are curves or surfaces, if there are any.
  package private(set) var leftovers: [(equations: [Expr], isCurve: Bool)] = []

  private var budget: Budget
  /// The solutions of the equations in one unknown that were met.
  private var roots: [Expr: [Expr]?] = [:]
  private var branches = 0
  private static let mostBranches = 400

  /// Solves equations for unknowns; other letters must not occur.
  package init(
    _ equations: [Expr], for unknowns: [Variable], limits: Limits = .standard
  ) {
    budget = Budget(min(limits.work, 4_000_000))
    do {
      try solve(equations.map { [$0] }, unknowns, [])
    } catch {
      isComplete = false
    }
  }

  /// One branch: each equation is a list of factors of which one must be zero.
  private mutating func solve(
    _ equations: [[Expr]], _ unknowns: [Variable], _ bindings: [(variable: Variable, value: Expr)]
  ) throws(Budget.Overrun) {
    branches += 1
    guard branches <= Self.mostBranches else { throw .exhausted }
    var open: [[Expr]] = []
    for equation in equations {
      guard let factors = try reduced(equation, unknowns) else { continue }
      if factors.isEmpty { return }
      if !open.contains(factors) { open.append(factors) }
    }
    if open.isEmpty {
      let isExact = bindings.allSatisfy { !$0.value.hasApproximation }
      solutions.append(Solution(bindings: bindings, free: unknowns, isExact: isExact))
      return
    }
    for (place, equation) in open.enumerated() where equation.count == 1 {
      // x² + y² = 0 where x = 0 and y = 0.
      guard let terms = equation[0].termsOfOneSign else { continue }
      var rest = open
      rest.remove(at: place)
      return try solve(rest + terms.map { [$0] }, unknowns, bindings)
    }
    open.sort { ($0.count, $0[0].size) < ($1.count, $1[0].size) }
    for (place, equation) in open.enumerated() where equation.count == 1 {
      for variable in unknowns {
        guard let parts = equation[0].linearParts(in: variable), parts.slope.constantValue != nil else {
          continue
        }
        return try substitute(variable, -parts.rest / parts.slope, open, without: place, unknowns, bindings)
      }
    }
    for (place, equation) in open.enumerated() where equation.count > 1 {
      for factor in equation {
        var rest = open
        rest[place] = [factor]
        try solve(rest, unknowns, bindings)
      }
      return
    }
    for (place, equation) in open.enumerated() {
      let found = unknowns.filter { equation[0].contains($0) }
      guard found.count == 1, let roots = try knownRoots(of: equation[0], in: found[0]) else { continue }
      for root in roots { try substitute(found[0], root, open, without: place, unknowns, bindings) }
      return
    }
    for (place, equation) in open.enumerated() {
      for variable in unknowns {
        guard let parts = equation[0].linearParts(in: variable) else { continue }
        // a·v + b = 0: either v = −b/a, or a and b are both zero.
        var both = open
        both[place] = [parts.slope]
        both.append([parts.rest])
        try solve(both, unknowns, bindings)
        return try substitute(variable, -parts.rest / parts.slope, open, without: place, unknowns, bindings)
      }
    }
    isComplete = false
    guard open.allSatisfy({ $0.count == 1 }) else { return }
    let solved = bindings.map { Expr.variable($0.variable) - $0.value }
    let equations = open.map { $0[0] } + solved
    if !leftovers.contains(where: { $0.equations == equations }) {
      leftovers.append((equations, open.count < unknowns.count))
    }
  }

  private mutating func substitute(
    _ variable: Variable, _ value: Expr, _ equations: [[Expr]], without place: Int, _ unknowns: [Variable],
    _ bindings: [(variable: Variable, value: Expr)]
  ) throws(Budget.Overrun) {
    let value = try TextbookForm().form(of: value.expanded() ?? value, budget: &budget).expression
    var rest = equations
    rest.remove(at: place)
    try solve(
      rest.map { $0.map { $0.substituting([variable: value]) } }, unknowns.filter { $0 != variable },
      bindings + [(variable, value)])
  }

  /// The real solutions of an equation in one unknown, looked for once; nil where they cannot be found.
  private mutating func knownRoots(
    of equation: Expr, in variable: Variable
  ) throws(Budget.Overrun) -> [Expr]? {
    if let known = roots[equation] { return known }
    // Isolating the roots of a polynomial takes some power of its degree: 3 s for a dense one of degree 60.
    let degree = (equation.coefficients(in: variable)?.count ?? 1) - 1
    try budget.spend(degree <= 60 ? degree * degree * degree * degree : 0)
    let found = Self.roots(of: equation, in: variable)
    roots[equation] = .some(found)
    return found
  }

  /// The factors of an equation that can be zero; nil where it holds anyway, empty where it never does.
  private mutating func reduced(
    _ factors: [Expr], _ unknowns: [Variable]
  ) throws(Budget.Overrun) -> [Expr]? {
    var result: [Expr] = []
    for factor in factors {
      try budget.spend(1 + factor.size)
      let simple = try TextbookForm().form(of: factor, budget: &budget).expression
      var parts: [Expr] = []
      for part in simple.vanishingFactors(in: unknowns) {
        // Factors first: (x + y)⁹ is to stay a power; what is left of each is multiplied out.
        let wide = try part.expanded(highestPower: 24, maximumTerms: 400, budget: &budget) ?? part
        try budget.spend(1 + wide.size)
        parts += try TextbookForm().form(of: wide, budget: &budget).expression.vanishingFactors(in: unknowns)
      }
      for part in parts {
        if part.freeVariables.contains(where: unknowns.contains) {
          if !result.contains(part) { result.append(part) }
        } else if part.isZeroUpToRounding {
          return nil
        }
      }
    }
    return result
  }

  /// The real solutions of an equation in one unknown; nil where they cannot be found.
  private static func roots(of equation: Expr, in variable: Variable) -> [Expr]? {
    if let coefficients = equation.coefficients(in: variable) {
      let numbers = coefficients.compactMap { coefficient -> (Rational, Bool)? in
        guard case .number(let number) = coefficient.shape else { return nil }
        if let rational = number.rational { return (rational, true) }
        return Rational(exactly: number.double).map { ($0, false) }
      }
      if numbers.count == coefficients.count {
        let isExact = numbers.allSatisfy(\.1)
        return RealRoots(numbers.map(\.0))?.roots.map { root in
          isExact ? root.expression : .number(Number(approximate: root.value))
        }
      }
      return symbolicRoots(coefficients)
    }
    return invertedRoots(of: equation, in: variable)
  }

  /// a·xⁿ + b and quadratics whose coefficients are constants such as √2 or π.
  private static func symbolicRoots(_ coefficients: [Expr]) -> [Expr]? {
    let values = coefficients.compactMap(\.constantValue)
    guard values.count == coefficients.count, let last = coefficients.last, coefficients.count > 1 else {
      return nil
    }
    let n = coefficients.count - 1
    if coefficients.dropFirst().dropLast().allSatisfy({ $0 == .zero }) {
      let ratio = -coefficients[0] / last
      guard let value = ratio.constantValue, value.isFinite else { return nil }
      if value < 0, n % 2 == 0 { return [] }
      let size = Expr.power(value < 0 ? -ratio : ratio, Expr.one / .integer(n))
      return n % 2 == 1 ? [value < 0 ? -size : size] : [-size, size]
    }
    guard n == 2 else { return nil }
    let discriminant = coefficients[1].squared - 4 * last * coefficients[0]
    guard let value = discriminant.constantValue else { return nil }
    if discriminant.isZeroUpToRounding { return [-coefficients[1] / (2 * last)] }
    if value < 0 { return [] }
    let root = discriminant.squareRoot
    return [(-coefficients[1] - root) / (2 * last), (-coefficients[1] + root) / (2 * last)]
  }

  /// a·F(u) + b = 0 for a logarithm, a power of e or a root F: solved for u, then for the unknown.
  private static func invertedRoots(of equation: Expr, in variable: Variable, depth: Int = 0) -> [Expr]? {
    let terms: [Expr]
    if case .sum(let parts) = equation.shape { terms = parts } else { terms = [equation] }
    let moving = terms.filter { $0.contains(variable) }
    guard depth < 8, moving.count == 1, let term = moving.first else { return nil }
    let (coefficient, factors) = term.coefficientAndFactors
    let inner = factors.filter { $0.contains(variable) }
    guard inner.count == 1, let function = inner.first else { return nil }
    let scale = Expr.product([.number(coefficient)] + factors.filter { !$0.contains(variable) })
    let target = -Expr.sum(terms.filter { !$0.contains(variable) }) / scale
    guard let value = target.constantValue, value.isFinite else { return nil }
    let argument: Expr
    let solved: Expr
    switch function.shape {
    case .call(.ln, let arguments): (argument, solved) = (arguments[0], exp(target))
    case .power(let base, let exponent) where !base.contains(variable):
      guard let size = base.constantValue, size > 0, size != 1 else { return nil }
      if value <= 0 { return [] }
      (argument, solved) = (exponent, .call(.ln, [target]) / .call(.ln, [base]))
    case .power(let base, let exponent):
      guard let power = exponent.asNumber?.rational, !power.isInteger, !power.isZero else { return nil }
      if !power.denominator.isOdd, value < 0 { return [] }
      if !power.numerator.isOdd {
        // u^(2/3) = c has the two solutions ±c^(3/2).
        guard case .variable = base.shape else { return nil }
        let size = Expr.power(target, exponent.reciprocal)
        return value < 0 ? [] : value == 0 ? [size] : [-size, size]
      }
      (argument, solved) = (base, .power(target, exponent.reciprocal))
    case .number, .constant, .variable, .element, .sum, .product, .call, .fold: return nil
    }
    let next = argument - solved
    if case .variable = argument.shape { return [solved] }
    return next.coefficients(in: variable) != nil
      ? roots(of: next, in: variable) : invertedRoots(of: next, in: variable, depth: depth + 1)
  }
}
