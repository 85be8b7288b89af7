import NablaAlgebra
import NablaBasics
import NablaNotation

// Errors of the floors below whose sentences need printed formulas.

extension ExpansionError: NablaError {
  /// What is wrong, as a sentence without a full stop.
  public var sentence: String { sentence(text: \.description) }

  /// The same with formulas put in words by a closure.
  public func sentence(text: (Expr) -> String) -> String {
    switch self {
    case .noValue(let part): return "\(text(part)) has no finite value or derivative there"
    case .notSmooth(let part): return "\(text(part)) has a kink or a jump there"
    case .tooLarge(let part): return "\(text(part)) is too large for a number there"
    case .wrongCount(let expected, let given):
      return FormulaError.wrongCount(expected: expected, given: given).sentence
    case .negativeOrder(let order): return FormulaError.negativeOrder(order).sentence
    case .overrun(let overrun): return overrun.sentence
    }
  }
}

extension DirectionError: NablaError {
  /// What is wrong, as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .noDirection: return "this vector has no direction: its length must be a number above 0"
    case .wrongCount(let expected, let given):
      return FormulaError.wrongCount(expected: expected, given: given).sentence
    case .overrun(let overrun): return overrun.sentence
    }
  }
}

extension ImplicitError: NablaError {
  /// What is wrong, as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .doesNotDepend(let variable): return "the equation does not depend on \(variable)"
    case .oneVariable(let variable): return "\(variable) cannot be a function of itself: name two variables"
    case .overrun(let overrun): return overrun.sentence
    }
  }
}

extension FitError: NablaError {
  /// The sentence; of a model that has no reading, the lines with carets below them.
  public var description: String {
    if case .reading(let error) = self { error.description } else { sentence }
  }
}
