import Nabla
import NablaBasics
import NablaDrawing

/// A picture as the options ask for it: its window, its size, its format, and where it goes.
struct Picture {
  let subject: Subject

  private var invocation: Invocation { subject.invocation }

  /// A format of files: one row.
  struct Format: Sendable {
    let suffix: String
    let text: @Sendable (Figure) -> String

    static let all: [Format] = [
      Format(suffix: "svg") { $0.svg() },
      Format(suffix: "txt") { $0.text() },
    ]
  }

  /// Where the picture goes: a file of a format.
  struct Target {
    let path: String
    let format: Format
  }

  /// The file that `-o` names; nil for the terminal.
  func target() throws(Failure) -> Target? {
    guard let given = invocation.arguments.value(.output) else { return nil }
    let lower = given.text.lowercased()
    guard let format = Format.all.first(where: { lower.hasSuffix("." + $0.suffix) }) else {
      let known = Format.all.map { "." + $0.suffix }.joined(separator: ", ")
      throw .usage(UsageError(.badFile(given.text), at: given.argument, fix: "the name ends in \(known)"))
    }
    return Target(path: given.text, format: format)
  }

  /// Whether a picture is asked for beside another answer; what is wrong with its options is said before any work.
  func isWanted() throws(Failure) -> Bool {
    let arguments = invocation.arguments
    let isInTerminal = arguments.has(.plot)
    if try target() != nil || isInTerminal {
      _ = try options()
      if isInTerminal, invocation.isJSON, !arguments.has(.output) {
        throw .usage(
          UsageError(
            .notTogether(option: "plot", other: "json"),
            at: arguments.value(.plot)?.argument ?? arguments.end,
            fix: "-o f.svg writes a picture beside the JSON"))
      }
      return true
    }
    guard let option = Option.ofPictures.first(where: { arguments.has($0) }) else { return false }
    throw .usage(
      UsageError(
        .needsPicture(option: option.name), at: arguments.value(option)?.argument ?? arguments.end,
        fix: "add --plot, or -o f.svg"))
  }

  /// What the options say about the picture.
  func options() throws(Failure) -> FigureOptions {
    let arguments = invocation.arguments
    var options = FigureOptions()
    options.isSurface = arguments.has(.surface)
    if arguments.has(.field) { options.hasField = true }
    options.levels = arguments.integer(.levels)
    if let theme = arguments.value(.theme) { options.theme = theme.text }
    if arguments.has(.output), let size = try size(.pixels) {
      options.size = (Double(size.width), Double(size.height))
    }
    if let given = arguments.value(.window) {
      for (place, range) in try window(given) {
        if place < subject.variables.count { options.window[place] = range } else { options.values = range }
      }
    }
    return options
  }

  /// The smallest and the largest size of a picture.
  private enum Unit {
    case pixels, cells
    var range: ClosedRange<Int> { self == .pixels ? 160...4000 : 20...400 }
  }

  private func size(_ unit: Unit) throws(Failure) -> (width: Int, height: Int)? {
    guard let given = invocation.arguments.value(.size) else { return nil }
    let parts = given.text.lowercased().replacing("×", with: "x").split(
      separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      unit.range.contains(width), unit.range.contains(height)
    else {
      throw .usage(
        UsageError(
          .notANumber(
            given.text, option: "size",
            wanted: "width x height, each from \(unit.range.lowerBound) to \(unit.range.upperBound)"),
          at: given.argument, fix: "such as 800x600"))
    }
    return (width, height)
  }

  /// The stretches of `--window`, by the variable's place; the place after the last variable stands for the values.
  private func window(_ given: Arguments.Given) throws(Failure) -> [(Int, ClosedRange<Double>)] {
    func refuse(_ sentence: String, fix: String? = nil) -> Failure {
      .usage(UsageError(.badPoint(sentence), at: given.argument, fix: fix))
    }
    let parts = PointReader.parts(given.text)
    let most = subject.variables.count + 1
    guard subject.variables.count <= 2 else {
      throw refuse("a formula of \(subject.variables.count) variables has no window")
    }
    guard parts.count <= most else { throw refuse("the window has more ranges than the picture has axes") }
    var ranges: [(Int, ClosedRange<Double>)] = []
    for (order, part) in parts.enumerated() {
      var place = order
      if let name = part.name {
        if let found = subject.place(ofVariable: name) {
          place = found
        } else if name == subject.formula.name || subject.variables.count == 1 && name == "y"
          || subject.variables.count == 2 && name == "z"
        {
          place = subject.variables.count
        } else {
          let near = closest(to: name, among: subject.plainNames)
          throw refuse(
            "there is no variable \(invocation.glyphs.quoted(name))",
            fix: near.map { "did you mean \($0)?" } ?? subject.variablesInWords)
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
    }
    return ranges
  }

  /// The picture of the formula with its descents.
  private func figure(_ paths: [FigurePath], hasField: Bool) throws(Failure) -> Figure {
    var options = try options()
    if hasField { options.hasField = true }
    do { return try subject.formula.figure(options, paths: paths) } catch {
      switch error {
      case .formula(let error): throw Failure(error)
      case .nothingToDraw(let sentence): throw .formula(sentence)
      }
    }
  }

  /// Writes the picture to its file and gives its length in bytes.
  private func write(_ figure: Figure, to target: Target) throws(Failure) -> Int {
    let bytes = Array(target.format.text(figure).utf8)
    do throws(System.Failure) { try System.replace(target.path, with: bytes) } catch {
      throw .formula("\(invocation.glyphs.quoted(target.path)) cannot be written: \(error.sentence)")
    }
    return bytes.count
  }

  /// Draws the picture in the terminal, and says which part of the plane it shows.
  func show(_ figure: Figure) throws(Failure) {
    let console = invocation.console
    let size = try size(.cells)
    let isASCII = invocation.arguments.has(.ascii) || invocation.glyphs == .plain
    let width = max(20, min(120, size?.width ?? console.output.columns ?? 80))
    let renderer = TerminalRenderer(columns: width, rows: size?.height, isASCII: isASCII)
    for line in renderer.lines(of: figure.scene) { console.answer(line) }
    say(figure)
  }

  /// What is to be known about the picture: its window where it was chosen, and what it leaves out.
  private func say(_ figure: Figure) {
    let console = invocation.console
    for remark in figure.remarks { console.note(invocation.glyphs.worded(remark)) }
    guard let reason = figure.windowReason else { return }
    let names = subject.plainNames + [subject.variables.count == 1 ? subject.formula.name : ""]
    let option = zip(names, figure.window).prefix(subject.variables.count).map { name, range in
      let end = { (value: Double) in NumberText.significant(value, digits: 6, minus: .ascii) }
      return "\(name)=\(end(range.lowerBound))..\(end(range.upperBound))"
    }.joined(separator: ",")
    console.hint(invocation.glyphs.worded("the window \(option) is chosen from \(reason); --window sets it"))
  }

  /// Draws the picture where the options say: into a file, of which a line tells, or in the terminal.
  func deliver(_ paths: [FigurePath], hasField: Bool = false) throws(Failure) {
    let target = try target()
    let figure = try figure(paths, hasField: hasField)
    if !invocation.isJSON { invocation.console.answer() }
    guard let target else { return try show(figure) }
    let size = try write(figure, to: target)
    if !invocation.isJSON {
      let length = size < 10_000 ? "\(size) bytes" : "\(size / 1000) kB"
      invocation.console.answer(Styled("wrote \(target.path), \(length)", .hint))
      say(figure)
    }
  }
}
