extension Expr {
  /// The variable of a name that is canonical already; other packages type names, see `init(_:)` in NablaNotation.
  package init(_ name: String) { self = .variable(Variable(name)) }

  /// The sum.
  public static func + (left: Expr, right: Expr) -> Expr { .sum([left, right]) }

  /// The difference, a + (−1)·b.
  public static func - (left: Expr, right: Expr) -> Expr { .sum([left, right.negated]) }

  /// The product.
  public static func * (left: Expr, right: Expr) -> Expr { .product([left, right]) }

  /// The quotient, a·b⁻¹; by zero it stays as it is, without a value.
  public static func / (left: Expr, right: Expr) -> Expr { .product([left, .power(right, .minusOne)]) }

  /// Adds to an expression.
  public static func += (left: inout Expr, right: Expr) { left = left + right }

  /// Subtracts from an expression.
  public static func -= (left: inout Expr, right: Expr) { left = left - right }

  /// Multiplies an expression.
  public static func *= (left: inout Expr, right: Expr) { left = left * right }

  /// Divides an expression.
  public static func /= (left: inout Expr, right: Expr) { left = left / right }

  /// Minus the expression.
  public static prefix func - (operand: Expr) -> Expr { .product([.minusOne, operand]) }

  /// The square.
  public var squared: Expr { .power(self, 2) }

  /// The square root, a^(1/2).
  public var squareRoot: Expr { .power(self, .number(.half)) }

  /// One over the expression.
  public var reciprocal: Expr { .power(self, .minusOne) }
}
