import Foundation

/// What the environment of a test run says.
enum Environment {
  /// A whole number by its name.
  static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }
}
