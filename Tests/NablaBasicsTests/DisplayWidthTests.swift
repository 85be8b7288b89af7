import NablaBasics
import Testing

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("x²", 2), ("e\u{301}", 1), ("关x", 3), ("−∂∇", 3), ("\u{200B}", 0), ("👍", 2),
  ])
  func cells(text: String, cells: Int) { #expect(DisplayWidth.of(text) == cells) }

  @Test("A plain scalar is a character of one cell, alone and beside others")
  func plainScalars() {
    let plain = (UInt32(0)...0x2FFF).filter(DisplayWidth.isPlain).compactMap(Unicode.Scalar.init)
    #expect(plain.count > 400)
    for scalar in plain { #expect(DisplayWidth.of(Character(scalar)) == 1, "\(scalar.value)") }
    let text = String(String.UnicodeScalarView(plain))
    #expect(text.count == plain.count)
    #expect(DisplayWidth.of(text) == plain.count)
  }

  @Test func styledCountsAllRuns() {
    #expect((Styled("∂f") + Styled(" = ", .operator)).width == 5)
  }
}
