import Nabla
import NablaAlgebra
import Testing

/// Where a formula in several letters bends, jumps, has a corner, or has a limit and no value.
@Suite struct SpecialPlaceTests {
  /// What is told of the places of a formula, in short.
  private static func told(_ text: String) throws -> [String] {
    let formula = try Formula(text)
    let shown = { (parts: [Expr]) in parts.map { formula.text(of: $0) }.joined(separator: ", ") }
    return formula.specialPlaces().map { place in
      var line = "\(place.kind.rawValue) \(shown(place.equations))"
      for side in place.sides {
        line +=
          " | \(shown([side.condition])): \(shown(place.kind == .jump ? [side.value] : side.derivatives))"
      }
      for slopes in place.slopes { line += " | \(slopes.below) \(slopes.above)" }
      if let limit = place.limit { line += " | " + shown([limit]) }
      #expect(place.sides.allSatisfy { $0.derivatives.count == formula.variables.count })
      return line
    }
  }

  @Test(arguments: [
    ("|x - y|", ["bend x = y | x < y: −1, 1 | x > y: 1, −1"]),
    ("max(x, y^2)", ["bend x = y² | x < y²: 0, 2y | x > y²: 1, 0"]),
    ("min(x, y)", ["bend x = y | x < y: 1, 0 | x > y: 0, 1"]),
    ("|1 - x^2 - y^2|", ["bend x² + y² = 1 | x² + y² < 1: −2x, −2y | x² + y² > 1: 2x, 2y"]),
    (
      "|x| + |y|",
      [
        "bend x = 0 | x < 0: −1, sign(y) | x > 0: 1, sign(y)",
        "bend y = 0 | y < 0: sign(x), −1 | y > 0: sign(x), 1",
      ]
    ),
    ("f(x) = |x - a|", ["bend x = a | x < a: −1 | x > a: 1"]),
    ("max(x, y) + |x - y|", ["bend x = y | x < y: −1, 2 | x > y: 2, −1"]),
  ])
  func bends(_ formula: String, _ told: [String]) throws { #expect(try Self.told(formula) == told) }

  @Test(arguments: [
    ("sign(x - y)", ["jump x = y | x < y: −1 | x > y: 1"]),
    ("if(x > y, 1, x)", ["jump x = y | x < y: x | x > y: 1"]),
    ("(x - y)/|x - y|", ["jump x = y | x < y: −1 | x > y: 1"]),
  ])
  func jumps(_ formula: String, _ told: [String]) throws { #expect(try Self.told(formula) == told) }

  @Test(arguments: [
    ("sqrt(x^2 + y^2)", ["corner x = 0, y = 0 | -1.0 1.0 | -1.0 1.0"]),
    ("sqrt((x - 1)^2 + 4(y + 2)^2)", ["corner x = 1, y = −2 | -1.0 1.0 | -2.0 2.0"]),
    ("hypot(x, y)", ["corner x = 0, y = 0 | -1.0 1.0 | -1.0 1.0"]),
    ("z sqrt(x^2 + y^2)", ["corner x = 0, y = 0"]),
  ])
  func corners(_ formula: String, _ told: [String]) throws { #expect(try Self.told(formula) == told) }

  @Test(arguments: [
    ("(x^2 - y^2)/(x - y)", ["gap x = y | x + y"]), ("(x^4 - y^4)/(x^2 + y^2)", ["gap x = 0, y = 0 | 0"]),
    ("sin(x + y)/(x + y)", ["gap x + y = 0 | 1"]),
  ])
  func gaps(_ formula: String, _ told: [String]) throws {
    #expect(try Self.told(formula).map { $0.replacing("≈", with: "") } == told)
  }

  /// Smooth at the boundary, at the end of the domain, poles, bends at some points of a boundary only, and no limit.
  @Test(arguments: [
    "(x - y)|x - y|", "sqrt(x - y) + |x - y|", "1/(x - y)", "x y/(x^2 + y^2)", "(x^2 + y^2)^(3/2)",
    "x^2 + y^2",
    "ln|x - y|", "|x - y| + |x^2 - y^2|", "sqrt(x^2 + y^2 + 1)", "x^2 + sin y", "sqrt(9 - x^2 - y^2)",
    "(x^2 - y^2)/(x - y)^2", "|x^2 + y^2|", "floor(x y)", "|x - 1|", "e^(-x^2/(2s^2))",
  ])
  func `what is not certain is not told`(_ formula: String) throws {
    #expect(try Self.told(formula).isEmpty)
  }
}
