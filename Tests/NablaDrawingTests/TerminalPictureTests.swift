import Testing

@testable import NablaDrawing

/// Pictures in characters without colours.
@Suite struct TerminalPictureTests {
  private static func panel(_ range: ClosedRange<Double>, series: [Int]) -> Panel {
    var panel = Panel(x: Axis(0, 10, label: "x"), y: Axis(range.lowerBound, range.upperBound))
    for number in series {
      let points = (0...10).map { Point(Double($0), range.upperBound * Double($0) / Double(10 + 9 * number)) }
      panel.add(.line(points, Stroke(.series(number))), to: .path)
      panel.add(.marks(points, .dot, .series(number)), to: .way)
    }
    return panel
  }

  @Test("Several paths have a letter each, in the picture and in the legend", arguments: [false, true])
  func letters(isASCII: Bool) {
    let scene = Scene(
      title: "f", panels: [Self.panel(0...10, series: [0, 1])],
      legend: [Legend(.path(.series(0)), "gd"), Legend(.path(.series(1)), "adam")])
    let text = TerminalRenderer(columns: 60, isASCII: isASCII).text(of: scene)
    let picture = text.split(separator: "\n").dropLast()
    #expect(picture.joined().contains("a") && picture.joined().contains("b"))
    #expect(text.contains(isASCII ? "a.a gd" : "a─a gd") && text.contains(isASCII ? "b.b adam" : "b─b adam"))
    let alone = Scene(
      title: "f", panels: [Self.panel(0...10, series: [1])], legend: [Legend(.path(.series(1)), "gd")])
    #expect(
      TerminalRenderer(columns: 60, isASCII: isASCII).text(of: alone).contains(isASCII ? "o.o gd" : "●─● gd"))
  }

  @Test("Panels below each other have their axes in the same column")
  func margins() {
    let scene = Scene(
      title: "f", panels: [Self.panel(0...10_000, series: [0]), Self.panel(0...1, series: [0])])
    let lines = TerminalRenderer(columns: 60).text(of: scene).split(separator: "\n")
    let corners = lines.compactMap { line in
      line.firstIndex(of: "└").map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(corners.count == 2 && corners[0] == corners[1])
  }

  @Test("Where something is counted, only whole numbers have a mark")
  func wholeMarks() {
    var axis = Axis(0, 2)
    #expect(axis.ticks(about: 5).contains { $0.value == 0.5 })
    axis.isWhole = true
    #expect(axis.ticks(about: 5).map(\.value) == [0, 1, 2])
  }
}
