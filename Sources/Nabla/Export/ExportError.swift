import NablaAlgebra

/// Why a formula has no code in a language.
public enum ExportError: NablaError, Hashable {
  /// The language has no such function; `neededBy` says what asks for it, where that is not what was typed.
  case noFunction(String, neededBy: String? = nil, language: String)
  /// The language has no such number.
  case noNumber(String, language: String)
  /// The code would be larger than a limit allows.
  case tooLarge(String)
  /// The formula has no derivative, or the work exceeds a limit.
  case formula(FormulaError)

  /// What is wrong, as a sentence.
  public var sentence: String {
    switch self {
    case .noFunction(let name, nil, let language): return "\(name) has no counterpart in \(language)"
    case .noFunction(let name, let typed?, let language):
      return "\(typed) needs \(name), which has no counterpart in \(language)"
    case .noNumber(let name, let language): return "\(name) is no number that \(language) can write down"
    case .tooLarge(let what): return "the code would be too long: \(what)"
    case .formula(let error): return error.sentence
    }
  }

  /// The same with the function of an expression that brought in the one that is missing.
  ///
  ///     the second derivative of gamma needs polygamma, which has no counterpart in C
  func named(in expression: Expr, _ part: Dialect.Part, _ dialect: Dialect) -> ExportError {
    guard case .noFunction(let missing, nil, let language) = self else { return self }
    let typed = expression.functions
    if typed.contains(where: { $0.name == missing }) { return self }
    let arguments = [Variable("u"), Variable("v"), Variable("w")]
    for function in typed {
      guard
        let arity = arguments.indices.first(where: {
          Function.named(function.name, arity: $0 + 1) == function
        })
      else { continue }
      let letters = Array(arguments.prefix(arity + 1))
      var layer = [Expr.call(function, letters.map { .variable($0) })]
      for order in ["", "the derivative of ", "the second derivative of "] {
        if layer.contains(where: { $0.lowered(for: dialect).functions.contains { $0.name == missing } }) {
          return .noFunction(missing, neededBy: order + function.name, language: language)
        }
        if part == .value { break }
        layer = layer.flatMap { rate in letters.compactMap { try? rate.derivative(by: $0) } }
      }
    }
    return self
  }
}

extension Expr {
  /// The functions that occur, each once, from the inside out.
  fileprivate var functions: [Function] {
    var found: [Function] = []
    for part in distinctSubexpressions() {
      if case .call(let function, _) = part.shape, !found.contains(function) { found.append(function) }
    }
    return found
  }
}
