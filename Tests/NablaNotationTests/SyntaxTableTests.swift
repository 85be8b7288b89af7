import NablaBasics
import Testing

@testable import NablaNotation

/// What the resolver relies on: it takes the value of a part away, for the one whole that the part has.
@Suite struct SyntaxTableTests {
  static let texts =
    GrammarTests.rows.map(\.input) + [
      "||x||", "|| x + |y| ||", "||x|| ||y||", "|(|x|)|", "log_2^3 x", "sin^-1 x",
    ]

  @Test(
    "Parts stand before wholes, each in one whole", arguments: texts
  )
  func everyPartHasOneWhole(text: String) throws {
    let parsed = Reading.parsed(text)
    guard let tree = parsed.definitions.first?.body.tree else { return }
    var wholes = Array(repeating: 0, count: tree.nodes.count)
    for (place, node) in tree.nodes.enumerated() {
      let parts = tree.parts[Int(node.first)..<Int(node.first + node.count)].map { Int($0.node) }
      #expect(parts.allSatisfy { $0 < place })
      for part in parts { wholes[part] += 1 }
    }
    #expect(wholes.allSatisfy { $0 <= 1 })
  }

  @Test("No part of a part stands before the lowest place of the whole", arguments: texts)
  func lowestPlaces(text: String) throws {
    guard let tree = Reading.parsed(text).definitions.first?.body.tree else { return }
    var lowest = Array(tree.nodes.indices)
    for (place, node) in tree.nodes.enumerated() {
      for part in tree.parts[Int(node.first)..<Int(node.first + node.count)] {
        lowest[place] = min(lowest[place], lowest[Int(part.node)])
      }
      #expect(Syntax(tree: tree, index: place).lowestIndex == lowest[place])
    }
  }

  @Test("Double bars are one pair, which stands for the whole stretch")
  func doubleBarsAreOnePair() throws {
    let body = try #require(Reading.parsed("2 ||x||").definitions.first?.body)
    #expect(body[1].kind == .absolute && body[1].count == 1 && body[1][0].kind == .variable("x"))
    #expect(body[1].span == Span(2, 7))
  }

  /// A plain line keeps no places of its characters; behind a byte order mark it does.
  @Test(
    "Places are those of the bytes, with and without a list of them",
    arguments: ["x^2 + ", "sin(x", "a1 + b_2 +* c", "'x^2'", "f(x) = x^2 + y + 2z(", "1.5.2 x"])
  func placesDoNotDependOnPlainness(text: String) {
    let plain = Reading.parsed(text).diagnostics
    let marked = Reading.parsed("\u{FEFF}" + text).diagnostics
    #expect(!plain.isEmpty && plain.map(\.kind) == marked.map(\.kind))
    #expect(plain.map { Span($0.span.start + 3, $0.span.end + 3) } == marked.map(\.span))
  }

  @Test("Spans end at the largest half word")
  func spansAreClamped() {
    var span = Span(3, Int.max)
    #expect(span.start == 3 && span.end == Int(Int32.max))
    (span.start, span.end) = (5, 9)
    #expect(span == Span(5, 9) && span.count == 4)
    #expect(Span(7, 2) == Span(7, 7))
  }
}
