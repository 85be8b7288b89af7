import NablaBasics
import Testing

@testable import NablaAlgebra

private let x = Expr("x")
private let y = Expr("y")

@Suite struct ExprTests {
  /// Each expression and its canonical tree.
  static let rows: [(Expr, String)] = [
    (x + x + 1, "(+ 1 (* 2 x))"),
    (x - x, "0"),
    (x.reciprocal - x.reciprocal, "(* 0 (^ x -1))"),
    (x / x, "(* (^ x -1) x)"),
    (x * x * 2, "(* 2 (^ x 2))"),
    (x.reciprocal * x.reciprocal, "(^ x -2)"),
    (x - (x + 1), "-1"),
    (2 * (x + 1), "(* 2 (+ 1 x))"),
    (x.squareRoot * x.squareRoot, "(* (^ x 1/2) (^ x 1/2))"),
    (pow(8, .number(.half)), "(* 2 (^ 2 1/2))"),
    (pow(8, -Expr.number(.half)), "(* 1/2 (^ 2 -1/2))"),
    (pow(2, .number(.half)) * pow(2, .number(.half)), "2"),
    (pow(-8, 1 / Expr.integer(3)), "-2"),
    (pow(-2, 1 / Expr.integer(3)), "(* -1 (^ 2 1/3))"),
    (pow(2, 5 / Expr.integer(3)), "(* 2 (^ 2 2/3))"),
    (pow(4 * x, .number(.half)), "(* 2 (^ x 1/2))"),
    (pow(8 * x, .number(.half)), "(* 2 (^ (* 2 x) 1/2))"),
    (pow(2 * x, 3), "(* 8 (^ x 3))"),
    (exp(x) * exp(y), "(^ e (+ x y))"),
    (exp(x) * exp(-x), "1"),
    (pow(exp(x), 2), "(^ e (* 2 x))"),
    (pow(0, 0), "1"),
    (pow(0, -1), "(^ 0 -1)"),
    (0 * x, "0"),
    (0 / x, "(* 0 (^ x -1))"),
    (.call(.sin, [-x]), "(* -1 (sin x))"),
    (.call(.cos, [-2 * x]), "(cos (* 2 x))"),
    (pow(10, pow(10, 10)), "(^ 10 10000000000)"),
    (pow(pow(x, 2), .number(.half)), "(^ (^ x 2) 1/2)"),
    (pow(pow(x, 1 / Expr.integer(3)), 3), "x"),
    (pow(pow(x, -1), -1), "(^ (^ x -1) -1)"),
    (pow(pow(x, -2), -3), "(^ (^ x -6) -1)"),
    (pow(pow(x, -2), -1) * pow(pow(x, -1), -1), "(^ (^ x -3) -1)"),
    (pow(x, 5 / Expr.integer(2)) * x * x.squared, "(* (^ x 5/2) (^ x 3))"),
    (x * pow(x, 3 / Expr.integer(2)) * x.squared, "(* (^ x 3/2) (^ x 3))"),
    (pow(x, 3) / x.squared * x / x, "(* (^ x -3) (^ x 4))"),
    (Expr(decimal: "0.1")! * 2, "1/5"),
  ]

  @Test(arguments: rows.indices)
  func canonical(row: Int) throws {
    let (expression, tree) = Self.rows[row]
    #expect(expression.debugText == tree)
    try expression.checkInvariants()
  }

  @Test func definedEverywhere() {
    #expect((x.squared + 1).isPositive)
    #expect((x.squared + 1).squareRoot.isDefinedEverywhere)
    #expect(!x.squareRoot.isDefinedEverywhere)
    #expect(!(x.squared).reciprocal.isDefinedEverywhere)
    #expect((x.squared + 1).reciprocal.isDefinedEverywhere)
  }

  @Test func deepChainsAreReleasedInALoop() {
    var chain = x
    for _ in 0..<300_000 { chain = .call(.sin, [chain + 1]) }
    #expect(chain.depth == 600_001)
  }

  @Test("Nodes that are shared a million million times are compared once")
  func sharedNodesAreComparedOnce() {
    func tower(_ base: Expr) -> Expr {
      var result = base
      for _ in 0..<50 { result = .call(.sin, [result]) * .call(.cos, [result]) + result }
      return result
    }
    let (one, other) = (tower(x + 1), tower(x + 1))
    #expect(one == other && Expr.compare(one, other) == 0)
    let third = tower(x + 2)
    #expect(one != third && Expr.compare(one, third) != 0)
    #expect(Expr.compare(one, third) == -Expr.compare(third, one))
  }

  @Test func foldsKeepTheirIndicesApart() throws {
    let (i, family) = (Variable.openIndex("i"), Family("x"))
    let element = Expr.element(family, Index(i))
    let sum = Expr.fold(.sum, index: i, from: 1, through: 10, element.squared)
    #expect(sum.debugText == "(sum i 1 10 (^ x[i] 2))")
    #expect(Expr.fold(.sum, index: i, from: 1, through: 10, .variable(i)) == 55)
    #expect(Expr.fold(.sum, index: i, from: 1, through: 10, y) == 10 * y)
    #expect(Expr.fold(.product, index: i, from: 3, through: 3, element) == Expr("x_3"))
    #expect(sum.families.map(\.members) == [1...10])
    let j = Variable.openIndex("j")
    #expect(sum == .fold(.sum, index: j, from: 1, through: 10, Expr.element(family, Index(j)).squared))
    let outer = Expr.fold(.sum, index: i, from: 1, through: 5, y * element)
    let nested = outer.substituting([Variable("y"): outer])
    try nested.checkInvariants()
    #expect(nested.debugText == "(sum i 1 5 (* x[i] (sum i 1 5 (* x[i] y))))")
    #expect(nested.foldLevel == 2)
  }

  @Test func naturalOrder() {
    let names = ["x_10", "x_2", "B", "a", "b", "A", "x", "x_1"]
    #expect(
      names.map { Variable($0) }.sorted().map(\.name) == ["A", "a", "B", "b", "x", "x_1", "x_2", "x_10"])
  }
}
