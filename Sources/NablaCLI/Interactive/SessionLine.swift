import NablaAlgebra

/// What a line of the interactive mode asks for.
///
///     SessionLine("minimize x^2 + y^2 from 4,4")   // .command(["minimize", "--from", "4,4", "--", "x^2 + y^2"])
///     SessionLine("$ nabla eval 'x^2' --at 3")     // .command(["eval", "x^2", "--at", "3"])
///     SessionLine("x^2 at 3")                      // .command(["eval", "--at", "3", "--", "x^2"])
///
/// Formulas need no quotes there, and options no dashes: `from 4,4` and `--from 4,4` are the same. A name that the
/// session defines is never a command.
package enum SessionLine: Hashable, Sendable {
  /// Nothing, or a remark behind `#`.
  case empty
  /// `:vars`, with what stands behind the name.
  case meta(name: String, rest: String)
  /// Arguments as a command line has them.
  case command([String])
  /// A word that was probably meant to be a command, `minimise f`, and that command.
  case misspelt(String, meant: String)
  /// A formula, or a definition.
  case formula(String)

  /// Reads a line; `defined` are the names that the session knows.
  package init(_ line: String, defined: [String] = []) {
    let text = SessionLine.unprompted(SessionLine.trimmed(line[...]))
    guard let first = text.first, first != "#" else {
      self = .empty
      return
    }
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let word = String(words[0])
    let rest = words.count > 1 ? SessionLine.trimmed(words[1]) : ""
    let isTaken = defined.contains(word) || rest.first == "="
    if first == ":" {
      self = .meta(name: String(word.dropFirst()), rest: String(rest))
    } else if !isTaken, let arguments = SessionLine.pasted(text) {
      self = .command(arguments)
    } else if let inner = SessionLine.unquoted(text) {
      self = SessionLine(inner, defined: defined)
    } else if !isTaken, let name = SessionLine.ownCommand(word, rest, defined) {
      self = .meta(name: name, rest: String(rest))
    } else if !isTaken, let command = Command.all.first(where: { $0.name == word }) {
      self = .command(SessionLine.arguments(of: command, rest, defined))
    } else if !isTaken, let meant = SessionLine.command(meantBy: word, before: rest) {
      self = .misspelt(word, meant: meant)
    } else if !defined.contains("at"), let arguments = SessionLine.valueAtPoint(text, defined) {
      self = .command(arguments)
    } else {
      self = .formula(String(text))
    }
  }

  static func trimmed(_ text: Substring) -> Substring {
    let head = text.drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return head[...last]
  }

  /// A command of the session without its colon: `help` and `vars` by themselves, `forget x` of a name that is known.
  private static func ownCommand(_ word: String, _ rest: Substring, _ defined: [String]) -> String? {
    if rest.isEmpty {
      switch word {
      case "?": return "help"
      case "exit", "exit()", "quit()": return "quit"
      default:
        let isBoth = Command.all.contains { $0.name == word } && word != "help"
        return isBoth ? nil : MetaCommand.all.first { $0.name == word && $0.standsAlone }?.name
      }
    }
    return word == "forget" && defined.contains(String(rest)) ? word : nil
  }

  /// The command that a word before an operand was probably meant to be.
  private static func command(meantBy word: String, before rest: Substring) -> String? {
    guard let next = rest.first, !"+-−–*·×/^!<>=)],;:|".contains(next) else { return nil }
    // A function of several arguments has them in brackets: min f is no formula.
    if word == "min" || word == "max" {
      return next == "(" && rest.contains(",") ? nil : ArgumentReader.command(surelyMeantBy: word)
    }
    guard word.utf8.count > 3,
      !Function.all.contains(where: { $0.name == word || $0.aliases.contains(word) })
    else { return nil }
    return ArgumentReader.command(surelyMeantBy: word)
  }

  /// `FORMULA at POINT` as arguments of eval, options behind it as well; nil where the line is none.
  private static func valueAtPoint(_ text: Substring, _ defined: [String]) -> [String]? {
    let words = words(text)
    guard words.count(where: { $0.text == "at" && !$0.isQuoted }) == 1,
      words.first?.text != "at", words.last?.text != "at"
    else { return nil }
    let arguments = arguments(of: .eval, text, defined)
    guard let place = arguments.firstIndex(of: "--at") else { return nil }
    let point = arguments[place + 1]
    let starts = "0123456789.-−√π("
    let isPoint = PointReader.parts(point).allSatisfy { part in
      !part.value.isEmpty
        && (part.name != nil || starts.contains(part.value.prefix(1)) || part.value.hasPrefix("pi")
          || part.value == "e")
    }
    return isPoint ? arguments : nil
  }
}
