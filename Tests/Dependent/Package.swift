// swift-tools-version: 6.2
import PackageDescription

/// A package that uses Nabla as others do; built and run to see that it can be.
let package = Package(
  name: "Dependent",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "nabla", path: "../..")],
  targets: [
    .executableTarget(name: "Dependent", dependencies: [.product(name: "Nabla", package: "nabla")])
  ]
)
