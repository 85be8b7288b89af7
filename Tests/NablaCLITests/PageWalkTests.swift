import Foundation
import Testing

/// What the script of a page walks from the recorded start and from others, run by Node; without Node the words alone.
@Suite struct PageWalkTests {
  /// What `Tests/Browser/walk.js` prints.
  private struct Walk: Decodable {
    struct Start: Decodable {
      var told: [String]
      var ends: [[Double]?]
    }

    var distances: [Double?]
    var recorded: [String]
    var other: Start
    var back: Start
  }

  private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Browser/walk.js")
  private static let rosenbrock = "(1 - x)^2 + 100(y - x^2)^2"

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nabla-walk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// The sentence about other starts, and the walks from the recorded start and from another one.
  private func page(_ arguments: [String], other: String) throws -> (note: String, walk: Walk?) {
    var note = ""
    var walk: Walk?
    try inFolder { folder in
      let page = folder.appending(path: "page.html")
      let said = nabla(arguments + ["-o", page.path])
      try #require(said.exit != 2, "\(said.remarks)")
      let text = try String(contentsOf: page, encoding: .utf8)
      note = String(try #require(try #/<p class="note">(.*?)</p>/#.firstMatch(in: text)).1)
      let node = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
        "\($0)/node"
      }
      .first(where: FileManager.default.isExecutableFile)
      guard let node else { return print("skipped: no node") }
      let process = Foundation.Process()
      process.executableURL = URL(filePath: node)
      process.arguments = [Self.script.path, page.path, other]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let printed = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      walk = try JSONDecoder().decode(Walk.self, from: printed)
    }
    return (note, walk)
  }

  @Test(
    "From the recorded start the script walks the recorded path, and so from others",
    arguments: [
      "gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "backtracking",
      "gd --rate 0.03", "momentum --rate 0.02 --momentum 0.5", "rmsprop --decay 0.7",
      "adam --rate 0.3 --momentum 0.8 --decay 0.99", "backtracking --reach 0.5",
    ],
    ["--steps 100", "--max 40", ""])
  func sameMethods(method: String, until: String) throws {
    let options = "--from 1/3,1 --method \(method) \(until)".split(separator: " ").map(String.init)
    let (note, walk) = try page(["minimize", "x^2 + 10y^2"] + options, other: "[0.25, 0.75]")
    #expect(note.contains("the same method walks"))
    #expect(note.contains("rate") == !method.hasPrefix("backtracking"))
    guard let walk else { return }
    #expect(try #require(walk.distances[0]) < 1e-9)
    #expect(walk.back.told == walk.recorded)
    // It moves, and no further than the command was told to.
    #expect(try #require(walk.other.ends[0]) != [0.25, 0.75])
    if until == "--max 40" { #expect(walk.other.told[0].contains("step 40")) }
  }

  @Test(
    "Where the page has other steps than the command it says whose, and goes on until the gradient vanishes",
    arguments: ["auto", "newton", "lm", "sparse-newton", "bfgs", "lbfgs", "cg", "nelder-mead"])
  func otherMethods(method: String) throws {
    let (note, walk) = try page(
      ["minimize", Self.rosenbrock, "--from", "-1.2,1", "--method", method], other: "[-1, 1.5]")
    #expect(note.hasPrefix("From another start this page walks by a damped Newton’s method of its own"))
    guard let walk else { return }
    #expect(walk.recorded.count == 1 && walk.recorded[0].hasPrefix("step "))
    #expect(walk.back.told == walk.recorded)
    #expect(walk.other.told[0].hasPrefix("damped Newton’s method, step "))
    #expect(walk.other.told[0].hasSuffix(": the gradient is nearly zero"))
    let end = try #require(walk.other.ends[0])
    #expect(zip(end, [1, 1]).allSatisfy { ($0 - $1).magnitude < 1e-5 })
  }

  @Test("A walk keeps within the bounds of the command and says what holds it")
  func bounds() throws {
    let (_, walk) = try page(
      ["minimize", Self.rosenbrock, "--from", "0,2", "--within", "y=1.5..3"], other: "[-2, -7]")
    guard let walk else { return }
    #expect(walk.other.told[0].hasSuffix(": only the bounds hold it"))
    let end = try #require(walk.other.ends[0])
    #expect(end[1] == 1.5 && (end[0] + 1.22).magnitude < 0.01 || (end[0] - 1.22437).magnitude < 1e-4)
  }

  @Test("Methods that are compared are never stood for by another")
  func compared() throws {
    let (note, walk) = try page(
      ["compare", "x^2 + 10y^2", "--from", "4,1", "--methods", "adagrad,bfgs,adam,newton"], other: "[2, 2]")
    #expect(note.contains("walks by adagrad, adam, as in the command. The rate is that of adagrad"))
    #expect(note.contains("not by the command’s newton."))
    #expect(note.hasSuffix("Only from the recorded start there is a path by bfgs."))
    guard let walk else { return }
    #expect(walk.distances[0] != nil && walk.distances[1] == nil && walk.distances[2] != nil)
    #expect(walk.other.told.map { $0.prefix { $0 != "," } } == ["adagrad", "adam", "newton"])
    #expect(walk.back.told.count == 4)
  }
}
