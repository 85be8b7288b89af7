import NablaAlgebra
import NablaBasics

/// A quadratic in one variable, a·x² + b·x + c with exact coefficients, and its one stationary point.
///
///     x² + 5x + 6   is stationary at   x = −5/2   with the value   −1/4
public struct Quadratic: Hashable, Sendable {
  /// The second derivative, 2a.
  public let curvature: Number
  /// Where the derivative is zero.
  public let stationaryPoint: Number
  /// The value there.
  public let stationaryValue: Number

  /// The exact quadratic that an expression is in a variable; nil for anything else, and for a line.
  package init?(_ expression: Expr, in variable: Variable) {
    // A polynomial through and through: max(x², −x) has a constant second derivative on each side, too.
    let isPolynomial = expression.distinctSubexpressions().allSatisfy { part in
      switch part.shape {
      case .call, .fold, .element: false
      case .power(_, let exponent):
        if case .number(let number) = exponent.shape { number.isInteger && !number.isNegative } else { false }
      case .number, .constant, .variable, .sum, .product: true
      }
    }
    let zero: [Variable: Expr] = [variable: .zero]
    guard isPolynomial, let first = try? expression.derivative(by: variable),
      let second = try? first.derivative(by: variable),
      case .number(let curvature) = second.shape, !curvature.isZero, curvature.isExact || curvature.isDecimal,
      case .number(let slope) = first.substituting(zero).shape,
      let point = (-slope).divided(by: curvature),
      case .number(let value) = expression.substituting([variable: .number(point)]).shape
    else { return nil }
    (self.curvature, stationaryPoint, stationaryValue) = (curvature, point, value)
  }

  /// The factor by which a step of gradient descent at a fixed rate scales the distance to the stationary point.
  public func contraction(rate: Double) -> Double { 1 - rate * curvature.double }
}
