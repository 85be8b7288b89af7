import NablaAlgebra
import NablaBasics
import Testing

/// Forms that are made once for all derivatives that differ in the numbers of their members alone.
@Suite struct RepeatedFormsTests {
  private static func member(_ number: Int, of family: String = "x") -> Expr { Expr("\(family)_\(number)") }

  /// The chain Σ (100(x_{k+1} − x_k²)² + (1 − x_k)²) written out.
  private static func chain(_ count: Int) -> Expr {
    .sum(
      (1..<count).map { k in
        100 * (member(k + 1) - member(k).squared).squared + (1 - member(k)).squared
      })
  }

  @Test func `the forms are those that each derivative has by itself`() throws {
    let formulas: [Expr] = [
      Self.chain(130),
      .sum((8...11).map { k in .call(.sin, [Self.member(k) * Self.member(k + 1)]) / Self.member(k) }),
      .sum((7...12).map { k in exp(Self.member(k)) / (Self.member(k, of: "y").squared + Expr("x")) }),
      .sum((98...102).map { k in (Self.member(k) - 1 / Self.member(k + 1)).squared * Expr("a_b") }),
      .sum((1...30).map { k in Self.member(k) }).squared,
    ]
    for formula in formulas {
      var (first, second, third) = (Budget(), Budget(), Budget())
      let variables = formula.freeVariables
      let rates = try formula.partials(by: variables, budget: &first)
      var forms = RepeatedForms()
      for rate in rates {
        let ours = try forms.form(of: rate, budget: &second)
        let alone = try TextbookForm().form(of: rate, budget: &third)
        #expect(ours.expression == alone.expression, "\(alone.expression.debugText)")
        #expect(ours.conditions == alone.conditions)
        try ours.expression.checkInvariants()
      }
    }
  }

  /// Members that are counted anew keep their order in bases, exponents and arguments alike.
  @Test(arguments: 0..<12) func `random formulas of members have the forms that they have by themselves`(
    start: Int
  ) throws {
    var random = RandomExpr(start: 300 + UInt64(start))
    var forms = RepeatedForms()
    for number in 0..<40 {
      // Across a number of digits, and within one.
      let first = [3, 8, 97, 20][number % 4]
      var numbers = [first, first + 1, first + 3]
      numbers.shuffle(using: &random.random)
      let members = numbers.map { Self.member($0) }
      let formula = pow(random.next(depth: 2), members[2] + random.next(depth: 1)) + random.next(depth: 3)
      let ours = formula.substituting([Variable("x"): members[0], Variable("y"): members[1]])
      guard ours.size < 200 else { continue }
      var (one, other) = (Budget(), Budget())
      guard let alone = try? TextbookForm().form(of: ours, budget: &other) else { continue }
      let outcome = try forms.form(of: ours, budget: &one)
      #expect(outcome.expression == alone.expression, "\(ours.debugText)")
      #expect(outcome.conditions == alone.conditions, "\(ours.debugText)")
      try outcome.expression.checkInvariants()
    }
  }

  /// x_9/x_9 is 1 where x_9 ≠ 0, not where another member is.
  @Test func `conditions speak of the formula's own members`() throws {
    var (forms, budget) = (RepeatedForms(), Budget())
    for number in [3, 5, 12, 40] {
      let x = Self.member(number)
      let outcome = try forms.form(of: (x.squared - 1) / (x - 1), budget: &budget)
      #expect(outcome.expression == x + 1)
      #expect(outcome.conditions.map(\.subject) == [x - 1])
    }
  }

  /// A thousand derivatives of a handful of shapes cost little more than that handful.
  @Test func `what is alike is not worked out again`() throws {
    let work = { (count: Int) throws -> Int in
      var (walk, budget) = (Budget(), Budget(1_000_000_000))
      let rates = try Self.chain(count).partials(by: (1...count).map { Variable("x_\($0)") }, budget: &walk)
      var forms = RepeatedForms()
      for rate in rates { _ = try forms.form(of: rate, budget: &budget) }
      return budget.spent(of: 1_000_000_000)
    }
    #expect(try work(900) - work(300) < 600 * 60)
  }
}

extension Budget {
  /// How many of so many units are gone: as many can no longer be spent.
  fileprivate func spent(of units: Int) -> Int {
    var (low, high) = (0, units)
    while low < high {
      let middle = (low + high + 1) / 2
      var copy = self
      if (try? copy.spend(middle)) != nil { low = middle } else { high = middle - 1 }
    }
    return units - low
  }
}
