import NablaAlgebra
import NablaBasics

extension Expr {
  /// The part that has no value where exact numbers stand for the variables, although rounded ones may give it one.
  ///
  ///     tan x at π/2        // tan x, outsideDomain: x ≠ π/2 + kπ
  ///     1/cos x at π/2      // division by zero, where the nearest `Double` gives 1.6·10¹⁶
  ///
  /// Of the branches of an `if` only the one taken counts; what stands under an index is not looked at.
  package func nonFinitePart(exactlyAt place: [Variable: Expr]) -> NonFinite? {
    var parts: [Expr] = []
    var seen: Set<Expr> = [self]
    var pending = [self]
    while let part = pending.popLast() {
      parts.append(part)
      for child in part.children(takenAt: place) where seen.insert(child).inserted { pending.append(child) }
    }
    // The innermost parts come last.
    for part in parts.reversed() {
      if let reason = part.ownReason(at: place) { return reason }
    }
    return nil
  }

  private func children(takenAt place: [Variable: Expr]) -> [Expr] {
    if case .fold = shape { return [] }
    guard case .call(let function, let arguments) = shape, function.isChoice else { return children }
    guard case .number(let number) = arguments[0].substituting(place).shape, number.isExact else {
      return [arguments[0]]
    }
    return [arguments[0], number.isZero ? arguments[2] : arguments[1]]
  }

  private func ownReason(at place: [Variable: Expr]) -> NonFinite? {
    switch shape {
    case .power(let base, let exponent):
      guard case .number(let b) = base.substituting(place).shape, b.isExact, b.isZero,
        case .number(let e) = exponent.substituting(place).shape, e.isNegative
      else { return nil }
      return NonFinite(
        subexpression: self, function: nil, condition: nil, argument: base, argumentValue: 0,
        kind: .divisionByZero)
    case .call(let function, let arguments):
      for condition in function.domain {
        let argument = arguments[condition.argument]
        let exact = argument.substituting(place)
        guard condition.fails(exactlyAt: exact) else { continue }
        let value = (try? CompiledFunction(exact, variables: []))?([]) ?? .nan
        return NonFinite(
          subexpression: self, function: function, condition: condition, argument: argument,
          argumentValue: value, kind: .outsideDomain)
      }
      return nil
    case .number, .constant, .variable, .element, .sum, .product, .fold: return nil
    }
  }
}
