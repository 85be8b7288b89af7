import FoundationEssentials
import NablaCLI
import Testing

/// Every example of every command's help runs, and says what was recorded.
///
///     NABLA_RECORD=1 swift test --filter ExampleTests
@Suite struct ExampleTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Transcripts/examples.txt")
  private static let isRecording = ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1"

  /// Runs an example; what it writes with `-o` goes to a file of the test, and has to be there.
  private func said(by example: String) throws -> String {
    let line = try #require(ShellLine("nabla " + example))
    var arguments = line.arguments
    // What a shell would send to the standard input is left out: there is no such file.
    if let place = arguments.firstIndex(of: "<") { arguments.removeSubrange(place...) }
    arguments = arguments.map {
      let path = $0.hasPrefix("@") ? String($0.dropFirst()) : $0
      guard path.hasPrefix("samples/") else { return $0 }
      return ($0.hasPrefix("@") ? "@" : "") + DocumentTests.root.appending(path: path).path
    }
    var written: URL?
    var named = ""
    if let place = arguments.firstIndex(where: { $0 == "-o" || $0 == "--output" }),
      place + 1 < arguments.count
    {
      let name =
        "nabla-\(UInt64.random(in: 0 ... .max))-" + (arguments[place + 1].split(separator: "/").last ?? "")
      let target = FileManager.default.temporaryDirectory.appending(path: name)
      named = arguments[place + 1]
      (arguments[place + 1], written) = (target.path, target)
    }
    defer { if let written { try? FileManager.default.removeItem(at: written) } }
    let said = nabla(arguments, environment: line.environment, input: line.input)
    if let written { #expect(try Data(contentsOf: written).isEmpty == false, "\(example)") }
    #expect(said.exit == 0 || said.exit == 1, "\(example): \(said.everything)")
    // What is said of the file names it as the example does.
    return written.map { said.everything.replacing($0.path, with: named) } ?? said.everything
  }

  @Test func examplesSayWhatWasRecorded() throws {
    var text = ""
    for command in Command.all {
      #expect(!command.examples.isEmpty, "\(command.name)")
      for example in command.examples where !["tour", "help", "repl"].contains(example) {
        text += "$ nabla \(example)\n" + (try said(by: example)) + "\n"
      }
    }
    if Self.isRecording {
      try Data(text.utf8).write(to: Self.file)
    } else {
      #expect(text == String(decoding: try Data(contentsOf: Self.file), as: UTF8.self))
    }
  }

  @Test func theTourRunsFromItsFirstScreenToItsLast() {
    let said = nabla(["tour"])
    #expect(said.exit == 0)
    #expect(said.answers.contains("\n10/10  "))
    #expect(!said.remarks.contains("error:"), "\(said.remarks)")
  }
}
