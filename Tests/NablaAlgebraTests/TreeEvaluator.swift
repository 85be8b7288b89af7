import NablaBasics

@testable import NablaAlgebra

/// The naive oracle: walks a tree and computes each node with the row's value closure.
struct TreeEvaluator {
  var values: [Variable: Double] = [:]

  func value(of expression: Expr) -> Double {
    switch expression.shape {
    case .number(let number): return number.double
    case .constant(let constant): return constant.value
    case .variable(let variable): return values[variable] ?? .nan
    case .element, .fold: return .nan
    case .sum(let terms): return terms.reduce(0) { $0 + value(of: $1) }
    case .product(let factors): return factors.reduce(1) { $0 * value(of: $1) }
    case .power(let base, let exponent): return power(base, exponent)
    case .call(.if, let parts):
      let test = value(of: parts[0])
      return test.isNaN ? .nan : value(of: test != 0 ? parts[1] : parts[2])
    case .call(let function, let arguments): return function.apply(arguments.map(value(of:)))
    }
  }

  private func power(_ base: Expr, _ exponent: Expr) -> Double {
    let (x, p) = (value(of: base), value(of: exponent))
    if p == -1 { return 1 / x }
    if case .number(let number) = exponent.shape, let exact = number.rational, x < 0, !exact.isInteger {
      guard exact.denominator.isOdd else { return .nan }
      return (exact.numerator.isOdd ? -1 : 1) * Libm.pow(-x, p)
    }
    return base == .constant(.e) ? Libm.exp(p) : Libm.pow(x, p)
  }
}

extension Function {
  /// The row's value closure on a list of arguments.
  func apply(_ x: [Double]) -> Double {
    switch value {
    case .unary(let f): f(x[0])
    case .binary(let f): f(x[0], x[1])
    case .ternary(let f): f(x[0], x[1], x[2])
    }
  }
}
