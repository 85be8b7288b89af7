import NablaAlgebra
import NablaBasics
import NablaNotation

/// An equation between variables, which makes one of them a function of the others.
///
///     let circle = try ImplicitEquation("x^2 + y^2 = 1")
///     try circle.derivative().first   // −x/y
///
/// The equation may also be given as an expression that is to be zero.
public struct ImplicitEquation: Sendable {
  /// The difference of the sides, which is zero on the curve or surface.
  public let formula: Formula

  /// Reads an equation; `y = x^2` is one too.
  public init(_ text: String, options: ReadingOptions = ReadingOptions()) throws(ReadingError) {
    var options = options
    options.readsEquations = true
    formula = try Formula(text, options: options)
  }

  /// The variable that depends on the others where none is named: z over x and y, else y, else the last one.
  public var dependent: Variable? {
    let (x, y, z) = (Variable("x"), Variable("y"), Variable("z"))
    let isSurface = [x, y, z].allSatisfy(formula.variables.contains)
    if isSurface { return z }
    return formula.variables.contains(y) ? y : formula.variables.last
  }

  /// The derivative of one variable by another; of `dependent` by the first other variable where none is named.
  ///
  /// Order 2 gives the second derivative too. Throws where the equation does not depend on the variable.
  public func derivative(
    of dependent: Variable? = nil, by independent: Variable? = nil, order: Int = 1
  ) throws(ImplicitError) -> ImplicitDerivative {
    let y = dependent ?? self.dependent ?? Variable("y")
    let x = independent ?? formula.variables.first { $0 != y } ?? Variable("x")
    return try formula.expression.implicitDerivative(of: y, by: x, order: order, limits: formula.limits)
  }

  /// The second derivatives of one variable by any two different ones of some others.
  public func mixedDerivatives(
    of dependent: Variable, by independents: [Variable]
  ) throws(ImplicitError) -> [ImplicitMixedDerivative] {
    var result: [ImplicitMixedDerivative] = []
    for (place, first) in independents.enumerated() {
      for second in independents[(place + 1)...] {
        result.append(
          try formula.expression.implicitDerivative(
            of: dependent, by: first, and: second, limits: formula.limits))
      }
    }
    return result
  }

  /// Whether a point lies on the curve, up to rounding.
  public func contains(_ point: [Double]) throws(FormulaError) -> Bool {
    let value = try formula.value(at: point)
    guard
      let noise = RoundingNoise(
        of: formula.expression, letters: formula.variables, limits: formula.limits)
    else { return value == 0 }
    return value.magnitude <= 100 * noise(point)
  }
}
