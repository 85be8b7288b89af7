import NablaBasics

/// Writes one scene as SVG.
struct SVGWriter {
  let layout: Layout
  let prefix: String
  var out = ""
  private var scene: Scene { layout.scene }

  /// Of so many hundredths of a pixel the places of lines and areas are multiples.
  private(set) var grain = 1

  init(layout: Layout, prefix: String, grain: Int = 1) {
    (self.layout, self.prefix, self.grain) = (layout, prefix, grain)
  }

  func number(_ value: Double) -> String { SVGNumber.text(value) }

  mutating func document(hasStyle: Bool) -> String {
    let (w, h) = (number(layout.width), number(layout.height))
    out =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"nabla\" width=\"\(w)\" height=\"\(h)\" "
      + "viewBox=\"0 0 \(w) \(h)\" role=\"img\" aria-labelledby=\"\(prefix)-title \(prefix)-desc\">\n"
      + "<title id=\"\(prefix)-title\">\(SVG.escaped(scene.title))</title>\n"
      + "<desc id=\"\(prefix)-desc\">\(SVG.escaped(scene.description))</desc>\n"
    if hasStyle { out += "<style>\(SVG.style(scene.theme))</style>\n" }
    out += "<rect class=\"fp\" width=\"100%\" height=\"100%\"/>\n"
    if scene.hasTitle { title() }
    for entry in layout.entries { legend(entry) }
    for (place, frame) in layout.frames.enumerated() { panel(frame, place) }
    return out + "</svg>\n"
  }

  private mutating func title() {
    for (place, line) in layout.title.enumerated() {
      let y = 28 + Layout.titleLine * Double(place)
      let position = "x=\"\(number(layout.titleLeft + (place > 0 ? 24 : 0)))\" y=\"\(number(y))\""
      out += "<text class=\"title fi\" \(position)>\(typeset(line, size: 17))</text>\n"
    }
  }

