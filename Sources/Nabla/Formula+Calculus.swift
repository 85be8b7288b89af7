import NablaAlgebra
import NablaBasics

extension Formula {
  /// All partial derivatives in their textbook form, and the gradient they make.
  ///
  /// Throws where the work or a size exceeds the formula's limits.
  public func gradient() throws(FormulaError) -> Gradient {
    Gradient(of: self, partials: try partialDerivatives(by: variables))
  }

  /// The partial derivatives by some of the variables, in their textbook form.
  public func partialDerivatives(by some: [Variable]) throws(FormulaError) -> [PartialDerivative] {
    try refuseOrders(by: some)
    do {
      var budget = Budget(limits.work)
      let raw = try expression.partials(by: some, limits: limits, budget: &budget)
      var forms = RepeatedForms()
      var result: [PartialDerivative] = []
      for (variable, rate) in zip(some, raw) {
        let outcome = try forms.form(of: rate, budget: &budget)
        result.append(
          PartialDerivative(
            subject: .variable(variable), expression: outcome.expression,
            conditions: visible(outcome.conditions, in: outcome.expression)))
      }
      return result
    } catch {
      throw .overrun(error)
    }
  }

  /// The gradient over the formula's indexed families, one formula for each stretch of members; nil where a sum over
  /// an index has few members or none, or where there would be many stretches.
  package func familyDerivatives(from fewest: Int = 6, most: Int = 40) throws(FormulaError)
    -> [PartialDerivative]?
  {
    let families = expression.families
    guard families.contains(where: { $0.members.count >= fewest }) else { return nil }
    do {
      var budget = Budget(limits.work)
      var result: [PartialDerivative] = []
      var done: Set<Family> = []
      let indexed = Set(families.map(\.family))
      let singles = variables.filter { variable in
        variable.member.map { !indexed.contains($0.family) } ?? true
      }
      var rest = try partialDerivatives(by: singles).makeIterator()
      for variable in variables {
        guard let member = variable.member, indexed.contains(member.family) else {
          if let partial = rest.next() { result.append(partial) }
          continue
        }
        guard done.insert(member.family).inserted else { continue }
        let numbers = variables.compactMap { $0.member?.family == member.family ? $0.member?.number : nil }
        guard let low = numbers.min(), let high = numbers.max() else { continue }
        let bound = FamilyGradient.pieceBound(
          of: expression, over: member.family, members: low...high, limits: limits)
        if bound > most { return nil }
        let gradient = try FamilyGradient(
          of: expression, over: member.family, members: low...high, limits: limits, budget: &budget)
        for piece in gradient.pieces {
          result.append(
            PartialDerivative(
              subject: piece.members.count == 1
                ? .variable(member.family.member(piece.members.lowerBound))
                : .members(member.family, piece.members),
              expression: piece.derivative, conditions: []))
        }
      }
      return result
    } catch let error as FormulaError {
      throw error
    } catch let error as Budget.Overrun {
      throw .overrun(error)
    } catch {
      throw .overrun(.exhausted)
    }
  }

  /// The second partial derivatives in their textbook form, row by row; symmetric.
  public func hessian() throws(FormulaError) -> [[Expr]] {
    try refuseOrders(by: variables)
    do {
      var budget = Budget(limits.work)
      guard variables.count <= 1_000 else {
        throw Budget.Overrun.tooLarge("Hessian of \(variables.count) variables")
      }
      return try expression.hessian(by: variables, limits: limits, budget: &budget)
    } catch let error as Budget.Overrun {
      throw .overrun(error)
    } catch {
      throw .overrun(.exhausted)
    }
  }

  /// Throws where one of the variables stands in the order of a function: there is no derivative by it.
  func refuseOrders(by some: [Variable]) throws(FormulaError) {
    guard expression.hasCalls, let (function, variable) = expression.variedOrder(by: Set(some)) else {
      return
    }
    throw .noDerivative(function, by: variable)
  }

  /// The comparisons under which the formula has a real value; poles are left to the eye.
  public var domain: [Expr] { Domain(of: expression, variables: variables).conditions }

  /// Whether the formula is known to have no real value at any point, as √(−4)·x and 1/0 + x have none.
  public var hasNoValues: Bool { Domain(of: expression, variables: variables).isEmpty }

  /// The conditions that neither the formula's domain nor the derivative itself shows.
  func visible(_ conditions: [Rule.Condition], in derivative: Expr) -> [Expr] {
    guard !conditions.isEmpty else { return [] }
    let domain = Domain(of: expression, variables: variables)
    let shown = Set(derivative.distinctSubexpressions().flatMap { $0.needs })
    var comparisons: [Expr] = []
    for condition in conditions where !shown.contains(condition.subject) {
      // A secant is never 0: what is meant is that it has a value, which another one would show.
      let pole = condition.kind == .nonzero ? condition.subject.vanishingAtPoles : nil
      if pole != nil, derivative.distinctSubexpressions().contains(condition.subject) { continue }
      let own = pole.map { Domain.Bound(difference: $0, relation: .not) } ?? Domain.Bound(condition)
      for bound in own.withoutIndices(of: [expression, derivative]) {
        // What is asked of constants alone is said by the domain: for no real x.
        if domain.implies(bound) || bound.difference.constantValue != nil { continue }
        let comparison = Domain.comparison(of: bound)
        if case .number = comparison.shape { continue }
        let parts = comparison.conjuncts
        let known = comparisons.flatMap(\.conjuncts)
        if parts.allSatisfy(known.contains) { continue }
        comparisons.removeAll { $0.conjuncts.allSatisfy(parts.contains) }
        comparisons.append(comparison)
      }
    }
    return comparisons
  }
}

extension Expr {
  /// The first function whose order depends on one of the variables, and that variable.
  fileprivate func variedOrder(by variables: Set<Variable>) -> (Function, Variable)? {
    for part in distinctSubexpressions() {
      guard case .call(let function, let arguments) = part.shape, let order = function.order else { continue }
      if let variable = arguments[order].freeVariables.first(where: variables.contains) {
        return (function, variable)
      }
    }
    return nil
  }

  /// The cosine that a secant, and the sine that a cosecant, is one over; nil for others.
  fileprivate var vanishingAtPoles: Expr? {
    switch shape {
    case .call(.sec, let u): .call(.cos, u)
    case .call(.csc, let u): .call(.sin, u)
    default: nil
    }
  }

  /// What must not be zero, or must be positive, for this node to have a value.
  fileprivate var needs: [Expr] {
    switch shape {
    case .power(let base, let exponent):
      if case .number(let number) = exponent.shape, !number.isNegative, number.isInteger { return [] }
      return [base]
    case .call(let function, let arguments): return function.domain.map { arguments[$0.argument] }
    case .number, .constant, .variable, .element, .sum, .product, .fold: return []
    }
  }
}
