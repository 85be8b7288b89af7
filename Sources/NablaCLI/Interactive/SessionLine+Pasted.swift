/// Lines that were made for a shell: with a prompt, the name of the program, quotes.
extension SessionLine {
  /// The line without the prompt of a shell or of the interactive mode itself; `$ x^2 $` is LaTeX.
  static func unprompted(_ line: Substring) -> Substring {
    var line = line
    while let mark = line.first, "$%>❯∇".contains(mark), line.dropFirst().first == " ",
      !(mark == "$" && line.dropFirst().contains("$"))
    {
      line = trimmed(line.dropFirst())
    }
    return line
  }

  /// The arguments of a command line of this program: `nabla 'x^2'`, `swift run nabla 'x^2'`, `./nabla 'x^2'`.
  static func pasted(_ line: Substring) -> [String]? {
    var words = shellWords(line)
    if words.starts(with: ["swift", "run"]) {
      guard let name = words.firstIndex(of: "nabla") else { return nil }
      words.removeFirst(name)
    }
    guard let program = words.first, program == "nabla" || program.hasSuffix("/nabla") else { return nil }
    return words.count > 1 ? Array(words.dropFirst()) : ["repl"]
  }

  /// What stands between quotation marks that hold the whole line; nil where there are none.
  static func unquoted(_ line: Substring) -> String? {
    guard let open = line.first, let close = closingQuote(open), line.count > 2, line.last == close else {
      return nil
    }
    let inner = line.dropFirst().dropLast()
    return inner.contains(close) || inner.contains(open) ? nil : String(inner)
  }

  /// The mark that closes what a quotation mark opens.
  static func closingQuote(_ mark: Character) -> Character? {
    switch mark {
    case "'", "\"": mark
    case "‘": "’"
    case "“": "”"
    default: nil
    }
  }

  /// The words of a line as a shell makes them, typographic quotes being quotes.
  private static func shellWords(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if let close = quote {
        if character == close { quote = nil } else { word = (word ?? "") + String(character) }
      } else if let close = closingQuote(character) {
        quote = close
        word = word ?? ""
      } else if character == "\\" {
        isEscaped = true
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
