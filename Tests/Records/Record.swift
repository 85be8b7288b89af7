import Foundation
import NablaBasics

/// Lines that were computed once, looked at, and kept in `Fixtures` beside the tests.
///
///     NABLA_RECORD=1 swift test --filter Recorded      # after a change that is meant; then read the difference
package struct Record {
  private let name: String
  private let file: URL

  /// The record that stands in the file `name` of the folder `Fixtures` beside the `test` that holds lines against it.
  package init(name: String, test: String = #filePath) {
    self.name = name
    file = URL(filePath: test).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
  }

  /// Whether the C library gives the last bits that it gave to the record.
  package static let hasSameBits: Bool = {
    let functions: [(Double) -> Double] = [
      Libm.exp, Libm.expm1, Libm.log, Libm.log1p, Libm.log2, Libm.log10, Libm.sin, Libm.cos, Libm.tan,
      Libm.asin,
      Libm.acos, Libm.atan, Libm.sinh, Libm.cosh, Libm.tanh, Libm.erf, Libm.erfc, Libm.tgamma, Libm.cbrt,
    ]
    var digest = Digest()
    for function in functions { digest.add((1...400).map { function(Double($0) / 397) }) }
    digest.add((1...400).map { Libm.pow(Double($0) / 37, Double($0 % 7) - 2.3) })
    return digest.text == "sk1el"
  }()

  /// The first twenty lines that are not the ones that were kept, beside these; with `NABLA_RECORD=1` the lines are
  /// kept instead, and none differs.
  package func differences(from lines: [String]) throws -> [String] {
    if ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1" {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      return []
    }
    let kept = try String(contentsOf: file, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).dropLast()
    let count = kept.count == lines.count ? [] : ["\(name): \(lines.count) lines, not \(kept.count)"]
    return count
      + zip(lines, kept).filter { $0 != $1 }.prefix(20).map { "\(name): \($0)\n  was \($1)" }
  }

  /// A number with four digits.
  package static func number(_ x: Double) -> String { number(x, digits: 4) }

  /// A number with so many digits; a zero and what is no number have no sign.
  package static func number(_ x: Double, digits: Int) -> String {
    x.isNaN ? "nan" : String(format: "%.\(digits)g", x == 0 ? 0 : x)
  }

  /// The same, of what is no larger than rounding leaves nothing.
  package static func rounded(_ x: Double) -> String { x.magnitude < 1e-12 ? "0" : number(x) }
}
