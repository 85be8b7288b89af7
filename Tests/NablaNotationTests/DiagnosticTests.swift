import NablaBasics
import Testing

@testable import NablaNotation

/// Diagnostics as a person and as a program sees them.
struct DiagnosticTests {
  private func rendered(_ text: String) -> String {
    Diagnostic.render(Reading.parsed(text).diagnostics.filter { _ in true }, in: SourceText(text)).plain
  }

  @Test func theNoteOfTheTranscript() {
    #expect(
      rendered("1/2x^2 + ln x") == """
        note: ‘1/2x^2’ is read as (1/2)·x²
          1/2x^2 + ln x
             ^ for a denominator, write 1/(2x^2)
        """)
  }

  @Test func theErrorsOfTheTranscript() {
    #expect(
      rendered("3x^2 + sinn(x) – 4(y") == """
        error: unknown function ‘sinn’
          3x^2 + sinn(x) – 4(y
                 ^^^^ did you mean ‘sin’?
        error: ‘(’ is never closed
          3x^2 + sinn(x) – 4(y
                            ^ opened here
        """)
  }

  @Test func aColonIsNoFraction() {
    #expect(
      rendered("(x^2+1) : 2") == """
        error: ‘:’ cannot stand here
          (x^2+1) : 2
                  ^ for a quotient, write /
        """)
  }

  /// Where commas are decimal points, two of them are no arguments.
  @Test(arguments: [
    ("1.234,5 + x", "‘1.234,5’ has two decimal points", "1234,5"),
    ("1.234.567,25 x", "‘1.234.567’ has two decimal points", "1234567"),
    ("1.5,2", "‘1.5,2’ has two decimal points", nil), ("x + 1,2,3", "‘1,2,3’ has two decimal points", nil),
  ])
  func decimalCommas(_ text: String, _ message: String, _ fix: String?) throws {
    var options = ReadingOptions()
    options.readsDecimalCommas = true
    let found = try #require(Reading.parsed(text, options: options).diagnostics.first)
    #expect(found.message == message)
    #expect(found.fixes.first?.replacement == fix)
  }

  @Test func caretsCountCells() {
    #expect(
      rendered("关 + sinn(x)") == """
        error: unknown function ‘sinn’
          关 + sinn(x)
               ^^^^ did you mean ‘sin’?
        """)
  }

  @Test func atMostThreeErrors() {
    let text = rendered("sinn(x) + coss(x) + tann(x) + sinn(y) + coss(y)")
    #expect(text.components("error:") == 3)
    #expect(text.hasSuffix("… and 2 more"))
  }

  @Test func longLinesAreCutAroundTheSpan() {
    let text = String(repeating: "x + ", count: 200) + "sinn(x)" + String(repeating: " + x", count: 200)
    let lines = rendered(text).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { DisplayWidth.of($0) < 110 })
    let caret = lines[2].prefix { $0 == " " }.count
    #expect(lines[1].dropFirst(caret).hasPrefix("sinn(x)"))
  }

  @Test func theSecondLineIsShown() {
    #expect(
      rendered("a = 1\na + sinn(x)") == """
        error: unknown function ‘sinn’
          a + sinn(x)
              ^^^^ did you mean ‘sin’?
        """)
  }

  @Test func factsForPrograms() throws {
    let source = SourceText("a = 1\né + sinn(x)")
    let said = try #require(Reading.parsed(source.text).diagnostics.first)
    let facts = said.facts(in: source)
    #expect(facts.id == "unknown-function")
    #expect(facts.severity == "error")
    #expect((facts.start, facts.end) == (11, 15))
    #expect((facts.line, facts.column) == (2, 5))
    #expect(facts.message == "unknown function ‘sinn’")
    #expect(facts.fixes == [.init(start: 11, end: 15, text: "sin", label: "did you mean ‘sin’?")])
  }

  /// Putting in the first fix gives a text without the diagnostic.
  @Test(arguments: [
    "1/2x", "2^xy", "sin 2*x", "sin x^2", "sin x y", "x^-1/2", "√2x", "√x²", "sqrt 2x", "log(2, x)", "2e+1",
    "sinn(x)", "tg x", "Sin[x]", "Pi r^2", "e5", "pi2", "log2x", "sin2(x)", "x[3]", "sinx(x+1)", "x 2",
    "3,5x",
    "x^2 = 4", "50%", "x^^2", "x2", "k_BT", "asinx", "speed price", "X^2 + 3x", "max(1,000, x)",
  ])
  func fixesHelp(_ text: String) throws {
    let said = try #require(Reading.parsed(text).diagnostics.first)
    let fix = try #require(said.fixes.first)
    let bytes = Array(text.utf8)
    let fixed = String(
      decoding: bytes[..<fix.span.start] + Array(fix.replacement.utf8) + bytes[fix.span.end...], as: UTF8.self
    )
    #expect(
      !Reading.parsed(fixed).diagnostics.contains { $0.id == said.id && $0.span == said.span }, "\(fixed)")
    #expect(!Reading.parsed(fixed).hasErrors, "\(fixed)")
  }

  @Test func strictRefusesNotes() {
    var options = ReadingOptions()
    options.isStrict = true
    #expect(throws: ReadingError.self) { try Reading.read("1/2x", options: options) }
    #expect(throws: Never.self) { try Reading.read("x/2", options: options) }
  }

  @Test(arguments: [
    ("x+", true), ("(x", true), ("sin", true), ("sum(i, 1", true), ("", false), ("x", false), ("x)", false),
  ])
  func incompleteTextIsTold(_ text: String, _ isIncomplete: Bool) {
    #expect(Reading.parsed(text).isIncomplete == isIncomplete)
  }
}

extension String {
  /// How many times a text occurs.
  fileprivate func components(_ text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
