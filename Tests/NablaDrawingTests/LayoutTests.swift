import NablaDrawing
import Testing

/// What of a scene is in a picture of a given size.
@Suite struct LayoutTests {
  private static func scene(panels count: Int, hasBar: Bool = false) -> Scene {
    var panels = (0..<count).map { number in
      Panel(x: Axis(-2, 2, label: number == count - 1 ? "x" : ""), y: Axis(-10, 10, label: "f(x)"))
    }
    if hasBar {
      panels[0].isEqual = true
      panels[0].y = Axis(-2, 2, label: "y")
      panels[0].colourBar = ColourBar(label: "f(x, y)", levels: [-5, 0, 5], inks: [.ink, .ink, .ink, .ink])
    }
    return Scene(
      title: "f", panels: panels,
      legend: [
        Legend(.arrow(.ink), "∇f, longer where |∇f| is larger"),
        Legend(.mark(.saddle, .ink), "saddle (0, 0)"),
      ])
  }

  @Test(
    "In a picture of any size the first panel has room, and nothing lies beyond the edges",
    arguments: [(160.0, 120.0), (200, 150), (300, 200), (400, 300), (160, 4000), (4000, 120), (720, 480)])
  func small(size: (Double, Double)) throws {
    for scene in [Self.scene(panels: 1), Self.scene(panels: 2), Self.scene(panels: 1, hasBar: true)] {
      var scene = scene
      scene.size = (size.0, size.1)
      let layout = Layout(scene)
      #expect((layout.width, layout.height) == size)
      let first = try #require(layout.frames.first)
      #expect(first.height > 45 && first.width > 45, "\(first.width) x \(first.height)")
      for frame in layout.frames {
        // The name of the axis stands below the numbers.
        #expect(frame.bottom + 40 < size.1)
        #expect(frame.left > 30 && frame.right + (frame.panel.colourBar == nil ? 0 : 60) < size.0)
      }
      for entry in layout.entries {
        #expect(entry.x + 28 + Layout.textWidth(entry.legend.text) <= size.0, "\(entry.legend.text)")
        #expect(entry.y < first.top)
      }
      #expect(layout.frames.last?.panel.x.label == "x")
    }
  }

  @Test("What has room stays")
  func large() {
    for size in [nil, (width: 720.0, height: 480.0), (width: 520, height: 400)] {
      var scene = Self.scene(panels: 2, hasBar: true)
      scene.size = size
      let layout = Layout(scene)
      #expect(layout.frames.count == 2 && layout.entries.count == 2 && layout.scene.hasTitle)
      #expect(layout.frames[0].panel.colourBar != nil)
    }
  }

  @Test("In a small picture the legend goes first, then the second panel, then the title")
  func order() {
    var scene = Self.scene(panels: 2)
    scene.size = (500, 270)
    #expect(Layout(scene).entries.isEmpty && Layout(scene).frames.count == 2)
    scene.size = (500, 200)
    #expect(Layout(scene).frames.count == 1 && Layout(scene).scene.hasTitle)
    scene.size = (500, 120)
    #expect(!Layout(scene).scene.hasTitle)
    #expect(!SVG().text(of: scene).contains("class=\"title"))
  }
}
