import NablaBasics

/// A command line that could not be understood, with the argument to point at.
package struct UsageError: Error, Hashable, Sendable {
  /// What is wrong, in a closed list; the sentence stands beside the case.
  package enum Kind: Hashable, Sendable {
    case unknownOption(String)
    case unknownCommand(String)
    case unknownMethod(String)
    case quotedCommand(String)
    case unknownName(String, what: String)
    case unknownKind(String)
    case missingValue(option: String, value: String)
    case needlessValue(option: String)
    case repeated(option: String)
    case otherCommand(option: String, command: String)
    case otherMethod(option: String, method: String)
    case notTogether(option: String, other: String)
    case notAChoice(String, option: String)
    case notAWholeNumber(String, option: String, ClosedRange<Int>)
    case notANumber(String, option: String, wanted: String)
    case missing(String, command: String)
    case surplus(String, command: String)
    case badPoint(String)
    case badLet(String)
    case badNames(String)
    case badFile(String)
    case needsPicture(option: String)
    case otherPicture(option: String, isFor: String, notFor: String)

    /// The sentence without its end mark.
    func sentence(_ glyphs: Glyphs) -> String {
      let quoted = glyphs.quoted
      switch self {
      case .unknownOption(let name): return "unknown option \(quoted(name))"
      case .unknownCommand(let name): return "unknown command \(quoted(name))"
      case .quotedCommand(let name):
        return "the command \(quoted(name)) stands inside the quotes of its formula"
      case .unknownMethod(let name): return "unknown method \(quoted(name))"
      case .unknownName(let name, let what): return "there is no \(what) \(quoted(name))"
      case .unknownKind(let name): return "\(quoted(name)) cannot be generated"
      case .missingValue(let option, let value): return "--\(option) needs a value, such as \(value)"
      case .needlessValue(let option): return "--\(option) takes no value"
      case .repeated(let option): return "--\(option) is given twice"
      case .otherCommand(let option, let command): return "\(quoted(command)) has no option --\(option)"
      case .otherMethod(let option, let method): return "the method \(quoted(method)) has no --\(option)"
      case .notTogether(let option, let other): return "--\(option) and --\(other) do not go together"
      case .notAChoice(let word, let option): return "--\(option) cannot be \(quoted(word))"
      case .notAWholeNumber(let text, let option, let range):
        return
          "--\(option) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(quoted(text))"
      case .notANumber(let text, let option, let wanted):
        return "--\(option) is \(wanted), not \(quoted(text))"
      case .missing(let what, let command): return "\(quoted(command)) needs \(what)"
      case .surplus(let text, let command): return "\(quoted(command)) has no use for \(quoted(text))"
      case .badPoint(let sentence), .badLet(let sentence), .badNames(let sentence): return sentence
      case .needsPicture(let option): return "--\(option) is about a picture, and none is asked for"
      case .otherPicture(let option, let isFor, let notFor):
        return "--\(option) is for \(isFor), not for \(notFor)"
      case .badFile(let name): return "\(quoted(name)) is no picture that can be written"
      }
    }
  }

  /// What is wrong.
  package let kind: Kind
  /// The index of the argument at fault, or the number of arguments where one is missing.
  package let argument: Int
  /// A suggestion that stands beside the caret.
  package var fix: String?

  package init(_ kind: Kind, at argument: Int, fix: String? = nil) {
    self.kind = kind
    self.argument = argument
    self.fix = fix
  }

  /// The message: the sentence, the command line, a caret below the argument, the suggestion.
  ///
  ///     error: unknown option ‘--jsn’
  ///       nabla eval x^2 --jsn
  ///                      ^^^^^ did you mean --json?
  ///
  /// The command line is shortened where it is longer than a line of `columns` cells.
  func lines(_ arguments: [String], _ glyphs: Glyphs, columns: Int = 110) -> [Styled] {
    let shown = arguments.map { Painter.harmless(UsageError.asTyped($0)).replacing("\n", with: " ") }
    // Only the neighbours of the argument are shown, so that the caret stays on the screen.
    let widest = min(60, max(20, columns - 20))
    let isShort = shown.reduce(0) { $0 + DisplayWidth.of($1) + 1 } <= min(100, columns - 8)
    let first = isShort ? 0 : max(0, min(argument, shown.count) - 4)
    var line = first == 0 ? "nabla" : "nabla \(glyphs.ellipsis)"
    var caret = DisplayWidth.of(line) + 1
    var length = 1
    for index in first..<(isShort ? shown.count : max(first, min(shown.count, argument + 3))) {
      var text = shown[index]
      if DisplayWidth.of(text) > widest { text = text.prefix(widest - 10) + glyphs.ellipsis }
      if index == argument { (caret, length) = (DisplayWidth.of(line) + 1, max(1, DisplayWidth.of(text))) }
      line += " " + text
    }
    if argument >= shown.count { caret = DisplayWidth.of(line) + 1 }
    var pointer = Styled(String(repeating: " ", count: 2 + caret))
    pointer.append(String(repeating: "^", count: length), .error)
    if let fix { pointer.append(" " + fix, .hint) }
    return [
      Styled("error: ", .error) + Styled(kind.sentence(glyphs)),
      Styled("  " + line),
      pointer,
    ]
  }

  /// The same below a line of the interactive mode, of which the arguments were made; nil where it is none, or too long.
  ///
  ///     error: --steps is a whole number from 0 to 10000000, not ‘1 5’
  ///       minimize f from 8 steps 1 5
  ///                               ^^^
  func lines(_ arguments: [String], in typed: String?, _ glyphs: Glyphs, columns: Int) -> [Styled]? {
    guard let typed, !typed.contains(where: \.isNewline), case let line = Painter.harmless(typed),
      DisplayWidth.of(line) <= min(100, columns - 2)
    else { return nil }
    // A value that has lost its blanks is pointed at by its option.
    let near = [argument, argument - 1].filter(arguments.indices.contains).map { place in
      arguments[place].hasPrefix("--") ? String(arguments[place].dropFirst(2)) : arguments[place]
    }
    let end = line.endIndex..<line.endIndex
    let isMissing = argument >= arguments.count
    let place =
      isMissing ? end : near.lazy.filter { !$0.isEmpty }.compactMap { line.ranges(of: $0).last }.first ?? end
    var pointer = Styled(
      String(repeating: " ", count: 2 + DisplayWidth.of(String(line[..<place.lowerBound]))))
    pointer.append(String(repeating: "^", count: max(1, DisplayWidth.of(String(line[place])))), .error)
    if let fix { pointer.append(" " + fix, .hint) }
    return [Styled("error: ", .error) + Styled(kind.sentence(glyphs)), Styled("  " + line), pointer]
  }

  /// The argument as a person would type it for a shell: quoted where it must be.
  static func asTyped(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case _ where byte >= 0x80: true
        default: "-_=+,./:@%^".utf8.contains(byte)
        }
      }
    return isPlain ? argument : "'" + argument.replacing("'", with: #"'\''"#) + "'"
  }
}
