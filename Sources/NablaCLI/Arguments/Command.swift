/// A command: everything known about it, on one row.
///
/// The reader of arguments, help and the exit of a run are made from these rows.
package struct Command: Sendable {
  /// What a run leaves to the shell.
  package enum Exit: Int32, Sendable {
    /// The question is answered.
    case answered = 0
    /// The answer is no: not converged, unbounded, outside the domain.
    case no = 1
    /// The question was not understood, or the answer could not be delivered.
    case notUnderstood = 2
    /// Ctrl-C.
    case interrupted = 130
    /// The reader of the answer has gone.
    case pipeClosed = 141
  }

  /// The word on the command line.
  package let name: String
  /// What stands after the name: `FORMULA`, `[NAME]`.
  package let operands: String
  /// One sentence for help, without a full stop.
  package let summary: String
  /// What help says beyond the summary, in lines of at most 80 cells.
  package var details = ""
  /// Its own options; those of `Option.everywhere` come with every command.
  package let options: [Option]
  /// Command lines to show in help, without `nabla`, as one types them in a shell.
  package let examples: [String]
  /// What it does.
  let run: @Sendable (Invocation) throws(Failure) -> Exit

  /// How many operands there may be.
  var operandCount: Int { operands.split(separator: " ").count }

  /// Whether its first operand is a formula.
  var readsFormula: Bool { ["FORMULA", "MODEL", "EQUATION"].contains { operands.hasPrefix($0) } }

  /// Whether the command has an option.
  package func accepts(_ option: Option) -> Bool {
    (options + Option.everywhere).contains { $0.name == option.name }
  }

  /// The command of that name: one word, of letters.
  static func named(_ name: Substring) -> Command? {
    guard name.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return nil }
    return all.first { $0.name == name }
  }

  /// Every command, in the order of help.
  package static let all: [Command] = [
    grad, eval, hessian, derivationSteps, check, simplify, expand, factor, critical, taylor, tangent,
    implicit,
    minimize, maximize, compare, fit, plot, export,
    functions, methods,
    repl, tour, generate,
    help,
  ]
}
