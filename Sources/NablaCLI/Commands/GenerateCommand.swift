import NablaBasics

extension Command {
  static let generate: Command = .init(
    name: "generate", operands: "man|bash|zsh|fish",
    summary: "the man page, or the completions of a shell",
    options: [.output],
    examples: [
      "generate man -o /usr/local/share/man/man1/nabla.1",
      "generate bash -o /usr/local/share/bash-completion/completions/nabla",
      "generate zsh -o /usr/local/share/zsh/site-functions/_nabla",
      "generate fish -o ~/.config/fish/completions/nabla.fish",
    ]
  ) { invocation throws(Failure) in
    let kinds = ["man"] + Completions.Shell.allCases.map(\.rawValue)
    guard let kind = invocation.arguments.values.first else {
      throw .usage(
        UsageError(
          .missing("what to generate", command: "generate"), at: invocation.arguments.end,
          fix: "one of " + kinds.joined(separator: ", ")))
    }
    try invocation.allow(values: 1)
    let text: String
    if kind.text == "man" {
      text = ManPage.text
    } else if let shell = Completions.Shell(rawValue: kind.text) {
      text = Completions.text(for: shell)
    } else {
      throw .usage(
        UsageError(
          .unknownKind(kind.text), at: kind.argument, fix: "one of " + kinds.joined(separator: ", ")))
    }
    if try invocation.writeToFile(text) { return .answered }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      invocation.console.verbatim(String(line))
    }
    return .answered
  }
}
