/// The man page, made from the rows of `Command` and `Option`.
enum ManPage {
  /// The page in the macros of man(7).
  static var text: String {
    var page = Roff()
    page.line(".TH NABLA 1 \"\" \"nabla \(Version.text)\" \"User Commands\"")
    page.section("NAME")
    page.text("nabla - gradients of formulas as they are typed")
    page.section("SYNOPSIS")
    page.paragraph(bold: "nabla", " FORMULA [options]")
    page.paragraph(bold: "nabla", " COMMAND [operands] [options]")
    page.section("DESCRIPTION")
    page.text(
      """
      nabla reads a formula as a person types or pastes it, differentiates it exactly, prints the gradient as a \
      textbook would, evaluates it, and walks down it. Answers go to standard output, notes and errors to standard \
      error.
      """)
    page.section("FORMULAS AND POINTS")
    page.text(Help.formulas)
    page.section("COMMANDS")
    for command in Command.all {
      page.heading("nabla \(command.name)" + (command.operands.isEmpty ? "" : " " + command.operands))
      page.text(command.summary.prefix(1).uppercased() + command.summary.dropFirst() + ".")
      if !command.details.isEmpty { page.text(command.details) }
      for option in command.options { page.item(option.usage, option.summary) }
      page.text("Examples:")
      for example in command.examples { page.example("nabla " + example) }
    }
    page.section("OPTIONS OF EVERY COMMAND")
    for option in Option.everywhere { page.item(option.usage, option.summary) }
    page.section("EXIT STATUS")
    for (code, meaning) in Help.exits { page.item(code, meaning) }
    page.section("ENVIRONMENT")
    page.item("NO_COLOR, FORCE_COLOR, TERM", "whether answers are coloured, unless --color says so")
    page.item("LC_ALL, LC_CTYPE, LANG", "whether book characters are printed, unless --format says so")
    return page.lines.joined(separator: "\n") + "\n"
  }
}

/// Lines of a man page.
///
/// Every character that roff reads as a command is written so that it is shown instead.
private struct Roff {
  private(set) var lines: [String] = []

  private static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }

  mutating func line(_ line: String) { lines.append(line) }
  mutating func section(_ title: String) { lines.append(".SH \(title)") }
  mutating func heading(_ title: String) {
    lines.append(".SS \"\(Roff.escaped(title).replacing("\"", with: "\\(dq"))\"")
  }

  mutating func text(_ text: some StringProtocol) {
    lines += [".PP", Roff.escaped(text)]
  }

  mutating func paragraph(bold: String, _ rest: String) {
    lines += [".PP", "\\fB\(Roff.escaped(bold))\\fR\(Roff.escaped(rest))"]
  }

  mutating func item(_ title: String, _ text: String) {
    lines += [".TP", "\\fB\(Roff.escaped(title))\\fR", Roff.escaped(text)]
  }

  mutating func example(_ text: String) {
    lines += [".RS 4", ".nf", Roff.escaped(text), ".fi", ".RE"]
  }
}
