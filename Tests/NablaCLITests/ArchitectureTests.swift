import FoundationEssentials
import Testing

/// The floors of the house: a room imports only what stands below it, and the outside world comes in at two places.
@Suite struct ArchitectureTests {
  static let below: [String: Set<String>] = [
    "NablaBasics": [],
    "NablaAlgebra": ["NablaBasics"],
    "NablaDescent": ["NablaBasics"],
    "NablaDrawing": ["NablaBasics"],
    "NablaNotation": ["NablaBasics", "NablaAlgebra"],
    "NablaEvaluation": ["NablaBasics", "NablaAlgebra"],
    "Nabla": [
      "NablaBasics", "NablaAlgebra", "NablaDescent", "NablaDrawing", "NablaNotation", "NablaEvaluation",
    ],
    "NablaCLI": [
      "NablaBasics", "NablaAlgebra", "NablaDescent", "NablaDrawing", "NablaNotation", "NablaEvaluation",
      "Nabla",
      "FoundationEssentials",
    ],
    "NablaProgram": ["NablaCLI"],
  ]
  static let system: Set<String> = ["Glibc", "Musl", "Darwin", "Android", "ucrt"]

  @Test(arguments: below.keys.sorted())
  func importsPointDownwards(room: String) throws {
    let folder = DocumentTests.root.appending(path: "Sources/\(room)")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".swift")
    }
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") {
        let words = line.split(separator: " ").drop {
          $0.hasPrefix("@") || $0 == "internal" || $0 == "public"
        }
        guard words.first == "import", let name = words.last.map(String.init) else { continue }
        let isSystem = Self.system.contains(name) && (file.hasSuffix("Libm.swift") || room == "NablaCLI")
        let isCores = name.hasSuffix("Dispatch") && file == "Parallel.swift" && room == "NablaEvaluation"
        let isAllowed =
          Self.below[room, default: []].contains(name) || name == "Synchronization" || isSystem || isCores
        #expect(isAllowed, "\(room)/\(file) imports \(name)")
      }
    }
  }
}
