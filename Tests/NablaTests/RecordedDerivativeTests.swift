import NablaAlgebra
import NablaNotation
import Records
import Testing

@testable import Nabla

/// Derivatives of the formulas of other projects as they were recorded: every choice among equal forms, every order of
/// terms, every bracket and blank shows in one of them.
@Suite struct RecordedDerivativeTests {
  /// What is too long to read is kept by its beginning and its length.
  private static func short(_ text: String) -> String {
    text.utf8.count <= 240 ? text : text.prefix(200) + "… \(text.utf8.count)"
  }

  /// Derivatives in plain text by at most two variables with what they hold for, the first in another format in turn.
  private static func lines(_ number: Int, _ row: DerivativeDataTests.Case) throws -> [String] {
    let formula = try Formula(row.formula, variables: row.variables)
    let format = [Format.unicode, .latex, .mathML, .plain.withoutSpaces][number % 4]
    let partials = try formula.partialDerivatives(by: Array(formula.variables.prefix(2)))
    var lines = [row.id]
    for partial in partials {
      var line = "  " + short(Form(partial.expression, variables: formula.variables).text(.plain))
      for condition in partial.conditions {
        line += " where \(formula.text(of: condition, isPlain: true))"
      }
      lines.append(line)
    }
    if let first = partials.first {
      lines.append("  " + short(Form(first.expression, variables: formula.variables).text(format)))
    }
    return lines
  }

  @Test func derivatives() throws {
    var lines: [String] = []
    // The long ones take long.
    for (number, row) in DerivativeDataTests.cases.enumerated() where row.formula.utf8.count <= 45 {
      lines += try Self.lines(number, row)
    }
    #expect(try Record(name: "forms.txt").differences(from: lines) == [])
  }
}
