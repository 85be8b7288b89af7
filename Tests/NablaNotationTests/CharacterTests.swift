import NablaBasics
import Testing

@testable import NablaNotation

/// Characters that cannot be seen, or are not what they look like.
@Suite struct CharacterTests {
  static let rows: [(text: String, reading: String, says: [String], names: String)] = [
    ("\u{FEFF}x y", "x·y", [], ""),
    ("x\u{FEFF}y", "x·y", ["invisible-character"], "U+FEFF"),
    ("x\u{200B}y", "x·y", ["invisible-character"], "U+200B"),
    ("x\u{200B}y\u{200B}z", "x·y·z", ["invisible-character"], "U+200B"),
    ("x\u{AD}\u{200E}y", "x·y", ["invisible-character", "invisible-character"], "U+00AD"),
    ("\u{202D}12\u{202C}", "12", ["invisible-character", "invisible-character"], "U+202D"),
    ("x\u{3164}y", "x·y", ["invisible-character"], "U+3164"),
    ("x\u{E0020}y", "x·y", ["invisible-character"], "U+E0020"),
    ("x\u{202E}2^y", "—", ["reversed-text"], "U+202E"),
    ("\u{2067}x", "—", ["reversed-text"], "U+2067"),
    ("sin\u{2061}(x)", "sin(x)", [], ""),
    ("2\u{2062}x", "2·x", [], ""),
    ("x\u{A0}+\u{2009}y", "x + y", [], ""),
    ("x ✖\u{FE0F} y", "x·y", [], ""),
    ("x # a\u{202E}b х", "x", [], ""),
    ("\theta x", "—", ["lost-backslash"], "\\theta"),
    ("\u{0C}rac{1}{x}", "—", ["lost-backslash"], "\\frac"),
    ("\u{07}lpha x", "—", ["lost-backslash"], "\\alpha"),
    ("x \u{08}eta", "—", ["lost-backslash"], "\\beta"),
    ("\u{0B}arphi", "—", ["lost-backslash"], "\\varphi"),
    ("x\ty", "x·y", [], ""),
    ("a = 2\nu + a", "u + a", [], ""),
    ("a = 2\u{2028}a x", "a·x", [], ""),
    ("x^2\u{2028}3x", "—", ["line-without-name"], ""),
    ("x\u{0}y", "—", ["unexpected-character"], "U+0000"),
  ]

  @Test(arguments: rows.indices) func `a character is read or named`(_ place: Int) {
    let row = Self.rows[place]
    let found = GrammarTests.reading(of: row.text)
    #expect(found.reading == row.reading)
    #expect(found.says == row.says)
    let message = Reading.parsed(row.text).diagnostics.first?.message ?? ""
    #expect(message.contains(row.names) || row.names.isEmpty)
  }

  @Test func `lines end where Unicode ends them`() {
    let source = SourceText("a\u{2028}b\u{85}c\r\nd\u{2029}e")
    let starts = [0, 4, 7, 10, 14]
    #expect(starts.map { source.place(of: $0).line } == [1, 2, 3, 4, 5])
    #expect(starts.indices.map { String(source.slice(source.lineSpan($0))) } == ["a", "b", "c", "d", "e"])
  }

  @Test func `long names and texts are cut in messages`() throws {
    let name = String(repeating: "a", count: 5_000)
    let said = try #require(Reading.parsed(name).diagnostics.first)
    #expect(said.message.utf8.count < 150)
    #expect(said.hint.utf8.count < 150)
    #expect(ShortText.of("‘x’ is short") == "‘x’ is short")
  }
}
