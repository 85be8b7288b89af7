import NablaBasics

/// Runs the command line and returns its exit: the whole program, without a process around it.
///
///     run(arguments: ["eval", "x^2", "--at", "3"], environment: [:], input: Input(""), output: out, errors: err)   // 0
///
/// What could not be written is told: a full disk is an error, a closed pipe ends quietly with 141.
package func run(
  arguments: [String], environment: NameTable<String>, input: Input, output: Output, errors: Output,
  limits: Limits = .standard, cancellation: Cancellation = Cancellation()
) -> Int32 {
  let process = Process(
    environment: environment, input: input, output: output, errors: errors, limits: limits,
    cancellation: cancellation)
  return run(arguments, in: process).rawValue
}

/// What a run has around it.
struct Process {
  var environment: NameTable<String>
  var input: Input
  var output: Output
  var errors: Output
  var limits = Limits.standard
  var cancellation = Cancellation()
  /// Definitions, a line each, that formulas may use.
  var preamble = ""
  /// Definitions that what is held against a formula may use: those of the preamble, the formula itself and others.
  var allDefinitions = ""
  /// Whether the formula is a definition, whose notes were said when it was typed.
  var hasSaidNotes = false
  /// The line of the interactive mode that the arguments were made of.
  var typedLine: String?
  /// Whether a next line may define what this one lacks.
  var isSession = false
}

/// What the arguments ask for, or, in the place of the command's own answer, what `answering` gives.
func run(
  _ arguments: [String], in process: Process,
  answering: ((Invocation) throws(Failure) -> Command.Exit)? = nil
) -> Command.Exit {
  let (environment, output, errors) = (process.environment, process.output, process.errors)
  let glyphs = Glyphs.of(environment: environment)
  var console = Console(output: output, errors: errors, glyphs: glyphs)
  var exit: Command.Exit
  var isJSON = false
  do {
    colour(&console, .auto, environment)
    let read = try ArgumentReader.read(arguments)
    colour(&console, read.value(.color).flatMap { ColourChoice(rawValue: $0.text) } ?? .auto, environment)
    console.isQuiet = read.has(.quiet)
    var process = process
    if let given = read.value(.limits) {
      process.limits = try NamedLimit.read(given, changing: process.limits)
    }
    console.glyphs = read.value(.format).flatMap { Glyphs(rawValue: $0.text) } ?? glyphs
    let invocation = Invocation(
      arguments: read, console: console, process: process, glyphs: console.glyphs,
      digits: read.integer(.digits) ?? 6)
    isJSON = invocation.isJSON
    exit = try answering?(invocation) ?? answer(invocation, isEmpty: arguments.isEmpty)
  } catch let failure as Failure {
    exit = tell(failure, arguments, console, isJSON: isJSON, in: process)
  } catch let error as UsageError {
    exit = tell(.usage(error), arguments, console, isJSON: false, in: process)
  } catch {
    console.error("\(error)")
    exit = .notUnderstood
  }
  // An answer without its formula is none.
  if output.isCutOff, exit == .answered { exit = .no }
  output.isCutOff = false
  output.flush()
  errors.flush()
  switch output.failure {
  case nil: return exit
  case .closed: return .pipeClosed
  case .refused(let reason):
    console.error("the answer could not be written: \(reason)")
    return .notUnderstood
  }
}

private func colour(_ console: inout Console, _ choice: ColourChoice, _ environment: NameTable<String>) {
  console.paintOutput = Painter(
    isColoured: choice.isColoured(onTerminal: console.output.isTerminal, environment: environment))
  console.paintErrors = Painter(
    isColoured: choice.isColoured(onTerminal: console.errors.isTerminal, environment: environment))
}

private func answer(_ invocation: Invocation, isEmpty: Bool) throws(Failure) -> Command.Exit {
  let arguments = invocation.arguments
  if arguments.has(.version) {
    invocation.console.answer("nabla \(Version.text)")
    return .answered
  }
  if arguments.has(.help) {
    if arguments.isNamed {
      Help.show(arguments.command, on: invocation)
    } else {
      Help.overview(on: invocation)
    }
    return .answered
  }
  if isEmpty {
    if invocation.input.isTerminal, invocation.console.output.isTerminal {
      return try Command.repl.run(invocation)
    }
    Help.usage(on: invocation)
    return .notUnderstood
  }
  let exit = try arguments.command.run(invocation)
  return invocation.cancellation.isCancelled ? .interrupted : exit
}

private func tell(
  _ failure: Failure, _ arguments: [String], _ console: Console, isJSON: Bool, in process: Process
) -> Command.Exit {
  // A program that asked for JSON gets JSON; a command line at fault is a person's.
  if isJSON, let notices = failure.notices {
    console.answer(
      json: ErrorAnswer(error: notices[0], more: notices.count > 1 ? Array(notices.dropFirst()) : nil))
    return .notUnderstood
  }
  switch failure {
  case .usage(let error):
    let columns = console.remarkColumns ?? 110
    let lines =
      error.lines(arguments, in: process.typedLine, console.glyphs, columns: columns)
      ?? error.lines(arguments, console.glyphs, columns: columns)
    for line in lines { console.complain(line) }
    return .notUnderstood
  case .text(.interrupted): return .interrupted
  case .text(let trouble):
    console.error(trouble.sentence(console.glyphs))
    return .notUnderstood
  case .reading where process.cancellation.isCancelled: return .interrupted
  case .reading(let error):
    console.complain(console.glyphs.worded(diagnostics: error.styled(columns: console.remarkColumns)))
    return .notUnderstood
  case .formula(let sentence):
    console.error(console.glyphs.worded(sentence))
    return .notUnderstood
  case .values(let names, let sentence):
    console.error(console.glyphs.worded(Failure.sentence(names, sentence, isSession: process.isSession)))
    return .notUnderstood
  case .overrun(.cancelled): return .interrupted
  case .overrun(let overrun):
    console.error(Failure.sentence(overrun))
    return .notUnderstood
  case .said(let exit): return exit
  }
}
