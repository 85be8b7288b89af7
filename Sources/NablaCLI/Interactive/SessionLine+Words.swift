import NablaDescent

/// Words of a line, and the arguments that they are.
extension SessionLine {
  /// A stretch of a line between spaces that stand outside brackets and quotes.
  struct Word {
    var text: Substring
    var isQuoted: Bool
  }

  static func words(_ text: Substring) -> [Word] {
    var words: [Word] = []
    var depth = 0
    var quote: Character?
    var start: Substring.Index?
    var place = text.startIndex
    func close(_ end: Substring.Index) {
      guard let begin = start else { return }
      var piece = text[begin..<end]
      let isQuoted = piece.count > 1 && piece.first.flatMap(closingQuote) == piece.last
      if isQuoted { piece = piece.dropFirst().dropLast() }
      words.append(Word(text: piece, isQuoted: isQuoted))
      start = nil
    }
    while place < text.endIndex {
      let character = text[place]
      if let close = quote {
        if character == close { quote = nil }
      } else if let close = closingQuote(character), start == nil {
        (quote, start) = (close, place)
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

  static func arguments(of command: Command, _ rest: Substring, _ defined: [String]) -> [String] {
    let words = words(rest)
    func option(_ place: Int) -> Option? {
      place < words.count ? self.option(command, words, place, defined) : nil
    }
    var operands: [Word] = []
    var options: [String] = []
    var place = 0
    while place < words.count {
      let word = words[place]
      // `f with rate 0.1 and steps 5`
      if place > 0, option(place + 1) != nil, isLinking(word) {
        place += 1
        continue
      }
      guard let row = option(place) else {
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
      var value: [Word] = []
      while place < words.count, value.isEmpty || option(place) == nil {
        value.append(words[place])
        place += 1
      }
      options.append(valueText(value, of: row, isLast: place == words.count))
    }
    let formulas =
      command.name == Command.check.name
      ? checked(operands, defined)
      : operandTexts(unjoined(operands, of: command), count: command.operandCount)
    return [command.name] + options + (formulas.isEmpty ? [] : ["--"] + formulas)
  }

  /// The option that a word of a line names: with dashes always, without them behind an operand. What is a start for
  /// one command is a point or a window for others.
  private static func option(_ command: Command, _ words: [Word], _ place: Int, _ defined: [String])
    -> Option?
  {
    let word = words[place]
    let name = word.text.drop { $0 == "-" }
    let dashes = word.text.count - name.count
    guard !word.isQuoted, name.count > 1, dashes == 2 || (dashes < 2 && place > 0) else { return nil }
    let isLast = place == words.count - 1
    let rows = (command.options + Option.everywhere).filter { $0.value == .none || !isLast }
    if let row = rows.first(where: { $0.name == name }) { return row }
    guard dashes < 2, !defined.contains(String(name)) else { return nil }
    let stands: [Option] =
      switch name {
      case Option.at.name: [.from]
      case Option.from.name: words.dropFirst(place).contains { $0.text == "to" } ? [.window, .within] : [.at]
      // minimize f by newton
      case "by", "using":
        !isLast && Methods.named(String(words[place + 1].text)) != nil ? [.method] : []
      default: []
      }
    return stands.first { row in rows.contains { $0.name == row.name } }
  }

  /// A word that joins an option to what stands before it: `with rate 0.1`.
  private static func isLinking(_ word: Word) -> Bool {
    !word.isQuoted && ["with", "and", "using", "starting"].contains(word.text)
  }

  /// The value of an option from its words: blanks beside commas and signs go, all others stay, for they would join
  /// what was typed apart.
  private static func valueText(_ words: [Word], of option: Option, isLast: Bool) -> String {
    var words = words
    if !isLast, words.count > 1, let last = words.last, isLinking(last) { words.removeLast() }
    let signs = ",;=+-−*·/^:.<>"
    var text = ""
    for word in words {
      let isRange = [Option.window.name, Option.within.name].contains(option.name)
      let piece = isRange && word.text == "to" ? ".." : String(word.text)
      let touches = text.last.map(signs.contains) != false || piece.first.map(signs.contains) != false
      text += (touches ? "" : " ") + piece
    }
    return !isLast && text.count > 1 && text.last == "," ? String(text.dropLast()) : text
  }

  /// A formula and its gradient, either of several words: a word between them parts them, or quotes do, or the formula
  /// is a name that is defined; the last blank does where nothing else tells.
  private static func checked(_ words: [Word], _ defined: [String]) -> [String] {
    func text(_ words: ArraySlice<Word>) -> String { words.map { String($0.text) }.joined(separator: " ") }
    guard words.count > 2 else { return words.map { String($0.text) } }
    let joint = words.firstIndex { !$0.isQuoted && ["against", "with", "to"].contains($0.text) }
    if let joint, joint > 0, joint < words.count - 1 {
      return [text(words[..<joint]), text(words[(joint + 1)...])]
    }
    let operators: [Substring] = ["+", "-", "−", "–", "*", "·", "×", "/", "^"]
    let isName = defined.contains(String(words[0].text)) && !operators.contains(words[1].text)
    let cut = words[0].isQuoted || (isName && !words[words.count - 1].isQuoted) ? 1 : words.count - 1
    return [text(words[..<cut]), text(words[cut...])]
  }

  /// The formula and the gradient of a line of `check` that only its last blank parts; nil for all other lines.
  static func cutAtLastBlank(_ line: String, _ arguments: [String]) -> (formula: String, gradient: String)? {
    guard arguments.first == Command.check.name, arguments.count > 2 else { return nil }
    let (formula, gradient) = (arguments[arguments.count - 2], arguments[arguments.count - 1])
    guard formula.contains(" "), line.hasSuffix("\(formula) \(gradient)") else { return nil }
    return (formula, gradient)
  }

  /// The words without the one between a formula and what it is held against: `y = m x to a.csv`.
  private static func unjoined(_ words: [Word], of command: Command) -> [Word] {
    let place = words.count - command.operandCount
    guard command.operandCount > 1, place > 0, !words[place].isQuoted,
      ["to", "with", "against", "in", "on", "using"].contains(words[place].text)
    else { return words }
    return Array(words[..<place] + words[(place + 1)...])
  }

  /// The words as so many operands: the last words are one each, those before them one formula.
  private static func operandTexts(_ words: [Word], count: Int) -> [String] {
    guard words.count > 1, !words.allSatisfy(\.isQuoted) else { return words.map { String($0.text) } }
    let last = min(max(count - 1, 0), words.count - 1)
    let first = words.dropLast(last).map { String($0.text) }.joined(separator: " ")
    return [first] + words.suffix(last).map { String($0.text) }
  }
}
