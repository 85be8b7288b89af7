import Foundation
import Testing

/// Holds lines against those that were kept in `Fixtures`, or keeps them with `NABLA_RECORD=1`; the first twenty that
/// are not the same are shown.
func checkRecord(_ name: String, _ lines: [String]) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  if ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1" {
    return try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
  }
  let kept = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  #expect(kept.count == lines.count)
  for (line, before) in zip(lines, kept).filter({ $0 != $1 }).prefix(20) {
    Issue.record("\(line)\n  was \(before)")
  }
}
