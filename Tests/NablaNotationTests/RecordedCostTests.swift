import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaNotation

/// What expressions cost, every kind beside every other, as it was recorded: the choices between forms rest on it.
@Suite struct RecordedCostTests {
  private static let parts = [
    "x", "2", "-3", "0.5", "1/2", "-2/3", "pi", "e", "x_1", "speed", "sin x", "sin(x y)", "sin(x)^2", "x^2",
    "1/x",
    "sqrt(x)", "1/sqrt(x)", "(x + 1)", "(x - y)", "(-x - y)", "x^(y + 1)", "e^(-x)", "abs(x)", "1/(x + 1)",
    "x/y",
    "max(x, y)", "ln(x + 1)", "(x + 1)^2", "x^(2/3)", "(-2)^x", "(x y)^z", "((x + 1)^2 + 1)", "(1/x + 1)",
    "sum(i, 1, 3, x[i])", "x y", "-x", "1/(x y)", "sin 2", "sin pi", "(2/3)^x", "2.5e-7",
  ]

  private static func cost(_ text: String) -> String {
    var options = ReadingOptions()
    options.variables = ["x", "y", "z", "x_1", "speed"]
    guard let reading = try? Reading.read(text, options: options) else { return "-" }
    return "\(reading.expression.cost)"
  }

  @Test("Every kind beside every other") func pairs() throws {
    var lines: [String] = []
    for first in Self.parts {
      for sign in [" + ", " - ", "*", "/", "^"] {
        let costs = Self.parts.map { Self.cost("(\(first))\(sign)(\($0))") }
        lines.append("(\(first))\(sign): " + costs.joined(separator: " "))
      }
      for frame in ["sin(", "ln(1 + ", "1/(2 + ", "(y + 2)^(", "2/(3", "max(x^2, ", "abs("] {
        lines.append(frame + first + "): " + Self.cost(frame + "(" + first + "))"))
      }
    }
    // What is large or deep is reckoned part by part.
    for count in [60, 300] {
      let terms = (1...count).map { "x^\($0)/(y + \($0))" }.joined(separator: " + ")
      lines.append("\(count) terms: " + Self.cost(terms))
    }
    for depth in [20, 40] {
      let nested = String(repeating: "sin(1 + ", count: depth) + "x" + String(repeating: ")", count: depth)
      lines.append("\(depth) deep: " + Self.cost(nested))
    }
    #expect(try Record(name: "costs.txt").differences(from: lines) == [])
  }
}
