import Foundation
import NablaBasics
import Testing

@testable import Nabla

/// Formulas with points and values, and programs of other languages that are run on them.
extension ExportTests {
  /// A formula and points of its domain.
  struct Case {
    let name: String
    let typed: String
    let formula: Formula
    let points: [[Double]]
    let expected: [Double]
    /// How far two ways of computing the same number may be apart.
    var slack = 0.0
  }

  static func cases(_ texts: [String], withHessian: Bool = false) throws -> [Case] {
    var random = SplitMix64(start: 20_240_229)
    return try texts.enumerated().map { place, text in
      let formula = try Formula(text, variables: text.contains("point") ? ["t1", "point", "value"] : nil)
      var points: [[Double]] = []
      var expected: [Double] = []
      for _ in 0..<400 where points.count < 3 {
        let point = formula.variables.map { _ in Double.random(in: -3...3, using: &random) }
        let (value, gradient) = try formula.valueAndGradient(at: point)
        guard value.isFinite, gradient.allSatisfy(\.isFinite) else { continue }
        points.append(point)
        expected += [value] + gradient
        if withHessian { expected += try formula.hessian(at: point).flatMap { $0 } }
      }
      try #require(points.count == 3, "\(text)")
      return Case(name: "g\(place + 1)", typed: text, formula: formula, points: points, expected: expected)
    }
  }

  /// The path of a program, nil where the machine has none.
  static func tool(_ names: String...) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    for name in names {
      for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }

  /// Runs a program; what it printed, or what it complained of.
  static func run(_ program: String, _ arguments: [String], in folder: URL) throws -> (
    status: Int32, text: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = FileManager.default.temporaryDirectory.appending(path: "nabla-output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    let handle = try FileHandle(forWritingTo: output)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
  }

  static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nabla-export-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  /// Holds printed numbers, one a line, against what is expected.
  static func compare(_ text: String, _ cases: [Case]) throws {
    let lines = text.split(separator: "\n")
    for complaint in lines where complaint.hasPrefix("two values") {
      let one = cases.first { complaint.hasSuffix(" \($0.name)") }
      Issue.record("\(complaint): \(one?.typed ?? "")")
    }
    let numbers = lines.filter { !$0.hasPrefix("two values") }.map { Double($0) ?? .nan }
    let expected = cases.flatMap(\.expected)
    try #require(numbers.count == expected.count, "\(text.prefix(400))")
    var place = 0
    for one in cases {
      for value in one.expected {
        let size = one.expected.reduce(1) { max($0, $1.magnitude) }
        let isClose = (numbers[place] - value).magnitude <= 1e-11 * value.magnitude + 1e-13 * size
        #expect(isClose, "\(one.typed): \(numbers[place]) for \(value)")
        place += 1
      }
    }
  }

  static func literal(_ point: [Double], _ open: String, _ close: String) -> String {
    open + point.map { "\($0)" }.joined(separator: ", ") + close
  }

  static func code(_ cases: [Case], _ dialect: Dialect, withHessian: Bool = false) throws -> String {
    try CodeFile(
      cases.map(\.formula), names: cases.map(\.name), in: dialect, withHessian: withHessian
    ).text
  }
}
