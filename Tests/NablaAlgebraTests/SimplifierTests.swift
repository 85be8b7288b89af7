import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")
private func ln(_ u: Expr) -> Expr { .call(.ln, [u]) }
private func abs(_ u: Expr) -> Expr { .call(.abs, [u]) }
private func sign(_ u: Expr) -> Expr { .call(.sign, [u]) }
private func rational(_ p: Int, _ q: Int) -> Expr { .integer(p) / .integer(q) }

@Suite struct SimplifierTests {
  /// Each expression, its simple form, and the conditions recorded on the way.
  static let rows: [(Expr, Expr, [Rule.Condition])] = [
    (x / x, 1, [.init(subject: x, kind: .nonzero)]),
    (2 * pow(ln(x), 0), 2, []),
    (x * ln(x) / x, ln(x), [.init(subject: x, kind: .nonzero)]),
    (x.squareRoot * x.squareRoot, x, [.init(subject: x, kind: .nonnegative)]),
    (pow(x.squareRoot, 2), x, [.init(subject: x, kind: .nonnegative)]),
    (x * x.squareRoot.reciprocal, x.squareRoot, [.init(subject: x, kind: .nonzero)]),
    (pow(x.squared, rational(1, 2)), abs(x), []),
    (pow(x.squared, rational(1, 3)), pow(x, rational(2, 3)), []),
    (pow(x.reciprocal, -1), x, [.init(subject: x, kind: .nonzero)]),
    (ln(exp(x)), x, []),
    (exp(2 * ln(x)), x.squared, [.init(subject: x, kind: .positive)]),
    (exp(y * ln(x)), pow(x, y), [.init(subject: x, kind: .positive)]),
    (abs(x) * sign(x), x, []),
    (x * sign(x), abs(x), []),
    (abs(x) + x * sign(x), 2 * abs(x), []),
    (sign(x) / abs(x), 1 / x, []),
    (abs(x).squared, x.squared, []),
    (abs(y) / (x * y), sign(y) / x, [.init(subject: y, kind: .nonzero)]),
    (-2 * (1 - x), 2 * (x - 1), []),
    (-2 * (x + 1), -2 * (x + 1), []),
    (-400 * x * (y - x.squared), -400 * x * (y - x.squared), []),
    (3 * (2 * x + 4), 6 * (x + 2), []),
    (6 / Expr.integer(3).squareRoot, 2 * Expr.integer(3).squareRoot, []),
    (0 / x, 0, [.init(subject: x, kind: .nonzero)]),
    (
      x / x.squareRoot / (x.squared + 1) * (x.squared + 1), x.squareRoot,
      [.init(subject: x, kind: .nonzero)]
    ),
    // All factors of a base at once: what they ask is asked of their sum.
    (x.squareRoot * x.squareRoot * x.squareRoot, pow(x, rational(3, 2)), []),
    (
      pow(x, rational(5, 2)) * x.squareRoot.reciprocal * x.reciprocal * y.squareRoot * y.squareRoot, x * y,
      [.init(subject: x, kind: .positive), .init(subject: y, kind: .nonnegative)]
    ),
    (
      pow(x, y) * pow(x, 2 * y) * pow(x, -3 * y) * x, x, [.init(subject: x, kind: .positive)]
    ),
    (
      pow(x, 3) * pow(.call(.cbrt, [x.squared]), -2), x * pow(.call(.cbrt, [x]), 2),
      [.init(subject: x, kind: .nonzero)]
    ),
  ]

  @Test(arguments: rows.indices)
  func simplifies(row: Int) throws {
    let (before, after, conditions) = Self.rows[row]
    var budget = Budget()
    let outcome = try Simplifier().simplify(before, budget: &budget)
    #expect(outcome.expression.debugText == after.debugText)
    #expect(outcome.conditions == conditions)
    try outcome.expression.checkInvariants()
  }

