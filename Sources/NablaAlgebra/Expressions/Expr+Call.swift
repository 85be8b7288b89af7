extension Expr {
  /// A function applied to arguments: its exact value where the row knows one, its parity used on a minus sign.
  ///
  ///     sin(-x)   // −sin(x), as Expr.call(sine, [-x]) with the row of the sine
  ///
  /// The count of arguments must be the function's arity.
  public static func call(_ function: Function, _ arguments: [Expr]) -> Expr {
    precondition(arguments.count == function.arity, "\(function.name) takes \(function.arity) arguments")
    if let known = function.canonical(arguments) { return known }
    if arguments.contains(where: \.isWholeDecimal),
      let known = function.canonical(arguments.map(\.withWholeNumber))
    {
      return known
    }
    if function.parity != .none, let opposite = arguments[0].withoutLeadingMinus {
      let result = Expr.call(function, [opposite])
      return function.parity == .odd ? .product([.minusOne, result]) : result
    }
    return Expr(canonical: .call(function, arguments))
  }

  /// The integer in place of a decimal such as 1.0: what holds at 1 holds there.
  private var withWholeNumber: Expr {
    guard isWholeDecimal, case .number(let number) = shape, let whole = number.numerator else { return self }
    return .number(Number(whole))
  }

  private var isWholeDecimal: Bool {
    guard case .number(let number) = shape else { return false }
    return number.isDecimal && number.isInteger
  }

  /// Minus the expression where that takes away a minus sign: of a number or of a product's coefficient.
  package var withoutLeadingMinus: Expr? {
    switch shape {
    case .number, .product: break
    default: return nil
    }
    let (coefficient, rest) = coefficientAndFactors
    guard coefficient.isNegative, !(rest.count == 1 && coefficient.isMinusOne && rest[rest.startIndex].isSum)
    else { return nil }
    return .product([.minusOne, self])
  }

  package var isSum: Bool { if case .sum = shape { true } else { false } }
}
