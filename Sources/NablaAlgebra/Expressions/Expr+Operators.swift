extension Expr: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }

  /// A number in decimal text, exact as written; nil for any other text.
  ///
  ///     Expr(decimal: "0.1")   // one tenth, printed 0.1; the literal 0.1 would be a nearby binary fraction
  public init?(decimal text: String) {
    guard let number = Number(decimal: text) else { return nil }
    self = .number(number)
  }

  /// The variable of that name.
  public init(_ name: String) { self = .variable(Variable(name)) }

  /// The sum.
  public static func + (left: Expr, right: Expr) -> Expr { .sum([left, right]) }

  /// The difference, a + (−1)·b.
  public static func - (left: Expr, right: Expr) -> Expr { .sum([left, right.negated]) }

  /// The product.
  public static func * (left: Expr, right: Expr) -> Expr { .product([left, right]) }

  /// The quotient, a·b⁻¹; by zero it stays as it is, without a value.
  public static func / (left: Expr, right: Expr) -> Expr { .product([left, .power(right, .minusOne)]) }

  /// Minus the expression.
  public static prefix func - (operand: Expr) -> Expr { .product([.minusOne, operand]) }

  /// The square.
  public var squared: Expr { .power(self, 2) }

  /// The square root, a^(1/2).
  public var squareRoot: Expr { .power(self, .number(.half)) }

  /// One over the expression.
  public var reciprocal: Expr { .power(self, .minusOne) }
}

/// A base to an exponent, as `Expr.power`.
public func pow(_ base: Expr, _ exponent: Expr) -> Expr { .power(base, exponent) }

/// e to a power.
public func exp(_ exponent: Expr) -> Expr { .power(.constant(.e), exponent) }
