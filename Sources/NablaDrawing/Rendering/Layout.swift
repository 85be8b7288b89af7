import NablaBasics

/// A scene laid out in pixels: the frame of each panel, the rows of the legend, the size of the whole.
package struct Layout: Sendable {
  /// The drawing area of a panel.
  package struct Frame: Sendable {
    package let panel: Panel
    package var left: Double
    package var top: Double
    package var width: Double
    package var height: Double

    package var right: Double { left + width }
    package var bottom: Double { top + height }

    /// A point of the data in pixels.
    package func pixel(_ point: Point) -> Point {
      Point(left + panel.x.place(point.x) * width, bottom - panel.y.place(point.y) * height)
    }

    /// Whether a point of the data lies in the frame, its edge included.
    package func shows(_ point: Point) -> Bool {
      guard point.isFinite else { return false }
      let (x, y) = (panel.x.place(point.x), panel.y.place(point.y))
      return x >= -1e-9 && x <= 1 + 1e-9 && y >= -1e-9 && y <= 1 + 1e-9
    }

    /// About how many ticks go along the two axes.
    private var xCount: Int { max(2, Int(width / 75)) }
    private var yCount: Int { max(3, Int(height / 50)) }
    package var xTicks: [Axis.Tick] { panel.x.ticks(about: xCount) }
    package var yTicks: [Axis.Tick] { panel.y.ticks(about: yCount) }
    /// The names of the axes, with what the texts of the ticks leave out.
    package var xCaption: String { panel.x.caption(about: xCount) }
    package var yCaption: String { panel.y.caption(about: yCount) }
  }

  /// An entry of the legend and where it begins.
  package struct Entry: Sendable {
    package let legend: Legend
    package let x: Double
    package let y: Double
  }

  /// The scene without what there is no room for.
  package let scene: Scene
  package private(set) var width: Double
  package private(set) var height: Double
  package private(set) var frames: [Frame] = []
  package private(set) var entries: [Entry] = []
  package let titleLeft: Double
  /// The title in as many lines as it needs.
  package private(set) var title: [String] = []
  /// The room for the panels: its width, and the height of each where the scene has a size.
  let room: Double
  let share: Double?

  private static let (margin, gap, titleHeight, rowHeight, axisHeight) = (20.0, 18.0, 42.0, 20.0, 46.0)
  /// From one line of the title to the next.
  static let titleLine = 24.0
  /// The room of a text in pixels.
  package static func textWidth(_ text: some StringProtocol, size: Double = 12) -> Double {
    TextWidth.ems(text) * size
  }

  /// The room for a panel whose axes are drawn in perspective; names are set larger than numbers.
  private static func words(width: Double, height: Double) -> WordRoom {
    WordRoom(width: width, height: height, gap: 10) { word, ink in
      let size = ink == .ink ? 14.0 : 12
      return (textWidth(word, size: size), size)
    }
  }

  /// Lays out the whole of a scene, with what sticks out or stands too close.
  init(whole scene: Scene) {
    self.scene = scene
    width = scene.size?.width ?? 720
    let labels = scene.panels.filter(\.hasAxes).flatMap { panel in panel.y.ticks(about: 7).map(\.text) }
    let left = labels.isEmpty ? Layout.margin : max(44, 18 + (labels.map { Layout.textWidth($0) }.max() ?? 0))
    let bars = scene.panels.compactMap(\.colourBar)
    let barText =
      bars.flatMap { bar in
        let unit = TickUnit(bar.levels)
        return unit.texts.map { 44 + Layout.textWidth($0) } + [
          24 + Layout.textWidth(unit.caption(bar.label), size: 14)
        ]
      }.max() ?? 0
    // The last number below the picture may stand half outside it.
    let ends = scene.panels.filter(\.hasAxes).compactMap { $0.x.ticks(about: 7).last }
    let half = ends.map { 6 + Layout.textWidth($0.text) / 2 }.max() ?? 0
    let right = max(Layout.margin, half, barText)
    room = max(40, width - left - right)
    titleLeft = left
    // A small picture has room for one line.
    let most = scene.size.map { $0.height < 400 ? 1 : 3 } ?? 6
    if scene.hasTitle { title = TitleLines.of(scene.title, within: width - left - 12, most: most) }
    let titled = Layout.titleHeight + Layout.titleLine * Double(max(0, title.count - 1))
    var (x, y) = (left, scene.hasTitle ? titled : 12)
    for legend in scene.legend {
      let length = 28 + Layout.textWidth(legend.text) + 22
      if x > left, x + length - 22 > width - 4 { (x, y) = (left, y + Layout.rowHeight) }
      entries.append(Entry(legend: legend, x: x, y: y + 6))
      x += length
    }
    if !scene.legend.isEmpty { y += Layout.rowHeight + 6 }
    y += scene.panels.contains(where: \.hasAxes) ? 14 : 0
    height = 0
    let below = scene.panels.reduce(0) { $0 + ($1.hasAxes ? Layout.axisHeight : Layout.gap) }
    share = scene.size.map { max(1, ($0.height - y - below) / Double(max(1, scene.panels.count))) }
    for panel in scene.panels {
      guard panel.hasAxes else {
        var part = Layout.words(width: room, height: share ?? 560).furnished(panel)
        part.frame.left += left + (room - part.width) / 2
        part.frame.top += y
        frames.append(part.frame)
        y += (share ?? part.height) + Layout.gap
        continue
      }
      var (w, h) = (room, share ?? room * panel.aspect)
      if panel.isEqual {
        let ratio = panel.shape
        h = min(share ?? 560, w * ratio)
        w = min(w, h / ratio)
      }
      let frame = Frame(panel: panel, left: left + (room - w) / 2, top: y, width: w, height: h)
      frames.append(frame)
      y += h + Layout.axisHeight
    }
    height = scene.size?.height ?? y.rounded(.up)
  }
}
