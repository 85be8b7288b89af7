import NablaBasics
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("x²", 2), ("e\u{301}", 1), ("关x", 3), ("−∂∇", 3), ("\u{200B}", 0), ("👍", 2),
  ])
  func cells(text: String, cells: Int) { #expect(DisplayWidth.of(text) == cells) }

  @Test func styledCountsAllRuns() {
    #expect((Styled("∂f") + Styled(" = ", .operator)).width == 5)
  }
}
