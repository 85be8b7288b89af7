import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// The cost of an expression is how long its plain text is, without printing it.
@Suite struct CostTests {
  /// Texts whose length without blanks is the cost, and what is added for brackets in brackets and fractions in fractions.
  static let texts: [(text: String, more: Int)] = [
    ("x", 0), ("12", 0), ("-7", 0), ("0.25", 0), ("1/2", 0), ("-22/7", 0), ("x + y", 0), ("x - y", 0),
    ("x - 2y + z", 0),
    ("-x - y", 0), ("2x", 0), ("-2x", 0), ("-x", 0), ("2xy", 0), ("x^2", 0), ("x^12", 0), ("2x^2y^3", 0),
    ("(x + 1)^2", 0),
    ("(2x)^y", 0), ("x^(y + 1)", 0), ("x^(2y)", 0), ("x^(3/2)", 0), ("2^x", 0), ("(-2)^x", 0),
    ("2(x + 1)", 0),
    ("x(y + 1)", 0), ("(x + 1)(y + 1)", 0), ("sqrt(x)", 0), ("sqrt(x + 1)", 0), ("sin x", 0), ("sin(xy)", 0),
    ("sin 2", 0),
    ("sin(x)^2", 0), ("sin(x_1)", 0), ("atan2(y, x)", 0), ("ln(x + 1)", 0), ("1/x", 0), ("x/y", 0),
    ("-x/y", 0), ("x/2", 0),
    ("2x/3", 0), ("x/(y + 1)", 0), ("(x + 1)/y", 0), ("(x + 1)/(y + 1)", 0), ("1/x^2", 0), ("x/(yz)", 0),
    ("2/(3x)", 0),
    ("1/sqrt(x)", 0), ("sin(x)/x", 0), ("e^x", 0), ("e^(2x)", 0), ("pi", 0), ("sin pi", 0), ("pi + x", 0),
    ("x/pi", 0), ("e", 0), ("x - e", 0),
    ("x^pi", 0), ("x_1 - x_2", 0), ("abs(x)", 3), ("floor(x + 1)", 0), ("max(x, y)", 0),
    ("e^(-x)", 0), ("x_12", 0), ("speed", 0),
    ("sum(i, 1, 10, x[i])", 0), ("sum(i, 1, 10, x[i + 1]^2)", 0),
    ("((x + 1)^2 + 1)^3", 3), ("x((y + 1)^2 + z)", 3), ("x((x + 1)(y + 1) + 2)", 3), ("(1/x + 1)^2/y", 5),
    ("1/(1/x + 1)", 5),
    ("2(1/x + 1)", 5),
  ]

  @Test(arguments: texts.indices) func `the cost is the length`(_ place: Int) throws {
    let (text, more) = Self.texts[place]
    var options = ReadingOptions()
    options.variables = ["x", "y", "z"]
    let expression = try Reading.read(text, options: options).expression
    let length = Form(expression, variables: ["x", "y", "z"].map { Variable($0) }).text(.plain).utf8.filter {
      $0 != 32
    }.count
    #expect(expression.cost == length + more, "\(text)")
  }
}
