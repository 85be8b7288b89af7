import Foundation
import Records
import Testing

@testable import NablaNotation

/// Every text of grammar.md as it is shown again: as it was typed, and as it was understood.
///
///     NABLA_RECORD=1 swift test --filter RecordedEchoTests      # after a change that is meant; then read the difference
@Suite struct RecordedEchoTests {
  private static func lines() -> [String] {
    var lines: [String] = []
    for (number, row) in GrammarTests.rows.enumerated() {
      var options = ReadingOptions()
      options.readsDecimalCommas = row.section == "Decimal commas"
      let text = row.input.replacingOccurrences(of: "⏎", with: "\n")
      guard text.utf8.count < 200, let reading = try? Reading.read(text, options: options) else { continue }
      let echo = Form(reading.syntax, declared: reading.variables)
      let form = Form(reading.expression, variables: reading.variables)
      lines.append(row.input)
      lines.append("  " + [.unicode, .plain, .latex].map { echo.text($0) }.joined(separator: "   "))
      lines.append("  " + [.unicode, .latex].map { form.text($0) }.joined(separator: "   "))
      if number % 8 == 0 { lines.append("  " + echo.text(.mathML)) }
    }
    return lines
  }

  @Test func `what is typed is shown again as it was recorded`() throws {
    #expect(try Record(name: "echoes.txt").differences(from: Self.lines()) == [])
  }
}
