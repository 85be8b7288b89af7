extension Command {
  static let help: Command = .init(
    name: "help", operands: "[COMMAND]", summary: "every command, or one of them at length",
    options: [], examples: ["help", "help minimize"]
  ) { invocation throws(Failure) in
    guard let name = invocation.arguments.values.first else {
      Help.overview(on: invocation)
      return .answered
    }
    try invocation.allow(values: 1)
    guard let command = Command.all.first(where: { $0.name == name.text }) else {
      let near = closest(to: name.text, among: Command.all.map(\.name))
      throw .usage(
        UsageError(.unknownCommand(name.text), at: name.argument, fix: near.map { "did you mean \($0)?" }))
    }
    Help.show(command, on: invocation)
    return .answered
  }
}
