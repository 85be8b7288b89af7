import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")
private func ln(_ u: Expr) -> Expr { .call(.ln, [u]) }
private func sin(_ u: Expr) -> Expr { .call(.sin, [u]) }
private func cos(_ u: Expr) -> Expr { .call(.cos, [u]) }

@Suite struct TextbookFormTests {
  /// Functions of x, and the textbook's derivative.
  static let rows: [(Expr, Expr)] = [
    (x / (x.squared + 1), (1 - x.squared) / (x.squared + 1).squared),
    ((x.squared - 1) / (x.squared + 1), 4 * x / (x.squared + 1).squared),
    (x * exp(x), exp(x) * (x + 1)),
    (x * exp(-x.squared), (1 - 2 * x.squared) * exp(-x.squared)),
    (exp(x) * sin(x), exp(x) * (sin(x) + cos(x))),
    (pow(x, x), pow(x, x) * (ln(x) + 1)),
    (ln(x) / x, (1 - ln(x)) / x.squared),
    (x / (x + y), y / (x + y).squared),
    (x.squared - 4 / x.squared, 2 * x + 8 / pow(x, 3)),
    (pow(x - 1, 2) * pow(x + 2, 3), (x - 1) * (x + 2).squared * (5 * x + 1)),
    (x * (x + 1), 2 * x + 1),
    (.call(.cbrt, [x.squared]), 2 / (3 * .call(.cbrt, [x]))),
    (x.squared / .call(.cbrt, [x]), 5 * .call(.cbrt, [x]).squared / 3),
    (.call(.max, [0, x]).squared, 2 * .call(.max, [0, x])),
    (pow(.call(.min, [1 - x, 0]), 3), -3 * .call(.min, [1 - x, 0]).squared),
    (pow(x, 3) + x.squared, 3 * x.squared + 2 * x),
    (5 / (x - 3), -5 / (x - 3).squared),
    (pow(2 * x + 1, 10), 20 * pow(2 * x + 1, 9)),
    ((x.squared + 3 * x).squared, 2 * (x.squared + 3 * x) * (2 * x + 3)),
    ((x.squared - 1) / (x - 1), 1),
    (.call(.arctan, [x / y]), y / (x.squared + y.squared)),
    (ln(x + (x.squared + 1).squareRoot), 1 / (x.squared + 1).squareRoot),
    (x.squared * pow(y, 3) + sin(x * y), 2 * x * pow(y, 3) + y * cos(x * y)),
    (pow(x, 3) * y.squared + sin(x * y), 3 * x.squared * y.squared + y * cos(x * y)),
    (1 / (x.squared + y.squared), -2 * x / (x.squared + y.squared).squared),
    (cos(x).squared / (1 + sin(x)), -cos(x)),
    (ln((x + 1) / (x - 1)), -2 / (x.squared - 1)),
    (pow(1 + 1 / x, x), pow(1 + 1 / x, x) * (ln(1 + 1 / x) - 1 / (x + 1))),
    (
      (x.squared - 1) * x / pow(x.squared + 1, 3),
      (8 * x.squared - 3 * pow(x, 4) - 1) / pow(x.squared + 1, 4)
    ),
  ]

  @Test(arguments: rows.indices)
  func derivative(row: Int) throws {
    let (function, rate) = Self.rows[row]
    let ours = try function.derivative(by: Variable("x"))
    #expect(ours.debugText == rate.debugText, "cost \(ours.cost), the textbook's \(rate.cost)")
  }

  /// Each product of two terms is a unit of work, and several where numbers are long.
  @Test func multiplyingOutHasABudget() throws {
    let brackets = { (count: Int, scale: Expr) in Expr.product((1...count).map { scale * x + .integer($0) }) }
    // 1 + 2 + … + 40 terms, two products each.
    var budget = Budget(1 + 2 * 820)
    #expect(try brackets(40, 1).expanded(highestPower: 1, maximumTerms: 100, budget: &budget) != nil)
    budget = Budget(1_500)
    #expect(throws: Budget.Overrun.exhausted) {
      try brackets(40, 1).expanded(highestPower: 1, maximumTerms: 100, budget: &budget)
    }
    budget = Budget(1 + 2 * 820)
    #expect(throws: Budget.Overrun.exhausted) {
      try brackets(40, pow(10, 100)).expanded(highestPower: 1, maximumTerms: 100, budget: &budget)
    }
    #expect(brackets(40, 1).expanded(maximumTerms: 40) == nil)
  }

  @Test func expansionIsBounded() {
    let wide = Expr.sum((1...30).map { Expr("x_\($0)") })
    #expect((wide * (wide + 1)).expanded() == nil)
    #expect(((x + 1) * (x - 1)).expanded() == x.squared - 1)
  }
}
