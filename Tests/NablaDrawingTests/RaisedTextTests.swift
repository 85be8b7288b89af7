import Testing

@testable import NablaDrawing

/// Exponents in the heading of a picture.
@Suite struct RaisedTextTests {
  @Test(arguments: [
    ("x² + 1", ["0 x² + 1"]), ("e^(−k·t) + 1", ["0 e", "1 −k·t", "0  + 1"]),
    ("a^(b(c + 1))", ["0 a", "1 b(c + 1)"]), ("e^(−x^(2k))", ["0 e", "1 −x", "2 2k"]),
    ("x^θ·y", ["0 x", "1 θ", "0 ·y"]), ("x^(a + …", ["0 x^(a + …"]), ("x^", ["0 x^"]), ("", []),
  ])
  func pieces(text: String, pieces: [String]) {
    #expect(RaisedText(text).pieces.map { "\($0.level) \($0.text)" } == pieces)
  }

  @Test(
    "In an SVG they stand higher and smaller, and the line comes down again; its title for readers stays a line"
  )
  func svg() {
    let scene = Scene(title: "e^(−t) + 1", panels: [Panel(x: Axis(0, 1), y: Axis(0, 1))])
    let text = SVG().text(of: scene)
    #expect(
      text.contains("e<tspan dy=\"-6\" font-size=\"12px\">−t</tspan><tspan dy=\"6\"> + 1</tspan></text>"))
    #expect(text.contains("<title id=\"n-title\">e^(−t) + 1</title>"))
  }
}
