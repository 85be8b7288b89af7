import NablaAlgebra
import NablaBasics
import Records
import Testing

@testable import NablaEvaluation

/// What is said of points without a value, and of points where a formula bends, as it was recorded; and along ladders of
/// a parameter, at which step a limit, a kink or a jump is seen no more.
@Suite(.enabled(if: Record.hasSameBits)) struct RecordedPointTests {
  private static func text(_ part: NonFinite) -> String {
    let function = part.function.map { " of \($0.name)" } ?? ""
    let condition = part.condition.map { ", \($0.kind)" } ?? ""
    return "\(part.kind)\(function) in \(part.subexpression.debugText) by \(part.argument.debugText) = "
      + Record.number(part.argumentValue) + condition
  }

  private static func text(_ side: Kink.Side?) -> String {
    side.map { Record.number($0.value) + " with slope " + Record.number($0.slope) } ?? "nothing"
  }

  private static func text(_ limit: PointLimit?) -> String {
    guard let limit else { return "-" }
    let sides = [limit.below, limit.above].map { $0.map(Record.number) ?? "-" }.joined(separator: "|")
    return sides + (limit.common == nil ? "" : "!")
  }

  /// Limits in four digits, and a digest of their bits.
  private static func line(_ name: String, _ limits: [PointLimit?]) -> String {
    var digest = Digest()
    digest.add(limits.flatMap { limit in limit.map { [$0.below ?? .nan, $0.above ?? .nan] } ?? [] })
    return "\(name): " + limits.map(text).joined(separator: " ") + " [\(digest.text)]"
  }

  /// All that is said of a point.
  private static func lines(_ function: CompiledFunction, at point: [Double]) -> [String] {
    var lines: [String] = []
    if let part = function.nonFinitePart(at: point) { lines.append(text(part)) }
    if function(point).isFinite, let (variable, part) = function.nonFinitePartOfGradient(at: point) {
      lines.append("slope by \(variable.name): " + text(part))
    }
    if let limit = function.limit(at: point) {
      lines.append("limit by \(limit.variable.name): " + text(limit))
    }
    for kink in function.kinks(at: point) {
      let parts = kink.parts.map(\.debugText).joined(separator: ", ")
      lines.append(
        "\(kink.isJump ? "jump" : "kink") by \(kink.variable.name) in \(parts): " + text(kink.below) + ", "
          + text(kink.here) + ", " + text(kink.above))
    }
    return lines
  }

  @Test("Random formulas at whole numbers") func formulas() throws {
    var lines: [String] = []
    let special: [Double] = [0, 0, 0, 1, -1, 2, 0.5, -0.5, 1e200, .infinity]
    for start in 0..<150 {
      var source = RandomFormulas(start: 5200 + UInt64(start))
      let formula = source.next(depth: 4)
      let function = try CompiledFunction(formula, variables: ["x", "y", "z"])
      for _ in 0..<3 {
        let point = (0..<3).map { _ in special.randomElement(using: &source.random) ?? 0 }
        let found = Self.lines(function, at: point)
        if !found.isEmpty {
          lines += ["\(start). \(formula.debugText) at \(point)"] + found.map { "  " + $0 }
        }
      }
    }
    let members = members(25)
    let norm = try CompiledFunction(fold(.sum, 1...25) { x, _ in call("abs", x(0)) }, variables: members)
    lines.append("norm: \(norm.kinks(at: members.map { _ in 0 }).count) kinks")
    #expect(try Record(name: "points.txt").differences(from: lines) == [])
  }

  @Test("Limits along ladders") func limits() throws {
    var lines: [String] = []
    let wave = call("sin", x) / x
    let ladders: [(name: String, formula: (Expr) -> Expr)] = [
      ("bend after p", { wave + $0 / ($0 + call("abs", x)) }),
      ("ripple of p", { wave + $0 * call("sin", 1 / x) }),
      ("pole of p", { wave + $0 / x }), ("logarithm times p", { wave + $0 * call("ln", x) }),
      ("step of p", { wave + $0 * call("sign", x) }),
      ("step of p beside 1000", { 1000 + wave + $0 * call("sign", x) }),
      ("small p", { wave * $0 }), ("p of its slope", { $0 * x / x + x * call("ln", call("abs", x)) }),
      ("p of a root", { wave + $0 * call("sqrt", call("abs", x)) }),
      ("p of a fourth root", { wave + $0 * pow(call("abs", x), 1 / 4) }),
      ("p of a root of order 3/10", { wave + $0 * pow(call("abs", x), 3 / 10) }),
      ("p of x", { wave + $0 * x }), ("edge at p", { wave + 0 * call("sqrt", call("abs", x) - $0) }),
      ("angle", { call("arctan", $0 / x) }),
    ]
    let exponents = (0...24).map { Double($0) }
    for (name, formula) in ladders {
      for (part, exponents) in [("", exponents.map { $0 / 2 }), (", fine", exponents.map { 6 + $0 / 12 })] {
        let results = try exponents.map { exponent in
          let parameter = Libm.pow(10, -exponent).exact
          return try CompiledFunction(formula(parameter), variables: ["x"]).limit(at: [0])
        }
        lines.append(Self.line(name + part, results))
      }
    }
    let powers: [(name: String, formula: (Expr) -> Expr)] = [
      ("power", { pow(call("abs", x), $0) * x / x }),
      ("power times ln", { pow(call("abs", x), $0) * call("ln", call("abs", x)) }),
      ("difference beside 1", { (pow(call("abs", x), $0) + x) / x }),
      ("nested", { exp(-pow(call("abs", x), -$0)) }),
      ("slow", { 1 / pow(-call("ln", call("abs", x)), $0) }),
    ]
    for (name, formula) in powers {
      let results = try (1...20).map { step in
        let power = Expr.integer(step) / 10
        return try CompiledFunction(formula(power), variables: ["x"]).limit(at: [0])
      }
      lines.append(Self.line(name, results))
    }
    for place in [1.0, -3, 1000] {
      let shifted = (x.squared - (place * place).exact) / (x - place.exact)
      lines.append(
        "at \(place): " + Self.text(try CompiledFunction(shifted, variables: ["x"]).limit(at: [place])))
    }
    #expect(try Record(name: "limits.txt").differences(from: lines) == [])
  }

  @Test("Kinks along ladders") func kinks() throws {
    var lines: [String] = []
    let ladders: [(name: String, formula: (Expr) -> Expr)] = [
      ("slope of p", { call("abs", x) * $0 + 1 }), ("slope of p beside x", { call("abs", x) * $0 + x }),
      ("jump of p beside 1", { call("sign", x) * $0 + 1 }),
      ("jump of p beside x", { call("sign", x) * $0 + x }),
      ("p off", { call("abs", x - $0) }), ("p off, of a thousand x", { call("abs", 1000 * x - $0) }),
      ("jump p off", { call("floor", x + $0) }), ("branch p off", { call("if", call("<", x, $0), x, 2 - x) }),
      ("distance from p", { call("hypot", x, y - 1 + $0) }), ("angle from p", { call("atan2", x, -y * $0) }),
      ("angle beside p", { call("atan2", x - $0, -y) }), ("remainder", { call("mod", x + $0, $0) }),
      ("branch without a value", { call("if", call("<", x, 0), call("ln", x - $0), x) }),
    ]
    for (name, formula) in ladders {
      for tolerance in [0, 1e-9, 1e-4] {
        let results = try (0...24).map { step in
          let parameter = Libm.pow(10, -Double(step) / 2).exact
          let function = try CompiledFunction(formula(parameter), variables: ["x", "y"])
          return function.kinks(at: [0, 1], within: tolerance).map { kink in
            let sides = [kink.below, kink.here, kink.above].map { side in
              side.map { Record.number($0.value) + "/" + Record.number($0.slope) } ?? "-"
            }
            return (kink.isJump ? "↕" : "∨") + kink.variable.name + sides.joined(separator: "|")
          }.joined(separator: "+")
        }
        lines.append(
          "\(name) within \(tolerance): " + results.map { $0.isEmpty ? "-" : $0 }.joined(separator: " "))
      }
    }
    #expect(try Record(name: "kinks.txt").differences(from: lines) == [])
  }
}
