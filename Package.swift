// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// A room of the house: a library target that sees only the floors below it.
func room(_ name: String, sees below: [String] = []) -> Target {
  .target(name: name, dependencies: below.map { .init(stringLiteral: $0) }, swiftSettings: settings)
}

/// The tests of a room; they may look into the basics as well.
func tests(of name: String, using others: [String] = [], fixtures: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: ([name] + others).map { .init(stringLiteral: $0) },
    exclude: fixtures,
    swiftSettings: settings)
}

let package = Package(
  name: "Nabla",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "Nabla", targets: ["Nabla"]),
    .executable(name: "nabla", targets: ["NablaProgram"]),
  ],
  targets: [
    room("NablaBasics"),
    room("NablaAlgebra", sees: ["NablaBasics"]),
    room("NablaDescent", sees: ["NablaBasics"]),
    room("NablaDrawing", sees: ["NablaBasics"]),
    room("NablaNotation", sees: ["NablaBasics", "NablaAlgebra"]),
    room("NablaEvaluation", sees: ["NablaBasics", "NablaAlgebra"]),
    room(
      "Nabla",
      sees: [
        "NablaBasics", "NablaAlgebra", "NablaDescent", "NablaDrawing", "NablaNotation", "NablaEvaluation",
      ]),
    room(
      "NablaCLI",
      sees: [
        "Nabla", "NablaBasics", "NablaAlgebra", "NablaNotation", "NablaEvaluation", "NablaDescent",
        "NablaDrawing",
      ]),
    .executableTarget(name: "NablaProgram", dependencies: ["NablaCLI"], swiftSettings: settings),

    .executableTarget(
      name: "Benchmarks",
      dependencies: ["Nabla", "NablaBasics", "NablaAlgebra", "NablaEvaluation", "NablaDrawing"],
      path: "Tests/Benchmarks/Speed", exclude: ["peers.cpp", "peers.py"], swiftSettings: settings),
    .executableTarget(
      name: "DescentBenchmarks", dependencies: ["Nabla", "NablaBasics"], path: "Tests/Benchmarks/Descents",
      exclude: ["Problems", "README.md", "scipy_baseline.py", "trust-exact.tsv"], swiftSettings: settings),

    tests(of: "NablaBasics"),
    tests(of: "NablaAlgebra", using: ["NablaBasics"], fixtures: ["Fixtures"]),
    tests(of: "NablaDescent", using: ["NablaBasics", "Records"], fixtures: ["Fixtures"]),
    tests(of: "NablaDrawing", using: ["NablaBasics"]),
    tests(of: "NablaNotation", using: ["NablaBasics", "NablaAlgebra", "Records"], fixtures: ["Fixtures"]),
    tests(of: "NablaEvaluation", using: ["NablaBasics", "NablaAlgebra", "Records"], fixtures: ["Fixtures"]),
    tests(
      of: "Nabla",
      using: [
        "NablaBasics", "NablaDrawing", "NablaAlgebra", "NablaNotation", "NablaEvaluation", "Fuzzing",
        "Records",
      ],
      fixtures: ["Fixtures"]),
    tests(of: "NablaCLI", using: ["Nabla", "NablaBasics", "NablaProgram"], fixtures: ["Transcripts"]),

    // Lines that were kept, for the tests that hold new ones against them.
    .target(name: "Records", dependencies: ["NablaBasics"], path: "Tests/Records", swiftSettings: settings),

    // Random texts against laws: the harness, its command, and a bounded number of runs as tests.
    .target(
      name: "Fuzzing",
      dependencies: ["Nabla", "NablaBasics", "NablaAlgebra", "NablaNotation", "NablaDescent", "NablaCLI"],
      path: "Tests/Fuzz/Fuzzing", swiftSettings: settings),
    .executableTarget(
      name: "nabla-fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzz/Runner", swiftSettings: settings),
    .testTarget(
      name: "FuzzTests", dependencies: ["Fuzzing", "NablaBasics"], path: "Tests/Fuzz/FuzzTests",
      swiftSettings: settings),
  ]
)
