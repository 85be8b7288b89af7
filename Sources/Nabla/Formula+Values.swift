import NablaAlgebra
import NablaBasics
import NablaEvaluation

extension Formula {
  /// The value at a point given by its coordinates, in the order of `variables`.
  ///
  /// Not finite where the formula has no value there; `nonFinitePart(at:)` of `compiled()` says which part has none and
  /// why.
  public func callAsFunction(_ coordinates: Double...) throws(FormulaError) -> Double {
    try value(at: coordinates)
  }

  /// The value at a point.
  public func value(at point: [Double]) throws(FormulaError) -> Double {
    try check(point)
    return try compiled()(point)
  }

  /// The gradient at a point, one number a variable.
  ///
  /// Throws where the point does not fit the variables, parameters have no value, or there is no derivative by one of
  /// the variables, as by the order of a Bessel function.
  public func gradient(at point: [Double]) throws(FormulaError) -> [Double] {
    try check(point)
    return try differentiable().gradient(at: point)
  }

  /// The value and the gradient at a point, in one pass; throws as `gradient(at:)` does.
  public func valueAndGradient(at point: [Double]) throws(FormulaError) -> (value: Double, gradient: [Double])
  {
    try check(point)
    var gradient: [Double] = []
    let value = try differentiable().valueAndGradient(at: point, into: &gradient)
    return (value, gradient)
  }

  /// The Hessian at a point, row by row; not numbers where the formula or one of its slopes has no finite value. Throws
  /// as `gradient(at:)` does.
  ///
  ///     try Formula("x^2 y").hessian(at: [3, 5])   // [[10, 6], [6, 0]]
  ///
  /// Compiled when first asked for; of very many variables, `compiled().sparseHessian(at:)` is the shorter answer.
  public func hessian(at point: [Double]) throws(FormulaError) -> [[Double]] {
    try check(point)
    let n = variables.count
    let function = try differentiable()
    var gradient: [Double] = []
    let value = function.valueAndGradient(at: point, into: &gradient)
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else {
      return point.map { _ in [Double](repeating: .nan, count: n) }
    }
    let values: [Double]
    do { values = try function.hessian(at: point) } catch { throw FormulaError(error) }
    return (0..<n).map { Array(values[$0 * n..<($0 + 1) * n]) }
  }

  private func check(_ point: [Double]) throws(FormulaError) {
    guard point.count == variables.count else {
      throw .wrongCount(expected: variables.count, given: point.count)
    }
  }
}
