import Nabla
import NablaAlgebra
import NablaBasics
import NablaNotation

/// What the interactive mode knows between two lines, and what a line does to it.
///
///     session.run("f(x) = x^2")   // defines f
///     session.run("f(3)")         // prints 9, which is `ans` from then on
///     session.run("grad f")       // f′(x) = 2x
final class Session {
  /// What is to happen after a line.
  enum Outcome: Equatable {
    case next(Command.Exit)
    case quit
  }

  private(set) var definitions = Definitions()
  /// The lines that were understood, for `:save`.
  private(set) var accepted: [String] = []
  /// How many files are open that opened each other, and how many may be.
  var openFiles = 0
  static let mostOpenFiles = 16
  private var process: Process
  /// Options of the session itself, which every line has.
  private let options: [String]

  init(process: Process, options: [String]) {
    self.process = process
    self.process.isSession = true
    self.options = options
  }

  var readingOptions: ReadingOptions {
    var options = ReadingOptions()
    options.limits = process.limits
    return options
  }

  /// Does what a line asks for.
  func run(_ line: String) -> Outcome {
    // A pasted text is run as if its lines were typed or came from a file.
    let lines = LineAssembler.wholes(of: line)
    return lines.count > 1 ? run(lines) : run(whole: line)
  }

  /// The same of one formula, definition or command, which may have several lines.
  func run(whole line: String) -> Outcome {
    process.typedLine = line
    let exit: Command.Exit
    switch SessionLine(line, defined: definitions.names) {
    case .empty: return .next(.answered)
    case .meta(let name, let rest):
      guard let command = MetaCommand.all.first(where: { $0.name == name }) else {
        return .next(refuse(unknown: name))
      }
      return command.run(self, rest)
    case .command(let arguments):
      exit =
        ["repl", "tour"].contains(arguments[0])
        ? complain("this is the interactive mode; :help tells what a line may be") : perform(arguments)
      if exit != .answered { tellCut(line, arguments) }
    case .misspelt(let word, let meant):
      let isFunction = Function.all.contains { $0.name == word }
      let other = isFunction ? "the function, write \(word)(…)" : "a variable, write \(word)*…"
      exit = complain("unknown command ‘\(word)’; did you mean \(meant)? For \(other)")
    case .formula(let text): exit = answer(text)
    }
    if exit == .answered || exit == .no { accepted.append(line) }
    return .next(exit)
  }

  /// Runs lines up to one that leaves; what is not understood keeps nobody from the rest.
  private func run(_ lines: [String]) -> Outcome {
    var last = Outcome.next(.answered)
    var place = 0
    while place < lines.count {
      var formula = LineJoiner(lines[place], defined: definitions.names)
      place += 1
      while place < lines.count, formula.takes(lines[place], defined: definitions.names) { place += 1 }
      let outcome = run(whole: formula.text)
      switch outcome {
      case .next(.answered): continue
      case .next(.no): if last == .next(.answered) { last = outcome }
      case .next(.notUnderstood): last = outcome
      default: return outcome
      }
    }
    return last
  }

  /// Runs a command; a formula that is the name of a definition is that definition.
  func perform(_ arguments: [String]) -> Command.Exit {
    var (arguments, process) = (arguments, process)
    process.preamble = definitions.text
    process.allDefinitions = definitions.text
    let read = try? ArgumentReader.read(arguments)
    if let read, read.command.readsFormula, let operand = read.values.first,
      let derivative = derivativeWithArgument(operand.text)
    {
      arguments[operand.argument] = derivative
    } else if let read, read.command.readsFormula, let operand = read.values.first,
      let known = definitions.definition(of: operand.text)
    {
      arguments[operand.argument] = known.text
      process.hasSaidNotes = true
      if read.command.name == Command.check.name, read.values.count == 2,
        derivativeAlone(read.values[1].text) != nil,
        let formula = try? Formula(known.before + known.text, options: readingOptions),
        formula.variables.count == 1
      {
        arguments[read.values[1].argument] += "(\(formula.variables[0].name))"
      }
      process.preamble = known.before
    }
    let head = Command.named(arguments[0][...]) == nil ? 0 : 1
    return NablaCLI.run(
      Array(arguments.prefix(head)) + options + Array(arguments.dropFirst(head)), in: process)
  }

