import NablaAlgebra
import NablaBasics

/// Why an expression has no program.
public enum CompilationError: NablaError, Hashable {
  /// A variable of the expression is not among the variables given.
  case unknownVariable(Variable)
  /// A variable is given twice.
  case repeatedVariable(Variable)
  /// An index stands outside every sum or product.
  case openIndex(Variable)
  /// A limit or the work allowed is exceeded, or somebody cancelled.
  case overrun(Budget.Overrun)

  /// What is wrong, as a sentence without a full stop.
  public var sentence: String {
    switch self {
    case .unknownVariable(let variable): "\(variable.name) is not among the variables given"
    case .repeatedVariable(let variable): "\(variable.name) is given twice"
    case .openIndex(let variable): "the index \(variable.name) stands outside every sum or product"
    case .overrun(let overrun): overrun.sentence
    }
  }
}
