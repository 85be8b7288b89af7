import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Why a formula that could be read has no answer to a question.
public enum FormulaError: Error, Hashable, Sendable {
  /// Letters outside the list of variables have no value: `--let a=2`, or `parameters: ["a": "2"]`.
  case missingParameters([Variable])
  /// A point has another number of coordinates than the formula has variables.
  case wrongCount(expected: Int, given: Int)
  /// A function has no derivative by an argument that is a whole number, in which a variable occurs.
  case noDerivative(Function, by: Variable)
  /// The work or the size of the answer exceeds a limit, or somebody cancelled.
  case overrun(Budget.Overrun)

  /// What is wrong and what to do, in a sentence.
  public var sentence: String {
    switch self {
    case .missingParameters(let parameters):
      let names = parameters.map(\.name).joined(separator: ", ")
      return parameters.count == 1
        ? "\(names) has no value: it is a parameter, give it one"
        : "\(names) have no values: they are parameters, give them some"
    case .wrongCount(let expected, let given):
      return "\(expected) value\(expected == 1 ? "" : "s") expected, one for each variable, \(given) given"
    case .noDerivative(let function, let variable):
      let order = function.argumentNames[function.order ?? 0]
      let names = function.argumentNames.joined(separator: ", ")
      return "\(function.name)(\(names)) has no derivative by \(order), which is a whole number: "
        + "give \(variable.name) a value, or differentiate by the other variables"
    case .overrun(.exhausted): return "this formula takes more work than one answer may take"
    case .overrun(.cancelled): return "interrupted"
    case .overrun(.tooLarge(let limit)): return "the answer is larger than the limit ‘\(limit)’ allows"
    }
  }

  init(_ error: CompilationError) {
    switch error {
    case .unknownVariable(let variable), .repeatedVariable(let variable), .openIndex(let variable):
      self = .missingParameters([variable])
    case .overrun(let overrun): self = .overrun(overrun)
    }
  }
}
