import NablaAlgebra
import NablaBasics
import NablaNotation

/// The interactive mode on a terminal: reads keys, keeps the line drawn, runs it.
struct Conversation {
  private let session: Session
  private let process: Process
  private let painter: Painter
  private let glyphs: Glyphs
  private var editor: LineEditor
  private var screen: LineScreen
  private var keys = KeyDecoder()
  /// Keys that came with those of a line that is entered already, the next one last: lines that were pasted.
  private var waiting: [Key] = []

  init(session: Session, invocation: Invocation) {
    self.session = session
    process = invocation.process
    painter = invocation.console.paintOutput
    glyphs = invocation.glyphs
    screen = LineScreen(output: process.output, painter: painter)
    editor = LineEditor()
    editor = fresh(History())
  }

  /// What the interactive mode begins with.
  static let greeting = "nabla \(Version.text)   a formula, a definition, a command; :help, :quit"

  /// Runs until the person leaves.
  mutating func run() -> Command.Exit {
    say(Conversation.greeting)
    while true {
      guard let line = readLine() else { return .answered }
      guard case .next(let exit) = session.run(line), exit != .pipeClosed else { return .answered }
      forgetInterruption()
      editor = fresh(editor.history)
    }
  }

  /// Listens again after a Ctrl-C, which gives up the lines that wait as well.
  private mutating func forgetInterruption() {
    if System.interruption.isCancelled { waiting = [] }
    System.forgetInterruption()
  }

  private var prompt: Styled { Styled(glyphs == .unicode ? "∇ " : "> ", .keyword) }

  private func fresh(_ history: History) -> LineEditor {
    let names =
      Command.all.map(\.name) + Function.all.map(\.name) + session.definitions.names
      + MetaCommand.all.map { ":" + $0.name } + Option.all.map(\.name).filter { $0.count > 3 }
    let completer = Completer(names: names, letters: GreekLetters.byName)
    let defined = session.definitions.names
    return LineEditor(
      history: history, completer: completer, goesOn: { LineJoiner.goesOn($0, defined: defined) })
  }

  /// Takes a person through lines that are ready to be run, each as often as they like.
  mutating func tour(_ stops: [TourStop]) -> Command.Exit {
    for (place, stop) in stops.enumerated() {
      process.output.write("\n\(place + 1)/\(stops.count)  \(stop.title)\n\(stop.text(width: columns))\n\n")
      process.output.flush()
      var proposal = stop.line
      while true {
        editor = fresh(editor.history)
        editor.begin(with: proposal)
        guard let line = readLine() else { return .answered }
        if case .empty = SessionLine(line) { break }
        guard case .next(let exit) = session.run(line), exit != .pipeClosed else { return .answered }
        forgetInterruption()
        proposal = ""
        say("\nEnter goes on, \u{2191} edits the line and runs it again, Ctrl-D leaves.")
      }
    }
    return .answered
  }

  /// A line from the keys; nil at the end. The terminal is back in its own mode when this returns.
  private mutating func readLine() -> String? {
    guard let mode = System.rawMode() else { return nil }
    defer { System.restore(mode) }
    process.output.write("\(LineScreen.markedPastes)")
    defer {
      process.output.write("\(LineScreen.plainPastes)")
      process.output.flush()
    }
    var isDrawn = false
    while true {
      if !isDrawn {
        draw()
        isDrawn = true
      }
      if waiting.isEmpty {
        guard let bytes = try? process.input.bytes(), !bytes.isEmpty else { return nil }
        waiting = keys.feed(bytes).reversed()
        continue
      }
      guard let key = waiting.popLast() else { continue }
      let typed = editor.line.text
      switch editor.press(key) {
      case .edited: isDrawn = !waiting.isEmpty
      case .entered(let line) where goesOnInWaiting(line): editor.begin(with: line + "\n")
      case .entered(let line):
        screen.leave(view(of: line, cursor: line.count))
        return line
      case .cancelled:
        screen.leave(view(of: typed + "^C", cursor: 0))
        isDrawn = false
      case .ended:
        screen.leave(view(of: "", cursor: 0))
        return nil
      case .cleared:
        screen.clear()
        isDrawn = false
      case .choices(let names):
        screen.leave(view(of: editor.line.text, cursor: 0))
        for line in Styled(names.prefix(40).joined(separator: "  ")).wrapped(to: columns) {
          process.output.write(line.plain + "\r\n")
        }
        isDrawn = false
      }
    }
  }

  /// Whether a formula goes on in the next of the lines that were pasted as keys.
  private func goesOnInWaiting(_ line: String) -> Bool {
    guard !waiting.isEmpty else { return false }
    var next = ""
    for key in waiting.reversed() {
      guard case .text(let text) = key else { break }
      next += text
    }
    var formula = LineJoiner(line, defined: session.definitions.names)
    return formula.takes(next, defined: session.definitions.names)
  }

  /// Words between two lines, broken at blanks.
  private func say(_ words: String) {
    for line in Styled(words).wrapped(to: columns) { process.output.write(line.plain + "\n") }
    process.output.flush()
  }

  private var columns: Int { System.columns(System.output) ?? 80 }

  private func view(of text: String, cursor: Int) -> LineView {
    LineView(prompt: prompt, line: Conversation.highlighted(text), cursor: cursor, columns: columns)
  }

  private mutating func draw() {
    let text = editor.line.text
    var remark: Styled?
    if let search = editor.search {
      let state = search.place == nil && !search.text.isEmpty ? "not found" : "search"
      remark = Styled("\(state): \(search.text)", .hint)
    } else if let preview = session.preview(text) {
      remark = Styled("  ", .hint) + preview
    }
    screen.draw(view(of: text, cursor: editor.line.cursor), remark: remark, columns: columns)
  }

  /// A line in colours: a command's name, then a formula; what is made for a shell stays as it is.
  static func highlighted(_ text: String) -> Styled {
    if text.hasPrefix(":") { return Styled(text, .keyword) }
    if SessionLine.pasted(SessionLine.unprompted(text[...])) != nil { return Styled(text) }
    let word = text.prefix { $0 != " " }
    guard Command.all.contains(where: { $0.name == word }) else { return Highlight.styled(text) }
    return Styled(String(word), .keyword) + Highlight.styled(String(text.dropFirst(word.count)))
  }
}

/// The Greek letters by the names that TeX has for them.
enum GreekLetters {
  /// `alpha` to `α`.
  static let byName: [String: String] = {
    let names = [
      "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
      "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ]
    var letters: [String: String] = ["partial": "∂", "nabla": "∇", "infty": "∞", "sqrt": "√", "cdot": "·"]
    for (place, name) in names.enumerated() {
      letters[name] = Unicode.Scalar(0x3B1 + UInt32(place)).map { String(Character($0)) }
    }
    letters["sigma"] = "σ"
    return letters
  }()
}
