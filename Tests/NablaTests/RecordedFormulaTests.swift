import Fuzzing
import NablaAlgebra
import NablaNotation
import Records
import Testing

@testable import Nabla

/// All that algebra says of formulas of other projects and of formulas by lot: five letters for each answer, so that
/// none changes unseen; `forms.txt`, `steps.txt` and others show some of them in full.
@Suite struct RecordedFormulaTests {
  private typealias Answer = (Formula) throws -> [String]

  /// Derivatives in every format.
  private static func slopes(_ formula: Formula) throws -> [String] {
    try formula.partialDerivatives(by: Array(formula.variables.prefix(3))).flatMap { partial in
      let form = Form(partial.expression, variables: formula.variables)
      return [Format.plain, .unicode, .latex, .mathML].map { form.text($0) }
        + texts(partial.conditions, formula)
    }
  }

  private static func texts(_ expressions: [Expr], _ formula: Formula) -> [String] {
    expressions.map { formula.text(of: $0, isPlain: true) }
  }

  private static func rewritings(_ formula: Formula) throws -> [String] {
    try [formula.simplified(), formula.expanded(), formula.factored()].flatMap {
      texts([$0.expression] + $0.conditions, formula)
    }
  }

  private static func steps(_ formula: Formula) throws -> [String] {
    guard let variable = formula.variables.first else { return [] }
    return try formula.derivation(by: variable).steps.flatMap { [$0.rule] + texts([$0.whole], formula) }
  }

  private static func series(_ formula: Formula) throws -> [String] {
    guard formula.variables.count <= 3 else { return [] }
    return try [(0, 5), (1, 2)].map { center, order in
      do {
        let point = formula.variables.map { _ in Expr.integer(center) }
        return formula.text(of: try formula.taylor(about: point, order: order), isPlain: true)
      } catch let error as ExpansionError {
        return "\(error)"
      }
    }
  }

  private static func curvatures(_ formula: Formula) throws -> [String] {
    guard formula.variables.count <= 3 else { return [] }
    return texts(try formula.hessian().flatMap { $0 }, formula)
  }

  private static func line(_ name: String, _ formula: Formula) -> String {
    let answers: [Answer] = [slopes, rewritings, steps, series, curvatures]
    return answers.reduce(name) { line, answer in
      var digest = Digest()
      do {
        for text in try answer(formula) { digest.add(text) }
      } catch {
        digest.add("\(error)")
      }
      return line + " " + digest.text
    }
  }

  @Test("Formulas of other projects") func others() throws {
    let lines = DerivativeDataTests.cases.filter { $0.formula.utf8.count <= 40 }.compactMap { row in
      (try? Formula(row.formula, variables: row.variables)).map { Self.line(row.id, $0) }
    }
    #expect(try Record(name: "answers.txt").differences(from: lines) == [])
  }

  @Test("Formulas by lot") func drawn() throws {
    var source = TypedFormulas(start: 77)
    var lines: [String] = []
    while lines.count < 300 {
      let text = source.next().text
      guard text.utf8.count <= 60, !text.contains("\n"), let formula = try? Formula(text) else { continue }
      lines.append(Self.line(text, formula))
    }
    #expect(try Record(name: "drawn.txt").differences(from: lines) == [])
  }
}
