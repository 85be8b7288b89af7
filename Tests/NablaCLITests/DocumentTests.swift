import FoundationEssentials
import Testing

/// Every command line in the README and the samples says what stands below it.
@Suite struct DocumentTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let documents: [String] = {
    let samples = root.appending(path: "samples").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: samples)) ?? []
    return ["README.md"] + files.filter { $0.hasSuffix(".txt") }.sorted().map { "samples/" + $0 }
  }()

  @Test func allAreThere() { #expect(Self.documents.count >= 7) }

  @Test(arguments: documents)
  func commandsSayWhatStandsThere(document: String) throws {
    let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
    var expected: [(line: String, said: String)] = []
    var isInside = !document.hasSuffix(".md")
    var isFenced = false
    var hasCommand = isInside  // a block without a command is no transcript
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isFenced.toggle()
        isInside = isFenced && line == "```"
        hasCommand = false
      } else if line.hasPrefix("$ "), isInside {
        expected.append((String(line.dropFirst(2)), ""))
        hasCommand = true
      } else if isInside, hasCommand, !expected.isEmpty {
        expected[expected.count - 1].said += line + "\n"
      }
    }
    #expect(!expected.isEmpty)
    for (line, said) in expected {
      let command = try #require(ShellLine(line), "no command: \(line)")
      let arguments = command.arguments.map { argument in
        argument.hasPrefix("@")
          ? "@" + Self.root.appending(path: String(argument.dropFirst())).path : argument
      }
      let output = nabla(arguments, environment: command.environment, input: command.input).everything
      #expect(Self.trimmed(output) == Self.trimmed(said), "\(document): \(line)")
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
