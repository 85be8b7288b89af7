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
    let formulas =
      command.name == Command.check.name
      ? checked(operands, defined)
      : operandTexts(unjoined(operands, of: command), count: command.operandCount)
    return [command.name] + options + (formulas.isEmpty ? [] : ["--"] + formulas)
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
