import NablaBasics

/// The interactive mode on a terminal that takes no codes: the terminal itself edits the line, and sends it whole.
struct PlainConversation {
  private let session: Session
  private let process: Process
  private let prompt: String

  init(session: Session, invocation: Invocation) {
    self.session = session
    process = invocation.process
    prompt = invocation.glyphs == .unicode ? "∇ " : "> "
  }

  /// Runs until the person leaves.
  func run() -> Command.Exit {
    say(Conversation.greeting + "\n")
    while let line = readLine() {
      guard case .next(let exit) = session.run(line), exit != .pipeClosed else { return .answered }
      System.forgetInterruption()
    }
    return .answered
  }

  /// A line, with those in which it goes on; an empty one ends it. Nil at the end; Ctrl-C gives a line up.
  private func readLine() -> String? {
    var lines = LineAssembler()
    while true {
      say(lines.text.isEmpty ? prompt : "  ")
      do {
        switch try process.input.line(limit: 1 << 20) {
        case .end:
          say("\n")
          return nil
        case .tooLong: _ = session.complain("the line is too long")
        case .notText: _ = session.complain("the line is no UTF-8 text")
        case .line(let line):
          let goesOn = lines.add(line) || LineJoiner.goesOn(lines.text, defined: session.definitions.names)
          if line.isEmpty || !goesOn { return lines.text }
        }
      } catch System.Failure.interrupted {
        System.forgetInterruption()
        lines = LineAssembler()
        say("\n")
      } catch {
        return nil
      }
    }
  }

  private func say(_ text: String) {
    process.output.write(text)
    process.output.flush()
  }
}