  /// The line with its exponents raised and smaller, in letters of so many pixels.
  private func typeset(_ line: String, size: Double) -> String {
    var result = ""
    var height = 0
    for piece in RaisedText(line).pieces {
      let rise = Int(0.36 * size) * piece.level
      let text = SVG.escaped(piece.text)
      let move = height == rise ? "" : " dy=\"\(height - rise)\""
      let small = Int((piece.level == 1 ? 0.72 : 0.55) * size)
      let letters = piece.level == 0 ? "" : " font-size=\"\(small)px\""
      result += move.isEmpty && letters.isEmpty ? text : "<tspan\(move)\(letters)>\(text)</tspan>"
      height = rise
    }
    return result
  }

  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, style: String, rim: Bool = false
  ) {
    guard !text.isEmpty else { return }
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let position = "x=\"\(number(x))\" y=\"\(number(y))\"\(side)"
    if rim {
      out +=
        "<text class=\"\(style) kp\" \(position) stroke-width=\"3\" stroke-opacity=\".8\" "
        + "paint-order=\"stroke\" stroke-linejoin=\"round\">\(SVG.escaped(text))</text>\n"
    } else {
      out += "<text class=\"\(style)\" \(position)>\(typeset(text, size: 12))</text>\n"
    }
  }

  private mutating func legend(_ entry: Layout.Entry) {
    draw(entry.legend.sign, x: entry.x, y: entry.y)
    text(entry.legend.text, x: entry.x + 28, y: entry.y + 4, style: "fi")
  }

  /// A sign of the legend by itself, 22 pixels wide, its middle line at 0.
  func sign(_ sign: Legend.Sign) -> String {
    var writer = self
    writer.out = ""
    writer.draw(sign, x: 0, y: 0)
    return writer.out
  }

  private mutating func draw(_ sign: Legend.Sign, x: Double, y: Double) {
    switch sign {
    case .line(let stroke): path([[Point(x, y), Point(x + 22, y)]], stroke)
    case .mark(let symbol, let ink): marks([Point(x + 11, y)], symbol, ink)
    case .band(let ink):
      let corners = [Point(x, y - 5), Point(x + 22, y - 5), Point(x + 22, y + 5), Point(x, y + 5)]
      out += "<path\(fill(ink)) opacity=\".2\" d=\"\(SVGNumber.path(corners, isClosed: true))\"/>\n"
    case .arrow(let ink): arrows([Arrow(from: Point(x + 2, y), to: Point(x + 20, y))], ink)
    case .path(let ink):
      path([[Point(x, y), Point(x + 22, y)]], Stroke(ink, width: 1.5))
      // Between the ends dashes are seen.
      let places = ink.isSecondUse ? [2.0, 20] : [2, 11, 20]
      marks(places.map { Point(x + $0, y) }, .dot, ink)
    }
  }

  // MARK: A panel

  private mutating func panel(_ frame: Layout.Frame, _ place: Int) {
    let clip = "\(prefix)-clip\(place)"
    let rectangle =
      "x=\"\(number(frame.left))\" y=\"\(number(frame.top))\" width=\"\(number(frame.width))\" "
      + "height=\"\(number(frame.height))\""
    out += "<clipPath id=\"\(clip)\"><rect \(rectangle)/></clipPath>\n<g class=\"panel\">\n"
    if frame.panel.hasAxes { axes(frame) }
    var layer: Layer?
    for item in frame.panel.items {
      if item.layer != layer {
        if layer != nil { out += "</g>\n" }
        out +=
          "<g class=\"\(item.layer.rawValue)\(item.layer == .mesh ? " ki" : "")\""
          + attributes(item.layer, clip) + ">\n"
        layer = item.layer
      }
      draw(item.shape, in: frame)
    }
    if layer != nil { out += "</g>\n" }
    if frame.panel.hasAxes, !frame.panel.hasGrid {
      out += "<rect class=\"ku\" fill=\"none\" \(rectangle)/>\n"
    }
    if let bar = frame.panel.colourBar { colourBar(bar, frame) }
    out += "</g>\n"
  }

  private func attributes(_ layer: Layer, _ clip: String) -> String {
    switch layer {
    case .bands: " clip-path=\"url(#\(clip))\" opacity=\".65\""
    case .band: " clip-path=\"url(#\(clip))\" opacity=\".2\""
    case .outside: " clip-path=\"url(#\(clip))\" opacity=\".55\""
    case .contours, .bounds, .field, .curve, .tangents, .path: " clip-path=\"url(#\(clip))\""
    case .way, .points, .notes, .mesh: ""
    }
  }

  private mutating func axes(_ frame: Layout.Frame) {
    let (xTicks, yTicks) = (frame.xTicks, frame.yTicks)
    var (grid, marks) = ("", "")
    var zero = ""
    for tick in xTicks {
      let x = frame.left + frame.panel.x.place(tick.value) * frame.width
      if frame.panel.hasGrid {
        grid += SVGNumber.path([Point(x, frame.top), Point(x, frame.bottom)])
        if tick.value == 0, frame.panel.x.scale == .linear {
          zero += SVGNumber.path([Point(x, frame.top), Point(x, frame.bottom)])
        }
      }
      marks += SVGNumber.path([Point(x, frame.bottom), Point(x, frame.bottom + 5)])
    }
    for tick in yTicks {
      let y = frame.bottom - frame.panel.y.place(tick.value) * frame.height
      if frame.panel.hasGrid {
        grid += SVGNumber.path([Point(frame.left, y), Point(frame.right, y)])
        if tick.value == 0, frame.panel.y.scale == .linear {
          zero += SVGNumber.path([Point(frame.left, y), Point(frame.right, y)])
        }
      }
      marks += SVGNumber.path([Point(frame.left - 5, y), Point(frame.left, y)])
    }
    if frame.panel.hasGrid {
      marks += SVGNumber.path([
        Point(frame.left, frame.top), Point(frame.left, frame.bottom), Point(frame.right, frame.bottom),
      ])
    }
    if !grid.isEmpty { out += "<path class=\"ka\" fill=\"none\" d=\"\(grid)\"/>\n" }
    if !zero.isEmpty { out += "<path class=\"ku\" fill=\"none\" stroke-opacity=\".6\" d=\"\(zero)\"/>\n" }
    out += "<path class=\"ku\" fill=\"none\" d=\"\(marks)\"/>\n"
    for tick in xTicks {
      let x = frame.left + frame.panel.x.place(tick.value) * frame.width
      text(tick.text, x: x, y: frame.bottom + 19, anchor: .middle, style: "fu")
    }
    for tick in yTicks {
      let y = frame.bottom - frame.panel.y.place(tick.value) * frame.height
      text(tick.text, x: frame.left - 9, y: y + 4, anchor: .end, style: "fu")
    }
    text(
      frame.xCaption, x: frame.left + frame.width / 2, y: frame.bottom + 39, anchor: .middle,
      style: "m fi")
    text(frame.yCaption, x: frame.left - 4, y: frame.top - 8, anchor: .start, style: "m fi")
  }

  private mutating func colourBar(_ bar: ColourBar, _ frame: Layout.Frame) {
    guard !bar.inks.isEmpty else { return }
    let (x, width) = (frame.right + 16, 14.0)
    let step = frame.height / Double(bar.inks.count)
    out += "<g opacity=\".65\">\n"
    for (place, ink) in bar.inks.enumerated() {
      let y = frame.bottom - Double(place + 1) * step
      out +=
        "<path d=\"M\(number(x)) \(number(y))h\(number(width))v\(number(step + 0.4))h\(number(-width))z\"\(fill(ink))/>\n"
    }
    out += "</g>\n"
    let every = max(1, Int((16 / step).rounded(.up)))
    let unit = TickUnit(bar.levels)
    for (place, label) in unit.texts.enumerated() where place % every == 0 {
      let y = frame.bottom - Double(place + 1) * step
      out += "<path class=\"ku\" d=\"\(SVGNumber.path([Point(x + width, y), Point(x + width + 4, y)]))\"/>\n"
      text(label, x: x + width + 8, y: y + 4, style: "fu")
    }
    text(unit.caption(bar.label), x: x - 2, y: frame.top - 8, style: "m fi")
  }
}
