import NablaAlgebra
import NablaBasics

/// What comes out when one term of a formula is differentiated with one mistake.
///
///     for sin(2x):  cos(2x) by a lost chain rule, −2cos(2x) by a sign, 0 by taking x for a constant
struct WrongDerivatives {
  /// A wrong derivative and the mistake that leads to it.
  struct Row {
    let kind: Mistake.Kind
    let part: Expr?
    let result: Expr
  }

  let term: Expr
  let variable: Variable
  /// The derivative of the term.
  let rate: Expr
  /// The formula's other letters.
  let others: [Variable]

  /// The most parts of one term that are looked at.
  private static let mostParts = 40
  /// A name that no typed text can have.
  private static let slot = Variable("_slot")

  /// All rows in the order of the kinds.
  var rows: [Row] {
    guard rate != .zero else { return rowsOfConstants }
    var rows = chainRows + productRows + otherLetterRows + powerRows
    rows.append(Row(kind: .sign, part: nil, result: rate.negated))
    for other in others where term.contains(other) {
      guard let result = try? term.derivative(by: other) else { continue }
      rows.append(Row(kind: .constantAsVariable, part: .variable(other), result: rate + result))
      rows.append(Row(kind: .otherVariable, part: .variable(other), result: result))
    }
    rows.append(Row(kind: .variableAsConstant, part: nil, result: .zero))
    return rows
  }

  private var rowsOfConstants: [Row] {
    var rows = [Row(kind: .constantKept, part: nil, result: term)]
    for other in others where term.contains(other) {
      guard let result = try? term.derivative(by: other) else { continue }
      rows.append(Row(kind: .constantAsVariable, part: .variable(other), result: result))
    }
    return rows
  }

  private func rate(of expression: Expr) -> Expr? { try? expression.derivative(by: variable) }

  /// The parts of the term that depend on the variable.
  private var parts: [Expr] {
    Array(
      term.distinctSubexpressions { $0.mayContain(variable) }.filter { $0.contains(variable) }
        .prefix(Self.mostParts))
  }

  /// For each argument u of a function, a power or an exponent: the derivative without the factor u′.
  private var chainRows: [Row] {
    var inner: [Expr] = []
    for part in parts {
      switch part.shape {
      case .call, .power:
        for child in part.children where child.contains(variable) && !inner.contains(child) {
          if case .variable = child.shape { continue }
          inner.append(child)
        }
      case .number, .constant, .variable, .element, .sum, .product, .fold: continue
      }
    }
    return inner.compactMap { u in
      let outer = term.replacing(u, by: .variable(Self.slot))
      guard let direct = rate(of: outer), let through = try? outer.derivative(by: Self.slot) else {
        return nil
      }
      let result = (direct + through).substituting([Self.slot: u])
      return Row(kind: .chainRule, part: u, result: result)
    }
  }

  /// Some addends of the product rule, the product of the derivatives, an addend with the wrong sign.
  private var productRows: [Row] {
    guard case .product(let all) = term.shape else { return [] }
    let fixed = all.filter { !$0.contains(variable) }
    let factors = all.filter { $0.contains(variable) }
    guard factors.count > 1, factors.count < 7 else { return [] }
    let rates = factors.compactMap { rate(of: $0) }
    guard rates.count == factors.count else { return [] }
    let addends = factors.indices.map { place in
      Expr.product(fixed + factors.indices.map { $0 == place ? rates[$0] : factors[$0] })
    }
    let kind: Mistake.Kind = factors.contains { $0.isDivisor } ? .quotientRule : .productRule
    var rows: [Row] = []
    for (place, addend) in addends.enumerated() {
      rows.append(Row(kind: kind, part: factors[place], result: addend))
      if addends.count > 2 { rows.append(Row(kind: kind, part: factors[place], result: rate - addend)) }
    }
    rows.append(Row(kind: kind, part: nil, result: .product(fixed + rates)))
    for (place, addend) in addends.enumerated() {
      rows.append(Row(kind: kind, part: factors[place], result: rate - addend - addend))
    }
    if kind == .quotientRule {
      // u′/v′, and the quotient rule with the bottom not squared.
      let top = factors.filter { !$0.isDivisor }
      let bottom = Expr.product(factors.filter(\.isDivisor)).reciprocal
      if let topRate = rate(of: .product(top)), let bottomRate = rate(of: bottom) {
        rows.append(Row(kind: kind, part: nil, result: .product(fixed + [topRate, bottomRate.reciprocal])))
        rows.append(Row(kind: kind, part: nil, result: rate * bottom))
      }
    }
    return rows
  }

  /// The derivative without factors of other letters.
  private var otherLetterRows: [Row] {
    guard case .product(let all) = term.shape else { return [] }
    let others = all.filter { factor in !factor.contains(variable) && !factor.freeVariables.isEmpty }
    var dropped = others.map { [$0] }
    if others.count > 1 { dropped.append(others) }
    return dropped.compactMap { gone in
      guard let result = rate(of: .product(all.filter { !gone.contains($0) })) else { return nil }
      return Row(kind: .otherLetter, part: .product(gone), result: result)
    }
  }

  /// (uⁿ)′ with the exponent left as it is or not brought in front; (aᵘ)′ as u·aᵘ⁻¹.
  private var powerRows: [Row] {
    parts.flatMap { part -> [Row] in
      guard case .power(let base, let exponent) = part.shape else { return [] }
      let outer = term.replacingWhole(part, by: .variable(Self.slot))
      guard let direct = rate(of: outer), let through = try? outer.derivative(by: Self.slot),
        let inner = rate(of: base.contains(variable) ? base : exponent)
      else { return [] }
      let results: [(Mistake.Kind, Expr)]
      switch (base.contains(variable), exponent.contains(variable)) {
      case (true, false):
        results = [
          (.powerRule, exponent * part * inner), (.powerRule, pow(base, exponent - 1) * inner),
          (.powerRule, exponent * pow(base, exponent + 1) * inner),
        ]
      case (false, true):
        let lowered = exponent * pow(base, exponent - 1)
        results = [(.exponentialRule, lowered), (.exponentialRule, lowered * inner)]
      case (true, true):
        results = [(.exponentialRule, exponent * pow(base, exponent - 1))]
      case (false, false): return []
      }
      return results.map { kind, wrong in
        Row(kind: kind, part: part, result: (direct + through * wrong).substituting([Self.slot: part]))
      }
    }
  }
}

extension Expr {

  /// Whether this stands below a fraction bar.
  fileprivate var isDivisor: Bool {
    guard case .number(let power) = baseAndExponent.exponent.shape else { return false }
    return power.isNegative
  }

  /// The expression with another one in place of a part where that is an argument, a base or an exponent.
  fileprivate func replacing(_ part: Expr, by other: Expr) -> Expr {
    rebuilt { whole in
      switch whole.shape {
      case .call, .power:
        guard whole.children.contains(part) else { return nil }
        return whole.replacingChildren(whole.children.map { $0 == part ? other : $0 })
      case .number, .constant, .variable, .element, .sum, .product, .fold: return nil
      }
    }
  }

  /// The expression with another one in place of a part everywhere.
  fileprivate func replacingWhole(_ part: Expr, by other: Expr) -> Expr {
    rebuilt { $0 == part ? other : nil }
  }
}
