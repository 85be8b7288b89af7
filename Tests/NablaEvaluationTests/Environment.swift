import Foundation

/// What the environment of a test run says.
enum Environment {
  /// A whole number by its name.
  static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  /// How many random formulas a law is tried on, out of the number for `NABLA_LONG`.
  static func runs(_ standard: Int) -> Int { max(standard, (number("NABLA_LONG") ?? 0) / 40) }
}
