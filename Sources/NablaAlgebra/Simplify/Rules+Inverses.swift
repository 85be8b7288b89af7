extension Rule {
  /// Circular and hyperbolic functions of their inverses, which are roots and fractions, also of the double angle where
  /// that is no longer.
  static let inverses: List = [
    Rule("function of an inverse", of: .call) { whole in
      guard case .call(let function, let arguments) = whole.shape, arguments.count == 1,
        circular.contains(function)
      else { return nil }
      let (number, factors) = arguments[0].coefficientAndFactors
      guard factors.count == 1, case .call(let inverse, let inner)? = factors.first?.shape, inner.count == 1
      else { return nil }
      if number.isOne { return algebraic(function, of: inverse, inner[0]) }
      return number == 2 ? algebraic(function, ofTwice: inverse, inner[0]) : nil
    }
  ]

  private static func algebraic(_ function: Function, of inverse: Function, _ u: Expr) -> Result? {
    let (below, above) = ((1 - u.squared).squareRoot, (1 + u.squared).squareRoot)
    let isWithin = Condition(subject: 1 - u.squared, kind: .nonnegative)
    switch (function, inverse) {
    case (.sin, .arcsin), (.cos, .arccos): return Result(u, where: isWithin)
    case (.csc, .arcsin), (.sec, .arccos): return Result(u.reciprocal, where: isWithin)
    case (.cos, .arcsin), (.sin, .arccos): return Result(below)
    case (.sec, .arcsin), (.csc, .arccos): return Result(below.reciprocal)
    case (.tan, .arcsin), (.cot, .arccos): return Result(u / below)
    case (.cot, .arcsin), (.tan, .arccos): return Result(below / u)
    case (.tan, .arctan), (.sinh, .asinh): return Result(u)
    case (.cot, .arctan), (.csch, .asinh): return Result(u.reciprocal)
    case (.sin, .arctan), (.tanh, .asinh): return Result(u / above)
    case (.cos, .arctan), (.sech, .asinh): return Result(above.reciprocal)
    case (.sec, .arctan), (.cosh, .asinh): return Result(above)
    case (.csc, .arctan), (.coth, .asinh): return Result(above / u)
    case (.cosh, .acosh): return Result(u, where: .init(subject: u - 1, kind: .nonnegative))
    case (.tanh, .atanh): return Result(u, where: .init(subject: 1 - u.squared, kind: .positive))
    case (.cosh, .atanh): return Result(below.reciprocal)
    case (.sinh, .atanh): return Result(u / below)
    default: return nil
    }
  }

  private static func algebraic(_ function: Function, ofTwice inverse: Function, _ u: Expr) -> Result? {
    let isWithin = Condition(subject: 1 - u.squared, kind: .nonnegative)
    switch (function, inverse) {
    case (.sin, .arctan): return Result(2 * u / (1 + u.squared))
    case (.cos, .arctan): return Result((1 - u.squared) / (1 + u.squared))
    case (.tan, .arctan): return Result(2 * u / (1 - u.squared))
    case (.sin, .arcsin), (.sin, .arccos): return Result(2 * u * (1 - u.squared).squareRoot)
    case (.cos, .arcsin): return Result(1 - 2 * u.squared, where: isWithin)
    case (.cos, .arccos): return Result(2 * u.squared - 1, where: isWithin)
    default: return nil
    }
  }
}
