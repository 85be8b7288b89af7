import NablaAlgebra
import NablaBasics
import NablaNotation
import Testing

@testable import Nabla

struct ExpansionTests {
  struct Row: Sendable {
    let formula: String
    let center: [String]
    let order: Int
    let text: String
  }

  private static func constants(_ texts: [String]) throws -> [Expr] {
    try texts.map { try Reading.constant($0) }
  }

  static let taylor: [Row] = [
    Row(formula: "e^(2x)", center: ["0"], order: 3, text: "1 + 2x + 2x² + 4x³/3"),
    Row(formula: "sin(x)", center: ["0"], order: 5, text: "x − x³/6 + x⁵/120"),
    Row(formula: "cos(x)", center: ["pi"], order: 2, text: "−1 + ½(x − π)²"),
    Row(formula: "ln(x)", center: ["1"], order: 3, text: "x − 1 − ½(x − 1)² + (x − 1)³/3"),
    Row(formula: "1/(1 - x)", center: ["0"], order: 4, text: "1 + x + x² + x³ + x⁴"),
    Row(formula: "sqrt(1 + x)", center: ["0"], order: 3, text: "1 + ½x − x²/8 + x³/16"),
    Row(formula: "tan(x)", center: ["0"], order: 7, text: "x + x³/3 + 2x⁵/15 + 17x⁷/315"),
    Row(formula: "x^3", center: ["0"], order: 2, text: "0"),
    Row(formula: "x^3 + 1", center: ["0"], order: 0, text: "1"),
    Row(formula: "x^2 y", center: ["1", "2"], order: 1, text: "2 + 4(x − 1) + y − 2"),
    Row(formula: "e^(x y)", center: ["0", "0"], order: 4, text: "1 + xy + ½x²y²"),
    Row(formula: "e^x sin(y)", center: ["0", "0"], order: 3, text: "y + xy + ½x²y − y³/6"),
    Row(formula: "|x|", center: ["-2"], order: 3, text: "2 − (x + 2)"),
    Row(formula: "max(x, x^2)", center: ["2"], order: 2, text: "4 + 4(x − 2) + (x − 2)²"),
    Row(formula: "x^x", center: ["1"], order: 2, text: "1 + x − 1 + (x − 1)²"),
    Row(formula: "2^x", center: ["0"], order: 1, text: "1 + x·ln(2)"),
    Row(formula: "floor(x) x", center: ["5/2"], order: 1, text: "5 + 2(x − 5/2)"),
    Row(formula: "f(x) = a x^2", center: ["1"], order: 1, text: "a + 2a(x − 1)"),
    Row(formula: "sum(i, 1, 3, x^i)", center: ["0"], order: 5, text: "x + x² + x³"),
    Row(formula: "arctan(x)", center: ["0"], order: 9, text: "x − x³/3 + x⁵/5 − x⁷/7 + x⁹/9"),
    Row(formula: "sin(x)/x", center: ["0"], order: 4, text: "1 − x²/6 + x⁴/120"),
    Row(formula: "(1 - cos(x))/x^2", center: ["0"], order: 2, text: "1/2 − x²/24"),
    Row(formula: "(1 - cos(x))/x^2", center: ["0"], order: 0, text: "1/2"),
    Row(formula: "(1 - cos(x))/x^2", center: ["0"], order: 1, text: "1/2"),
    Row(formula: "(x - sin(x))/x^3", center: ["0"], order: 1, text: "1/6"),
    Row(formula: "(x - sin(x))/x^3", center: ["0"], order: 2, text: "1/6 - x^2/120"),
    Row(formula: "x/(e^x - 1)", center: ["0"], order: 4, text: "1 − x/2 + x²/12 − x⁴/720"),
    Row(formula: "ln(x)/(x - 1)", center: ["1"], order: 2, text: "1 − ½(x − 1) + (x − 1)²/3"),
    Row(formula: "e^(sin(x)/x)", center: ["0"], order: 2, text: "e − e·x²/6"),
    Row(formula: "(x^2 - 1)/(x - 1)", center: ["1"], order: 3, text: "2 + x − 1"),
    Row(formula: "sinc(x)", center: ["0"], order: 8, text: "1 − x²/6 + x⁴/120 − x⁶/5040 + x⁸/362880"),
    Row(formula: "e^x sinc(x)", center: ["0"], order: 4, text: "1 + x + x²/3 − x⁴/30"),
    Row(formula: "x sinc(2x)", center: ["0"], order: 5, text: "x − 2x³/3 + 2x⁵/15"),
    Row(formula: "polysinc(3, x)", center: ["0"], order: 3, text: "x/5 − x³/42"),
  ]