  /// Says where a line was cut into a formula and its gradient, where nothing but the last blank told.
  private func tellCut(_ line: String, _ arguments: [String]) {
    guard let (formula, gradient) = SessionLine.cutAtLastBlank(line, arguments) else { return }
    output {
      let (formula, gradient) = ($0.glyphs.quoted(formula), $0.glyphs.quoted(gradient))
      $0.hint(
        $0.glyphs.worded(
          "the formula was read as \(formula), its gradient as \(gradient): put each in quotes, "
            + "write ‘against’ between them, or define f first and write check f …"))
    }
  }

  /// A definition is kept, a value printed, anything else differentiated.
  private func answer(_ typed: String) -> Command.Exit {
    let text = withArgument(definition: typed)
    let known = definitions.definition(of: text)
    if known?.text.contains("(") == true { return perform(["grad", "--", text]) }
    if let (name, order) = derivativeAlone(text) {
      return perform(["grad"] + (order > 1 ? ["--order", String(order)] : []) + ["--", name])
    }
    // A lone dash stands for standard input on a command line, not here.
    let formula = text == "-" ? " -" : text
    if Session.mentionsAnswer(text), definitions.definition(of: "ans") == nil {
      return complain("‘ans’ is the last value, and there is none yet")
    }
    if let read = try? Formula(definitions.text + formula, options: readingOptions),
      read.reading?.name == nil,
      !(read.variables.isEmpty && read.parameters.isEmpty)
    {
      if read.reading?.isDerivative == true, let value = try? read.simplified().expression,
        value.freeVariables.isEmpty
      {
        return reading(formula) { (subject: Subject) throws(Failure) in self.show(value, of: subject) }
      }
      return perform(["grad", "--", formula])
    }
    if let known { return reading(known.text, below: known.before) { self.show($0) } }
    return reading(formula) { (subject: Subject) throws(Failure) in
      subject.isNamed ? try self.define(formula, subject) : self.show(subject)
    }
  }

  /// Whether `ans` stands in a text as a word of its own.
  private static func mentionsAnswer(_ text: String) -> Bool {
    text.split(whereSeparator: { !$0.isLetter && $0 != "_" }).contains("ans")
  }

  /// Reads a text below all definitions, or one of these below those that stand before it.
  private func reading(
    _ text: String, below before: String? = nil, _ body: @escaping (Subject) throws(Failure) -> Command.Exit
  ) -> Command.Exit {
    var process = process
    process.preamble = before ?? definitions.text
    process.hasSaidNotes = before != nil
    return NablaCLI.run(["grad"] + options + ["--", text], in: process) { invocation throws(Failure) in
      try body(try Subject(invocation))
    }
  }

  private func define(_ text: String, _ subject: Subject) throws(Failure) -> Command.Exit {
    let name = subject.formula.name
    do {
      try definitions.define(name, as: text, limits: process.limits)
    } catch {
      switch error {
      case .reading(let error): throw .reading(error)
      case .circular(let user), .needed(let user):
        return complain("‘\(name)’ would be defined by itself: it needs ‘\(user)’, which uses ‘\(name)’")
      }
    }
    subject.invocation.console.answer(subject.echoWithDomain)
    return .answered
  }

  /// Prints a value, exactly where that is short, and keeps it as `ans`.
  private func show(_ subject: Subject) -> Command.Exit {
    let invocation = subject.invocation
    guard let value = try? subject.formula.value(at: []) else { return .notUnderstood }
    if let reason = subject.status(at: [], f: value, gradient: []) {
      invocation.console.answer(Styled(invocation.glyphs.cross + " ", .error) + Styled(reason))
      return .no
    }
    var line = subject.value(value)
    if let given = subject.givenValues(without: "ans") { line.append("      " + given, .hint) }
    invocation.console.answer(line)
    let isShort = subject.expression.size < 100
    let text = isShort ? subject.plainText(subject.expression) : NumberText.shortest(value)
    try? definitions.define("ans", as: "ans = \(text)", limits: process.limits)
    return .answered
  }

