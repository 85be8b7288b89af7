import NablaAlgebra

extension Expr {
  /// Bounds of all values that an expression of real numbers can have, as its functions alone tell: 1 to 3 for 2 + sin x.
  var range: ClosedRange<Double> {
    let line = -Double.infinity...Double.infinity
    if let value = constantValue { return value.isFinite ? value...value : line }
    switch shape {
    case .sum(let terms):
      let parts = terms.map(\.range)
      let (low, high) = (parts.reduce(0) { $0 + $1.lowerBound }, parts.reduce(0) { $0 + $1.upperBound })
      return low <= high ? low...high : line
    case .product:
      let (number, rest) = coefficientAndRest
      if number.isOne || !number.isExact { return isNonnegative ? 0...Double.infinity : line }
      let (part, factor) = (rest.range, number.double)
      let ends = [part.lowerBound * factor, part.upperBound * factor]
      return ends.contains(where: \.isNaN) ? line : min(ends[0], ends[1])...max(ends[0], ends[1])
    case .power(_, 2):
      let part = children[0].range
      let most = max(part.lowerBound.magnitude, part.upperBound.magnitude)
      return 0...(most * most)
    case .call(let function, let arguments): return Expr.range(of: function, arguments.map(\.range))
    case .number, .constant, .variable, .element, .power, .fold:
      return isNonnegative ? 0...Double.infinity : line
    }
  }

  private static func range(of function: Function, _ arguments: [ClosedRange<Double>]) -> ClosedRange<Double>
  {
    switch function {
    case .sin, .cos, .tanh, .erf, .sign: return -1...1
    case .sigmoid, .sech: return 0...1
    case .cosh: return 1...Double.infinity
    case .arctan, .arcsin: return (-Double.pi / 2)...(Double.pi / 2)
    case .arccos: return 0...Double.pi
    case .min, .max:
      let (a, b) = (arguments[0], arguments[1])
      return function == .min
        ? Swift.min(a.lowerBound, b.lowerBound)...Swift.min(a.upperBound, b.upperBound)
        : Swift.max(a.lowerBound, b.lowerBound)...Swift.max(a.upperBound, b.upperBound)
    case .abs:
      return 0...Swift.max(arguments[0].lowerBound.magnitude, arguments[0].upperBound.magnitude)
    default: return (function.range == .any ? -Double.infinity : 0)...Double.infinity
    }
  }
}
