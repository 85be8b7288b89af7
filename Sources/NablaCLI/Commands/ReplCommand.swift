extension Command {
  static let repl: Command = .init(
    name: "repl", operands: "",
    summary: "the interactive mode: formulas, definitions and commands line by line",
    details: """
      On a terminal, ‘nabla’ alone begins it. A formula gives its gradient, f(x, y) = ... defines f, f(1, 2) is a \
      value, a = 2 gives a letter one; ‘ans’ is the last value, f' the derivative. Every command works without its \
      quotes and dashes: minimize f from 4,4. Input that is no terminal is a script: it ends with exit 2 at the first line that is \
      not understood. :help tells the rest.
      """,
    options: [.strict, .format, .digits],
    examples: ["repl", "repl --digits 12", "repl < session.nabla"]
  ) { invocation throws(Failure) in
    try invocation.allow(values: 0)
    let session = Session(process: invocation.process, options: invocation.sessionOptions)
    if invocation.input.isTerminal, invocation.console.output.isTerminal {
      guard TerminalCodes.areTaken(invocation.process.environment) else {
        return PlainConversation(session: session, invocation: invocation).run()
      }
      var conversation = Conversation(session: session, invocation: invocation)
      return conversation.run()
    }
    guard case .next(let exit) = session.script(invocation.input, name: "standard input") else {
      return .answered
    }
    return exit
  }
}

extension Invocation {
  /// The options of this run that every line of a session shares.
  var sessionOptions: [String] {
    var options: [String] = []
    for option in [Option.format, .digits, .color] {
      if let value = arguments.value(option) { options += ["--" + option.name, value.text] }
    }
    for option in [Option.strict, .quiet] where arguments.has(option) { options.append("--" + option.name) }
    return options
  }
}
