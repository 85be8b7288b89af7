import NablaBasics

/// Scalable Vector Graphics 1.1: no script, every number to two decimals, light or dark as the reader's screen prefers.
package struct SVG: Renderer {
  /// What stands in front of every identifier, so that several pictures can stand on one page.
  package var prefix = "n"
  /// Whether the sheet of colours is part of the picture; a page that shows several brings one of its own.
  package var hasStyle = true
  /// Whether lines and areas go to tenths of a pixel: a page is to stay small.
  package var isCoarse = false

  package init() {}

  package func text(of scene: Scene) -> String {
    var writer = SVGWriter(layout: Layout(scene), prefix: prefix, grain: isCoarse ? 10 : 1)
    return writer.document(hasStyle: hasStyle)
  }

  /// The colours of all inks as a style sheet.
  package static func style(_ theme: Theme) -> String {
    switch theme {
    case .light: rules(.light) + fonts
    case .dark: rules(.dark) + fonts
    case .auto: rules(.light) + fonts + "@media (prefers-color-scheme:dark){" + rules(.dark) + "}"
    }
  }

  /// The same for a page that declares the colours as `--ink` and so on.
  package static let styleOfPage =
    inks.map { name, _, variable in
      ".nabla .f\(name){fill:var(--\(variable))}.nabla .k\(name){stroke:var(--\(variable))}"
    }.joined() + fonts

  private static let fonts =
    ".nabla text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}"
    + ".nabla .m{font:italic 14px 'STIX Two Text','Cambria Math',Cambria,'DejaVu Serif',serif}"
    + ".nabla .title{font:17px 'STIX Two Text','Cambria Math',Cambria,'DejaVu Serif',serif}"
    + ".nabla .mesh{stroke-width:.5;stroke-opacity:.3}.nabla .mesh [class]{stroke-opacity:1}"
    + ".nabla path,.nabla line{stroke-linejoin:round;stroke-linecap:round}"

  /// The inks by the letters of their classes and the names of their variables on a page.
  private static let inks: [(name: String, ink: Ink, variable: String)] =
    [("i", .ink, "ink"), ("u", .muted, "muted"), ("a", .faint, "faint"), ("p", .page, "page")]
    + Palette.light.series.indices.map { ("\($0)", .series($0), "s\($0)") }

  private static func rules(_ palette: Palette) -> String {
    var rules = ""
    for (name, ink, _) in inks {
      let colour = palette.colour(of: ink).text
      rules += ".nabla .f\(name){fill:\(colour)}.nabla .k\(name){stroke:\(colour)}"
    }
    return rules
  }

  /// `&`, `<` and quotes as XML writes them; characters that XML cannot hold are left out.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Numbers to two decimals without needless characters, and paths in steps from point to point.
enum SVGNumber {
  /// A coordinate in hundredths; what does not fit on any screen is cut.
  static func hundredths(_ value: Double) -> Int {
    value.isNaN ? 0 : Int((max(-1e6, min(1e6, value)) * 100).rounded())
  }

  /// `12.5`, `-.25`, `3`
  static func text(_ hundredths: Int) -> String {
    let (whole, rest) = (hundredths.magnitude / 100, hundredths.magnitude % 100)
    var text = hundredths < 0 ? "-" : ""
    if whole > 0 || rest == 0 { text += String(whole) }
    if rest > 0 {
      text += rest < 10 ? ".0" : "."
      text += String(rest % 10 == 0 ? rest / 10 : rest)
    }
    return text
  }

  static func text(_ value: Double) -> String { text(hundredths(value)) }

  /// `M12 30l2 .5-1 4`, closed by `z` where asked.
  ///
  /// All places are multiples of so many hundredths.
  static func path(_ points: [Point], isClosed: Bool = false, grain: Int = 1) -> String {
    guard let first = points.first else { return "" }
    let rounded = { (value: Double) in
      grain == 1 ? hundredths(value) : (hundredths(value) + grain / 2) / grain * grain
    }
    var (x, y) = (rounded(first.x), rounded(first.y))
    var text = "M" + pair(x, y)
    var isFirst = true
    for point in points.dropFirst() {
      let (u, v) = (rounded(point.x), rounded(point.y))
      if u == x, v == y { continue }
      let step = pair(u - x, v - y)
      text += isFirst ? "l" + step : step.first == "-" ? step : " " + step
      isFirst = false
      (x, y) = (u, v)
    }
    return isClosed ? text + "z" : text
  }

  static func pair(_ x: Int, _ y: Int) -> String {
    text(x) + (y < 0 ? "" : " ") + text(y)
  }
}
