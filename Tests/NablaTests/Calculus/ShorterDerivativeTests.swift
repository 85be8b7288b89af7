import Nabla
import NablaAlgebra
import Testing

/// Derivatives that a teacher writes shorter than the rules of calculus leave them.
@Suite struct ShorterDerivativeTests {
  @Test(arguments: [
    ("relu(x)^2", "2 relu(x)"), ("|x^2|", "2x"), ("|x^2 + 1|", "2x"), ("clamp(x, 0, 1)", "{0 ≤ x ≤ 1: 1; 0}"),
    ("clamp(x^2, 1, 4)", "{1 ≤ x² ≤ 4: 2x; 0}"), ("(x^x)^x", "x^(x² + 1)(2 ln x + 1)"),
    // Here the sign matters.
    ("|x^3|", "3x² sign(x³)"), ("|x^2 - 1|", "2x sign(x² − 1)"),
    // Without x > 0 the logarithm of a power is no product.
    ("x ln(x^n)", "n + ln(xⁿ)"),
  ])
  func derivatives(_ formula: String, _ derivative: String) throws {
    let f = try Formula(formula)
    let rate = try #require(try f.partialDerivatives(by: [Variable("x")]).first)
    #expect(f.text(of: rate.expression) == derivative)
    #expect(rate.conditions.isEmpty)
  }

  /// Powers of powers of one number are one power, where no deeper root comes of it.
  @Test func surds() {
    let third = Expr.integer(1) / 3
    let surd = 3 * Expr(3).squareRoot
    #expect(Expr.power(surd, third) == Expr(3).squareRoot)
    #expect(Expr.call(.cbrt, [surd]) == Expr(3).squareRoot)
    #expect(Expr.power(9 * Expr(3).squareRoot, Expr.integer(1) / 5) == Expr(3).squareRoot)
    #expect(
      Expr.power(2 * Expr(2).squareRoot, Expr.integer(1) / 2).shape
        == .power(2 * Expr(2).squareRoot, Expr.integer(1) / 2))
    #expect(Expr.power(5 * Expr(3).squareRoot, third).shape == .power(5 * Expr(3).squareRoot, third))
  }
}
