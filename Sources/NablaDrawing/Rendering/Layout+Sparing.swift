extension Layout {
  /// Below this height a panel says little.
  private static let leastHeight = 50.0
  /// Below this part of the whole height the panels are crowded out.
  private static let leastShare = 0.4

  /// Lays out a scene. Of one whose size is given, parts are left out until there is room for the first panel: the bar of
  /// colours where it takes most of the width; then the legend, the other panels and the title where they leave no height.
  package init(_ scene: Scene) {
    var scene = scene
    var layout = Layout(whole: scene)
    func leaveOut(where isInTheWay: Bool, _ change: (inout Scene) -> Void) {
      guard scene.size != nil, isInTheWay else { return }
      change(&scene)
      layout = Layout(whole: scene)
    }
    leaveOut(where: layout.room < 0.45 * layout.width) { scene in
      for place in scene.panels.indices { scene.panels[place].colourBar = nil }
    }
    leaveOut(where: layout.isLow || layout.isCrowded || layout.cutsLegend) { $0.legend = [] }
    leaveOut(where: layout.isLow && scene.panels.count > 1) { scene in
      // The axis that panels share has its name below the last of them.
      let name = scene.panels[scene.panels.count - 1].x.label
      scene.panels = [scene.panels[0]]
      scene.panels[0].x.label = name
    }
    leaveOut(where: layout.isLow) { $0.hasTitle = false }
    self = layout
  }

  private var isLow: Bool { share.map { $0 < Self.leastHeight } ?? false }

  /// Whether the lines of the title and the legend take more of the height than the panels.
  private var isCrowded: Bool {
    share.map { $0 * Double(scene.panels.count) < Self.leastShare * height } ?? false
  }

  /// Whether an entry of the legend reaches beyond the picture.
  private var cutsLegend: Bool {
    entries.contains { $0.x + 28 + Self.textWidth($0.legend.text) > width }
  }
}
