import Testing

@testable import NablaDrawing

/// Titles in lines.
@Suite struct TitleLinesTests {
  private static let long = "f(x, y) = " + (1...20).map { "\($0)x^(a + \($0))" }.joined(separator: " + ")

  @Test("A long title is broken at blanks outside of exponents, and nothing of it is lost")
  func lines() {
    let lines = TitleLines.of(Self.long, within: 500, most: 9)
    #expect(lines.count > 1)
    #expect(lines.joined(separator: " ") == Self.long)
    for line in lines {
      #expect(TitleLines.width(line) <= 500)
      #expect(line.count { $0 == "(" } == line.count { $0 == ")" })
    }
    #expect(TitleLines.of("f(x) = x", within: 500, most: 3) == ["f(x) = x"])
  }

  @Test("What the lines do not hold ends with dots")
  func dots() {
    let lines = TitleLines.of(Self.long, within: 300, most: 2)
    #expect(lines.count == 2 && lines[1].hasSuffix("…"))
    #expect(lines.allSatisfy { TitleLines.width($0) <= 300 })
    #expect(TitleLines.of(String(repeating: "x", count: 500), within: 100, most: 3).count == 1)
  }

  @Test("A picture is higher by the lines of its title")
  func layout() {
    let panel = Panel(x: Axis(0, 1), y: Axis(0, 1))
    let one = Layout(Scene(title: "f", panels: [panel]))
    let many = Layout(Scene(title: Self.long, panels: [panel]))
    #expect(many.title.count > 1 && many.height > one.height)
    #expect(many.title.joined(separator: " ") == Self.long)
    var small = Scene(title: Self.long, panels: [panel])
    small.size = (320, 240)
    #expect(Layout(small).title.count == 1)
  }
}
