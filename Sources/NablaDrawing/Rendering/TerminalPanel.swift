import NablaBasics

/// One panel as lines of characters: the dots, and around them the axes.
struct TerminalPanel {
  private let panel: Panel
  private let isASCII: Bool
  /// Whether lines and paths are told apart by letters.
  private let isLettered: Bool
  private let labels: [(row: Int, text: String)]
  private let caption: String
  private let margin: Int
  private let frame: Layout.Frame
  private var raster: Raster

  /// The columns left of the axis of a panel.
  static func margin(_ panel: Panel, rows: Int?, isASCII: Bool) -> Int {
    let most = max(3, (rows ?? 26) - (panel.y.label.isEmpty ? 2 : 3))
    let texts = panel.y.ticks(about: max(2, most / 4)).map {
      isASCII ? TerminalSigns.plain($0.text) : $0.text
    }
    return 1 + (texts.map { DisplayWidth.of($0) }.max() ?? 0)
  }

  /// A panel whose margin is at least so wide.
  init(
    panel: Panel, columns: Int, rows: Int?, isASCII: Bool, margin least: Int = 0, isLettered: Bool = false
  ) {
    self.isASCII = isASCII
    self.isLettered = isLettered
    let plain = { (text: String) in isASCII ? TerminalSigns.plain(text) : text }
    guard panel.hasAxes else {
      let room = Raster(columns: max(8, columns - 1), rows: max(3, rows ?? 26), isASCII: isASCII)
      let (across, down) = (Double(room.across), Double(room.down))
      // A word begins at a whole cell, so that one of the two cells between words may be lost.
      let words = WordRoom(width: Double(room.width), height: Double(room.height), gap: 2 * across) {
        word, _ in
        (Double(plain(word).count) * across, down)
      }
      let part = words.furnished(panel)
      frame = part.frame
      self.panel = frame.panel
      raster = Raster(
        columns: min(room.columns, Int((part.width / across).rounded(.up))),
        rows: min(room.rows, Int((part.height / down).rounded(.up))), isASCII: isASCII)
      (labels, caption, margin) = ([], "", 0)
      draw()
      return
    }
    self.panel = panel
    let most = max(3, (rows ?? 26) - (panel.y.label.isEmpty ? 2 : 3))
    margin = max(least, Self.margin(panel, rows: rows, isASCII: isASCII))
    // Right of the axis stands its name.
    let name = plain(panel.x.caption(about: max(2, columns / 12)))
    var width = max(8, columns - margin - 1 - (name.isEmpty ? 0 : 1 + DisplayWidth.of(name)))
    // A cell is about twice as high as wide.
    let ratio = panel.shape
    let height = rows == nil ? Int(max(3, min(Double(most), Double(width) * ratio / 2)).rounded()) : most
    if panel.isEqual { width = Int(max(8, min(Double(width), Double(height) * 2 / ratio)).rounded()) }
    raster = Raster(columns: width, rows: height, isASCII: isASCII)
    frame = Layout.Frame(
      panel: panel, left: 0, top: 0, width: Double(raster.width), height: Double(raster.height))
    caption = panel.y.caption(about: max(2, height / 4))
    labels = panel.y.ticks(about: max(2, height / 4)).map { tick in
      let row = Int(max(0, min(1, 1 - panel.y.place(tick.value))) * Double(height))
      return (min(height - 1, row), plain(tick.text))
    }
    draw()
  }

  // MARK: Shapes

  /// Words come last, so that nothing takes a part of one away.
  private mutating func draw() {
    for item in panel.items where !item.shape.isText { draw(item.shape) }
    for item in panel.items where item.shape.isText { draw(item.shape) }
  }

  private mutating func draw(_ shape: Shape) {
    let frame = self.frame
    switch shape {
    case .line(let points, let stroke):
      let inside = Polyline.clipped(
        points.map(frame.pixel), x: 0...(Double(raster.width) - 1e-6),
        y: 0...(Double(raster.height) - 1e-6))
      for line in inside { for (a, b) in zip(line, line.dropFirst()) { raster.line(a, b, stroke.ink) } }
      if isLettered { letters(along: inside, stroke.ink) }
    case .area(let loops, let ink): if isASCII { shade(loops, ink) }
    case .face(let points, let ink, let part):
      let pixels = points.map(frame.pixel)
      if part.hasInside { raster.clear(pixels) }
      if part == .inside { return }
      for (a, b) in zip(pixels, pixels.dropFirst() + (part == .side ? [] : pixels.prefix(1))) {
        raster.line(a, b, ink)
      }
    case .marks(let points, .speck, let ink):
      // Letters of so many would hide the curve.
      for point in points.map(frame.pixel) where point.isFinite { raster.line(point, point, ink) }
    case .marks(let points, let symbol, let ink):
      for point in points where frame.shows(point) {
        let letter = isLettered && symbol == .dot ? TerminalSigns.letter(ink) : nil
        put(
          letter ?? TerminalSigns.mark(symbol, isASCII), at: frame.pixel(point), ink == .ink ? nil : ink)
      }
    case .arrows(let arrows, _):
      for arrow in arrows {
        let (tail, head) = (frame.pixel(arrow.tail), frame.pixel(arrow.head))
        let centre = Point((tail.x + head.x) / 2, (tail.y + head.y) / 2)
        let (dx, dy) = (head.x - tail.x, tail.y - head.y)
        // In dots: as wide as high in braille, twice as high as wide in ASCII.
        put(TerminalSigns.arrow(dx, isASCII ? 2 * dy : dy, isASCII), at: centre, nil)
      }
    case .text(let word, let places, let anchor, _):
      guard let at = places.first.map(frame.pixel) else { return }
      let text = isASCII ? TerminalSigns.plain(word) : word
      let shift = anchor == .start ? 0 : anchor == .middle ? text.count / 2 : text.count
      for (offset, letter) in text.enumerated() {
        put(letter, at: Point(at.x + Double((offset - shift) * raster.across), at.y), nil)
      }
    }
  }

