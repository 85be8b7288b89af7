import NablaNotation
import Testing

@testable import Nabla

/// `simplified()` against the shortest forms that a first course has.
@Suite struct ShortestFormTests {
  /// A formula, its shortest form, and what must hold because something cancelled.
  static let rows: [(text: String, form: String, conditions: String)] = [
    // Turns and multiples of angles.
    ("sin(x + pi)", "-sin(x)", ""), ("sin(pi - x)", "sin(x)", ""), ("cos(x + pi/2)", "-sin(x)", ""),
    ("cos(pi/2 - x)", "sin(x)", ""), ("cos(2pi - x)", "cos(x)", ""), ("tan(x + pi)", "tan(x)", ""),
    ("tan(x + pi/2)", "-cot(x)", ""), ("sec(x - pi)", "-sec(x)", ""), ("sin(x + pi/3)", "sin(x + pi/3)", ""),
    ("sin(2x)/(2 sin(x))", "cos(x)", "sin x != 0"), ("sin(2x)/cos(x)", "2*sin(x)", "cos x != 0"),
    ("cos(2x) + 2 sin(x)^2", "1", ""), ("1 - 2 sin(x)^2", "cos(2*x)", ""),
    ("cos(x)^4 - sin(x)^4", "cos(2*x)", ""), ("sin(x)cos(y) + cos(x)sin(y)", "sin(x + y)", ""),
    ("cos(x)cos(y) + sin(x)sin(y)", "cos(x - y)", ""),
    ("sin(x + y) + sin(x - y)", "2*sin(x)*cos(y)", ""),
    // Logarithms.
    ("ln(8)/ln(2)", "3", ""), ("ln(4) + ln(2)", "ln(8)", ""), ("ln(6) - ln(2)", "ln(3)", ""),
    ("ln(2x) - ln(2)", "ln(x)", ""), ("ln(x y) - ln(x) - ln(y)", "0", ""), ("ln(x/y) + ln(y)", "ln(x)", ""),
    ("ln(1/x)", "-ln(x)", ""), ("ln(sqrt(x))", "ln(x)/2", ""), ("log10(100x)", "log10(x) + 2", ""),
    ("ln(x) + ln(y)", "ln(x*y)", ""),
    // The logarithm of a square has a value on both sides of 0, twice the logarithm has not.
    ("ln(x^2)", "ln(x^2)", ""), ("ln(x^3)", "3*ln(x)", ""), ("ln(x^2 y)", "ln(x^2*y)", ""),
    // Decimals stay decimals.
    ("0.5 ln(x) + 0.5 ln(y)", "0.5 ln(x) + 0.5 ln(y)", ""), ("ln(0.5x)", "ln(0.5x)", ""),
    // Powers.
    ("4^x/2^x", "2^x", ""), ("2^x*3^x", "6^x", ""), ("6^x/3^x", "2^x", ""), ("3^x/6^x", "1/2^x", ""),
    ("e^(x + ln 2)", "2*e^x", ""), ("e^(2(x + ln 3))", "9*e^(2x)", ""), ("e^(2 ln(x) + 1)", "e*x^2", ""),
    ("x^(1/ln(x))", "e", ""),
    ("a^(ln(x)/ln(a))", "x", ""),
    // Hyperbolic functions and exponentials.
    ("(e^x - e^-x)/(e^x + e^-x)", "tanh(x)", ""), ("(e^x + e^-x)/2", "cosh(x)", ""),
    ("cosh(x) + sinh(x)", "e^x", ""), ("1 - 1/(1 + e^-x)", "1/(e^x + 1)", ""),
    ("sigmoid(x) + sigmoid(-x)", "1", ""),
    ("(x^2 + 1)*sech(ln(x))", "2*x", ""),
    // Roots.
    ("1/(sqrt(2) - 1)", "sqrt(2) + 1", ""), ("(sqrt(5) + 1)/(sqrt(5) - 1)", "(sqrt(5) + 3)/2", ""),
    ("sqrt(3 + 2sqrt(2))", "sqrt(2) + 1", ""), ("1/sqrt(2)", "1/sqrt(2)", ""),
    // Pairs.
    ("max(x, y) + min(x, y)", "x + y", ""), ("max(x, y) - min(x, y)", "abs(x - y)", ""),
    ("arcsin(x) + arccos(x)", "pi/2", ""), ("erf(x) + erfc(x)", "1", ""),
    // Sums.
    ("sum(k, 1, 10, k x)", "55*x", ""), ("sum(k, 1, 100, (2k - 1) x^2)", "10000*x^2", ""),
    ("sum(k, 1, 3, x^k)", "sum(k, 1, 3, x^k)", ""),
    // What is short stays.
    ("x^2 + 1", "x^2 + 1", ""), ("e^x + x", "e^x + x", ""), ("ln(x + 1) - ln(x)", "ln(x + 1) - ln(x)", ""),
  ]

  @Test(arguments: rows.map(\.text))
  func shortestForm(text: String) throws {
    let row = try #require(Self.rows.first { $0.text == text })
    let formula = try Formula(text)
    let answer = try formula.simplified()
    #expect(answer.expression == (try Formula(row.form)).expression, "\(answer.expression)")
    let conditions = answer.conditions.map { formula.text(of: $0, isPlain: true) }.joined(separator: ", ")
    #expect(conditions == row.conditions)
    #expect(answer.isComplete)
  }
}
