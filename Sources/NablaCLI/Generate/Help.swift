import NablaBasics

/// Help, made from the rows of `Command` and `Option`.
enum Help {
  /// The cells of a line: 80, or as many as the terminal has.
  private static func width(_ console: Console) -> Int {
    min(80, (console.output.isTerminal ? console.output.columns : nil) ?? 80)
  }

  /// How formulas and points are given.
  static let formulas = """
    FORMULA is a text in quotes, - for standard input, or @file. A point is 1,2 or x=1,y=pi/2; its values \
    are formulas of constants. Values such as -8 and -x^2 need no care; -- ends the options.
    """

  /// What a run leaves to the shell.
  static let exits = [
    ("0", "answered"),
    ("1", "the answer is no: not converged, unbounded, outside the domain"),
    ("2", "not understood, or the answer could not be written"),
    ("130", "interrupted"), ("141", "the reader of the answer has gone"),
  ]

  /// What bare `nabla` says: how to begin.
  static func usage(on invocation: Invocation) {
    let lines = [
      "nabla FORMULA                     the gradient of a formula",
      "nabla eval FORMULA --at POINT     its value and gradient at a point",
      "nabla minimize FORMULA            walk down it",
      "nabla help                        everything else",
      "",
      "for example: nabla 'f(x, y) = 3x^2 + 8xy - 3y^5'",
    ]
    for line in lines { invocation.console.complain(Styled(line)) }
  }

  /// Every command with its summary.
  static func overview(on invocation: Invocation) {
    let console = invocation.console
    console.answer("nabla reads a formula as it is typed, and prints, evaluates and descends its gradient.")
    console.answer()
    heading("Commands", console)
    var rows = [("nabla FORMULA", "the gradient: short for nabla grad FORMULA")]
    rows += Command.all.map { ("nabla \($0.name) \($0.operands)", $0.summary) }
    show(rows, console)
    console.answer()
    heading("Options of every command", console)
    show(Option.everywhere.map { ($0.usage, $0.summary) }, console)
    console.answer()
    heading("Formulas", console)
    paragraph(formulas, console)
    console.answer()
    heading("Exit status", console)
    show(exits, console)
    console.answer()
    console.answer("nabla help COMMAND tells more.")
  }

  /// One command: what it does, its options, its examples.
  static func show(_ command: Command, on invocation: Invocation) {
    let console = invocation.console
    var usage = Styled("nabla \(command.name)", .keyword)
    if !command.operands.isEmpty { usage.append(" " + command.operands) }
    if !command.options.isEmpty { usage.append(" [options]") }
    console.answer(usage)
    console.answer(console.glyphs.worded(sentence(command.summary)))
    if !command.details.isEmpty {
      console.answer()
      paragraph(command.details, console)
    }
    if !command.options.isEmpty {
      console.answer()
      heading("Options", console)
      show(command.options.map { ($0.usage, $0.summary) }, console)
    }
    console.answer()
    heading("Options of every command", console)
    show(Option.everywhere.map { ($0.usage, $0.summary) }, console)
    console.answer()
    heading("Examples", console)
    for example in command.examples { console.answer("  nabla \(example)") }
  }

  private static func heading(_ title: String, _ console: Console) {
    console.answer(Styled(console.glyphs.worded(title), .keyword))
  }

  /// The summary as a sentence: a capital and a full stop.
  private static func sentence(_ summary: String) -> String {
    summary.prefix(1).uppercased() + summary.dropFirst() + "."
  }

  private static func paragraph(_ text: String, _ console: Console) {
    for line in wrapped(console.glyphs.worded(text), to: width(console) - 2) { console.answer("  " + line) }
  }

  /// Two columns, the second one wrapped; a long first cell stands on a line of its own, and so do all where the
  /// second column would be narrow.
  static func show(_ rows: [(String, String)], _ console: Console) {
    let width = width(console)
    var longest = rows.map { DisplayWidth.of($0.0) }.filter { $0 <= 30 }.max() ?? 0
    let isNarrow = width - longest - 4 < 24
    if isNarrow { longest = 2 }
    for (name, summary) in rows {
      let lines = wrapped(console.glyphs.worded(summary), to: width - longest - 4)
      var first = Styled("  ")
      first.append(console.glyphs.worded(name), .value)
      let gap = isNarrow ? -1 : longest - DisplayWidth.of(name)
      if gap < 0 {
        console.answer(first)
      } else {
        console.answer(first + Styled(String(repeating: " ", count: gap + 2) + (lines.first ?? "")))
      }
      for line in lines.dropFirst(gap < 0 ? 0 : 1) {
        console.answer(String(repeating: " ", count: longest + 4) + line)
      }
    }
  }

  /// The words of a text in lines of at most so many cells.
  static func wrapped(_ text: String, to cells: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) > cells {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
