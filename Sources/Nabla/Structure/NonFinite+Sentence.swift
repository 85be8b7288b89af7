import NablaAlgebra
import NablaBasics
import NablaEvaluation
import NablaNotation

extension NonFinite {
  /// The reason in one sentence without a full stop; formulas and numbers are put in words by closures.
  ///
  ///     ln x + y  at (−1, 2)      ln x needs x > 0; here x = −1
  ///     1/x       at x = 0        1/x needs x ≠ 0; here x = 0
  ///     e^x       at x = 1000     e^x is too large for a number; here x = 1000
  ///
  /// What is known to be a number already is not repeated after “here”.
  package func sentence(text: (Expr) -> String, number: (Double) -> String) -> String {
    // “ln 0 needs 0 > 0” would say nothing: ln u needs u > 0.
    let isConstant = argument.isNumeral || argument.constantValue != nil
    let general = isConstant && kind != .divisionByZero ? subexpression.general(in: argument) : nil
    let part = text(general ?? subexpression)
    let operand = text(general == nil ? argument : Expr.anyArgument)
    let isKnown = general == nil && (argument.isNumeral || argument == subexpression)
    // π/2 says more than 1.5708, which has a tangent.
    let isExact = general != nil && !argument.isNumeral && condition?.fails(exactlyAt: argument) ?? false
    let value = isExact ? text(argument) : number(argumentValue)
    let here = isKnown ? "" : "; here \(operand) = \(value)"
    // Of a number as typed, “here u = −1” would name a letter that nobody has written.
    if general != nil, argument.isNumeral {
      let typed = text(subexpression)
      switch kind {
      case .outsideDomain where condition != nil:
        return "\(typed) has no value: \(part) needs \(condition.map { $0.text(operand) } ?? "")"
      case .evenRootOfNegative:
        return "\(typed) has no value: \(part) needs \(operand) \(subexpression.isReciprocal ? ">" : "≥") 0"
      case .overflow: return "\(typed) is too large for a number"
      case .undefined: return "\(typed) has no value"
      case .powerOfNegative, .divisionByZero, .coordinate, .noCase, .outsideDomain: break
      }
    }
    switch kind {
    case .outsideDomain:
      return "\(part) needs \(condition.map { $0.text(operand) } ?? "another \(operand)")\(here)"
    case .divisionByZero:
      return argument.isNumeral ? "\(part) divides by 0" : "\(part) needs \(operand) ≠ 0\(here)"
    case .evenRootOfNegative:
      return "\(part) needs \(operand) \(subexpression.isReciprocal ? ">" : "≥") 0\(here)"
    case .powerOfNegative: return "\(part) needs \(operand) > 0, or a whole exponent\(here)"
    case .overflow: return "\(part) is too large for a number\(here)"
    case .coordinate: return "\(operand) is not a finite number"
    case .undefined: return "\(part) has no value\(here)"
    case .noCase:
      return subexpression == argument
        ? "no case holds there" : "no case of \(text(subexpression)) holds there"
    }
  }
}

extension Expr {
  /// Whether this is a number or a named constant.
  fileprivate var isNumeral: Bool {
    switch shape {
    case .number, .constant: true
    case .variable, .element, .sum, .product, .power, .call, .fold: false
    }
  }

  /// What stands for any argument of a function.
  fileprivate static let anyArgument: Expr = .variable(Variable("u"))

  /// The same function or power of u; nil where the argument is not what it is applied to.
  fileprivate func general(in argument: Expr) -> Expr? {
    switch shape {
    case .call(let function, let arguments) where arguments.contains(argument):
      .call(function, arguments.map { $0 == argument ? .anyArgument : $0 })
    case .power(argument, let exponent): .power(.anyArgument, exponent)
    default: nil
    }
  }

  /// Whether this is a power with a negative number as its exponent.
  fileprivate var isReciprocal: Bool {
    guard case .power(_, let exponent) = shape, case .number(let number) = exponent.shape else {
      return false
    }
    return number.isNegative
  }
}
