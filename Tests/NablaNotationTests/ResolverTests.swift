import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// What formulas mean, against trees built by hand.
struct ResolverTests {
  static let x = Expr.variable(Variable("x"))
  static let y = Expr.variable(Variable("y"))
  static let t = Expr.variable(Variable("t"))
  static func member(_ number: Int) -> Expr { .variable(Variable("x_\(number)")) }
  static let index = Variable.openIndex("i")
  static func member(at offset: Int) -> Expr { .element(Family("x"), Index(index, offset: offset)) }
  static func sum(through upper: Int, _ body: Expr) -> Expr {
    .fold(.sum, index: index, from: 1, through: upper, body)
  }
  static func call(_ name: String, _ arguments: Expr...) -> Expr {
    .call(Function.named(name, arity: arguments.count)!, arguments)
  }
  static let half = Expr.integer(1) / 2

  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var meaning: Expr
    init(_ text: String, _ meaning: Expr) { (self.text, self.meaning) = (text, meaning) }
    var testDescription: String { text }
  }

  static let rows: [Row] = [
    Row("3x^{2} + 8xy – 3y^{5}", 3 * x.squared + 8 * x * y - 3 * pow(y, 5)),
    Row("6/2(1+2)", 9),
    Row("x^-1/2", half / x),
    Row("x^1/3", x / 3),
    Row("½x", half * x),
    Row("x--1", x + 1),
    Row("--x", x),
    Row("2*-x", -2 * x),
    Row("-x^2", -x.squared),
    Row("e^-x^2", exp(-x.squared)),
    Row("exp(x)", exp(x)),
    Row("√x + sqrt(y)", x.squareRoot + y.squareRoot),
    Row("∛x", call("cbrt", x)),
    Row("|x|", call("abs", x)),
    Row("log_2 x + log10 y", call("log2", x) + call("log10", y)),
    Row(
      #"\log_{\sum_{i=1}^{2} x_i x_{i+1}}(y)"#,
      call(
        "log", y,
        .fold(
          .sum, index: .openIndex("i"), from: 1, through: 2,
          .element(Family("x"), Index(.openIndex("i")))
            * .element(Family("x"), Index(.openIndex("i"), offset: 1))))),
    Row("log(x, y)", call("log", x, y)),
    Row("log x", call("ln", x)),
    Row("sin^2 x + sin^-1 x", call("sin", x).squared + call("arcsin", x)),
    Row("x!", call("factorial", x)),
    Row("max(x, y, t)", call("max", call("max", x, y), t)),
    Row("if(x > 0, x, y)", call("if", call(">", x, 0), x, y)),
    Row("{x > 0: x; y > 0: t; 2}", call("if", call(">", x, 0), x, call("if", call(">", y, 0), t, 2))),
    Row("0 < x < 1", call("and", call("<", 0, x), call("<", x, 1))),
    Row("(x > 0) y", call(">", x, 0) * y),
    Row("not x > 0", call("not", call(">", x, 0))),
    Row("sum(i, 1, 3, x[2i])", member(2) + member(4) + member(6)),
    Row("sum(i, 1, 2, x[i^2] x_i)", member(1) * member(1) + member(4) * member(2)),
    Row("sum(i=1..2, sum(j=1..2, x[i+j]))", sum(through: 2, member(at: 1) + member(at: 2))),
    Row(
      "sum(i, 1, 3, sum(j, 1, i, x_j))",
      member(1) + sum(through: 2, member(at: 0)) + sum(through: 3, member(at: 0))),
    Row("sum(i, 1, 3, i x)", sum(through: 3, .variable(index) * x)),
    Row("sum(i, 1, 4, 1/i)", Expr.integer(25) / 12),
    Row("prod(k, 1, 4, k)", 24),
    Row("sum(i, 3, 1, x_i)", 0),
    Row("sum(i, 2, 2, x[i+1])", member(3)),
    Row("g(t) = t^2\ng(3x) + g y", 9 * x.squared + y.squared),
    Row("g(t) = t^2 + x\ng(x) + t", x.squared + x + t),
    Row("g(x, y) = x - y\ng(y, x)", y - x),
    Row("a = 3\nb = a x\nb^2", 9 * x.squared),
    Row("y = x^2", x.squared),
    Row("x = 2\nf(x) = x^2\nf(y)", y.squared),
    Row("speed = 2 # fast\n\nspeed x", 2 * x),
    Row("0.1x + .5 + 5.", .number(Number(decimal: "0.1")!) * x + .number(Number(decimal: "5.5")!)),
    Row("2e3", .number(Number(decimal: "2e3")!)),
    Row("λ + lambda", 2 * .variable(Variable("lambda"))),
    Row("x₁ + x_1 + x_{1} + x2", 3 * member(1) + member(2)),
  ]

  @Test(arguments: rows)
  func meaning(_ row: Row) throws {
    #expect(try Reading.read(row.text).expression == row.meaning)
  }

  @Test func aSumWithShiftedIndicesStaysOneNode() throws {
    let reading = try Reading.read("sum(i, 1, 999, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)")
    guard case .fold(let fold) = reading.expression.shape else {
      Issue.record("not a fold")
      return
    }
    #expect((fold.lower, fold.upper) == (1, 999))
    #expect(reading.families.count == 1)
    #expect(reading.families[0].members == 1...1000)
    #expect(reading.variables.count == 1000)
    #expect(reading.variables.first == Variable("x_1"))
    #expect(reading.variables.last == Variable("x_1000"))
    #expect(reading.parameters.isEmpty)
  }

  @Test func variablesAndParameters() throws {
    #expect(try Reading.read("x10 + x2 + b a").variables.map(\.name) == ["a", "b", "x_2", "x_10"])
    let listed = try Reading.read("f(y, x) = a x + y")
    #expect(listed.name == "f")
    #expect(listed.variables.map(\.name) == ["y", "x"])
    #expect(listed.parameters.map(\.name) == ["a"])
    #expect(listed.hasList)
    var options = ReadingOptions()
    options.variables = ["speed"]
    options.parameters = ["a": 2]
    let reading = try Reading.read("a speed + b", options: options)
    #expect(reading.variables.map(\.name) == ["speed"])
    #expect(reading.parameters.map(\.name) == ["b"])
    #expect(reading.expression == 2 * .variable(Variable("speed")) + .variable(Variable("b")))
  }

  @Test func aBoundMayBeAParameter() throws {
    var options = ReadingOptions()
    options.parameters = ["n": 3]
    let reading = try Reading.read("sum(i, 1, n, x_i)", options: options)
    #expect(reading.variables.count == 3)
    #expect(throws: ReadingError.self) { try Reading.read("sum(i, 1, n, x_i)") }
  }

  @Test func aMemberWithAValueIsPutIn() throws {
    #expect(try Reading.read("x_2 = 5\nsum(i, 1, 3, x_i)").expression == Self.member(1) + Self.member(3) + 5)
  }

  @Test func typedOrderIsKept() throws {
    let reading = try Reading.read("(y - x^2)^2")
    let sum = try #require(reading.typedOrder.orders.first)
    #expect(sum == [Self.y, -Self.x.squared])
  }

  /// As many terms as were typed, and not the same ones.
  @Test(arguments: ["x + (y + x)", "x - (x + y)", "2 + (y - 2) + x", "x + y + (x + 1)"])
  func aBracketThatOpensInASumLeavesNoOrder(text: String) throws {
    let reading = try Reading.read(text)
    #expect(reading.typedOrder[reading.expression] == nil)
  }

  @Test func constants() throws {
    #expect(try Reading.constant("pi/2") == .constant(.pi) / 2)
    #expect(throws: ReadingError.self) { try Reading.constant("x/2") }
  }

  @Test func anEquationIsTheDifferenceOfItsSides() throws {
    var options = ReadingOptions()
    options.readsEquations = true
    #expect(
      try Reading.read("x^2 + y^2 = 1", options: options).expression == Self.x.squared + Self.y.squared - 1)
  }

  /// Texts that parse and mean nothing, or too much.
  @Test(arguments: [
    ("x[1] + sum(i, 1, 3, x[a])", "index-not-integer"), ("sum(i, 1, 2.5, x_i)", "bound-not-integer"),
    ("sum(i, 0, 3, x[i-1])", "index-not-integer"), ("sum(i, 1, 100000, x[i^2])", "too-many-terms"),
    ("sum(i, 1, 1000, sum(j, 1, 1000, x[i j]))", "too-many-terms"),
    ("sum(i, 1, 1000000000000, x_i)", "too-many-variables"), ("1e999999999", "number-too-long"),
    ("sum(i, 1, 1000000000000000, sum(j, i, 1000000000000000, x[i j]))", "too-many-terms"),
    ("sum(i, 1, 3, sum(i, 1, 3, x_i))", "index-taken"), ("sum(i, 1, n, x_i)", "bound-not-integer"),
  ])
  func errors(_ text: String, _ id: String) {
    #expect { try Reading.read(text) } throws: { ($0 as? ReadingError)?.diagnostics.first?.id == id }
  }
}
