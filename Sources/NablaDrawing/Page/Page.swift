import NablaBasics

/// What a page shows beside its picture, and what its script plays with.
package struct Page: Sendable {
  /// What the picture is of.
  package enum Kind: String, Sendable {
    case curve, plane, convergence
  }

  package var kind: Kind
  /// The formula and its gradient as HTML.
  package var heading: String
  package var gradient: String
  /// What stands below the picture as HTML.
  package var answer = ""
  /// The function's name and those of its variables.
  package var name: String
  package var variables: [String]
  package var paths: [Path]
  package var start: [Double]?
  /// The rate of the first path, which the slider changes; those of the others change in proportion.
  package var rate: Double? { paths.lazy.compactMap { $0.settings["rate"] }.first }
  /// The values that each variable may have: the numbers of a box, infinities where there is none; nil for all.
  package var bounds: [(low: Double, high: Double)]?
  package var isMaximum = false
  /// The best value found, against which convergence is drawn.
  package var best = 0.0
  /// How many steps a run makes.
  package var steps: Int
  /// Whether only the surface is shown, seen from this azimuth.
  package var isSurface = false
  package var azimuth = -0.61
  /// The axes of the floor of a surface, whose picture has none.
  package var floor: [Axis] = []
  /// Whether a surface shows the gradient, and the points that are marked on it.
  package var hasField = false
  package var marks: [(x: Double, y: Double, symbol: Symbol)] = []
  /// JavaScript that declares two functions of an array of coordinates: `value`, and `valueGradient`, which gives an
  /// object with the array `gradient`.
  package var code: String?

  package init(
    kind: Kind, heading: String, gradient: String, name: String, variables: [String], paths: [Path],
    start: [Double]?, steps: Int
  ) {
    self.kind = kind
    self.heading = heading
    self.gradient = gradient
    self.name = name
    self.variables = variables
    self.paths = paths
    self.start = start
    self.steps = steps
  }
}

