import NablaBasics

extension Expr {
  /// The value of an expression in which no variable occurs; nil where one does.
  ///
  ///     pow(2, 1/2).constantValue   // 1.4142135623730951
  ///     pow(0, -1).constantValue    // infinity
  ///
  /// Not a number where the expression has no real value. Sums over an index have none here.
  package var constantValue: Double? {
    if case .number(let number) = shape { return number.double }
    return Expr.constantValues(of: distinctSubexpressions())?[self]
  }

  /// How a value that is not finite as a `Double` is finite in truth.
  enum Overflow { case whole, part }

  /// Whether a value that is not finite is only beyond the largest number, or holds a number that is, above or below a
  /// fraction line for instance; nil where there is no value, as of 1/0.
  var overflow: Overflow? {
    if case .number = shape { return .whole }
    let parts = distinctSubexpressions()
    if parts.contains(where: { $0.asNumber?.isBeyondDoubles == true }) { return .part }
    guard let values = Expr.constantValues(of: parts),
      let culprit = parts.first(where: { values[$0]?.isFinite == false }), values[culprit]?.isNaN == false
    else { return nil }
    if case .power(let base, _) = culprit.shape, values[base] == 0 { return nil }
    return .whole
  }

  /// The values of parts, of which each stands behind its own parts; nil where a variable is among them.
  private static func constantValues(of parts: [Expr]) -> ExprMap<Double>? {
    var values = ExprMap<Double>()
    for part in parts {
      let of: (Expr) -> Double = { values[$0] ?? .nan }
      switch part.shape {
      case .number(let number): values[part] = number.double
      case .constant(let constant): values[part] = constant.value
      case .variable, .element, .fold: return nil
      case .sum(let terms): values[part] = terms.reduce(0) { $0 + of($1) }
      case .product(let factors): values[part] = factors.reduce(1) { $0 * of($1) }
      case .power(let base, let exponent): values[part] = Expr.realPower(of(base), exponent, of(exponent))
      case .call(.if, let parts):
        let test = of(parts[0])
        values[part] = test.isNaN ? .nan : of(test != 0 ? parts[1] : parts[2])
      case .call(let function, let arguments):
        values[part] = Expr.value(of: function, arguments.map(of))
      }
    }
    return values
  }

  static func realPower(_ base: Double, _ exponent: Expr, _ value: Double) -> Double {
    guard case .number(let number) = exponent.shape, let power = number.rational else {
      return base.isNaN ? .nan : Libm.pow(base, value)
    }
    if power.isZero { return base.isNaN ? .nan : 1 }
    if base < 0, !power.isInteger {
      guard power.denominator.isOdd else { return .nan }
      let size = Libm.pow(-base, value)
      return power.numerator.isOdd ? -size : size
    }
    return Libm.pow(base, value)
  }

  static func value(of function: Function, _ x: [Double]) -> Double {
    for condition in function.domain {
      let argument = x[condition.argument]
      guard condition.holds(argument) else { return .nan }
      // No number is π/2 exactly: what rounding alone keeps off a pole is one.
      let distance = argument.magnitude * .ulpOfOne
      switch condition.kind {
      case .notOddHalfPi: if Libm.cos(argument).magnitude <= distance { return .nan }
      case .notWholePi: if Libm.sin(argument).magnitude <= distance { return .nan }
      default: continue
      }
    }
    switch function.value {
    case .unary(let f): return f(x[0])
    case .binary(let f): return f(x[0], x[1])
    case .ternary(let f): return f(x[0], x[1], x[2])
    }
  }
}
