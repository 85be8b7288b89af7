import NablaAlgebra
import NablaBasics

/// Why an expression has no program.
public enum CompilationError: Error, Hashable, Sendable {
  /// A variable of the expression is not among the variables given.
  case unknownVariable(Variable)
  /// A variable is given twice.
  case repeatedVariable(Variable)
  /// An index stands outside every sum or product.
  case openIndex(Variable)
  /// A limit or the work allowed is exceeded, or somebody cancelled.
  case overrun(Budget.Overrun)
}
