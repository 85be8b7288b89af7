import NablaCLI
import Testing

/// What the reader makes of a command line, as one line: command; values; options in the order of `Option.all`.
private func reading(_ arguments: [String]) -> String {
  do {
    let read = try ArgumentReader.read(arguments)
    var parts = [read.command.name] + read.values.map(\.text)
    for option in Option.all where read.has(option) {
      parts.append(
        "--" + option.name + read.all(option).map { $0.text.isEmpty ? "" : "=" + $0.text }.joined())
    }
    return parts.joined(separator: " ; ")
  } catch {
    return "\(error.argument) \(error.kind)" + (error.fix.map { " | \($0)" } ?? "")
  }
}

struct ArgumentReaderTests {
  struct Row: Sendable {
    let arguments: [String]
    let reading: String
  }

  static let rows: [Row] = [
    Row(arguments: ["x^2"], reading: "grad ; x^2"),
    Row(arguments: ["grad", "x^2"], reading: "grad ; x^2"),
    Row(arguments: ["grad", "plot"], reading: "grad ; plot"),
    Row(arguments: ["grad", "grad"], reading: "grad ; grad"),
    Row(arguments: ["--", "grad"], reading: "grad ; grad"),
    Row(arguments: ["-8"], reading: "grad ; -8"),
    Row(arguments: ["-x^2"], reading: "grad ; -x^2"),
    Row(arguments: ["-x"], reading: "grad ; -x"),
    Row(arguments: ["--x"], reading: "grad ; --x"),
    Row(arguments: ["--8"], reading: "grad ; --8"),
    Row(arguments: ["--x^2"], reading: "grad ; --x^2"),
    Row(arguments: ["---x"], reading: "grad ; ---x"),
    Row(arguments: ["-"], reading: "grad ; -"),
    Row(arguments: ["--", "--json"], reading: "grad ; --json"),
    Row(arguments: ["eval", "x", "--at", "-8"], reading: "eval ; x ; --at=-8"),
    Row(arguments: ["eval", "x", "--at=-8"], reading: "eval ; x ; --at=-8"),
    Row(arguments: ["eval", "x", "--at", "x=1,y=2"], reading: "eval ; x ; --at=x=1,y=2"),
    Row(arguments: ["--json", "eval", "x"], reading: "eval ; x ; --json"),
    Row(arguments: ["x", "-q"], reading: "grad ; x ; --quiet"),
    Row(arguments: ["eval", "-h"], reading: "eval ; --help"),
    Row(
      arguments: ["x", "--let", "a=1", "--let", "b=2"], reading: "grad ; x ; --let=a=1=b=2"),
    Row(arguments: ["help", "grad"], reading: "help ; grad"),
    Row(arguments: ["costt", "--vars", "costt"], reading: "grad ; costt ; --vars=costt"),
    Row(arguments: ["even", "--vars", "even"], reading: "grad ; even ; --vars=even"),
    Row(arguments: ["speed"], reading: "grad ; speed"),
    Row(arguments: ["x", "--jsn"], reading: #"1 unknownOption("--jsn") | did you mean --json?"#),
    Row(arguments: ["x", "--zzzz"], reading: #"1 unknownOption("--zzzz")"#),
    Row(
      arguments: ["evla", "x", "--at", "1"], reading: #"0 unknownCommand("evla") | did you mean eval?"#),
    Row(
      arguments: ["mininize"],
      reading:
        #"0 unknownCommand("mininize") | did you mean minimize? To differentiate mininize, nabla grad mininize"#
    ),
    Row(arguments: ["eval", "x", "--at"], reading: #"2 missingValue(option: "at", value: "1,2")"#),
    Row(arguments: ["eval", "x", "--at="], reading: #"2 missingValue(option: "at", value: "1,2")"#),
    Row(arguments: ["eval", "--at", "--json"], reading: #"1 missingValue(option: "at", value: "1,2")"#),
    Row(arguments: ["eval", "--json=yes"], reading: #"1 needlessValue(option: "json")"#),
    Row(arguments: ["eval", "--at", "1", "--at", "2"], reading: #"3 repeated(option: "at")"#),
    Row(
      arguments: ["x", "--rate", "1"],
      reading:
        #"1 otherCommand(option: "rate", command: "grad") | it belongs to minimize, maximize, compare, fit"#),
    Row(
      arguments: ["x", "--digits", "0"],
      reading: #"2 notAWholeNumber("0", option: "digits", ClosedRange(1...17))"#),
    Row(
      arguments: ["x", "--digits=x"],
      reading: #"1 notAWholeNumber("x", option: "digits", ClosedRange(1...17))"#),
    Row(
      arguments: ["x", "--color", "red"],
      reading: #"2 notAChoice("red", option: "color") | one of auto, always, never"#),
    Row(arguments: ["-o"], reading: #"0 missingValue(option: "output", value: "f.svg")"#),
  ]

  @Test("A command line is read, or its first fault is pointed at", arguments: rows)
  func reads(row: Row) {
    #expect(reading(row.arguments).replacing("Swift.", with: "") == row.reading)
  }

  @Test("Rows of options and commands are whole: one name each, every option has a command")
  func rowsAreWhole() {
    #expect(Set(Option.all.map(\.name)).count == Option.all.count)
    #expect(Set(Command.all.map(\.name)).count == Command.all.count)
    let known = Set(Option.all.map(\.name))
    for command in Command.all {
      #expect(!command.examples.isEmpty, "\(command.name) has no example")
      #expect(command.options.allSatisfy { known.contains($0.name) }, "\(command.name)")
    }
    for option in Option.all {
      #expect(Command.all.contains { $0.accepts(option) }, "--\(option.name) belongs to no command")
      #expect(option.name.utf8.count >= 2)
      if option.value != .none { #expect(!option.example.isEmpty, "--\(option.name) has no example") }
    }
  }

  @Test("No arguments, however odd, trap the reader")
  func neverTraps() {
    let odd = [
      "", "-", "--", "---", "--=", "--a=", "-=", "--json=", "=", "\u{0}", "é", "--é", "--jsonl", "-h", "''",
    ]
    for first in odd {
      for second in odd { _ = reading([first, second]) }
    }
    #expect(reading([""]) == "grad ; ")
  }
}

struct ClosestTests {
  @Test(
    "A slip is found, a different word is not",
    arguments: [
      ("jsn", "json"), ("JSON", "json"), ("josn", "json"), ("strct", "strict"), ("form", "format"),
      ("xyz", nil), ("", nil), ("j", nil), ("stricter", "strict"), ("formidable", nil),
    ] as [(String, String?)])
  func finds(word: String, meant: String?) {
    #expect(closest(to: word, among: ["json", "strict", "format"]) == meant)
  }
}
