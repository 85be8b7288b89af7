import NablaBasics
import NablaCLI

/// What a run said, stream by stream and in order, and its exit.
struct Said {
  /// A piece of text and whether it is an answer or a remark.
  struct Piece {
    var text: String
    var isAnswer: Bool
  }

  var pieces: [Piece] = []
  var exit: Int32 = 0

  var answers: String { pieces.filter(\.isAnswer).map(\.text).joined() }
  var remarks: String { pieces.filter { !$0.isAnswer }.map(\.text).joined() }
  var everything: String { pieces.map(\.text).joined() }
}

/// Runs the command in process.
func nabla(
  _ arguments: [String], environment: NameTable<String> = [:], input: String = "", bytes: [UInt8]? = nil,
  onTerminal: Bool = false, columns: Int? = nil, failing: Output.Failure? = nil, limits: Limits = .standard,
  cancellation: Cancellation = Cancellation()
) -> Said {
  final class Recorder {
    var said = Said()
  }
  let recorder = Recorder()
  func output(_ isAnswer: Bool) -> Output {
    Output(isTerminal: onTerminal, columns: columns) { bytes in
      if isAnswer, let failing { return failing }
      recorder.said.pieces.append(.init(text: String(decoding: bytes, as: UTF8.self), isAnswer: isAnswer))
      return nil
    }
  }
  let exit = run(
    arguments: arguments, environment: environment, input: bytes.map { Input(bytes: $0) } ?? Input(input),
    output: output(true), errors: output(false), limits: limits, cancellation: cancellation)
  recorder.said.exit = exit
  return recorder.said
}

/// A command line of a transcript: `NAME=VALUE echo 'text' | nabla 'x^2' --at 3`, quotes as in a shell.
struct ShellLine {
  var environment: NameTable<String> = [:]
  var input = ""
  var arguments: [String] = []

  init?(_ line: String) {
    var words = ShellLine.words(line)
    while let word = words.first, let sign = word.firstIndex(of: "="),
      word.prefix(upTo: sign).allSatisfy({
        $0.isUppercase || $0 == "_"
      })
    {
      environment[String(word[..<sign])] = String(word[word.index(after: sign)...])
      words.removeFirst()
    }
    if words.count > 3, words[0] == "echo", words[2] == "|" {
      input = words[1] + "\n"
      words.removeFirst(3)
    }
    guard words.first == "nabla" else { return nil }
    arguments = Array(words.dropFirst())
  }

  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
