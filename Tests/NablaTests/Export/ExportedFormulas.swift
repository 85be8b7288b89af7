import Foundation
import Fuzzing
import NablaAlgebra
import NablaBasics
import Testing

@testable import Nabla

/// Which formulas are exported.
extension ExportTests {
  /// Those of the table, or some that are drawn by lot: `NABLA_FUZZ_START` and `NABLA_EXPORTS` say which and how many.
  enum Source: CaseIterable { case table, lot }

  static func cases(_ source: Source, _ language: Dialect, hasSpecial: Bool = false) throws -> [Case] {
    switch source {
    case .table: try cases(formulas + (hasSpecial ? special : []))
    case .lot: try drawn(for: language)
    }
  }

  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  /// Formulas that have code in a language, at points where rounding tells no values apart.
  private static func drawn(for language: Dialect) throws -> [Case] {
    let (start, count) = (setting("NABLA_FUZZ_START", 20_261_121), setting("NABLA_EXPORTS", 40))
    var typed = TypedFormulas(start: UInt64(start))
    var random = SplitMix64(start: UInt64(start))
    var result: [Case] = []
    var tries = 0
    while result.count < count, tries < 40 * count {
      tries += 1
      let text = typed.next().text
      guard let formula = try? Formula(text, limits: ReadingLaw.fuzzing), formula.parameters.isEmpty,
        (1...8).contains(formula.variables.count), hasCode(formula, language), hasNumbers(formula.expression)
      else { continue }
      let conditions = try formula.domain + formula.gradient().partials.flatMap(\.conditions)
      var points: [[Double]] = []
      var expected: [Double] = []
      for _ in 0..<40 where points.count < 3 {
        let point = formula.variables.map { _ in Double.random(in: -3...3, using: &random) }
        guard
          conditions.allSatisfy({ (try? Formula($0, variables: formula.variables).value(at: point)) == 1 }),
          let numbers = try tame(formula, at: point)
        else { continue }
        points.append(point)
        expected += numbers
      }
      guard points.count == 3 else { continue }
      let size = expected.reduce(1) { max($0, $1.magnitude) }
      result.append(
        Case(
          name: "g\(result.count + 1)", typed: text, formula: formula, points: points, expected: expected,
          slack: 1e-12 * size))
    }
    try #require(result.count == count, "start \(start): \(result.count) formulas")
    return result
  }

  /// Whether every part without variables is a number, which 25000! is in no language, and none is far beyond numbers.
  private static func hasNumbers(_ expression: Expr) -> Bool {
    expression.distinctSubexpressions().allSatisfy { part in
      // Written with the gamma function, which leaves the numbers beyond 171.
      if case .call(let function, _) = part.shape, function.name == "beta" { return false }
      return !part.freeVariables.isEmpty
        || ((try? Formula(part, variables: []).value(at: []))?.isFinite ?? true)
    }
  }

  private static func hasCode(_ formula: Formula, _ language: Dialect) -> Bool {
    if language.name == "sql", (try? formula.query(over: "points")) == nil { return false }
    return (try? formula.code(in: language)) != nil
  }

  /// The value and the gradient where they are far above the level of their rounding.
  private static func tame(_ formula: Formula, at point: [Double]) throws -> [Double]? {
    let (value, gradient) = try formula.valueAndGradient(at: point)
    let numbers = [value] + gradient
    let level = try formula.compiled().roundingLevel(at: point)
    let size = numbers.reduce(1) { max($0, $1.magnitude) }
    guard size < 1e12, numbers.allSatisfy(\.isFinite),
      ([level.value] + level.gradient).allSatisfy({ $0 <= 1e-14 * size })
    else { return nil }
    return numbers
  }
}
