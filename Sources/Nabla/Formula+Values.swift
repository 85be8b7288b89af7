import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension Formula {
  /// The value at a point given by its coordinates, in the order of `variables`.
  ///
  /// Not finite where the formula has no value there; `explanation(at:)` says why.
  public func callAsFunction(_ coordinates: Double...) throws(FormulaError) -> Double {
    try value(at: coordinates)
  }

  /// The value at a point.
  public func value(at point: [Double]) throws(FormulaError) -> Double {
    try check(point)
    return try compiled()(point)
  }

  /// The gradient at a point, one number a variable.
  public func gradient(at point: [Double]) throws(FormulaError) -> [Double] {
    try check(point)
    return try compiled().gradient(at: point)
  }

  /// The value and the gradient at a point, in one pass.
  public func valueAndGradient(at point: [Double]) throws(FormulaError) -> (value: Double, gradient: [Double])
  {
    try check(point)
    var gradient: [Double] = []
    let value = try compiled().valueAndGradient(at: point, into: &gradient)
    return (value, gradient)
  }

  /// The Hessian at a point, row by row.
  public func hessian(at point: [Double]) throws(FormulaError) -> [[Double]] {
    try check(point)
    let rows = try hessian().flatMap { $0 }
    let n = variables.count
    do {
      let values = try CompiledFunctions(rows, variables: variables, limits: limits)(point)
      return (0..<n).map { Array(values[$0 * n..<($0 + 1) * n]) }
    } catch {
      throw FormulaError(error)
    }
  }

  private func check(_ point: [Double]) throws(FormulaError) {
    guard point.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: point.count)
    }
  }
}
