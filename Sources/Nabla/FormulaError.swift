import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Why a formula that could be read has no answer to a question.
public enum FormulaError: NablaError, Hashable {
  /// Letters outside the list of variables have no value: give them one, as in `parameters: ["a": "2"]`.
  case missingParameters([Variable])
  /// A point has another number of coordinates than the formula has variables.
  case wrongCount(expected: Int, given: Int)
  /// A function has no derivative by an argument that is a whole number, in which a variable occurs.
  case noDerivative(Function, by: Variable)
  /// A box to search goes on for ever along a variable.
  case infiniteBox(Variable)
  /// A variable stands twice in a list.
  case repeatedVariable(Variable)
  /// An index stands outside every sum and product.
  case openIndex(Variable)
  /// The order of a derivative is below 0.
  case negativeOrder(Int)
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
    case .infiniteBox(let variable):
      return "the box goes on for ever along \(variable.name): give it two finite ends"
    case .repeatedVariable(let variable): return CompilationError.repeatedVariable(variable).sentence
    case .openIndex(let variable): return CompilationError.openIndex(variable).sentence
    case .negativeOrder(let order): return "an order is a whole number from 0 on, not \(order)"
    case .overrun(let overrun): return overrun.sentence
    }
  }

  init(_ error: CompilationError) {
    switch error {
    case .unknownVariable(let variable): self = .missingParameters([variable])
    case .repeatedVariable(let variable): self = .repeatedVariable(variable)
    case .openIndex(let variable): self = .openIndex(variable)
    case .overrun(let overrun): self = .overrun(overrun)
    }
  }
}
