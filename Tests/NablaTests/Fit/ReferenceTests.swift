import FoundationEssentials
import Testing

@testable import Nabla

/// Nonlinear regression of the NIST Statistical Reference Datasets, from both starts and from none.
///
/// Nine digits of every parameter and eight of every standard deviation, with default settings.
@Suite struct ReferenceTests {
  struct Reference: CustomTestStringConvertible, Sendable {
    var name: String
    var model = ""
    var starts: [[String: Double]] = []
    var certified: [(name: String, value: Double, deviation: Double)] = []
    var data = ""
    var testDescription: String { name }
  }

  static let references: [Reference] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/nist.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var references: [Reference] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      let rest = words.count > 1 ? words[1] : ""
      if words[0] == "set" {
        references.append(Reference(name: rest))
        continue
      }
      guard let last = references.indices.last else { continue }
      switch words[0] {
      case "model": references[last].model = rest
      case "start":
        let pairs = rest.split(separator: ",").map { $0.split(separator: "=").map(String.init) }
        references[last].starts.append(
          Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], Double($0[1]) ?? .nan) }))
      case "certified":
        let parts = rest.split(separator: " ").map(String.init)
        references[last].certified.append((parts[0], Double(parts[1]) ?? .nan, Double(parts[2]) ?? .nan))
      default: references[last].data += line + "\n"
      }
    }
    return references
  }()

  @Test func allAreThere() { #expect(Self.references.count == 9) }

  @Test(arguments: references, [0, 1])
  func digits(reference: Reference, start: Int) throws {
    var reader = CSVReader()
    try reader.push(Array(reference.data.utf8))
    let table = try reader.finish()
    var options = FitOptions()
    options.start = reference.starts[start]
    let fit = try Fit(reference.model, to: table, options)
    let (success, reason) = (fit.success, fit.reason)
    #expect(success, "\(reason)")
    for row in reference.certified {
      let parameter = try #require(fit[row.name])
      #expect((parameter.estimate / row.value - 1).magnitude < 1e-9, "\(row.name)")
      #expect((parameter.standardError / row.deviation - 1).magnitude < 1e-8, "\(row.name)")
    }
  }

  @Test("Without a start the same sum of squares is found", arguments: references)
  func search(reference: Reference) throws {
    var reader = CSVReader()
    try reader.push(Array(reference.data.utf8))
    let table = try reader.finish()
    let found = try Fit(reference.model, to: table)
    var options = FitOptions()
    options.start = reference.starts[1]
    let known = try Fit(reference.model, to: table, options)
    #expect(found.loss <= known.loss * (1 + 1e-8))
  }
}
