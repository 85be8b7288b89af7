import NablaBasics
import NablaCLI

/// The whole command answers every command line that writes no file: an answer, or a remark that says why there is none,
/// and the exit that fits.
enum CommandLaw {
  /// What is wrong with the run of a command line; nil where the law holds.
  static func trouble(with text: String) -> String? {
    let arguments = OptionLaw.arguments(of: text)
    guard let read = try? ArgumentReader.read(arguments) else {
      return trouble(with: arguments, isRefused: true)
    }
    let isTried =
      quick.contains(read.command.name)
      && !arguments.contains { $0.hasPrefix("-o") || $0.hasPrefix("--output") }
    return isTried ? trouble(with: arguments, isRefused: false) : nil
  }

  /// Commands that answer from the formula alone, without files, many steps or a conversation.
  private static let quick: Set<String> = [
    "grad", "eval", "hessian", "steps", "check", "simplify", "expand", "factor", "tangent", "implicit",
    "export",
    "functions", "methods", "help",
  ]

  static func trouble(with arguments: [String], isRefused: Bool) -> String? {
    let run = CommandRun(arguments)
    // Colours are escape codes, where they are asked for.
    let isColoured = arguments.contains { $0.contains("always") }
    if isRefused, run.exit != 2 { return "refused with exit \(run.exit)" }
    guard [0, 1, 2].contains(run.exit) else { return "exit \(run.exit)" }
    if run.exit == 2, run.remarks.isEmpty, run.answers.isEmpty { return "exit 2 without a word" }
    // Where there is no request, there is no answer to one.
    let takesRequests = arguments.contains("--json-lines")
    if run.exit == 0, run.answers.isEmpty, !takesRequests { return "exit 0 without an answer" }
    for stream in [run.answers, run.remarks] {
      if !stream.isEmpty, stream.last != "\n" { return "the last line has no end: \(stream.suffix(40))" }
      for scalar in stream.unicodeScalars where isHarmful(scalar) && !(isColoured && scalar == "\u{1B}") {
        return "U+\(String(scalar.value, radix: 16)) is printed: \(stream.prefix(200).debugDescription)"
      }
    }
    return nil
  }

  /// Whether a character would move the terminal's pen.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// As for the options, with fewer mistakes, so that most lines get as far as an answer.
  static func text(start: UInt64) -> String {
    var lot = Lot(start: start)
    if lot.oneIn(4) { return OptionLaw.text(start: start) }
    let command = lot.one(of: Command.all.filter { quick.contains($0.name) })
    var arguments = [command.name]
    if !["functions", "methods", "help"].contains(command.name) {
      var formulas = TypedFormulas(start: start)
      arguments.append(lot.oneIn(2) ? lot.one(of: Samples.formulas) : formulas.next().text)
      if command.name == "check" { arguments.append(lot.one(of: Samples.formulas)) }
    }
    let options = command.options.filter { $0.name != "json-lines" && $0.name != "output" }
    for _ in 0..<lot.below(3) where !options.isEmpty {
      let option = lot.one(of: options)
      arguments.append("--\(option.name)")
      if case .choice(let words) = option.value {
        arguments.append(lot.one(of: words))
      } else if option.value != .none {
        arguments.append(option.example)
      }
    }
    return arguments.joined(separator: "\u{1F}")
  }
}

/// A run of the command in this process, and what it said.
struct CommandRun {
  let answers: String
  let remarks: String
  let exit: Int32

  init(_ arguments: [String], input: String = "") {
    final class Recorder { var bytes: [UInt8] = [] }
    let (answers, remarks) = (Recorder(), Recorder())
    func output(_ recorder: Recorder) -> Output {
      Output(isTerminal: false) { bytes in
        recorder.bytes += bytes
        return nil
      }
    }
    exit = run(
      arguments: arguments, environment: ["LC_ALL": "C.UTF-8"], input: Input(input), output: output(answers),
      errors: output(remarks), limits: ReadingLaw.fuzzing)
    self.answers = String(decoding: answers.bytes, as: UTF8.self)
    self.remarks = String(decoding: remarks.bytes, as: UTF8.self)
  }
}
