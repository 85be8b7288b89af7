import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaEvaluation

@Suite struct ExplanationTests {
  struct Row {
    let formula: Expr
    let at: [Double]
    let kind: NonFinite.Kind
    let part: Expr
    let argument: Expr
    let value: Double
  }

  /// What is left of cases that are known not to hold.
  static let none = Expr.number(Number(approximate: .nan))
  static let rows: [Row] = [
    Row(
      formula: 1 + call("ln", x) * y, at: [-1, 2], kind: .outsideDomain, part: call("ln", x), argument: x,
      value: -1),
    Row(
      formula: exp(y / (x - 1)), at: [1, 2], kind: .divisionByZero, part: (x - 1).reciprocal, argument: x - 1,
      value: 0),
    Row(
      formula: call("sin", (x + y).squareRoot), at: [1, -4], kind: .evenRootOfNegative,
      part: (x + y).squareRoot, argument: x + y, value: -3),
    Row(formula: pow(x, y), at: [-2, 0.5], kind: .powerOfNegative, part: pow(x, y), argument: x, value: -2),
    Row(
      formula: 2 + exp(x), at: [1000, 0], kind: .overflow, part: exp(x), argument: exp(x), value: .infinity),
    Row(formula: x + y, at: [.infinity, 0], kind: .coordinate, part: x, argument: x, value: .infinity),
    Row(
      formula: call("gamma", x), at: [500, 0], kind: .overflow, part: call("gamma", x), argument: x,
      value: 500),
    Row(
      formula: call("arcsin", x) + 1 / y, at: [2, 0], kind: .outsideDomain, part: call("arcsin", x),
      argument: x, value: 2),
    Row(
      formula: call("if", call(">", x, 0), 1 / y, call("ln", x)), at: [-1, 0], kind: .outsideDomain,
      part: call("ln", x), argument: x, value: -1),
    Row(
      formula: call("sin", none) + x, at: [-1, 0], kind: .noCase, part: none, argument: none, value: .nan),
    Row(
      formula: call("if", call(">", y, 1), x, call("sin", none)), at: [-1, 0], kind: .noCase, part: none,
      argument: none, value: .nan),
    Row(
      formula: x + call("if", call(">", x, 0), 1, call("if", call(">", x, 1), 2, none)), at: [-1, 0],
      kind: .noCase, part: call("if", call(">", x, 0), 1, call("if", call(">", x, 1), 2, none)),
      argument: none, value: .nan),
    Row(formula: x * y, at: [1e200, 1e200], kind: .overflow, part: x * y, argument: x * y, value: .infinity),
  ]

  @Test(arguments: rows.indices) func names(row: Int) throws {
    let row = Self.rows[row]
    let function = try CompiledFunction(row.formula, variables: ["x", "y"])
    let found = try #require(function.nonFinitePart(at: row.at))
    #expect(found.kind == row.kind)
    #expect(found.subexpression == row.part)
    #expect(found.argument == row.argument)
    #expect(ulps(found.argumentValue, row.value) == 0)
    #expect((found.condition == nil) == (row.kind != .outsideDomain))
    if row.part != Self.none { #expect(function.nonFinitePart(at: [0.5, 0.5]) == nil) }
  }

  @Test func theTermOfASum() throws {
    let sum = fold(.sum, 1...1000) { x, _ in call("ln", x(0)) }
    let function = try CompiledFunction(sum, variables: members(1000))
    var point = [Double](repeating: 1, count: 1000)
    point[699] = -2
    point[800] = -3
    let found = try #require(function.nonFinitePart(at: point))
    #expect(found.subexpression == call("ln", "x_700"))
    #expect(found.argumentValue == -2)
  }

  @Test func ofTheGradient() throws {
    let function = try CompiledFunction(y * y + x.squareRoot, variables: ["y", "x"])
    #expect(function.nonFinitePart(at: [1, 0]) == nil)
    let found = try #require(function.nonFinitePartOfGradient(at: [1, 0]))
    #expect(found.variable == "x")
    #expect(found.part.kind == .divisionByZero)
    #expect(found.part.argument == x)
    #expect(function.nonFinitePartOfGradient(at: [1, 1]) == nil)
  }

  /// Of a choice only the branch that is taken counts, as far as exact numbers tell which it is.
  @Test func branchesTaken() {
    func part(_ condition: Expr, _ formula: (Expr) -> Expr = { $0 }) -> Expr? {
      formula(call("if", condition, x.reciprocal, call("ln", y))).nonFinitePart(exactlyAt: ["x": 0, "y": 0])?
        .subexpression
    }
    #expect(part(x + 1) == x.reciprocal)
    #expect(part(x) == call("ln", y))
    #expect(part(x + 1) { 2 + exp($0) } == x.reciprocal)
    #expect(part(z) == nil)
    #expect(part(y.reciprocal) == y.reciprocal)
    let one = call("if", x + 1, y, x.reciprocal)
    #expect(one.nonFinitePart(exactlyAt: ["x": 0, "y": 0]) == nil)
  }
}
