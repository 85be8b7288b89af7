import Nabla
import Records
import Testing

/// Sums, products and quotients of the parts that rules speak of, each with each, in all three forms as they were recorded.
@Suite struct RecordedCombinationTests {
  private static let parts = [
    "x", "y", "sin x", "cos x", "tan x", "sin(2x)", "cos(2x)", "sin(x)^2", "cos(x)^2", "1/cos x", "sinh x",
    "cosh x",
    "tanh x", "e^x", "e^(-x)", "ln x", "ln y", "sqrt x", "1/x", "(x + 1)", "(x - 1)", "(x^2 - 1)", "(x + y)",
    "(x^2 + 2x y + y^2)", "abs x", "2", "-1/3", "x^(2/3)", "1/(x + 1)", "pi", "x^(1/4)", "x^(5/4)",
  ]

  private static func check(_ name: String, _ form: (Formula) throws -> Rewriting) throws {
    var lines: [String] = []
    for (row, first) in parts.enumerated() {
      for sign in ["+", "-", "*", "/"] {
        // Sums and products are the same in the other order.
        let others = parts.enumerated().filter { sign == "/" || $0.offset >= row }.map(\.element)
        let results = try others.map { other -> String in
          let formula = try Formula("\(first) \(sign) (\(other))", variables: ["x", "y"])
          let result = try form(formula)
          return formula.text(of: result.expression, isPlain: true).filter { $0 != " " }
            + (result.conditions.isEmpty ? "" : "?")
        }
        lines.append("\(first) \(sign): " + results.joined(separator: "  "))
      }
    }
    #expect(try Record(name: name).differences(from: lines) == [])
  }

  @Test("Simple forms") func simple() throws { try Self.check("simple.txt") { try $0.simplified() } }
  @Test("Products") func products() throws { try Self.check("products.txt") { try $0.factored() } }
  @Test("Wide forms") func wide() throws { try Self.check("wide.txt") { try $0.expanded() } }
}
