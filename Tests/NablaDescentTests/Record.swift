import Foundation
import Testing

/// Lines that were computed once, looked at, and kept beside the tests.
///
///     NABLA_RECORD=1 swift test --filter Recorded      # after a change that is meant; then read the difference
struct Record {
  /// The name of the file in `Fixtures`.
  let name: String

  /// Whether the C library gives the last bits that it gave to the record.
  static var hasSameBits: Bool {
    #if os(Linux) && arch(x86_64)
    true
    #else
    false
    #endif
  }

  /// Every line is the one that was kept; the first twenty that are not are shown.
  func check(_ lines: [String]) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    if ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1" {
      return try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(kept.count == lines.count + 1, "\(name)")
    for (line, before) in zip(lines, kept).filter({ $0 != $1 }).prefix(20) {
      Issue.record("\(name): \(line)\n  was \(before)")
    }
  }

  /// A number with four digits; a zero and what is no number have no sign.
  static func number(_ x: Double) -> String { x.isNaN ? "nan" : String(format: "%.4g", x == 0 ? 0 : x) }

  /// The same, of what is no larger than rounding leaves nothing.
  static func rounded(_ x: Double) -> String { x.magnitude < 1e-12 ? "0" : number(x) }
}