  /// Where all sides agree up to the order and with the value, there is a polynomial to that order.
  static let joined: [Row] = [
    Row(formula: "x|x|", center: ["0"], order: 1, text: "0"),
    Row(formula: "|x|^3 + x", center: ["0"], order: 2, text: "x"),
    Row(formula: "max(x, 0)^2", center: ["0"], order: 1, text: "0"),
    Row(formula: "{x < 0: x^2; x^3}", center: ["0"], order: 1, text: "0"),
    Row(formula: "{x < 1: x^2; 2x - 1}", center: ["1"], order: 1, text: "1 + 2(x − 1)"),
    Row(formula: "max(x, 0) - |x|/2", center: ["0"], order: 3, text: "x/2"),
    Row(formula: "floor(x) (x - 1)^2", center: ["1"], order: 1, text: "0"),
    Row(formula: "if(x^2 <= 0, 0, x^3)", center: ["0"], order: 3, text: "x^3"),
    Row(formula: "max(x, 0)^2 + y", center: ["0", "1"], order: 1, text: "1 + y − 1"),
    Row(formula: "x|y|", center: ["0", "0"], order: 1, text: "0"),
    Row(formula: "max(x^3, 0)", center: ["0"], order: 2, text: "0"),
    Row(formula: "max(10^(-15) x, 0)^2", center: ["0"], order: 1, text: "0"),
    Row(formula: "max(x^7, 0)", center: ["0"], order: 1, text: "0"),
    Row(formula: "{x^3 < 0: x; x + x^2}", center: ["0"], order: 1, text: "x"),
    Row(formula: "floor(x^2)", center: ["0"], order: 1, text: "0"),
    Row(formula: "floor(1000 + x^2) + x", center: ["0"], order: 1, text: "1000 + x"),
    Row(formula: "floor(10^10 + x^2)", center: ["0"], order: 1, text: "10000000000"),
    Row(formula: "ceil(3 - x^2) x", center: ["0"], order: 2, text: "3x"),
    Row(formula: "floor(x^2 + y^2)", center: ["0", "0"], order: 1, text: "0"),
    Row(formula: "floor(floor(x)) + if((x > 0)(x < 2), x, 7)", center: ["3/2"], order: 1, text: "x + 1"),
  ]

  @Test(arguments: joined) func `sides that agree are one`(row: Row) throws { try polynomials(row: row) }