  /// Prints what a derivative is where it depends on no letter, and keeps it as `ans`: f′(2) of x² + a is 4.
  private func show(_ constant: Expr, of subject: Subject) -> Command.Exit {
    let value = subject.value(of: constant, at: subject.variables.map { _ in 0 })
    guard value.isFinite else { return perform(["grad", "--", subject.plainText(constant)]) }
    var line = Styled(subject.text(constant), .value)
    let digits = subject.invocation.number(value)
    if digits != line.plain {
      line.append(" \(subject.invocation.sign(value)) ", .operator)
      line.append(digits, .value)
    }
    if let given = subject.givenValues(without: "ans") { line.append("      " + given, .hint) }
    subject.invocation.console.answer(line)
    try? definitions.define("ans", as: "ans = \(subject.plainText(constant))", limits: process.limits)
    return .answered
  }

  /// How a line is read, without doing anything: `f(x) = 3x²`; nil where that says nothing new or is not possible.
  func preview(_ line: String) -> Styled? {
    guard case .formula(let text) = SessionLine(line, defined: definitions.names), text.utf8.count <= 2000,
      LineAssembler.wholes(of: text).count == 1, definitions.definition(of: text) == nil
    else { return nil }
    guard let formula = try? Formula(definitions.text + text, options: readingOptions) else { return nil }
    let glyphs = Glyphs.of(environment: process.environment)
    let shown = formula.bodyForm.text(glyphs == .unicode ? .unicode : .plain)
    return Styled(shown, .hint)
  }

  // MARK: What commands of the session say

  func say(_ line: Styled) {
    output { $0.answer(line) }
  }

  func complain(_ sentence: String) -> Command.Exit {
    output { $0.error($0.glyphs.worded(sentence)) }
    return .notUnderstood
  }

  private func refuse(unknown name: String) -> Command.Exit {
    let names = MetaCommand.all.map(\.name)
    let longer = name.isEmpty ? [] : names.filter { $0.hasPrefix(name) }
    let near = closest(to: name, among: names) ?? (longer.count == 1 ? longer[0] : nil)
    let hint = near.map { "did you mean :\($0)?" } ?? ":help lists what there is"
    return complain("there is no command :\(name); \(hint)")
  }

  /// What is printed by the session itself.
  func output(_ body: @escaping (Console) -> Void) {
    _ = NablaCLI.run(["grad"] + options, in: process) { invocation throws(Failure) in
      body(invocation.console)
      return .answered
    }
  }

  /// Forgets one definition, where the others can do without it.
  func forget(_ typed: String) -> Command.Exit {
    if typed.isEmpty { return complain(":forget needs the name of a definition, such as :forget x") }
    let name = Reading.canonicalName(typed)
    guard definitions.names.contains(name) else {
      return complain("‘\(typed)’ is not defined; :vars lists what is")
    }
    do { try definitions.forget(name, limits: process.limits) } catch {
      guard case .needed(let user) = error else { return .notUnderstood }
      return complain("‘\(user)’ has no meaning without ‘\(typed)’: forget ‘\(user)’ first")
    }
    accepted.append(":forget \(typed)")
    return .answered
  }

  /// Whether lines are edited and the screen is emptied here.
  var takesCodes: Bool { process.output.isTerminal && TerminalCodes.areTaken(process.environment) }

  /// Empties the screen.
  func clear() {
    if takesCodes { process.output.write(LineScreen.emptyScreen) }
  }

  /// Forgets everything.
  func reset() {
    definitions = Definitions()
    accepted = []
  }
}

extension Subject {
  /// Whether the text itself names the formula: `f(x) = …`.
  var isNamed: Bool { formula.reading?.name != nil }
}
