/// What a line of the interactive mode asks for.
///
///     SessionLine("minimize x^2 + y^2 from 4,4")   // .command(["minimize", "--from", "4,4", "--", "x^2 + y^2"])
///
/// Formulas need no quotes there, and options no dashes: `from 4,4` and `--from 4,4` are the same.
package enum SessionLine: Hashable, Sendable {
  /// Nothing, or a remark behind `#`.
  case empty
  /// `:vars`, with what stands behind the name.
  case meta(name: String, rest: String)
  /// Arguments as a command line has them.
  case command([String])
  /// A formula, or a definition.
  case formula(String)

  /// Reads a line.
  package init(_ line: String) {
    let text = SessionLine.trimmed(line[...])
    guard let first = text.first, first != "#" else {
      self = .empty
      return
    }
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let rest = words.count > 1 ? SessionLine.trimmed(words[1]) : ""
    if first == ":" {
      self = .meta(name: String(words[0].dropFirst()), rest: String(rest))
    } else if ["quit", "exit"].contains(text) {
      self = .meta(name: "quit", rest: "")
    } else if let command = Command.all.first(where: { $0.name == words[0] }), rest.first != "=" {
      self = .command(SessionLine.arguments(of: command, rest))
    } else {
      self = .formula(String(text))
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let head = text.drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return head[...last]
  }

  /// A stretch of a line between spaces that stand outside brackets and quotes.
  private struct Word {
    var text: Substring
    var isQuoted: Bool
  }

  private static func words(_ text: Substring) -> [Word] {
    var words: [Word] = []
    var depth = 0
    var quote: Character?
    var start: Substring.Index?
    var place = text.startIndex
    func close(_ end: Substring.Index) {
      guard let begin = start else { return }
      var piece = text[begin..<end]
      let mark = piece.first
      let isQuoted = (mark == "'" || mark == "\"") && piece.count > 1 && piece.last == mark
      if isQuoted { piece = piece.dropFirst().dropLast() }
      words.append(Word(text: piece, isQuoted: isQuoted))
      start = nil
    }
    while place < text.endIndex {
      let character = text[place]
      if let open = quote {
        if character == open { quote = nil }
      } else if (character == "'" || character == "\""), start == nil {
        (quote, start) = (character, place)
      } else {
        if "([{⟨".contains(character) { depth += 1 }
        if ")]}⟩".contains(character) { depth = max(0, depth - 1) }
        if character.isWhitespace, depth == 0 {
          close(place)
        } else if start == nil {
          start = place
        }
      }
      place = text.index(after: place)
    }
    close(text.endIndex)
    return words
  }

  private static func arguments(of command: Command, _ rest: Substring) -> [String] {
    let words = words(rest)
    let known = (command.options + Option.everywhere).filter { $0.name.count > 1 }
    /// The option that a word names: with its dashes always, without them behind an operand.
    func option(_ word: Word, _ place: Int) -> Option? {
      guard !word.isQuoted else { return nil }
      let name = word.text.hasPrefix("--") ? word.text.dropFirst(2) : place > 0 ? word.text : ""
      let isLast = place == words.count - 1
      return known.first { $0.name == name && ($0.value == .none || !isLast) }
    }
    var operands: [Word] = []
    var options: [String] = []
    var place = 0
    while place < words.count {
      let word = words[place]
      guard let row = option(word, place) else {
        if options.isEmpty, !(word.text.hasPrefix("--") && word.text.contains("=")) {
          operands.append(word)
        } else {
          options.append(String(word.text))
        }
        place += 1
        continue
      }
      options.append("--" + row.name)
      place += 1
      guard row.value != .none else { continue }
      var value = ""
      while place < words.count, value.isEmpty || option(words[place], place) == nil {
        value += words[place].text
        place += 1
      }
      options.append(value)
    }
    let formulas = operandTexts(operands, count: command.operands.split(separator: " ").count)
    return [command.name] + options + (formulas.isEmpty ? [] : ["--"] + formulas)
  }

  /// The words as so many operands: the last words are one each, those before them one formula.
  private static func operandTexts(_ words: [Word], count: Int) -> [String] {
    guard words.count > 1, !words.allSatisfy(\.isQuoted) else { return words.map { String($0.text) } }
    let last = min(max(count - 1, 0), words.count - 1)
    let first = words.dropLast(last).map { String($0.text) }.joined(separator: " ")
    return [first] + words.suffix(last).map { String($0.text) }
  }
}
