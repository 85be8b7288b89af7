import NablaAlgebra
import NablaBasics
import NablaNotation

/// Why a formula has no finite value at a point: the innermost part that leaves its domain, and how.
///
///     ln x + y  at (−1, 2)      ln x needs x > 0; here x = −1
///     1/x       at x = 0        1/x needs x ≠ 0; here x = 0
///     e^x       at x = 1000     e^x is too large for a number; here x = 1000
///
/// Of an `if` only the branch that was chosen is looked into.
package struct Undefined {
  private let evaluate: (Expr) -> Double
  private let text: (Expr) -> String
  private let number: (Double) -> String

  /// Looks with closures that give the value and the text of any part at the point, and the text of a number.
  package init(
    evaluate: @escaping (Expr) -> Double, text: @escaping (Expr) -> String,
    number: @escaping (Double) -> String
  ) {
    self.evaluate = evaluate
    self.text = text
    self.number = number
  }

  /// The reason in one sentence without a full stop; nil where the value is finite.
  package func reason(_ expression: Expr) -> String? {
    var part = expression
    guard !evaluate(part).isFinite else { return nil }
    while let inner = culprit(below: part) { part = inner }
    return sentence(part)
  }

  /// The first part directly inside that has no finite value.
  private func culprit(below part: Expr) -> Expr? {
    switch part.shape {
    case .number, .constant, .variable, .element: return nil
    case .sum(let parts), .product(let parts): return parts.first { !evaluate($0).isFinite }
    case .power(let base, let exponent): return [base, exponent].first { !evaluate($0).isFinite }
    case .call(let function, let arguments):
      guard case .selects(let condition, let then, let otherwise) = function.derivative else {
        return arguments.first { !evaluate($0).isFinite }
      }
      let test = condition(arguments)
      let chosen = evaluate(test)
      if !chosen.isFinite { return test }
      let branch = arguments[chosen != 0 ? then : otherwise]
      return evaluate(branch).isFinite ? nil : branch
    case .fold(let fold):
      // Only sums of reasonable length are searched; of longer ones the whole is named.
      guard fold.upper >= fold.lower, fold.upper &- fold.lower < 10_000 else { return nil }
      for number in fold.lower...fold.upper {
        let term = fold.body.replacingIndex(fold.index, with: .integer(number))
        if !evaluate(term).isFinite { return term }
      }
      return nil
    }
  }

  private func sentence(_ part: Expr) -> String {
    switch part.shape {
    case .power(let base, let exponent):
      let (b, e) = (evaluate(base), evaluate(exponent))
      if b == 0, e < 0 { return needs(part, "\(text(base)) ≠ 0", [base]) }
      if b < 0, e != e.rounded() {
        if case .number(let power) = exponent.shape {
          return needs(part, "\(text(base)) \(power.isNegative ? ">" : "≥") 0", [base])
        }
        return needs(part, "\(text(base)) > 0, or a whole exponent", [base, exponent])
      }
      return tooLarge(part, [base, exponent])
    case .call(let function, let arguments):
      for condition in function.domain where !condition.holds(evaluate(arguments[condition.argument])) {
        let argument = arguments[condition.argument]
        return needs(part, condition.text(text(argument)), [argument])
      }
      return tooLarge(part, arguments)
    case .number, .constant, .variable, .element, .sum, .product, .fold:
      return tooLarge(part, part.freeVariables.prefix(3).map { .variable($0) })
    }
  }

  private func needs(_ part: Expr, _ condition: String, _ operands: [Expr]) -> String {
    "\(text(part)) needs \(condition)\(here(operands))"
  }

  private func tooLarge(_ part: Expr, _ operands: [Expr]) -> String {
    let what = evaluate(part).isNaN ? "is undefined" : "is too large for a number"
    return "\(text(part)) \(what)\(here(operands))"
  }

  /// `; here x = −1`, for operands that are not plain numbers already.
  private func here(_ operands: [Expr]) -> String {
    var parts: [String] = []
    for operand in operands {
      switch operand.shape {
      case .number, .constant: continue
      case .variable, .element, .sum, .product, .power, .call, .fold:
        parts.append("\(text(operand)) = \(number(evaluate(operand)))")
      }
    }
    return parts.isEmpty ? "" : "; here " + parts.joined(separator: ", ")
  }
}
