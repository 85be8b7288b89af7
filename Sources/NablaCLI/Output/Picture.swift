import Nabla
import NablaBasics
import NablaDrawing

/// A picture as the options ask for it: its window, its size, its format, and where it goes.
struct Picture {
  let invocation: Invocation
  /// The variables that have an axis each, in order.
  let variables: [String]
  /// What the last axis shows: the function's name.
  let value: String
  /// The place of a variable by what a person types for it.
  let place: (String) -> Int?

  /// The formats of files, by the ends of their names.
  enum Format: String, CaseIterable {
    case svg, html
    case text = "txt"
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
    guard let format = Format.allCases.first(where: { lower.hasSuffix("." + $0.rawValue) }) else {
      throw .usage(UsageError(.badFile(given.text), at: given.argument, fix: Self.advice(on: given.text)))
    }
    return Target(path: given.text, format: format)
  }

  /// What to write in place of a name that ends otherwise; other programs make pixels of an SVG.
  private static func advice(on path: String) -> String {
    let known = Format.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "the name ends in \(known)" }
    let stem = path.dropLast(name.distance(from: dot, to: name.endIndex))
    switch name[dot...].lowercased() {
    case ".png", ".pdf":
      let kind = name[name.index(after: dot)...].lowercased()
      let file = { (end: String) in UsageError.asTyped(stem + "." + end) }
      return "write \(file("svg")), then rsvg-convert -f \(kind) \(file("svg")) -o \(file(kind))"
    case ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".eps", ".ps":
      return "write \(UsageError.asTyped(stem + ".svg")); a browser or Inkscape makes the rest"
    case ".htm": return "write \(UsageError.asTyped(stem + ".html"))"
    default: return "the name ends in \(known)"
    }
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

  /// Why there is no picture beside an option.
  func refusal(beside option: Option, fix: String? = nil) -> UsageError {
    let asked: Option = invocation.arguments.has(.output) ? .output : .plot
    return UsageError(
      .notTogether(option: asked.name, other: option.name),
      at: invocation.arguments.value(asked)?.argument ?? invocation.arguments.end, fix: fix)
  }

  /// Writes the picture to its file and gives its length in bytes.
  private func write(_ text: String, to target: Target) throws(Failure) -> Int {
    let bytes = Array(text.utf8)
    do throws(System.Failure) { try System.replace(target.path, with: bytes) } catch {
      throw .formula("\(invocation.glyphs.quoted(target.path)) cannot be written: \(error.sentence)")
    }
    return bytes.count
  }

  /// The lines of a terminal that are left for what stands above and below a picture.
  private static let besidePicture = 6

  /// Draws the picture in the terminal, and says which part of the plane it shows.
  func show(_ figure: Figure) throws(Failure) {
    let console = invocation.console
    let size = try size(.cells)
    let isASCII = invocation.arguments.has(.ascii) || invocation.glyphs == .plain
    let width = max(20, min(120, size?.width ?? console.output.columns ?? 80))
    var renderer = TerminalRenderer(columns: width, rows: size?.height, isASCII: isASCII)
    var drawn = renderer.lines(of: figure.scene)
    // The formula above and the window below are to be seen as well.
    if size == nil, let height = console.output.rows, drawn.count > height - Self.besidePicture {
      renderer.rows = max(8, height - Self.besidePicture - 4)
      drawn = renderer.lines(of: figure.scene)
    }
    for line in drawn { console.answer(line) }
    say(figure)
  }

  /// The picture in characters, as large as asked for.
  private func text(_ figure: Figure) throws(Failure) -> String {
    let size = try size(.cells)
    return figure.text(
      columns: size?.width ?? 80, rows: size?.height, isASCII: invocation.arguments.has(.ascii))
  }

  /// What is to be known about the picture: its window where it was chosen, and what it leaves out.
  private func say(_ figure: Figure) {
    let console = invocation.console
    for remark in figure.remarks { console.note(invocation.glyphs.worded(remark)) }
    guard let reason = figure.windowReason else { return }
    let option = zip(variables, figure.window).map { name, range in
      // As many digits as tell the ends apart.
      let size = max(range.lowerBound.magnitude, range.upperBound.magnitude)
      let digits = 6 + Int(min(11, Libm.log10(max(1, size / (range.upperBound - range.lowerBound)))))
      let end = { (value: Double) in NumberText.significant(value, digits: digits, minus: .ascii) }
      return "\(name)=\(end(range.lowerBound))..\(end(range.upperBound))"
    }.joined(separator: ",")
    console.hint(invocation.glyphs.worded("the window \(option) is chosen from \(reason); --window sets it"))
  }

  /// Draws the picture where the options say: into a file, of which a line tells, or in the terminal.
  ///
  /// Gives the figure, and the length of the file where there is one.
  @discardableResult
  func deliver(
    hasField: Bool = false, page: (Figure) -> String,
    _ draw: (FigureOptions) throws(FigureError) -> Figure
  ) throws(Failure) -> (figure: Figure, bytes: Int?) {
    let target = try target()
    var options = try options()
    if hasField { options.hasField = true }
    options.isPage = target?.format == .html
    options.cancellation = invocation.cancellation
    let figure: Figure
    do throws(FigureError) { figure = try draw(options) } catch {
      switch error {
      case .formula(let error): throw Failure(error)
      case .nothingToDraw(let sentence): throw .formula(invocation.glyphs.worded(sentence))
      }
    }
    if invocation.cancellation.isCancelled { throw .overrun(.cancelled) }
    if !invocation.isJSON { invocation.console.answer() }
    guard let target else {
      try show(figure)
      return (figure, nil)
    }
    let text =
      switch target.format {
      case .svg: figure.svg()
      case .html: page(figure)
      case .text: try text(figure)
      }
    if invocation.cancellation.isCancelled { throw .overrun(.cancelled) }
    let size = try write(text, to: target)
    if !invocation.isJSON {
      let length = size < 10_000 ? "\(size) bytes" : "\(size / 1000) kB"
      invocation.console.answer(Styled("wrote \(target.path), \(length)", .hint))
      say(figure)
    }
    return (figure, size)
  }
}

extension Subject {
  /// A picture of the formula.
  var picture: Picture {
    Picture(invocation: invocation, variables: plainNames, value: formula.name) { place(ofVariable: $0) }
  }

  /// Draws the formula with descents.
  @discardableResult
  func draw(_ paths: [FigurePath], hasField: Bool = false) throws(Failure) -> (figure: Figure, bytes: Int?) {
    try picture.deliver(hasField: hasField, page: { $0.html(of: formula) }) { options throws(FigureError) in
      try formula.figure(options, paths: paths)
    }
  }
}