  /// Functions of x and their derivatives as the first tier prints them.
  static let derivatives: [(Expr, Expr)] = [
    (3 * x.squared + 8 * x * y - 3 * pow(y, 5), 6 * x + 8 * y),
    (pow(2 * x + 1, 10), 20 * pow(2 * x + 1, 9)),
    (x * ln(x), ln(x) + 1),
    (ln(x.squared), 2 / x),
    (ln(abs(x)), 1 / x),
    (x * abs(x), 2 * abs(x)),
    (pow(x, x), pow(x, x) * (ln(x) + 1)),
    (pow(x, y), y * pow(x, y - 1)),
    ((6 * x).squareRoot, 3 / (6 * x).squareRoot),
    (pow(1 - x, 2), 2 * (x - 1)),
    ((x.squared + y.squared).squareRoot, x / (x.squared + y.squared).squareRoot),
    (exp(x) / exp(2 * x), -exp(-x)),
  ]

  @Test(arguments: derivatives.indices)
  func derivative(row: Int) throws {
    let (function, rate) = Self.derivatives[row]
    #expect(try function.derivative(by: Variable("x")).debugText == rate.debugText)
  }

  @Test func mixedDerivatives() throws {
    let f = x.squared * pow(y, 3)
    #expect(try f.derivative(by: [Variable("x"), Variable("y")]) == 6 * x * y.squared)
    var budget = Budget()
    let hessian = try f.hessian(by: [Variable("x"), Variable("y")], budget: &budget)
    #expect(hessian == [[2 * pow(y, 3), 6 * x * y.squared], [6 * x * y.squared, 6 * x.squared * y]])
  }

  /// A rule that would go on for ever leaves what it speaks of as it was, and the rest gets simple.
  @Test func rulesWithoutEnd() throws {
    let rules: Rule.List = [
      Rule("further", of: .call) { whole in
        guard case .call(.tan, let arguments) = whole.shape else { return nil }
        return .init(1 + .call(.tan, [arguments[0] + 1]), where: .init(subject: x, kind: .nonzero))
      },
      Rule("inverse", ln(exp(Expr("?u"))), Expr("?u")),
    ]
    let tangent = Expr.call(.tan, [x])
    for (before, after) in [
      (tangent, tangent), (tangent + ln(exp(y)), tangent + y), (ln(exp(tangent)) * y, tangent * y),
      (.call(.tan, [ln(exp(x))]), tangent), (pow(tangent, ln(exp(x * y))), pow(tangent, x * y)),
    ] as [(Expr, Expr)] {
      var budget = Budget()
      let outcome = try Simplifier(rules: [.init(rules)]).simplify(before, budget: &budget)
      #expect(outcome.expression.debugText == after.debugText)
      #expect(outcome.conditions == [])
      #expect(outcome.names == (before == tangent ? [] : ["inverse"]))
    }
  }

  /// A thousand powers of one letter, and of a thousand letters, are joined in some units of work a factor.
  @Test func manyPowersAreJoinedInOnePass() throws {
    let factors = (1...1000).map { pow(x, rational(2 * $0 + 1, 2)) }
    var budget = Budget(20_000)
    #expect(
      try Simplifier().simplify(.product(factors), budget: &budget).expression == pow(x, .integer(501_000)))
    let pairs = (1...1000).flatMap { place in
      let letter = Expr("x_\(place)")
      return [letter.squareRoot, pow(letter, rational(5, 2))]
    }
    budget = Budget(100_000)
    let joined = try Simplifier().simplify(.product(pairs), budget: &budget)
    #expect(joined.expression == .product((1...1000).map { pow(Expr("x_\($0)"), 3) }))
    #expect(joined.conditions.count == 1000)
  }

  @Test func budgetIsSpent() {
    var budget = Budget(50)
    let long = Expr.sum((0..<100).map { pow(x, .integer($0)) * y })
    #expect(throws: Budget.Overrun.exhausted) { try Simplifier().simplify(long, budget: &budget) }
  }
}
