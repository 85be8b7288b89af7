import NablaAlgebra
import Testing

@testable import NablaNotation

/// The variables of a formula are those that were typed, whether or not they cancel.
@Suite struct OccurrenceTests {
  static let rows: [(text: String, variables: [String], meaning: Expr)] = [
    ("x - x", ["x"], 0),
    ("x^0", ["x"], 1),
    ("0x + 1", ["x"], 1),
    ("sum(i, 5, 1, x^i)", ["x"], 0),
    ("x + y - x", ["x", "y"], .variable(Variable("y"))),
    ("0(a + b) + c", ["a", "b", "c"], .variable(Variable("c"))),
    ("a = x - x⏎a + y", ["x", "y"], .variable(Variable("y"))),
    ("a = 3⏎a + 1", [], 4),
    ("a = 3⏎x^2 - x^2 + a", ["x"], 3),
    ("a = x - x⏎b = a + y⏎c = 0b⏎a = z⏎b + c + a", ["x", "y", "z"], Expr("y") + Expr("z")),
    ("a = x - x⏎b = 0a⏎g(t) = t + b⏎g(y)", ["x", "y"], Expr("y")),
    ("g(t) = t - t⏎g(x)", ["x"], 0),
    ("g(t) = 0t + 0k⏎g(x)", ["k", "x"], 0),
    ("g(t) = 3⏎g(x + y)", ["x", "y"], 3),
    ("g(t) = t^2⏎g'(x) - g'(x)", ["x"], 0),
    ("d/dx (x)", ["x"], 1),
    ("if(1 > 0, x, y)*0", ["x", "y"], 0),
    ("sum(i, 1, 3, x_i - x_i)", ["x_1", "x_2", "x_3"], 0),
    ("0 sum(i, 1, 2, x_i x_{i+1})", ["x_1", "x_2", "x_3"], 0),
    ("sum(i, 3, 1, x_i) + y", ["y"], .variable(Variable("y"))),
    ("0 sum(i, 1, 3, x[i^2])", ["x_1", "x_4", "x_9"], 0),
    ("sum(i, 1, 3, sum(j, 1, i, 0 x_j))", ["x_1", "x_2", "x_3"], 0),
    ("x_2 + sum(i, 1, 3, 0x_i)", ["x_1", "x_2", "x_3"], .variable(Variable("x_2"))),
  ]

  @Test(arguments: rows.indices) func `what cancels is still a variable`(_ place: Int) throws {
    let row = Self.rows[place]
    let reading = try Reading.read(row.text.replacing("⏎", with: "\n"))
    #expect(reading.variables.map(\.name) == row.variables)
    #expect(reading.expression == row.meaning)
    #expect(reading.parameters.isEmpty)
  }

  @Test func `lines that add up share what they mention`() throws {
    let lines = (1..<2000).map { "a_\($0) = a_\($0 - 1) + x_\($0)\n" }
    let reading = try Reading.read("a_0 = 1\n" + lines.joined() + "a_1999")
    #expect(reading.variables.count == 1999)
  }

  @Test func `a value takes a letter away and a list keeps its order`() throws {
    var options = ReadingOptions()
    options.parameters = ["a": 2]
    #expect(try Reading.read("a - a + 0x", options: options).variables.map(\.name) == ["x"])
    let listed = try Reading.read("f(y, x) = 0x + 0a")
    #expect(listed.variables.map(\.name) == ["y", "x"])
    #expect(listed.parameters.isEmpty)
  }
}
