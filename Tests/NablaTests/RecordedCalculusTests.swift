import NablaAlgebra
import NablaNotation
import Records
import Testing

@testable import Nabla

/// What else is worked out of the formulas of other projects as it was recorded: steps, series, forms, second derivatives,
/// derivatives of curves.
@Suite struct RecordedCalculusTests {
  /// Every fourth formula among the short ones.
  private static let formulas: [(id: String, formula: Formula)] = {
    let short = DerivativeDataTests.cases.filter { $0.formula.utf8.count <= 34 }
    return short.enumerated().filter { $0.offset % 4 == 0 }.compactMap { _, row in
      (try? Formula(row.formula, variables: row.variables)).map { (row.id, $0) }
    }
  }()

  private static func short(_ text: String) -> String {
    text.utf8.count <= 240 ? text : text.prefix(200) + "… \(text.utf8.count)"
  }

  @Test func steps() throws {
    var lines: [String] = []
    for (id, formula) in Self.formulas {
      guard let variable = formula.variables.first else { continue }
      let derivation = try formula.derivation(by: variable)
      lines.append("\(id): \(formula.text(of: derivation.start, isPlain: true))")
      for step in derivation.steps {
        lines.append("  " + Self.short(formula.text(of: step.whole, isPlain: true)) + "   " + step.rule)
      }
    }
    // Factors of every kind, in an order in which they are not read.
    for text in [
      "(x + y) y", "(x + y)^2 y sin y", "e^y (x + y) y", "ln(y) y^2 (a + y)", "2^y y^3",
      "(x + y) y^a sin(y)/y", "pi y e^y (y + 1)",
      "x y (y + x)^3/(y - 1)", "y^y y (1 + y)",
    ] {
      let formula = try Formula(text)
      guard let y = formula.variables.first(where: { $0.name == "y" }) else { continue }
      let derivation = try formula.derivation(by: y)
      lines.append("\(text): \(formula.text(of: derivation.start, isPlain: true))")
      for step in derivation.steps {
        lines.append("  " + Self.short(formula.text(of: step.whole, isPlain: true)) + "   " + step.rule)
      }
    }
    #expect(try Record(name: "steps.txt").differences(from: lines) == [])
  }

  @Test func series() throws {
    var lines: [String] = []
    for (id, formula) in Self.formulas {
      for (center, order) in [(0, 4), (1, 2)] {
        let result: String
        do {
          let place = formula.variables.map { _ in Expr.integer(center) }
          result = formula.text(of: try formula.taylor(about: place, order: order), isPlain: true)
        } catch {
          result = "\(error)"
        }
        lines.append("\(id) about \(center): " + Self.short(result))
      }
    }
    #expect(try Record(name: "series.txt").differences(from: lines) == [])
  }

  @Test func rewritings() throws {
    var lines: [String] = []
    for (id, formula) in Self.formulas {
      let forms: [(String, () throws -> Rewriting)] = [
        ("simple", { try formula.simplified() }), ("wide", { try formula.expanded() }),
        ("product", { try formula.factored() }),
      ]
      for (name, form) in forms {
        let result = try form()
        var line = "\(id) \(name): " + Self.short(formula.text(of: result.expression, isPlain: true))
        for condition in result.conditions { line += " where " + formula.text(of: condition, isPlain: true) }
        lines.append(line)
      }
      let second = try formula.hessian().flatMap { $0 }.prefix(3)
      lines += second.map { "  " + Self.short(formula.text(of: $0, isPlain: true)) }
    }
    #expect(try Record(name: "rewritings.txt").differences(from: lines) == [])
  }

  static let curves = [
    "x^2 + y^2 = 4", "2x^2 + 2x y + 2y^2 = 6", "x^3 + y^3 = 6x y", "4x^2 + 6y^2 = 24", "y^2 = x^3 - x",
    "x y = 1",
    "sin(x y) = x", "e^y + x y = 2", "ln(x) + ln(y) = 1", "sqrt(x) + sqrt(y) = 1",
    "(x^2 + y^2)^2 = x^2 - y^2",
    "x^(2/3) + y^(2/3) = 1", "2x^2/3 + 4y^2/3 = 2", "cos(x) + 2cos(y) = 1", "y^5 + y = x",
    "0.5x^2 + 1.5y^2 = 1",
    "x^2 + y^2 + z^2 = 9", "x y z = 1", "x^2 - y^2 + z^2 = 2z", "e^z = x y z", "z^3 + x z + y = 0",
  ]

  @Test func curvesAndSurfaces() throws {
    var lines: [String] = []
    for text in Self.curves {
      let equation = try ImplicitEquation(text)
      let formula = equation.formula
      let result = try equation.derivative(order: 2)
      lines.append("\(text): " + formula.text(of: result.first, isPlain: true))
      lines.append("  " + (result.second.map { Self.short(formula.text(of: $0, isPlain: true)) } ?? "-"))
      if formula.variables.count == 3, let z = equation.dependent {
        for mixed in try equation.mixedDerivatives(of: z, by: formula.variables.filter { $0 != z }) {
          lines.append("  " + Self.short(formula.text(of: mixed.rate, isPlain: true)))
        }
      }
    }
    #expect(try Record(name: "curves.txt").differences(from: lines) == [])
  }
}
