import NablaBasics

/// A command of the interactive mode itself, on one row: `:vars`.
struct MetaCommand: Sendable {
  /// The word behind the colon.
  let name: String
  /// What stands behind it.
  var operand = ""
  /// One sentence, without a full stop.
  let summary: String
  let run: @Sendable (Session, _ rest: String) -> Session.Outcome

  /// Every one, in the order of `:help`.
  static let all: [MetaCommand] = [
    .init(name: "help", operand: "[COMMAND]", summary: "this list, or a command at length") { session, rest in
      if !rest.isEmpty { return .next(session.perform(["help", "--", rest])) }
      MetaCommand.showHelp(session)
      return .next(.answered)
    },
    .init(name: "version", summary: "the version of nabla") { session, _ in
      session.say(Styled("nabla \(Version.text)"))
      return .next(.answered)
    },
    .init(name: "vars", summary: "what is defined") { session, _ in
      if session.definitions.texts.isEmpty { session.say(Styled("nothing is defined yet", .hint)) }
      for line in session.definitions.texts { session.say(Styled(line)) }
      return .next(.answered)
    },
    .init(name: "functions", operand: "[NAME]", summary: "the functions that a formula may use") {
      session, rest in
      .next(session.perform(["functions"] + (rest.isEmpty ? [] : ["--", rest])))
    },
    .init(name: "plot", operand: "FORMULA", summary: "draw it") { session, rest in
      session.run("plot " + rest)
    },
    .init(name: "steps", operand: "FORMULA", summary: "differentiate it step by step") { session, rest in
      session.run("steps " + rest)
    },
    .init(name: "save", operand: "FILE", summary: "write the lines that were understood to a file") {
      session, rest in
      guard !rest.isEmpty else { return .next(session.complain(":save needs the name of a file")) }
      let text = session.accepted.map { $0 + "\n" }.joined()
      do throws(System.Failure) { try System.replace(rest, with: Array(text.utf8)) } catch {
        return .next(session.complain("‘\(rest)’ cannot be written: \(error.sentence)"))
      }
      return .next(.answered)
    },
    .init(name: "open", operand: "FILE", summary: "run the lines of a file") { session, rest in
      guard !rest.isEmpty else { return .next(session.complain(":open needs the name of a file")) }
      return session.open(rest)
    },
    .init(name: "forget", operand: "NAME", summary: "forget one definition: x is a letter again") {
      session, rest in
      .next(session.forget(rest))
    },
    .init(name: "reset", summary: "forget every definition") { session, _ in
      session.reset()
      return .next(.answered)
    },
    .init(name: "clear", summary: "empty the screen, as Ctrl-L does") { session, _ in
      session.clear()
      return .next(.answered)
    },
    .init(name: "quit", summary: "leave, as Ctrl-D does") { _, _ in .quit },
  ]

  /// Whether its name by itself is the command, without the colon.
  var standsAlone: Bool { operand.isEmpty || operand.hasPrefix("[") }

  private static func showHelp(_ session: Session) {
    var rows = [
      ("3x^2 + 8xy", "its gradient"), ("f(x, y) = 3x^2 + 8xy", "defines f"),
      ("f(1, 2)", "a value; ‘ans’ is the last one"), ("f at 1,2", "the value and the gradient at a point"),
      ("a = 2", "a value for a letter; :forget a takes it back"),
      ("grad f at 1,2", "any command, without quotes and dashes"),
      ("minimize f from 4,4", "options are words: from, at, method, rate, steps"),
      ("nabla eval 'x^2' --at 3", "a line made for a shell works as well"),
    ]
    rows += all.filter { session.takesCodes || $0.name != "clear" }.map {
      (":" + $0.name + ($0.operand.isEmpty ? "" : " " + $0.operand), $0.summary)
    }
    if session.takesCodes {
      rows.append(("Tab, ↑, Ctrl-R", "complete a name or \\alpha, look back, search"))
    }
    let names = Command.all.map(\.name).filter { !["repl", "tour"].contains($0) }
    rows.append(("commands", names.joined(separator: ", ")))
    session.output { Help.show(rows, $0) }
  }
}

extension Session {
  /// Runs the lines of a file, up to the first one that is not understood.
  func open(_ path: String) -> Outcome {
    guard openFiles < Session.mostOpenFiles else {
      return .next(
        complain("‘\(path)’ was not opened: files open one another here, \(Session.mostOpenFiles) deep"))
    }
    openFiles += 1
    defer { openFiles -= 1 }
    let descriptor: Int32
    do throws(System.Failure) { descriptor = try System.open(path) } catch {
      return .next(complain("‘\(path)’ cannot be read: \(error.sentence)"))
    }
    defer { System.close(descriptor) }
    return script(Input(descriptor: descriptor), name: path)
  }

  /// Runs lines without a person at them; says which one stopped it.
  func script(_ input: Input, name: String) -> Outcome {
    var (number, end) = (0, 0)
    var lines = LineAssembler()
    var formula: LineJoiner?
    var last = Command.Exit.answered
    /// Runs the formula that waits for a line in which it goes on.
    func runWaiting() -> Outcome? {
      guard let text = formula?.text, formula?.isRun == false else { return nil }
      formula?.isRun = true
      let result = run(whole: text)
      if case .next(let exit) = result, exit != .answered { last = exit }
      return outcome(of: result, line: end, name)
    }
    while true {
      // Whoever writes a line and waits for its answer gets it.
      let waits = formula?.endsInOperator == true || (formula?.isFormula == true && input.hasMore)
      if !waits, lines.text.isEmpty, let stop = runWaiting() { return stop }
      let line: Input.Line
      do { line = try input.line(limit: 1 << 20) } catch {
        if case System.Failure.interrupted = error { return .next(.interrupted) }
        return .next(complain("‘\(name)’ cannot be read"))
      }
      number += 1
      switch line {
      case .end:
        if let stop = runWaiting() { return stop }
        if lines.text.isEmpty { return .next(last) }
        let result = run(whole: lines.text)
        if case .next(let exit) = result, exit != .answered { last = exit }
        return outcome(of: result, line: number - 1, name) ?? .next(last)
      case .tooLong: return .next(complain("line \(number) of \(name) is too long"))
      case .notText: return .next(complain("line \(number) of \(name) is no UTF-8 text"))
      case .line(let line):
        if lines.add(line) { continue }
        let whole = lines.take()
        if formula?.takes(whole, defined: definitions.names) != true {
          if let stop = runWaiting() { return stop }
          formula = LineJoiner(whole, defined: definitions.names)
        }
        end = number
      }
    }
  }

  /// What ends a script: `:quit`, a line that is not understood, a reader that has gone, Ctrl-C.
  private func outcome(of outcome: Outcome, line: Int, _ name: String) -> Outcome? {
    switch outcome {
    case .quit, .next(.pipeClosed), .next(.interrupted): return outcome
    case .next(.notUnderstood):
      _ = complain("stopped at line \(line) of \(name)")
      return outcome
    case .next(.answered), .next(.no): return nil
    }
  }
}
