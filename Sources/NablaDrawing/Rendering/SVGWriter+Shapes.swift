import NablaBasics

/// The shapes of a panel, and the ink they are drawn with.
extension SVGWriter {
  mutating func draw(_ shape: Shape, in frame: Layout.Frame) {
    let pixel = { (point: Point) in frame.pixel(point) }
    switch shape {
    case .line(let points, let stroke): path(lines(points, frame), stroke)
    case .area(let loops, let ink):
      let reach = (-50.0)...(max(layout.width, layout.height) + 50)
      var text = ""
      for loop in loops {
        let pixels = loop.map(pixel).map { point in
          Point(
            max(reach.lowerBound, min(reach.upperBound, point.x)),
            max(reach.lowerBound, min(reach.upperBound, point.y)))
        }
        let simple = Polyline.simplified(pixels + [pixels[0]], tolerance: 0.15).dropLast()
        if simple.count > 2 { text += SVGNumber.path(Array(simple), isClosed: true, grain: grain) }
      }
      if !text.isEmpty { out += "<path\(fill(ink)) fill-rule=\"evenodd\" d=\"\(text)\"/>\n" }
    case .face(let points, let ink, let part):
      let text = SVGNumber.path(points.map(pixel), isClosed: part != .side, grain: grain)
      // Insides without edges meet without a gap.
      let style =
        switch part {
        case .whole: fill(ink)
        case .inside: paint(fill: ink, stroke: ink) + " stroke-opacity=\"1\""
        case .edge, .side: " fill=\"none\""
        }
      out += "<path\(style) d=\"\(text)\"/>\n"
    case .marks(let points, let symbol, let ink):
      marks(points.filter { frame.shows($0) || !frame.panel.hasAxes }.map(pixel), symbol, ink)
    case .arrows(let arrows, let ink):
      self.arrows(arrows.map { Arrow(from: pixel($0.tail), to: pixel($0.head)) }, ink)
    case .text(let word, let places, let anchor, let ink):
      guard let at = places.first.map(pixel) else { return }
      text(
        word, x: at.x, y: at.y + 4, anchor: anchor, style: ink == .ink ? "m fi" : "f\(name(ink) ?? "i")",
        rim: frame.panel.hasAxes)
    }
  }

  /// The visible parts of a line in pixels.
  private func lines(_ points: [Point], _ frame: Layout.Frame) -> [[Point]] {
    let margin = 4.0
    let inside = Polyline.clipped(
      points.map(frame.pixel), x: (frame.left - margin)...(frame.right + margin),
      y: (frame.top - margin)...(frame.bottom + margin))
    return inside.map { Polyline.simplified(Polyline.thinned($0, column: 0.4), tolerance: 0.08) }
  }

  mutating func path(_ lines: [[Point]], _ stroke: Stroke) {
    let text = lines.map { SVGNumber.path($0, grain: grain) }.joined()
    guard !text.isEmpty else { return }
    if stroke.hasRim {
      out +=
        "<path class=\"kp\" fill=\"none\" stroke-opacity=\".8\" stroke-width=\"\(number(stroke.width + 2.5))\" d=\"\(text)\"/>\n"
    }
    let dashes = stroke.isDashed ? " stroke-dasharray=\"5 4\"" : ""
    out +=
      "<path\(self.stroke(stroke.ink)) fill=\"none\" stroke-width=\"\(number(stroke.width))\"\(dashes) d=\"\(text)\"/>\n"
  }

  mutating func arrows(_ arrows: [Arrow], _ ink: Ink) {
    var text = ""
    for arrow in arrows where arrow.tail.isFinite && arrow.head.isFinite {
      let (dx, dy) = (arrow.head.x - arrow.tail.x, arrow.head.y - arrow.tail.y)
      let length = Libm.hypot(dx, dy)
      guard length > 0.5 else { continue }
      let head = min(5.5, 0.45 * length) / length
      let barb = { (side: Double) in
        Point(
          arrow.head.x - head * (dx * 0.9 - side * dy * 0.45),
          arrow.head.y - head * (dy * 0.9 + side * dx * 0.45))
      }
      text += SVGNumber.path([arrow.tail, arrow.head]) + SVGNumber.path([barb(1), arrow.head, barb(-1)])
    }
    if !text.isEmpty { out += "<path\(stroke(ink)) fill=\"none\" stroke-width=\"1.2\" d=\"\(text)\"/>\n" }
  }

  mutating func marks(_ points: [Point], _ symbol: Symbol, _ ink: Ink) {
    let shown =
      switch symbol {
      case .dot where points.count > 40: SVGWriter.spread(points, apart: 7)
      case .speck: SVGWriter.onePerPixel(points)
      default: points
      }
    let text = shown.map { SymbolPath.text(symbol, at: $0) }.joined()
    guard !text.isEmpty else { return }
    switch symbol {
    case .ring:
      out += "<path\(paint(fill: .page, stroke: ink)) stroke-width=\"2\" d=\"\(text)\"/>\n"
    case .speck:
      out += "<path\(stroke(ink)) stroke-width=\"2.4\" d=\"\(text)\"/>\n"
    case .saddle:
      out += "<path class=\"kp\" fill=\"none\" stroke-width=\"5\" d=\"\(text)\"/>\n"
      out += "<path\(stroke(ink)) fill=\"none\" stroke-width=\"2.2\" d=\"\(text)\"/>\n"
    case .dot, .star, .minimum, .maximum, .diamond:
      out += "<path\(paint(fill: ink, stroke: .page)) d=\"\(text)\"/>\n"
    }
  }

  /// Some of crowded points, which stand for all.
  private static func spread(_ points: [Point], apart: Double) -> [Point] {
    var shown: [Point] = []
    for point in points {
      if let last = shown.last, Libm.hypot(point.x - last.x, point.y - last.y) < apart { continue }
      shown.append(point)
    }
    return shown
  }

  /// The first of the points in each pixel.
  private static func onePerPixel(_ points: [Point]) -> [Point] {
    var taken: Set<Point> = []
    return points.filter { taken.insert(Point($0.x.rounded(), $0.y.rounded())).inserted }
  }

  /// The class of an ink that depends on the theme.
  private func name(_ ink: Ink) -> String? {
    switch ink {
    case .ink: "i"
    case .muted: "u"
    case .faint: "a"
    case .page: "p"
    case .series(let number): "\(((number % 6) + 6) % 6)"
    case .map, .shaded: nil
    }
  }

  func fill(_ ink: Ink) -> String { paint(fill: ink) }
  private func stroke(_ ink: Ink) -> String { paint(stroke: ink) }

  /// The attributes that fill and stroke: classes where the theme decides, colours elsewhere.
  private func paint(fill: Ink? = nil, stroke: Ink? = nil) -> String {
    var (classes, attributes): ([String], String) = ([], "")
    if let fill {
      if let name = name(fill) {
        classes.append("f" + name)
      } else {
        attributes += " fill=\"\(Palette.light.colour(of: fill).text)\""
      }
    }
    if let stroke {
      if let name = name(stroke) {
        classes.append("k" + name)
      } else {
        attributes += " stroke=\"\(Palette.light.colour(of: stroke).text)\""
      }
    }
    return (classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\"") + attributes
  }
}
