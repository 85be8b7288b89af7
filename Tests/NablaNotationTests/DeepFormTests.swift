import Foundation
import NablaAlgebra
import NablaBasics
import Testing

@testable import NablaNotation

/// Deep formulas on the small stack of a background thread.
@Suite struct DeepFormTests {
  /// Runs work on a thread with a small stack.
  private static func onSmallStack<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
      let thread = Thread { continuation.resume(returning: work()) }
      thread.stackSize = smallStack
      thread.start()
    }
  }

  @Test func `an expression nested beyond the limit is shown`() async {
    let lengths = await Self.onSmallStack {
      var expr: Expr = .variable(Variable("x"))
      for _ in 0..<400 { expr = .power(.constant(.e), .variable(Variable("y")) / (expr + 1)) }
      return Format.all.map { Form(expr).text($0).unicodeScalars.count }
    }
    #expect(lengths.allSatisfy { $0 > 4000 })
  }

  @Test func `brackets nested up to the limit are echoed`() async throws {
    let depth = Limits.standard.nesting - 2
    let text = String(repeating: "sin(1+", count: depth) + "x" + String(repeating: ")", count: depth)
    let parsed = Parser.parse(SourceText(text), names: Names(), options: ParsingOptions())
    let body = try #require(parsed.definitions.last).body
    let echo = await Self.onSmallStack { Form(body).text(.plain.withoutSpaces) }
    #expect(echo == text)
  }
}
