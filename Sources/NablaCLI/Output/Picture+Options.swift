import Nabla
import NablaBasics

extension Picture {
  /// What the options say about the picture.
  func options() throws(Failure) -> FigureOptions {
    let arguments = invocation.arguments
    try refuseWhatDoesNothing()
    var options = FigureOptions()
    options.isSurface = arguments.has(.surface)
    if arguments.has(.field) { options.hasField = true }
    options.levels = arguments.integer(.levels)
    if let theme = arguments.value(.theme) { options.theme = .init(rawValue: theme.text) ?? .auto }
    if arguments.has(.output), try target()?.format != .text {
      if let size = try size(.pixels) { options.size = (Double(size.width), Double(size.height)) }
    } else {
      _ = try size(.cells)
    }
    if let given = arguments.value(.window) {
      for (place, range) in try window(given) {
        if place < variables.count { options.window[place] = range } else { options.values = range }
      }
    }
    return options
  }

  /// The smallest and the largest size of a picture.
  enum Unit {
    case pixels, cells
    var widths: ClosedRange<Int> { self == .pixels ? 160...4000 : 20...400 }
    var heights: ClosedRange<Int> { self == .pixels ? 120...4000 : 6...200 }
    var example: String { self == .pixels ? "800x600" : "80x24" }
    var name: String { self == .pixels ? "in pixels" : "in cells of a terminal" }

    func allows(_ width: Int, _ height: Int) -> Bool { widths.contains(width) && heights.contains(height) }
  }

  /// An option that this picture would pass over in silence is refused.
  private func refuseWhatDoesNothing() throws(Failure) {
    let arguments = invocation.arguments
    let count = variables.count
    let number = count == 1 ? "one" : "\(count)"
    let format = try target()?.format
    let place = format.map { ".\($0.rawValue) files" } ?? "the terminal"
    let isDrawn = format == .svg || format == .html
    let rows: [(option: Option, isFor: String, notFor: String, isRefused: Bool)] = [
      (.surface, "formulas of two variables", "formulas of \(number)", count != 2 && count > 0),
      (.levels, "formulas of two variables", "formulas of \(number)", count != 2 && count > 0),
      (.levels, "contours", "a surface", arguments.has(.surface)),
      (.field, "formulas of one or two variables", "formulas of \(number)", count > 2),
      (.ascii, "the terminal and .txt files", place, isDrawn),
      (.theme, ".svg and .html files", place, !isDrawn),
    ]
    for row in rows where row.isRefused && arguments.has(row.option) {
      throw .usage(
        UsageError(
          .otherPicture(option: row.option.name, isFor: row.isFor, notFor: row.notFor),
          at: arguments.value(row.option)?.argument ?? arguments.end))
    }
  }

  func size(_ unit: Unit) throws(Failure) -> (width: Int, height: Int)? {
    guard let given = invocation.arguments.value(.size) else { return nil }
    let parts = given.text.lowercased().replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      unit.allows(width, height)
    else {
      let other: Unit = unit == .pixels ? .cells : .pixels
      var fix = "such as \(unit.example)"
      if parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), other.allows(width, height)
      {
        // What would do elsewhere was meant for there.
        fix +=
          unit == .cells
          ? "; with -o f.svg it is in pixels" : "; without -o, or for a .txt file, it is in cells"
      }
      throw .usage(
        UsageError(
          .notANumber(
            given.text, option: "size",
            wanted:
              "width x height \(unit.name), from \(unit.widths.lowerBound)x\(unit.heights.lowerBound) to \(unit.widths.upperBound)x\(unit.heights.upperBound)"
          ),
          at: given.argument, fix: fix))
    }
    return (width, height)
  }

  /// The stretches of `--window`, by the variable's place; the place after the last variable stands for the values.
  private func window(_ given: Arguments.Given) throws(Failure) -> [(Int, ClosedRange<Double>)] {
    func refuse(_ sentence: String, fix: String? = nil) -> Failure {
      .usage(UsageError(.badPoint(sentence), at: given.argument, fix: fix))
    }
    let parts = invocation.parts(given.text)
    let most = variables.count + 1
    guard variables.count <= 2 else {
      throw refuse("a formula of \(variables.count) variables has no window")
    }
    guard parts.count <= most else { throw refuse("the window has more ranges than the picture has axes") }
    var ranges: [(Int, ClosedRange<Double>)] = []
    for (order, part) in parts.enumerated() {
      var place = order
      if let name = part.name {
        if let found = self.place(name) {
          place = found
        } else if name == value || variables.count == 1 && name == "y" || variables.count == 2 && name == "z"
        {
          place = variables.count
        } else {
          let near = closest(to: name, among: variables)
          throw refuse(
            "there is no variable \(invocation.glyphs.quoted(name))",
            fix: near.map { "did you mean \($0)?" }
              ?? "the axes are \((variables + [value]).joined(separator: ", "))")
        }
      }
      guard !ranges.contains(where: { $0.0 == place }) else {
        throw refuse("\(part.name ?? "a range") is given twice")
      }
      let dots = part.value.firstRange(of: "..") ?? part.value.firstRange(of: "…")
      guard let dots else {
        throw refuse("\(invocation.glyphs.quoted(part.value)) is no range", fix: "a range is -3..3")
      }
      let low = try invocation.constant(String(part.value[..<dots.lowerBound]), at: given.argument).value
      let high = try invocation.constant(String(part.value[dots.upperBound...]), at: given.argument).value
      guard low < high else {
        throw refuse("a range rises: \(invocation.glyphs.quoted(part.value)) does not")
      }
      guard (high - low).isFinite, high - low > 1e-9 * max(low.magnitude, high.magnitude) else {
        throw refuse(
          "the range \(invocation.glyphs.quoted(part.value)) is too \((high - low).isFinite ? "narrow" : "wide") to draw"
        )
      }
      ranges.append((place, low...high))
      // One range without a name is that of all variables, as it is a box.
      if parts.count == 1, part.name == nil { return variables.indices.map { ($0, low...high) } }
    }
    return ranges
  }
}
