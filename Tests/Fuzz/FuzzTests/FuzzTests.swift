import FoundationEssentials
import Fuzzing
import Testing

/// The corpora replayed and a bounded number of random texts; `nabla-fuzz` tries as many as one likes.
@Suite struct FuzzTests {
  static let start = ProcessInfo.processInfo.environment["NABLA_FUZZ_START"].flatMap(UInt64.init) ?? 2_026
  static let runs = ProcessInfo.processInfo.environment["NABLA_FUZZ_RUNS"].flatMap(Int.init) ?? 400

  static func texts(of target: FuzzTarget) throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Corpus").appending(path: target.name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func corpusIsReplayed(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    for text in ((try? Self.texts(of: target)) ?? []) + Samples.formulas {
      let trouble = target.trouble(text)
      #expect(trouble == nil, "\(text.debugDescription): \(trouble ?? "")")
    }
  }

  @Test(arguments: FuzzTarget.all.map(\.name))
  func randomTextsKeepTheLaw(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    target.search(start: Self.start, runs: 0..<Self.runs, samples: Samples.formulas) { finding in
      Issue.record("\(name), start \(Self.start), run \(finding.run)\n\(finding)")
    }
  }

  /// Two hundred formulas in parts that run side by side; every fourth place of each, or every place with
  /// `NABLA_FUZZ=all`.
  @Test(arguments: 0..<8)
  func everyNeighbourOfAFormulaIsAnsweredOrRefused(part: Int) {
    let isFull = ProcessInfo.processInfo.environment["NABLA_FUZZ"] == "all"
    var drawn = (0..<200 - Samples.formulas.count).map { number in
      var formulas = TypedFormulas(start: Self.start &+ UInt64(number))
      return formulas.next().text
    }
    drawn += Samples.formulas
    #expect(drawn.count == 200)
    for (number, formula) in drawn.enumerated() where number % 8 == part {
      for text in AnswerLaw.neighbours(of: formula, start: UInt64(number), every: isFull ? 1 : 4) {
        let trouble = AnswerLaw.trouble(with: text)
        #expect(trouble == nil, "\(text.debugDescription): \(trouble ?? "")")
      }
    }
  }

  @Test func aBrokenLawIsFoundAndShrunk() {
    let law = FuzzTarget(name: "no cosine") { $0.contains("cos(") ? "a cosine" : nil }
    var found: [FuzzTarget.Finding] = []
    law.search(start: 1, runs: 0..<400, samples: ["1 + cos(x + y)^2 sin y"]) { found.append($0) }
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.text.count <= 12 }, "\(found.map(\.text))")
  }
}
