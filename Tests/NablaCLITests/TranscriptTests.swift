import FoundationEssentials
import NablaCLI
import Testing

/// Transcripts of the command, byte for byte.
///
/// A file holds command lines that begin with `$ ` and what each of them says; in all files but `face.txt`, what goes
/// to the error stream is marked `2> ` and an exit other than 0 stands last. One command records all of them again
/// but `face.txt`, which is the plan's own words and changes by hand only:
///
///     NABLA_RECORD=1 swift test --filter TranscriptTests
struct TranscriptTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Transcripts")
  private static let isRecording = ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1"

  private static func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// Each command line with what stands below it.
  private static func parts(_ text: String) -> [(line: String, said: String)] {
    var parts: [(line: String, said: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("$ ") {
        parts.append((String(line.dropFirst(2)), ""))
      } else if !parts.isEmpty {
        parts[parts.count - 1].said += line + "\n"
      }
    }
    return parts.map { part in
      var said = part.said
      while said.hasSuffix("\n\n") { said.removeLast() }
      return (part.line, said)
    }
  }

  @Test(
    "What the command says is what was recorded",
    arguments: [
      "steps", "grad", "eval", "hessian", "check", "calculus", "export", "minimize", "fit", "errors", "help",
      "json",
      "plain", "special",
      "formats",
    ])
  func recorded(name: String) throws {
    let text = try Self.text(name + ".txt")
    var again = ""
    for part in Self.parts(text) {
      let line = try #require(ShellLine(part.line), "no command: \(part.line)")
      let said = nabla(line.arguments, environment: line.environment, input: line.input)
      var shown = ""
      for piece in said.pieces {
        for printed in piece.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
          shown += (piece.isAnswer ? "" : "2> ") + printed + "\n"
        }
      }
      if said.exit != 0 { shown += "[exit \(said.exit)]\n" }
      again += "$ \(part.line)\n\(shown)\n"
      if !Self.isRecording { #expect(shown == part.said, "\(part.line)") }
    }
    if Self.isRecording { try Data(again.utf8).write(to: Self.folder.appending(path: name + ".txt")) }
  }

  @Test("The transcripts of the plan, to the letter")
  func face() throws {
    for part in Self.parts(try Self.text("face.txt")) {
      let line = try #require(ShellLine(part.line), "no command: \(part.line)")
      let said = nabla(line.arguments).everything
      // A row of dots alone stands for rows of a table.
      let pieces = part.said.split(separator: "   …\n", omittingEmptySubsequences: false)
      if pieces.count == 2 {
        #expect(said.hasPrefix(pieces[0]), "\(part.line): \(said)")
        #expect(said.hasSuffix(pieces[1]), "\(part.line): \(said)")
        #expect(said.split(separator: "\n").count > part.said.split(separator: "\n").count)
      } else {
        #expect(said == part.said, "\(part.line)")
      }
    }
  }

  @Test("The same bytes in every run")
  func twice() throws {
    for name in ["grad", "eval", "hessian", "check", "calculus", "export", "minimize", "json"] {
      for part in Self.parts(try Self.text(name + ".txt")) {
        guard let line = ShellLine(part.line) else { continue }
        let first = nabla(line.arguments, environment: line.environment, input: line.input)
        let second = nabla(line.arguments, environment: line.environment, input: line.input)
        #expect(first.everything == second.everything)
      }
    }
  }
}
