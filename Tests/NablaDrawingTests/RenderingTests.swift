import NablaDrawing
import Testing

/// Renderers by their bytes.
@Suite struct RenderingTests {
  static var scene: Scene {
    var panel = Panel(x: Axis(-1, 1, label: "x"), y: Axis(0, 2, label: "f(x)"))
    panel.add(.line([Point(-1, 2), Point(0, 0), Point(1, 2)], Stroke(.series(0))), to: .curve)
    panel.add(.marks([Point(0, 0)], .minimum, .ink), to: .points)
    return Scene(
      title: "f(x) = 2|x| & <more>", description: "A \"wedge\".", panels: [panel],
      legend: [Legend(.mark(.minimum, .ink), "minimum")])
  }

  @Test func anSVGIsThis() {
    let text = SVG().text(of: Self.scene)
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nabla\" width=\"720\""))
    #expect(text.contains("<title id=\"n-title\">f(x) = 2|x| &amp; &lt;more&gt;</title>"))
    #expect(text.contains("<desc id=\"n-desc\">A &quot;wedge&quot;.</desc>"))
    #expect(text.contains("@media (prefers-color-scheme:dark)"))
    #expect(!text.contains("<script"))
    #expect(SVG().text(of: Self.scene) == text)
    #expect(SVGText.numbers(of: text).allSatisfy { $0.count <= 2 }, "two decimals at most")
    #expect(SVGText.isWellFormed(text))
  }

  @Test("The second six series are dashed, on the picture and in the legend")
  func dashes() {
    let text = { (series: Int) in
      var panel = Panel(x: Axis(-1, 1), y: Axis(0, 2))
      panel.add(.line([Point(-1, 2), Point(0, 0)], Stroke(.series(series))), to: .curve)
      return SVG().text(
        of: Scene(title: "f", panels: [panel], legend: [Legend(.path(.series(series)), "seventh")]))
    }
    for series in 0..<6 {
      #expect(!text(series).contains("stroke-dasharray"))
      #expect(text(series + 6).split(separator: "stroke-dasharray").count == 3)
    }
  }

  @Test("Specks are drawn once in a pixel, and none is left out for being near another")
  func specks() {
    var panel = Panel(x: Axis(0, 1), y: Axis(0, 1))
    let points = (0..<100).map { Point(Double($0) / 100, 0.5) }
    panel.add(.marks(points + points, .speck, .series(0)), to: .points)
    let text = SVG().text(of: Scene(title: "f", panels: [panel]))
    #expect(text.split(separator: "h0").count == 101)
  }

  @Test func themesChooseOneSetOfColours() {
    var scene = Self.scene
    scene.theme = .dark
    let dark = SVG().text(of: scene)
    #expect(!dark.contains("prefers-color-scheme"))
    #expect(dark.contains(".nabla .fp{fill:#12151a}"))
    scene.theme = .light
    #expect(SVG().text(of: scene).contains(".nabla .fp{fill:#ffffff}"))
  }

  @Test func controlCharactersAreLeftOut() {
    var scene = Self.scene
    scene.title = "a\u{1}\u{FFFE}b\u{1B}[31m"
    let text = SVG().text(of: scene)
    #expect(text.contains(">ab[31m</title>"))
    #expect(SVGText.isWellFormed(text))
  }

  @Test func aTerminalShowsThis() {
    let text = TerminalRenderer(columns: 24, rows: 9).text(of: Self.scene)
    #expect(
      text == """
          f(x)
        2 ┤⠑⢄               ⢀⠜
          │ ⠈⠢⡀            ⡠⠃
          │   ⠘⢄         ⢀⠎
        1 ┤     ⠱⡀     ⢀⠖⠁
          │      ⠈⢢   ⡔⠁
        0 ┤        ⠑▼⠊
          └┴────────┴────────┴ x
          −1        0        1

        ▼ minimum

        """)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 24 })
    let plain = TerminalRenderer(columns: 24, rows: 9, isASCII: true).text(of: Self.scene)
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(plain.contains("v minimum"))
  }

  @Test("A picture of the smallest size and one of points without places draw without a trap")
  func extremes() {
    var panel = Panel(x: Axis(-1e308, 1e308), y: Axis(-1e308, 1e308))
    panel.isEqual = true
    panel.add(
      .line([Point(-1e308, .nan), Point(0, .infinity), Point(1e308, 1e308)], Stroke(.ink)), to: .curve)
    panel.add(.marks([Point(.nan, 0), Point(1e308, -1e308)], .star, .series(-7)), to: .points)
    panel.add(.arrows([Arrow(from: Point(0, 0), to: Point(.infinity, 0))], .ink), to: .field)
    panel.add(.area([[Point(-1e308, 0), Point(1e308, 0), Point(0, 1e308)]], .map(.nan)), to: .bands)
    panel.add(.face([Point(0, 0), Point(1e307, 0), Point(0, 1e307)], fill: .shaded(2, light: -3)), to: .mesh)
    for size in [(1.0, 1.0), (160, 160), (4000, 4000)] {
      let scene = Scene(title: "", panels: [panel, panel], size: (size.0, size.1))
      #expect(SVGText.isWellFormed(SVG().text(of: scene)))
    }
    for columns in [1, 20, 400] {
      let lines = TerminalRenderer(columns: columns, rows: 3).lines(of: Scene(title: "", panels: [panel]))
      #expect(!lines.isEmpty)
    }
  }
}

/// A reader of SVG as far as these tests need one.
enum SVGText {
  /// Whether every tag that opens closes, in order, and no character stands where XML has no place for it.
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">"), let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
        continue
      }
      guard let name = tag.split(separator: " ").first, tag.count(where: { $0 == "\"" }) % 2 == 0 else {
        return false
      }
      if !tag.hasSuffix("/") { open.append(name) }
    }
    return open.isEmpty && !rest.contains { $0 != "\n" }
  }

  /// The digits behind the point of every number outside style sheets and texts.
  static func numbers(of text: String) -> [Substring] {
    var found: [Substring] = []
    for part in text.split(separator: "\"").enumerated().filter({ $0.offset % 2 == 1 }).map(\.element) {
      for number in part.split(whereSeparator: { !($0.isNumber || $0 == ".") }) {
        guard let point = number.lastIndex(of: ".") else { continue }
        found.append(number[number.index(after: point)...])
      }
    }
    return found
  }
}
