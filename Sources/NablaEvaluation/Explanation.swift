import NablaAlgebra
import NablaBasics

/// The part of a formula that has no finite value at a point, while all its own parts have one.
///
///     try Formula("1 + ln x").compiled().nonFinitePart(at: [-1])
///     // ln(x), outsideDomain, condition x > 0, argument x with the value −1
public struct NonFinite: Hashable, Sendable {
  /// Why a part has no finite value.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// A function's argument lies where the function has no value; `condition` says where it has.
    case outsideDomain
    /// The argument is 0 under a negative power.
    case divisionByZero
    /// The argument is negative under a root of even order.
    case evenRootOfNegative
    /// The argument is negative under an exponent that is neither whole nor a fraction known to be odd.
    case powerOfNegative
    /// The result is too large for a `Double`.
    case overflow
    /// The coordinate of the point is itself not finite.
    case coordinate
    /// A function says that it has no value, although its condition holds.
    case undefined
    /// Of a formula by cases no condition holds; the part is the argument itself where that was known beforehand.
    case noCase
  }

  /// The smallest part without a finite value.
  public let subexpression: Expr
  /// The function, where the part is a call.
  public let function: Function?
  /// The condition that fails, where the function's row states it.
  public let condition: DomainCondition?
  /// What decides: the function's argument, the divisor, the base; the part itself where it overflows.
  public let argument: Expr
  /// The value of the argument.
  public let argumentValue: Double
  /// Why.
  public let kind: Kind
}

extension CompiledFunction {
  /// The part that has no finite value at a point; nil where the value is finite.
  ///
  /// Of the branches of an `if` only the one taken counts. Under a sum over an index the first term without a value
  /// is opened, so that x[i] reads x₃.
  public func nonFinitePart(at x: [Double]) -> NonFinite? {
    precondition(x.count == variables.count, "\(variables.count) coordinates expected, \(x.count) given")
    return Explanation(variables: variables, point: x, limits: limits).firstPart(of: expression)
  }

  /// The first variable whose partial derivative is not finite at a point, and the part of that derivative.
  ///
  ///     √x at 0   // x, and x^(−1/2) divides by zero
  ///
  /// Nil where the gradient is finite, or where only its order of computation overflows.
  public func nonFinitePartOfGradient(at x: [Double]) -> (variable: Variable, part: NonFinite)? {
    for (variable, slope) in zip(variables, gradient(at: x)) where !slope.isFinite {
      var budget = Budget(limits.work)
      guard let partial = try? expression.partials(by: [variable], limits: limits, budget: &budget).first,
        let part = Explanation(variables: variables, point: x, limits: limits).firstPart(of: partial)
      else { continue }
      return (variable, part)
    }
    return nil
  }
}

/// Looks for the part of an expression that is not finite, from the root down.
struct Explanation {
  let variables: [Variable]
  let point: [Double]
  let limits: Limits

  func firstPart(of expression: Expr) -> NonFinite? {
    let parts = expression.partsOutsideFolds()
    guard let program = try? CompiledFunctions(parts, variables: variables, limits: limits) else {
      return nil
    }
    let values = Dictionary(zip(parts, program(point)), uniquingKeysWith: { first, _ in first })
    let value = { (part: Expr) in values[part] ?? .nan }
    guard !value(expression).isFinite else { return nil }
    var part = expression
    var cases: Expr?
    // An overflow may pass unseen, e^(−e^x) at 1000 is 0; what has no value never does.
    while true {
      let parts = counting(part, value)
      guard
        let culprit = parts.first(where: { value($0).isNaN }) ?? parts.first(where: { !value($0).isFinite })
      else { break }
      let isChoice = if case .call(let function, _) = part.shape { function.isChoice } else { false }
      if culprit.isUndefined, isChoice {
        return because(.noCase, cases ?? part, culprit, .nan)
      }
      // The innermost branches of {a: x; b: y} stand in one another.
      cases = isChoice && part.children.last == culprit ? cases ?? part : nil
      part = culprit
    }
    return facts(of: part, value)
  }

  /// The parts on which a part's value depends at the point.
  private func counting(_ part: Expr, _ value: (Expr) -> Double) -> [Expr] {
    switch part.shape {
    case .number, .constant, .variable, .element, .fold: return []
    case .sum(let parts), .product(let parts): return parts
    case .power(let base, let exponent): return [base, exponent]
    case .call(let function, let arguments):
      guard function.isChoice, value(arguments[0]).isFinite else { return arguments }
      return [value(arguments[0]) != 0 ? arguments[1] : arguments[2]]
    }
  }

  private func facts(of part: Expr, _ value: (Expr) -> Double) -> NonFinite? {
    switch part.shape {
    case .number where part.isUndefined: return because(.noCase, part, part, .nan)
    case .number, .constant, .sum, .product, .element: return overflow(part, value(part))
    case .variable: return overflow(part, value(part), .coordinate)
    case .fold(let fold): return facts(of: part, fold, value(part))
    case .power(let base, let exponent):
      let b = value(base)
      if b == 0 { return because(.divisionByZero, part, base, b) }
      guard value(part).isNaN else { return overflow(part, value(part)) }
      let isRoot = if case .number(let number) = exponent.shape { number.isExact } else { false }
      return because(isRoot ? .evenRootOfNegative : .powerOfNegative, part, base, b)
    case .call(let function, let arguments):
      for condition in function.domain {
        let argument = arguments[condition.argument]
        guard !condition.holds(value(argument)) || condition.fails(exactlyAt: argument) else { continue }
        return because(.outsideDomain, part, argument, value(argument), function, condition)
      }
      let isNumber = !value(part).isNaN
      return because(isNumber ? .overflow : .undefined, part, arguments[0], value(arguments[0]), function)
    }
  }

  /// The first term without a finite value, found by halving: a sum that is not finite stays so.
  private func facts(of part: Expr, _ fold: Fold, _ value: Double) -> NonFinite? {
    var (low, high) = (fold.lower, fold.upper)
    while low < high {
      let middle = low + (high - low) / 2
      let start = Expr.fold(fold.kind, index: fold.index, from: fold.lower, through: middle, fold.body)
      guard let program = try? CompiledFunctions([start], variables: variables, limits: limits) else {
        return overflow(part, value)
      }
      if program(point)[0].isFinite { low = middle + 1 } else { high = middle }
    }
    return firstPart(of: fold.term(at: low)) ?? overflow(part, value)
  }

  private func overflow(_ part: Expr, _ value: Double, _ kind: NonFinite.Kind = .overflow) -> NonFinite {
    because(kind, part, part, value)
  }

  private func because(
    _ kind: NonFinite.Kind, _ part: Expr, _ argument: Expr, _ value: Double, _ function: Function? = nil,
    _ condition: DomainCondition? = nil
  ) -> NonFinite {
    NonFinite(
      subexpression: part, function: function, condition: condition, argument: argument,
      argumentValue: value, kind: kind)
  }
}

extension Expr {
  /// The distinct parts, children first, that do not stand under an index.
  fileprivate func partsOutsideFolds() -> [Expr] {
    var result: [Expr] = []
    var seen: Set<Expr> = [self]
    var pending = [self]
    while let part = pending.popLast() {
      result.append(part)
      if case .fold = part.shape { continue }
      for child in part.children where seen.insert(child).inserted { pending.append(child) }
    }
    return result.reversed()
  }
}
