import NablaAlgebra
import NablaBasics
import NablaEvaluation

/// Values of expressions at points: of small ones step by step, which is ready at once, of others by a program.
enum CheckedValues {
  case steps([PostfixValue])
  case program(CompiledFunctions)

  /// The values of small expressions; nil where one is not.
  init?(ofSmall expressions: [Expr], letters: [Variable]) {
    var all: [PostfixValue] = []
    for expression in expressions {
      guard let next = PostfixValue(expression, letters: letters) else { return nil }
      all.append(next)
    }
    self = .steps(all)
  }

  /// The values that a program gives; nil where there is none within the limits.
  init?(compiling expressions: [Expr], letters: [Variable], limits: Limits) {
    guard let program = try? CompiledFunctions(expressions, variables: letters, limits: limits) else {
      return nil
    }
    self = .program(program)
  }

  /// The values at a point, in the order of the expressions.
  func callAsFunction(_ point: [Double]) -> [Double] {
    switch self {
    case .steps(let all): all.map { $0(at: point) }
    case .program(let program): program(point)
    }
  }
}
