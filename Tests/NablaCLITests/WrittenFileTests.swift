import Foundation
import Testing

/// Where `-o` and `:save` write: through links, and not over what is not to be written.
@Suite struct WrittenFileTests {
  private func inFolder(_ body: (_ path: (String) -> String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nabla-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "inner"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body { folder.appending(path: $0).path }
  }

  private func plot(_ path: String) -> Said { nabla(["plot", "x^2", "-o", path]) }
  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  private let files = FileManager.default

  @Test(
    "A link stays, and leads to what was written",
    arguments: [("inner/real.svg", true), ("inner/new.svg", false), ("second.svg", true), ("/full", true)])
  func links(target: String, exists: Bool) throws {
    try inFolder { path in
      let real = path(target == "/full" || target == "second.svg" ? "inner/real.svg" : target)
      if exists { try Data("old".utf8).write(to: URL(filePath: real)) }
      try files.createSymbolicLink(
        atPath: path("link.svg"), withDestinationPath: target == "/full" ? real : target)
      if target == "second.svg" {
        try files.createSymbolicLink(atPath: path(target), withDestinationPath: "inner/real.svg")
      }
      let said = plot(path("link.svg"))
      #expect(said.exit == 0, "\(said.remarks)")
      #expect(
        try files.destinationOfSymbolicLink(atPath: path("link.svg")) == (target == "/full" ? real : target))
      #expect(try text(real).hasPrefix("<svg"))
      #expect(try files.contentsOfDirectory(atPath: path("inner")).count == 1)
    }
  }

  @Test("A link into nowhere or to itself is told")
  func brokenLinks() throws {
    try inFolder { path in
      try files.createSymbolicLink(atPath: path("away.svg"), withDestinationPath: "gone/real.svg")
      #expect(
        plot(path("away.svg")).remarks.contains("cannot be written: there is no folder \(path("gone"))\n"))
      try files.createSymbolicLink(atPath: path("round.svg"), withDestinationPath: "round.svg")
      let said = plot(path("round.svg"))
      #expect(said.exit == 2 && said.remarks.contains("cannot be written: "), "\(said.remarks)")
    }
  }

  @Test(
    "A file that is not to be written stays as it is, behind a link as well",
    arguments: ["kept.svg", "link.svg"])
  func writeProtected(name: String) throws {
    try inFolder { path in
      try Data("old".utf8).write(to: URL(filePath: path("kept.svg")))
      try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path("kept.svg"))
      try files.createSymbolicLink(atPath: path("link.svg"), withDestinationPath: "kept.svg")
      let said = plot(path(name))
      #expect(said.exit == 2)
      #expect(said.remarks.contains("‘\(path(name))’ cannot be written: it is write-protected\n"))
      #expect(try text(path("kept.svg")) == "old")
      let saved = nabla(["repl"], input: "a = 2\n:save \(path(name))\n")
      #expect(saved.exit == 2 && saved.remarks.contains("it is write-protected"))
    }
  }

  @Test("A file keeps its permissions")
  func permissions() throws {
    try inFolder { path in
      try Data("old".utf8).write(to: URL(filePath: path("a.svg")))
      try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("a.svg"))
      #expect(plot(path("a.svg")).exit == 0)
      #expect(try files.attributesOfItem(atPath: path("a.svg"))[.posixPermissions] as? Int == 0o640)
      #expect(try text(path("a.svg")).hasPrefix("<svg"))
    }
  }
}
