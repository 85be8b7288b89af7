import Testing

@testable import NablaDrawing

/// The words of panels that bring their own axes.
@Suite struct WordRoomTests {
  private static func panel(_ words: [(String, [Point])], anchor: Anchor = .end) -> Panel {
    var panel = Panel(x: Axis(0, 10), y: Axis(0, 5))
    panel.hasAxes = false
    panel.isEqual = true
    for (word, places) in words { panel.add(.text(word, at: places, anchor, .muted), to: .notes) }
    panel.add(.line([Point(0, 0), Point(10, 5)], Stroke(.ink)), to: .mesh)
    return panel
  }

  private static func room(_ width: Double, _ height: Double) -> WordRoom {
    WordRoom(width: width, height: height, gap: 2) { word, _ in (Double(10 * word.count), 10) }
  }

  private static func words(_ panel: Panel) -> [String] {
    panel.items.compactMap { if case .text(let word, _, _, _) = $0.shape { word } else { nil } }
  }

  @Test("A panel is as large as its words allow")
  func room() {
    let part = Self.room(200, 200).furnished(Self.panel([("12345", [Point(0, 2.5)])]))
    // 50 for the word, 150 for the panel.
    #expect((part.frame.left - 50).magnitude < 1e-6)
    #expect((part.frame.width - 150).magnitude < 1e-6)
    #expect((part.frame.height - 75).magnitude < 1e-6)
    #expect(part.height < 75.1)
  }

  @Test("A word that would touch another takes its next place, and without one it is left out")
  func places() {
    let crowded = Self.panel([
      ("1", [Point(0, 2)]), ("2", [Point(0, 2.1)]), ("3", [Point(0, 2.2), Point(0, 4)]), ("4", [Point(0, 0)]),
    ])
    let part = Self.room(200, 200).furnished(crowded)
    #expect(Self.words(part.frame.panel) == ["1", "3", "4"])
    for case .text(let word, let places, _, _) in part.frame.panel.items.map(\.shape) where word == "3" {
      #expect(places == [Point(0, 4)])
    }
  }

  @Test("Words that would leave less than half of the room are left out")
  func small() {
    let part = Self.room(100, 100).furnished(Self.panel([("123456", [Point(0, 2.5)])]))
    #expect(Self.words(part.frame.panel).isEmpty)
    #expect(part.frame.width == 100)
  }

  @Test("In a terminal words are whole or absent, whatever is drawn over them", arguments: [false, true])
  func terminal(isASCII: Bool) {
    var panel = Self.panel([("100", [Point(0, 5)]), ("200", [Point(0, 4.9)]), ("300", [Point(0, 0)])])
    panel.add(
      .face([Point(-9, -9), Point(20, -9), Point(20, 9), Point(-9, 9)], fill: .ink, part: .inside), to: .mesh)
    for columns in [12, 20, 40] {
      let text = TerminalRenderer(columns: columns, rows: 9, isASCII: isASCII).text(
        of: Scene(title: "", panels: [panel]))
      let numbers = text.split { !$0.isNumber }
      #expect(numbers == ["100", "300"], "\(columns): \(text)")
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
    }
  }
}
