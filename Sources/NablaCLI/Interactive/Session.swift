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
  private let process: Process
  /// Options of the session itself, which every line has.
  private let options: [String]

  init(process: Process, options: [String]) {
    self.process = process
    self.options = options
  }

  /// Does what a line asks for.
  func run(_ line: String) -> Outcome {
    let exit: Command.Exit
    switch SessionLine(line) {
    case .empty: return .next(.answered)
    case .meta(let name, let rest):
      guard let command = MetaCommand.all.first(where: { $0.name == name }) else {
        return .next(refuse(unknown: name))
      }
      return command.run(self, rest)
    case .command(let arguments):
      exit =
        ["repl", "tour"].contains(arguments[0])
        ? complain("this is the interactive mode") : perform(arguments)
    case .formula(let text): exit = answer(text)
    }
    if exit == .answered || exit == .no { accepted.append(line) }
    return .next(exit)
  }

  /// Runs a command; a formula that is the name of a definition is that definition.
  func perform(_ arguments: [String]) -> Command.Exit {
    var (arguments, process) = (arguments, process)
    process.preamble = definitions.text
    if let end = arguments.firstIndex(of: "--"), end + 1 < arguments.count,
      let known = definitions.definition(of: arguments[end + 1])
    {
      arguments[end + 1] = known.text
      process.preamble = known.before
    }
    return NablaCLI.run([arguments[0]] + options + arguments.dropFirst(), in: process)
  }

  /// A definition is kept, a value printed, anything else differentiated.
  private func answer(_ text: String) -> Command.Exit {
    if definitions.definition(of: text)?.text.contains("(") == true { return perform(["grad", "--", text]) }
    // A lone dash stands for standard input on a command line, not here.
    let formula = text == "-" ? " -" : text
    if Session.mentionsAnswer(text), definitions.definition(of: "ans") == nil {
      return complain("‘ans’ is the last value, and there is none yet")
    }
    var options = ReadingOptions()
    options.limits = process.limits
    if let read = try? Formula(definitions.text + formula, options: options), read.reading?.name == nil,
      !(read.variables.isEmpty && read.parameters.isEmpty)
    {
      return perform(["grad", "--", formula])
    }
    return reading(formula) { (subject: Subject) throws(Failure) in
      subject.isNamed ? try self.define(formula, subject) : self.show(subject)
    }
  }

  /// Whether `ans` stands in a text as a word of its own.
  private static func mentionsAnswer(_ text: String) -> Bool {
    text.split(whereSeparator: { !$0.isLetter && $0 != "_" }).contains("ans")
  }

  private func reading(
    _ text: String, _ body: @escaping (Subject) throws(Failure) -> Command.Exit
  ) -> Command.Exit {
    var process = process
    process.preamble = definitions.text
    return NablaCLI.run(["grad"] + options + ["--", text], in: process) { invocation throws(Failure) in
      try body(try Subject(invocation))
    }
  }

  private func define(_ text: String, _ subject: Subject) throws(Failure) -> Command.Exit {
    do {
      try definitions.define(subject.formula.name, as: text, limits: process.limits)
    } catch { throw .reading(error) }
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
    let exact = subject.text(subject.expression)
    let digits = invocation.number(value)
    var line = Styled()
    if DisplayWidth.of(exact) <= 60 { line.append(exact, .value) }
    if exact != digits {
      line.append(line.runs.isEmpty ? "" : " ")
      line.append(invocation.sign(value) + " ", .operator)
      line.append(digits, .value)
    }
    invocation.console.answer(line)
    let isShort = subject.expression.size < 100
    let text = isShort ? subject.plainText(subject.expression) : NumberText.shortest(value)
    try? definitions.define("ans", as: "ans = \(text)", limits: process.limits)
    return .answered
  }

  /// How a line is read, without doing anything: `f(x) = 3x²`; nil where that says nothing new or is not possible.
  func preview(_ line: String) -> Styled? {
    guard case .formula(let text) = SessionLine(line), text.utf8.count <= 2000,
      definitions.definition(of: text) == nil
    else { return nil }
    var options = ReadingOptions()
    options.limits = process.limits
    guard let formula = try? Formula(definitions.text + text, options: options) else { return nil }
    let glyphs = Glyphs.of(environment: process.environment)
    let shown = formula.bodyForm.text(glyphs == .unicode ? .unicode : .plain)
    return Styled(shown, .hint)
  }

  /// Whether a line goes on in the next one: a bracket is open.
  static func goesOn(_ line: String) -> Bool {
    var depth = 0
    var isRemark = false
    for character in line {
      switch character {
      case "#": isRemark = true
      case "\n": isRemark = false
      case "(", "[", "{": depth += isRemark ? 0 : 1
      case ")", "]", "}": depth -= isRemark ? 0 : 1
      default: break
      }
    }
    return depth > 0
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
    let near = closest(to: name, among: MetaCommand.all.map(\.name))
    let hint = near.map { "did you mean :\($0)?" } ?? ":help lists what there is"
    return complain("there is no command :\(name); \(hint)")
  }

  private func output(_ body: @escaping (Console) -> Void) {
    _ = NablaCLI.run(["grad"] + options, in: process) { invocation throws(Failure) in
      body(invocation.console)
      return .answered
    }
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
