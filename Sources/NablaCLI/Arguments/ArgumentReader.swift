import NablaNotation

/// Reads the command line by the rows of `Option` and `Command`.
///
///     try ArgumentReader.read(["eval", "-x^2", "--at", "-8"])   // eval; value -x^2; at: -8
///
/// Only `-h -o -q` are short options and only two dashes with two or more letters a long one, so that `-8`,
/// `-x^2` and `--x` are values; `--` ends the options. A command's name is the command where it comes first.
package enum ArgumentReader {
  private static let shortLetters: [Character] = ["h", "o", "q"]

  /// What an argument is by its looks.
  private enum Look: Equatable {
    case value
    case end
    case short(Character)
    case long(name: String, value: String?)
  }

  private static func look(_ argument: String) -> Look {
    if argument == "--" { return .end }
    if argument.count == 2, argument.first == "-", let letter = argument.last, shortLetters.contains(letter) {
      return .short(letter)
    }
    guard argument.hasPrefix("--") else { return .value }
    let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let isName = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || $0 == "-"
    }
    guard isName, name.count >= 2, name.first != "-", name.last != "-" else { return .value }
    return .long(name: name, value: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// The arguments understood, or the first thing that is wrong with them.
  package static func read(_ arguments: [String]) throws(UsageError) -> Arguments {
    var values: [Arguments.Given] = []
    var options: [String: [Arguments.Given]] = [:]
    var order: [(option: Option, argument: Int)] = []
    var literalFrom = arguments.count
    var index = 0
    reading: while index < arguments.count {
      let here = index
      index += 1
      let option: Option
      var value: String?
      switch look(arguments[here]) {
      case .end:
        literalFrom = here
        values += arguments.indices[index...].map { .init(text: arguments[$0], argument: $0) }
        break reading
      case .value:
        values.append(.init(text: arguments[here], argument: here))
        continue
      case .short(let letter):
        guard let row = Option.all.first(where: { $0.letter == letter }) else {
          throw UsageError(
            .unknownOption(arguments[here]), at: here, fix: "for a formula, write -- before it")
        }
        option = row
      case .long(let name, let given):
        guard let row = Option.all.first(where: { $0.name == name }) else {
          let near = optionSynonyms[name.lowercased()] ?? closest(to: name, among: Option.all.map(\.name))
          throw UsageError(
            .unknownOption("--" + name), at: here, fix: near.map { "did you mean --\($0)?" })
        }
        (option, value) = (row, given)
      }
      if option.value == .none {
        guard value == nil else { throw UsageError(.needlessValue(option: option.name), at: here) }
        options[option.name] = [.init(text: "", argument: here)]
        order.append((option, here))
        continue
      }
      var place = here
      if value == nil, index < arguments.count, !isOption(arguments[index]) {
        (value, place) = (arguments[index], index)
        index += 1
      }
      guard let value, !value.isEmpty else {
        throw UsageError(
          .missingValue(option: option.name, value: option.example), at: place)
      }
      if options[option.name] != nil, !option.isRepeatable {
        throw UsageError(.repeated(option: option.name), at: here)
      }
      try check(value, of: option, at: place)
      options[option.name, default: []].append(.init(text: value, argument: place))
      order.append((option, here))
    }
    return try assign(values, options, order, literalFrom: literalFrom, end: arguments.count)
  }

  private static func isOption(_ argument: String) -> Bool {
    switch look(argument) {
    case .value: false
    case .end, .short: true
    case .long(let name, _): Option.all.contains { $0.name == name }
    }
  }

  private static func check(_ value: String, of option: Option, at place: Int) throws(UsageError) {
    switch option.value {
    case .none, .text: return
    case .choice(let words):
      if words.contains(value) { return }
      throw UsageError(
        .notAChoice(value, option: option.name), at: place, fix: "one of \(words.joined(separator: ", "))")
    case .integer(let range):
      if let number = Int(value), range.contains(number) { return }
      throw UsageError(.notAWholeNumber(value, option: option.name, range), at: place)
    }
  }

  /// Finds the command among the values, and holds the options against it.
  private static func assign(
    _ values: [Arguments.Given], _ options: [String: [Arguments.Given]],
    _ order: [(option: Option, argument: Int)], literalFrom: Int, end: Int
  ) throws(UsageError) -> Arguments {
    var values = values
    var command = Command.grad
    var isNamed = false
    if let first = values.first, first.argument < literalFrom {
      if let named = Command.named(first.text[...]) {
        (command, isNamed) = (named, true)
        values.removeFirst()
      } else if !areOfFunction(values.dropFirst()),
        let meant = misspelt(first.text, options, isAlone: values.count == 1)
      {
        let fix =
          values.count > 1
          ? "did you mean \(meant)?"
          : "did you mean \(meant)? To differentiate \(first.text), nabla grad \(first.text)"
        throw UsageError(.unknownCommand(first.text), at: first.argument, fix: fix)
      } else if values.count > 1, let fix = strangeCommand(first.text, values[1].text, options) {
        throw UsageError(.unknownCommand(first.text), at: first.argument, fix: fix)
      } else if let (name, rest) = quotedCommand(first.text, options) {
        throw UsageError(
          .quotedCommand(name), at: first.argument, fix: "write nabla \(name) \(UsageError.asTyped(rest))")
      }
    }
    for (option, argument) in order where !command.accepts(option) {
      if options[Option.help.name] != nil || options[Option.version.name] != nil { break }
      if let twin = twins[option.name], command.accepts(twin), let given = options[option.name]?.last {
        throw UsageError(
          .otherCommand(option: option.name, command: command.name), at: argument,
          fix: "write --\(twin.name) \(UsageError.asTyped(given.text))")
      }
      let owners = Command.all.filter { $0.accepts(option) }.map(\.name)
      throw UsageError(
        .otherCommand(option: option.name, command: command.name), at: argument,
        fix: owners.isEmpty ? nil : "it belongs to \(owners.joined(separator: ", "))")
    }
    return Arguments(command: command, isNamed: isNamed, values: values, options: options, end: end)
  }

  /// Options that are for one command what another is for others.
  private static let twins: [String: Option] = [
    Option.within.name: .window, Option.window.name: .within, Option.at.name: .from, Option.from.name: .at,
  ]

  /// What commands are called elsewhere.
  private static let synonyms: [String: String] = [
    "evaluate": "eval", "value": "eval", "gradient": "grad", "derivative": "grad", "differentiate": "grad",
    "diff": "grad", "derive": "grad", "optimize": "minimize", "optimise": "minimize", "draw": "plot",
    "graph": "plot", "calculate": "eval", "compute": "eval", "linearize": "tangent", "linearise": "tangent",
    "extrema": "critical", "vertex": "critical", "min": "minimize", "minimum": "minimize", "max": "maximize",
    "maximum": "maximize",
  ]

  /// What options are called elsewhere.
  private static let optionSynonyms: [String: String] = [
    "about": "at", "around": "at", "point": "at", "start": "from", "initial": "from", "guess": "from",
    "bounds": "within", "box": "within", "domain": "within", "interval": "within", "range": "window",
    "xlim": "window", "out": "output", "file": "output", "save": "output", "set": "let", "param": "let",
    "parameter": "let", "variables": "vars", "variable": "vars", "by": "wrt", "degree": "order",
    "precision": "digits", "iterations": "steps", "maxiter": "max", "tol": "tolerance", "lr": "rate",
    "learning-rate": "rate", "step-size": "rate", "delimiter": "separator", "sep": "separator",
    "header": "columns", "names": "columns", "seed": "random-start", "language": "to",
  ]

  /// `'minimize x^2'` in one pair of quotes: the command and the formula; nil where the word may be a variable.
  private static func quotedCommand(
    _ text: String, _ options: [String: [Arguments.Given]]
  ) -> (name: String, rest: String)? {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].utf8.count > 3,
      let row = Command.named(parts[0]),
      let next = parts[1].first, !"=+-*/^!<>)],;:#".contains(next), options[Option.vars.name] == nil
    else { return nil }
    return (row.name, String(parts[1]))
  }

  /// The command that a first word was probably meant to be: letters only, not declared, and of at least four letters
  /// where it may be a formula itself.
  private static func misspelt(
    _ word: String, _ options: [String: [Arguments.Given]], isAlone: Bool
  ) -> String? {
    guard word.utf8.count >= (isAlone ? 4 : 3),
      word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) })
    else { return nil }
    let declared = (options[Option.vars.name] ?? []).flatMap {
      $0.text.split(separator: ",").map(String.init)
    }
    if declared.contains(word) { return nil }
    if isAlone, synonyms[word.lowercased()] != nil { return nil }
    return command(meantBy: word)
  }

  /// What to say of a word before a formula that stands by itself, where the word is nothing that a formula begins
  /// with: `limit 'sin(x)/x'`, `foo 'x^2'`.
  private static func strangeCommand(
    _ word: String, _ formula: String, _ options: [String: [Arguments.Given]]
  ) -> String? {
    guard word.utf8.count > 2, options[Option.vars.name] == nil,
      word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }),
      formula.contains(where: { !$0.isLetter }), (try? Reading.read(formula)) != nil
    else { return nil }
    if taskAsked(in: "\(word) \(formula)") != nil { return nil }
    if let task = taskAsked(in: "\(word) of \(formula)"), !task.hint.isEmpty { return task.hint }
    guard let reading = try? Reading.read(word), !reading.diagnostics.isEmpty else { return nil }
    return "nabla help lists them all; a formula with blanks stands in quotes"
  }

  /// The word in a text that asks for something to be done.
  private static func taskAsked(in text: String) -> Diagnostic? {
    do throws(ReadingError) {
      _ = try Reading.read(text)
      return nil
    } catch {
      return error.diagnostics.first(where: \.kind.isAboutATask)
    }
  }

  /// Whether arguments in brackets stand behind a first word, which is a function then: `max '(x, y)'`.
  private static func areOfFunction(_ values: ArraySlice<Arguments.Given>) -> Bool {
    guard let first = values.first?.text else { return false }
    return first.hasPrefix("(") && first.contains(",")
  }

  /// The command that a first word of a line was meant to be where a formula may begin with that word as well: what a
  /// command is called elsewhere, or its name with one slip, four letters only in another order.
  static func command(surelyMeantBy word: String) -> String? {
    let typed = word.lowercased()
    if let known = synonyms[typed] { return known }
    let names = Command.all.map(\.name).filter { !["repl", "tour", "generate"].contains($0) }
    guard let near = Suggestion.closest(to: typed, among: names, within: 1) else { return nil }
    return typed.utf8.count > 4 || typed.utf8.sorted() == near.utf8.sorted() ? near : nil
  }

  /// The command whose name is close to a word of letters, or that is called so elsewhere.
  static func command(meantBy word: String) -> String? {
    guard word.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }) else {
      return nil
    }
    if let known = synonyms[word.lowercased()] { return known }
    let names = Command.all.map(\.name)
    return word.utf8.count > 3 ? closest(to: word, among: names) : Suggestion.closest(to: word, among: names)
  }
}