  /// The letter of a series at places along its lines that are well apart.
  private mutating func letters(along lines: [[Point]], _ ink: Ink) {
    guard let letter = TerminalSigns.letter(ink), case .series(let number) = ink else { return }
    let apart = 12.0 * Double(raster.across)
    // Lines on top of each other have their letters beside each other.
    var next = Double(number % 6) * apart / 6
    var way = 0.0
    for line in lines {
      for (a, b) in zip(line, line.dropFirst()) {
        way += (b.x - a.x).magnitude
        guard way >= next else { continue }
        put(letter, at: b, ink)
        next = way + apart
      }
    }
  }

  private mutating func put(_ letter: Character, at point: Point, _ ink: Ink?) {
    guard point.isFinite else { return }
    let column = max(-1, min(point.x / Double(raster.across), Double(raster.columns)))
    let row = max(-1, min(point.y / Double(raster.down), Double(raster.rows)))
    // A point on the frame's far edge belongs to the last cell.
    raster.put(
      letter, column: min(raster.columns - 1, Int(column.rounded(.down))),
      row: min(raster.rows - 1, Int(row.rounded(.down))), ink)
  }

  /// A region in the ASCII characters that grow darker with the value.
  private mutating func shade(_ loops: [[Point]], _ ink: Ink) {
    guard case .map(let place) = ink else { return }
    let tones = Array(" .:-=+*#%@")
    let tone = tones[max(0, min(tones.count - 1, Int(place * Double(tones.count - 1) + 0.5)))]
    let frame = self.frame
    let cells = loops.map { loop in
      loop.map { point in
        let at = frame.pixel(point)
        return Point(at.x / Double(raster.across), at.y / Double(raster.down))
      }
    }
    var stretches: [(Int, Int, Int)] = []
    Raster.fill(cells, rows: raster.rows) { row, from, to in
      let first = max(0, Int((max(0, min(from, 1e6)) - 0.5).rounded(.up)))
      let last = min(raster.columns - 1, Int((max(-1, min(to, 1e6)) - 0.5).rounded(.down)))
      stretches.append((row, first, last))
    }
    for (row, first, last) in stretches where first <= last {
      for column in first...last { raster.put(tone, column: column, row: row, nil) }
    }
  }

  // MARK: Axes

  var lines: [[TerminalCell]] {
    let cells = raster.cells
    guard panel.hasAxes else { return cells }
    let plain = { (text: String) in isASCII ? TerminalSigns.plain(text) : text }
    var lines: [[TerminalCell]] = []
    if !caption.isEmpty { lines.append(text(spaces(margin) + plain(caption))) }
    for (row, line) in cells.enumerated() {
      let label = labels.last { $0.row == row }?.text
      let space = spaces(margin - DisplayWidth.of(label ?? "") - 1)
      lines.append(text(space + (label ?? "") + " " + (isASCII ? "|" : label == nil ? "│" : "┤")) + line)
    }
    var axis = spaces(margin) + (isASCII ? "+" : "└")
    let name = plain(panel.x.caption(about: max(2, raster.columns / 12)))
    let length = margin + 1 + raster.columns + (name.isEmpty ? 0 : 1 + DisplayWidth.of(name))
    var words = Array(repeating: Character(" "), count: length)
    var marks = Array(repeating: Character(isASCII ? "-" : "─"), count: raster.columns)
    var free = 0
    for tick in panel.x.ticks(about: max(2, raster.columns / 12)) {
      let column = min(raster.columns - 1, Int(panel.x.place(tick.value) * Double(raster.columns)))
      marks[max(0, column)] = isASCII ? "+" : "┴"
      let word = Array(plain(tick.text))
      let start = max(0, min(margin + 1 + column - word.count / 2, words.count - word.count))
      guard start >= free, start + word.count <= words.count else { continue }
      for (offset, letter) in word.enumerated() { words[start + offset] = letter }
      free = start + word.count + 1
    }
    axis += String(marks)
    lines.append(text(axis + (name.isEmpty ? "" : " " + name)))
    while words.last == " " { words.removeLast() }
    lines.append(words.map { TerminalCell($0) })
    return lines
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
  private func text(_ text: String) -> [TerminalCell] { text.map { TerminalCell($0) } }
}