/// A page in one file, without network: the picture, and a script that plays with it.
///
/// Without scripts the same picture stands there, with the formula, what is to be known about it and the iterates.
package struct HTML: Renderer {
  package var page: Page

  package init(page: Page) { self.page = page }

  package func text(of scene: Scene) -> String {
    var svg = SVG()
    svg.hasStyle = false
    svg.isCoarse = true
    // Beside the picture the legend has as many lines as the reader's screen is narrow.
    var picture = scene
    picture.legend = []
    let title = SVG.escaped(scene.title)
    var text = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title)</title>
      <style>\(PageStyle.text(scene.theme))\(SVG.styleOfPage)</style>
      </head>
      <body>
      <main>
      <h1>\(page.heading)</h1>
      <div class="gradient">\(page.gradient)</div>
      <figure>
      <div class="row" id="views" hidden><fieldset><legend>Show</legend>
      <label><input type="radio" name="view" value="picture" checked> contours</label>
      <label><input type="radio" name="view" value="surface"> surface</label></fieldset></div>

      """
    text += "<div class=\"picture\">\n" + svg.text(of: picture)
    text += """
      </div>
      \(legend(scene.legend, svg.prefix))
      <canvas id="surface" hidden tabindex="0" role="img" aria-label="\(SVG.escaped(surfaceLabel))"></canvas>
      <output id="hover" class="read hover" aria-hidden="true"></output>
      <figcaption>\(SVG.escaped(scene.description))</figcaption>
      </figure>

      """
    text += page.answer + controls + table
    if let code = page.code {
      text += "<script>\nwindow.nabla = (() => {\n\(Self.inScript(code))"
      text += "return {value, gradient: point => valueGradient(point).gradient};\n})();\n</script>\n"
    }
    text += "<script type=\"application/json\" id=\"model\">\(model(Layout(picture), svg.prefix))</script>\n"
    return text + "<script>\n\(PageScript.text)</script>\n</main>\n</body>\n</html>\n"
  }

  /// What the signs of the picture mean.
  private func legend(_ entries: [Legend], _ prefix: String) -> String {
    guard !entries.isEmpty else { return "" }
    let signs = SVGWriter(layout: Layout(Scene(title: "", panels: [])), prefix: prefix)
    let items = entries.map { entry in
      "<li><svg class=\"nabla\" width=\"24\" height=\"16\" viewBox=\"-1 -8 24 16\" aria-hidden=\"true\">"
        + signs.sign(entry.sign) + "</svg><span>\(Self.typeset(entry.text))</span></li>\n"
    }
    return "<ul class=\"legend\">\n\(items.joined())</ul>"
  }

  /// A line with its exponents raised.
  private static func typeset(_ line: String) -> String {
    RaisedText(line).pieces.map { piece in
      String(repeating: "<sup>", count: piece.level) + SVG.escaped(piece.text)
        + String(repeating: "</sup>", count: piece.level)
    }.joined()
  }

  private var surfaceLabel: String {
    "the surface of \(page.name); drag it, or turn it with the arrow keys"
  }

  /// What stands in a script must not end it.
  private static func inScript(_ text: String) -> String {
    text.replacing("</", with: "<\\/").replacing("<!--", with: "<\\!--")
  }

  private var controls: String {
    var text = """
      <div class="row" id="steps" hidden>
      <button id="back" aria-label="one step back">−</button>
      <button id="play" aria-label="play">▶</button>
      <button id="on" aria-label="one step on">+</button>
      <label class="grow">step <input id="step" type="range" min="0" max="\(page.steps)" value="\(page.steps)"></label>
      </div>
      <div id="told" class="read" role="status"></div>
      <div class="row" id="again" hidden>
      <span class="row rates" id="rates"><label>rate
      <input id="rate" type="range" min="0" max="1000" value="500"></label>
      <input id="rateValue" type="number" min="0" step="any" aria-label="rate"></span>

      """
    for (place, name) in page.variables.prefix(4).enumerated() {
      text += "<label>start \(SVG.escaped(name)) "
      text += "<input id=\"start\(place)\" type=\"number\" step=\"any\"></label>\n"
    }
    text += "<button id=\"reset\">start over</button>\n"
    text += "<p class=\"note\">\(SVG.escaped(page.walkSentence))</p>\n</div>\n"
    if page.paths.count > 1 {
      text += "<div class=\"row\" id=\"methods\" hidden><fieldset>"
      let isCompared = page.paths.contains { $0.walker != .nobody }
      text += "<legend>\(isCompared ? "Methods" : "Paths")</legend>\n"
      for path in page.paths {
        let isDashed = Ink.series(path.ink).isSecondUse
        text += "<label><input type=\"checkbox\" checked><span class=\"swatch\(isDashed ? " dashed" : "")\" "
        text += "style=\"background:var(--s\(path.ink % 6))\"></span>\(SVG.escaped(path.title))</label>\n"
      }
      text += "</fieldset></div>\n"
    }
    return text
  }

  /// The iterates of the first path, for those who read without scripts.
  private var table: String {
    guard let path = page.paths.first else { return "" }
    var text = "<details><summary>The iterates</summary><div class=\"scroll\"><table>\n<thead><tr><th>k</th>"
    let shown = page.variables.prefix(4)
    let titles = shown + [page.name, "|∇\(page.name)|"]
    text += titles.map { "<th>\(SVG.escaped($0))</th>" }.joined() + "</tr></thead>\n<tbody id=\"iterates\">\n"
    for place in path.k.indices.prefix(60) {
      let cells =
        [String(path.k[place])] + path.x[place].prefix(4).map { Axis.text($0) }
        + [Axis.text(path.f[place]), Axis.text(path.norm[place], digits: 4)]
      text += "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
    }
    return text + "</tbody></table></div></details>\n"
  }

  // MARK: The model

  private func model(_ layout: Layout, _ prefix: String) -> String {
    var fields: [(String, String)] = [
      ("kind", JSON.text(page.kind.rawValue)), ("prefix", JSON.text(prefix)), ("name", JSON.text(page.name)),
      ("variables", JSON.list(page.variables.map(JSON.text))),
      ("sense", JSON.text(page.isMaximum ? "max" : "min")), ("best", JSON.number(page.best)),
      ("rate", page.rate.map(JSON.exact) ?? "null"),
      ("start", page.start.map { JSON.list($0.map(JSON.exact)) } ?? "null"),
      (
        "bounds",
        page.bounds.map { JSON.list($0.map { JSON.list([JSON.exact($0.low), JSON.exact($0.high)]) }) }
          ?? "null"
      ),
      ("startsWithSurface", String(page.isSurface)), ("azimuth", JSON.number(page.azimuth)),
    ]
    fields.append(("field", String(page.hasField)))
    let marks = page.marks.map { mark in
      let sign = JSON.text(String(TerminalSigns.mark(mark.symbol, false)))
      return JSON.list([JSON.number(mark.x), JSON.number(mark.y), sign])
    }
    fields.append(("marks", JSON.list(marks)))
    fields.append(("frames", JSON.list(layout.frames.map(frame))))
    fields.append(("paths", JSON.list(page.paths.map { $0.model(upwards: page.isMaximum) })))
    return JSON.object(fields)
  }

  private func frame(_ frame: Layout.Frame) -> String {
    let axes = page.floor.count == 2 ? page.floor : [frame.panel.x, frame.panel.y]
    return JSON.object([
      ("left", JSON.number(frame.left)), ("top", JSON.number(frame.top)),
      ("width", JSON.number(frame.width)), ("height", JSON.number(frame.height)),
      ("x", axis(axes[0])), ("y", axis(axes[1])),
    ])
  }

  private func axis(_ axis: Axis) -> String {
    JSON.object([
      ("low", JSON.number(axis.low)), ("high", JSON.number(axis.high)),
      ("log", String(axis.scale == .log)), ("caption", JSON.text(axis.caption(about: 5))),
      (
        "ticks",
        JSON.list(
          axis.ticks(about: 5).map { JSON.list([JSON.number($0.value), JSON.text($0.text)]) })
      ),
    ])
  }
}
