import FoundationEssentials
import Testing

/// Every command line in the README, the articles and the samples says what stands below it.
///
/// In Markdown, a block whose fence names no language and whose lines begin with `$ nabla` is a transcript. One
/// command writes what is said today below the command lines of all documents:
///
///     NABLA_RECORD=1 swift test --filter DocumentTests
@Suite struct DocumentTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let isRecording = ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1"

  static let documents: [String] = {
    func files(_ folder: String, _ suffix: String) -> [String] {
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
      return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder + "/" + $0 }
    }
    return ["README.md"] + files("Sources/Nabla/Nabla.docc", ".md") + files("samples", ".txt")
  }()

  @Test func allAreThere() { #expect(Self.documents.count >= 15) }

  @Test(arguments: documents)
  func commandsSayWhatStandsThere(document: String) throws {
    let file = Self.root.appending(path: document)
    let text = try String(contentsOf: file, encoding: .utf8)
    var pieces = Self.pieces(text, isMarkdown: document.hasSuffix(".md"))
    for place in pieces.indices {
      guard case .transcript(let line, let said) = pieces[place] else { continue }
      let now = try Self.said(by: line)
      if Self.isRecording {
        // The blank lines that part two transcripts stay.
        let end = said.suffix(while: { $0 == "\n" })
        pieces[place] = .transcript(line, Self.trimmed(now) + (end.isEmpty ? "\n" : end))
      } else {
        #expect(Self.trimmed(now) == Self.trimmed(said), "\(document): \(line)")
      }
    }
    if document.hasPrefix("samples/") || document == "README.md" {
      #expect(pieces.contains { if case .transcript = $0 { true } else { false } })
    }
    if Self.isRecording {
      let again = pieces.map {
        switch $0 {
        case .text(let text): text
        case .transcript(let line, let said): "$ " + line + "\n" + said
        }
      }
      try Data(again.joined().utf8).write(to: file)
    }
  }

  /// A document in order: text, and command lines with what stands below them.
  private enum Piece {
    case text(String)
    case transcript(String, String)
  }

  private static func pieces(_ text: String, isMarkdown: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var isInside = !isMarkdown
    var isFenced = false
    var hasCommand = false
    func add(_ line: Substring, _ end: String) {
      let line = line + end
      switch pieces.last {
      case .transcript(let command, let said) where hasCommand:
        pieces[pieces.count - 1] = .transcript(command, said + line)
      case .text(let before): pieces[pieces.count - 1] = .text(before + line)
      default: pieces.append(.text(String(line)))
      }
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let end = number < lines.count - 1 ? "\n" : ""
      if isMarkdown, line.hasPrefix("```") {
        isFenced.toggle()
        isInside = isFenced && line == "```"
        hasCommand = false
        pieces.append(.text(line + end))
      } else if isInside, line.hasPrefix("$ ") {
        pieces.append(.transcript(String(line.dropFirst(2)), ""))
        hasCommand = true
      } else {
        add(line, end)
      }
    }
    return pieces
  }

  private static func said(by line: String) throws -> String {
    let command = try #require(ShellLine(line), "no command: \(line)")
    let arguments = command.arguments.map { argument in
      let isFile = argument.hasPrefix("@")
      let path = isFile ? String(argument.dropFirst()) : argument
      guard isFile || path.hasPrefix("samples/") else { return argument }
      return (isFile ? "@" : "") + root.appending(path: path).path
    }
    return nabla(arguments, environment: command.environment, input: command.input).everything
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}

extension Collection {
  /// The longest end all of whose elements satisfy a condition.
  fileprivate func suffix(while condition: (Element) -> Bool) -> SubSequence
  where Self: BidirectionalCollection {
    var start = endIndex
    while start > startIndex, condition(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