  @Test(arguments: [
    ("x|x|", ["0"], 2), ("|x|^3", ["0"], 3), ("|x|", ["0"], 1), ("{x < 0: x; x + 1}", ["0"], 1),
    ("{x^3 < 0: x; 2x}", ["0"], 1),
    ("sign(x)^2", ["0"], 1), ("floor(x) (x - 1)", ["1"], 1), ("x|y|", ["1", "0"], 1),
    ("max(x, y)", ["1", "1"], 1), ("ceil(x^2)", ["0"], 1), ("floor(-x^2)", ["0"], 1),
    ("floor(1000 - x^2)", ["0"], 1), ("floor(-x^20)", ["0"], 1), ("floor(-(x^2 + y^2)^10)", ["0", "0"], 1),
    ("if(x^20 > 0, 1, 0)", ["0"], 1),
  ]) func `sides that differ are told`(_ formula: String, _ center: [String], _ order: Int) throws {
    let f = try Formula(formula)
    #expect { try f.taylor(about: Self.constants(center), order: order) } throws: { error in
      if case .notSmooth = error as? ExpansionError { true } else { false }
    }
  }

  @Test("Taylor polynomials as tables have them", arguments: taylor)
  func polynomials(row: Row) throws {
    let f = try Formula(row.formula)
    let polynomial = try f.taylor(about: Self.constants(row.center), order: row.order)
    let expected = try Formula(row.text, variables: f.variables.map(\.name)).expression
    #expect(polynomial.expression == expected, "\(f.text(of: polynomial))")
  }

  @Test func terms() throws {
    let f = try Formula("ln(x)")
    let text = f.text(of: try f.taylor(about: [1], order: 4), isPlain: true)
    #expect(text == "(x - 1) - (x - 1)^2/2 + (x - 1)^3/3 - (x - 1)^4/4")
    let g = try Formula("1/(1 - x)")
    #expect(g.text(of: try g.taylor(about: [0], order: 3)) == "1 + x + x² + x³")
  }

  static let refused: [(String, String)] = [
    ("ln(x)", "0"), ("1/x", "0"), ("cos(x)/x", "0"), ("sin(x)/x^2", "0"), ("sqrt(x)", "0"), ("|x|", "0"),
    ("max(x, 0)", "0"), ("floor(x)", "1"),
    ("x^x", "0"), ("sqrt(x)", "-1"), ("sign(x)", "0"), ("if(x > 1, x, 2)", "1"), ("tan(x)", "pi/2"),
    ("cbrt(x)", "0"), ("x^(4/3)", "0"),
  ]

  @Test("No polynomial where a part is not smooth", arguments: refused)
  func refuses(formula: String, center: String) throws {
    let f = try Formula(formula)
    #expect(throws: ExpansionError.self) { try f.taylor(about: Self.constants([center]), order: 2) }
  }

  @Test(
    "What is too large for a number is not called a value that is missing",
    arguments: [("e^x", "1000"), ("x^400", "10"), ("gamma(x)", "200"), ("cosh(x) - 1/x", "800")])
  func overflows(formula: String, center: String) throws {
    let f = try Formula(formula)
    #expect {
      try f.taylor(about: Self.constants([center]), order: 2)
    } throws: {
      if case .tooLarge = $0 as? ExpansionError { true } else { false }
    }
  }

  @Test("Coefficients of thousands of digits are refused as such")
  func longCoefficients() throws {
    let fraction = (1...80).map { "x + \($0) + 1/(" }.joined() + "x" + String(repeating: ")", count: 80)
    #expect(throws: ExpansionError.overrun(.tooLarge("digits of a coefficient"))) {
      try Formula(fraction).taylor(about: Self.constants(["1.3"]), order: 4)
    }
  }

  /// In one variable sin(x)/x has a limit at 0; in several, what a quotient tends to depends on the way.
  @Test(
    "No polynomial of several variables where a divisor vanishes",
    arguments: ["sin(y)/x", "sin(x y)/(x y)", "x + y/x", "(x^2 - y^2)/(x - y)^2"])
  func refusesPoles(formula: String) throws {
    let f = try Formula(formula, variables: ["x", "y"])
    #expect(throws: ExpansionError.self) { try f.taylor(about: [0, 0], order: 2) }
  }

  @Test(
    "Beside a jump, a kink or an edge there is a polynomial",
    arguments: [
      ("floor(x)", "100000001/100000000", "1"), ("floor(x)", "99999999/100000000", "0"),
      ("ceil(x) x", "100000001/100000000", "2 + 1/50000000 + 2(x - 100000001/100000000)"),
      ("sign(x)", "1/100000000", "1"), ("sign(x)", "-1/100000000", "-1"),
      ("max(x, 0)", "-1/100000000", "0"), ("if(x > 1, x, 2)", "99999999/100000000", "2"),
    ])
  func besideJumps(formula: String, center: String, text: String) throws {
    let f = try Formula(formula)
    let polynomial = try f.taylor(about: Self.constants([center]), order: 2)
    let expected = try Formula(text, variables: ["x"])
    for x in [0.5, 3] {
      #expect(
        try abs(
          Formula(polynomial.expression, variables: f.variables).value(at: [x]) - expected.value(at: [x]))
          < 1e-12)
    }
  }

  @Test("A point of another dimension is refused")
  func refusesCounts() throws {
    #expect(throws: ExpansionError.wrongCount(expected: 2, given: 1)) {
      try Formula("x y").taylor(about: [1], order: 2)
    }
    #expect(throws: ExpansionError.self) { try Formula("x y").taylor(about: [1, 1], order: 100) }
  }

  static let smooth = [
    "sin(x) e^y", "ln(2 + x y)", "atan2(1 + x, 2 + y)", "gamma(2 + x) y", "(1 + x)^(2 + y)",
    "1/(1 + x^2 + y^2)",
    "erf(x - y)", "sqrt(3 + x + 2y)", "tanh(x) cosh(y)",
  ]

  @Test("The remainder falls like the next power", arguments: smooth)
  func converges(text: String) throws {
    let f = try Formula(text)
    let order = 4
    let polynomial = Formula(
      try f.taylor(about: [Expr(decimal: "0.1")!, Expr(decimal: "-0.2")!], order: order).expression,
      variables: f.variables)
    let remainder: (Double) throws -> Double = { h in
      let point = [0.1 + h, -0.2 + 0.7 * h]
      return abs(try f.value(at: point) - polynomial.value(at: point))
    }
    let (wide, narrow) = (try remainder(1.0 / 16), try remainder(1.0 / 64))
    #expect(narrow <= 1e-13 || wide / narrow > 300, "\(wide) \(narrow)")
  }

  @Test func highOrdersStayQuick() throws {
    let f = try Formula("e^(sin(x))")
    let polynomial = try f.taylor(about: [0], order: 12)
    #expect(polynomial.terms.prefix(4).map(\.coefficient) == [1, 1, Expr(1) / 2, Expr(-1) / 8])
  }

  static let tangents: [(String, [String], String, String)] = [
    ("x^2", ["3"], "9 + 6(x − 3)", "6x − 9"), ("x^2 y", ["1", "2"], "2 + 4(x − 1) + (y − 2)", "4x + y − 4"),
    ("sin(x)", ["0"], "x", "x"), ("5", [], "5", "5"), ("e^x", ["0"], "1 + x", "x + 1"),
  ]

  @Test("Tangents with their point and multiplied out", arguments: tangents)
  func tangent(formula: String, point: [String], written: String, expanded: String) throws {
    let f = try Formula(formula)
    let tangent = try f.tangent(at: Self.constants(point))
    #expect(f.text(of: tangent) == written)
    #expect(f.text(of: tangent.expression) == expanded)
  }

  static let directions: [(String, [String], [String], String)] = [
    ("x^2 y", ["3", "4"], ["3/5", "4/5"], "6x y/5 + 4x^2/5"),
    ("x + y", ["1", "1"], ["1/sqrt(2)", "1/sqrt(2)"], "sqrt(2)"), ("x y", ["0", "-2"], ["0", "-1"], "-x"),
  ]

  @Test("Derivatives in a direction of length 1", arguments: directions)
  func direction(formula: String, direction: [String], unit: [String], derivative: String) throws {
    let f = try Formula(formula)
    let result = try f.derivative(along: Self.constants(direction))
    #expect(result.unit == (try Self.constants(unit)))
    #expect(result.expression == (try Formula(derivative).expression), "\(f.text(of: result.expression))")
    #expect(throws: DirectionError.noDirection) { try f.derivative(along: [0, 0]) }
    #expect(throws: DirectionError.self) { try f.derivative(along: [1]) }
  }

  @Test func jacobians() throws {
    let (f, g) = (try Formula("f(r, t) = r cos(t)"), try Formula("g(r, t) = r sin(t)"))
    let jacobian = try Formula.jacobian(of: [f, g])
    let expected = [["cos(t)", "-r sin(t)"], ["sin(t)", "r cos(t)"]]
    #expect(jacobian.rows == (try expected.map { try $0.map { try Formula($0).expression } }))
    let square = try Formula.jacobian(of: [try Formula("f(x, y) = x^2"), try Formula("g(x, y) = x y")])
    #expect(try square.determinant() == 2 * Expr("x").squared)
    let mixed = try Formula.jacobian(of: [try Formula("x y"), try Formula("y z")])
    #expect(mixed.variables == ["x", "y", "z"].map { Variable($0) })
    #expect(try mixed.determinant() == nil)
  }

  @Test(
    "Determinants of coordinates as tables have them",
    arguments: [
      (["r cos(t)", "r sin(t)", "z"], "r t z", "r"),
      (["r sin(t) cos(s)", "r sin(t) sin(s)", "r cos(t)"], "r t s", "r^2 sin(t)"),
      (["s t", "(t^2 - s^2)/2"], "s t", "s^2 + t^2"), (["e^u cos(v)", "e^u sin(v)"], "u v", "e^(2u)"),
      (["(3 + r cos(t)) cos(s)", "(3 + r cos(t)) sin(s)", "r sin(t)"], "r t s", "-3r - r^2 cos(t)"),
      (
        ["r cos(a)", "r sin(a) cos(b)", "r sin(a) sin(b) cos(c)", "r sin(a) sin(b) sin(c)"], "r a b c",
        "r^3 sin(a)^2 sin(b)"
      ),
      (["x/(x^2 + y^2)", "y/(x^2 + y^2)"], "x y", "-1/(x^2 + y^2)^2"),
      (["u(1 - v)", "u v(1 - w)", "u v w"], "u v w", "u^2 v"),
      (["sqrt(x^2 + y^2)", "atan2(y, x)"], "x y", "1/sqrt(x^2 + y^2)"),
    ])
  func determinants(formulas: [String], letters: String, determinant: String) throws {
    let names = letters.split(separator: " ").map(String.init)
    let jacobian = try Formula.jacobian(of: try formulas.map { try Formula($0, variables: names) })
    let expected = try Formula(determinant, variables: names).expression
    #expect(try jacobian.determinant() == expected, "\(formulas)")
  }

  @Test func higherOrders() throws {
    let f = try Formula("x^3 y^2")
    let second = try f.derivatives(order: 2)
    #expect(second.map { $0.variables.map(\.name).joined() } == ["xx", "xy", "yy"])
    #expect(second.map { f.text(of: $0.expression) } == ["6xy²", "6x²y", "2x³"])
    #expect(try f.derivatives(order: 0).map(\.expression) == [f.expression])
    #expect(try f.derivatives(order: 6).allSatisfy { $0.expression == .zero })
    #expect(
      try f.derivative(by: [Variable("x"), Variable("y"), Variable("x")]) == 12 * Expr("x") * Expr("y"))
  }

  static let implicit: [(String, String, String)] = [
    ("x^2 + y^2 = 1", "-x/y", "-1/y^3"), ("x y = 1", "-y/x", "2/x^3"), ("y = x^2", "2x", "2"),
    ("x^3 + y^3 = 6x y", "(2y - x^2)/(y^2 - 2x)", "-16x y/(y^2 - 2x)^3"), ("x^2 - y^2 = 4", "x/y", "-4/y^3"),
    ("e^y = x", "e^(-y)", "-e^(-2y)"),
  ]

  @Test("Slopes of curves", arguments: implicit)
  func slopes(equation: String, slope: String, bend: String) throws {
    let curve = try ImplicitEquation(equation)
    let result = try curve.derivative(order: 2)
    let text: (Expr) -> String = { curve.formula.text(of: $0) }
    let second = try #require(result.second)
    #expect(result.first == (try Formula(slope).expression), "\(text(result.first))")
    #expect(second == (try Formula(bend).expression), "\(text(second))")
    #expect(result.dependent == Variable("y") && result.independent == Variable("x"))
  }

  @Test("The slope of a curve is that of the function it hides")
  func slopesByValues() throws {
    // x·e^y + y = 2 is solved for x: x = (2 − y)·e^(−y), so dy/dx = 1/(dx/dy).
    let curve = try ImplicitEquation("x e^y + y = 2")
    let slope = Formula(
      try curve.derivative().first, variables: [Variable("x"), Variable("y")])
    let solved = try Formula("(2 - y) e^(-y)")
    for y in [-1.0, 0, 0.5, 1.5] {
      let x = try solved(y)
      #expect(try curve.contains([x, y]))
      #expect(abs(try slope(x, y) - 1 / solved.gradient(at: [y])[0]) < 1e-12)
    }
    #expect(try !curve.contains([1, 1]))
  }

  @Test func doesNotDepend() throws {
    #expect(throws: ImplicitError.doesNotDepend(on: Variable("y"))) {
      try Expr("x").implicitDerivative(of: Variable("y"), by: Variable("x"))
    }
  }
}
