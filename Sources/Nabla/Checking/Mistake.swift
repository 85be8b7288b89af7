import NablaAlgebra
import NablaBasics
import NablaNotation

/// A mistake that explains how a wrong derivative came about: what was done to which term.
public struct Mistake: Hashable, Sendable {
  /// The mistakes that are looked for, the likeliest first.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The outer derivative without the inner one: (sin 2x)′ as cos 2x.
    case chainRule = "chain-rule"
    /// Only some of the addends of the product rule, or the product of the derivatives.
    case productRule = "product-rule"
    /// The same for a quotient, or the addends with the wrong sign.
    case quotientRule = "quotient-rule"
    /// Another letter vanished along with the variable: ∂(8xy)/∂x as 8.
    case otherLetter = "other-letter"
    /// The exponent did not fall by one, or did not come in front.
    case powerRule = "power-rule"
    /// A variable exponent was treated as a constant one.
    case exponentialRule = "exponential-rule"
    /// A wrong sign.
    case sign
    /// A term that does not depend on the variable was kept.
    case constantKept = "constant-kept"
    /// A wrong constant factor.
    case factor
    /// A letter that is held constant was differentiated by.
    case constantAsVariable = "constant-as-variable"
    /// The derivative by another variable.
    case otherVariable = "other-variable"
    /// A term that depends on the variable was treated as a constant, or forgotten.
    case variableAsConstant = "variable-as-constant"
    /// The derivatives in another order than the variables.
    case order
  }

  /// What went wrong.
  public let kind: Kind
  /// The term of the formula in which it went wrong.
  public let term: Expr
  /// What was differentiated by.
  public let variable: Variable
  /// The derivative of the term.
  public let derivative: Expr
  /// The part that it turns on: the inner function of the chain rule, the letter that vanished, the factor that is
  /// missing; nil where there is none.
  public let part: Expr?

  /// Whether one sentence serves for both: the same mistake in the same term.
  func isLike(_ other: Mistake) -> Bool { kind == other.kind && term == other.term }

  /// The mistake as a sentence without a full stop.
  ///
  ///     differentiating 8xy, the other variable stays: ∂(8xy)/∂x = 8y
  func sentence(in formula: Formula, isPlain: Bool) -> String {
    let text: (Expr) -> String = { formula.text(of: $0, isPlain: isPlain) }
    let name = text(.variable(variable))
    let rate: (Expr) -> String = { subject in
      if formula.variables.count == 1 { return "(\(text(subject)))" + (isPlain ? "'" : "′") }
      let d = isPlain ? "d" : "∂"
      return "\(d)(\(text(subject)))/\(d)\(name)"
    }
    let right = "\(rate(term)) = \(text(derivative))"
    let start = "differentiating \(text(term)), "
    let inner = part.map(text) ?? name
    switch kind {
    case .chainRule:
      let innerRate = part.flatMap { try? $0.derivative(by: variable) }.map(text) ?? ""
      return start
        + "the inner derivative \(part.map(rate) ?? "") = \(innerRate) is a factor as well: \(right)"
    case .productRule: return start + "the product rule adds up one addend for each factor: \(right)"
    case .quotientRule: return start + "the quotient rule is (u′v − uv′)/v²: \(right)".spelled(isPlain)
    case .otherLetter:
      let isVariable = part.map { formula.variables.contains(where: $0.freeVariables.contains) } ?? true
      return start
        + (isVariable ? "the other variable stays: \(right)" : "the constant \(inner) stays: \(right)")
    case .powerRule:
      return start + "the exponent comes in front and falls by one: \(right)"
    case .exponentialRule:
      return start + "the exponent is variable, which is not the power rule: \(right)"
    case .sign: return start + "the sign is wrong: \(right)"
    case .factor:
      guard let part else { return start + "a constant factor is wrong: \(right)" }
      let isMissing = part.isWhole
      let shown = isMissing ? part : part.reciprocal
      guard shown.isWhole else { return start + "a constant factor is wrong: \(right)" }
      return start + "the factor \(text(shown)) is \(isMissing ? "missing" : "too much"): \(right)"
    case .constantKept: return start + "a constant has the derivative 0: \(right)"
    case .constantAsVariable: return start + "\(inner) is held constant: \(right)"
    case .otherVariable:
      return start + "\(name) is the variable and \(inner) is held constant: \(right)"
    case .order:
      let names = formula.variables.map { text(.variable($0)) }.joined(separator: ", ")
      return "the derivatives stand in another order than the variables, which are \(names)"
    case .variableAsConstant: return start + "\(name) is the variable, no constant: \(right)"
    }
  }
}

extension Expr {
  /// Whether this is a whole number apart from 0, 1 and −1, or a constant without a number in front.
  fileprivate var isWhole: Bool {
    switch shape {
    case .number(let number): number.isInteger && number.isExact
    case .constant, .call: true
    case .variable, .element, .sum, .product, .power, .fold: false
    }
  }
}

extension String {
  /// The text with ASCII signs only, where that is asked for.
  fileprivate func spelled(_ isPlain: Bool) -> String {
    guard isPlain else { return self }
    return String(map { $0 == "′" ? "'" : $0 == "−" ? "-" : $0 }).split(separator: "²").joined(
      separator: "^2")
      + (hasSuffix("²") ? "^2" : "")
  }
}
