import Foundation
import NablaBasics
import Testing

@testable import NablaNotation

/// The article on messages shows every kind once, as it is said today.
///
///     NABLA_RECORD=1 swift test --filter MessagesPageTests
@Suite struct MessagesPageTests {
  private static let page = GrammarTests.root.appending(path: "Sources/Nabla/Nabla.docc/Messages.md")

  /// The ids of all kinds, errors first, in the order of the source that declares them.
  private static func ids() throws -> [(id: String, isError: Bool)] {
    let file = GrammarTests.root.appending(path: "Sources/NablaNotation/Source/Diagnostic+Kind.swift")
    let source = try String(contentsOf: file, encoding: .utf8)
    let pattern = /\("([a-z-]+)",\s*\.(error|note)/
    let found = source.matches(of: pattern).map { (id: String($0.1), isError: $0.2 == "error") }
    return found.filter(\.isError) + found.filter { !$0.isError }
  }

  /// A text for each kind that no table of grammar.md has a row for, and what the reader has to know with it.
  private static let others: [String: (text: String, change: @Sendable (inout ReadingOptions) -> Void)] = [
    "empty-formula": ("", { _ in }),
    "members-of-name": ("f(x) = x_1^2 + x_2^2", { _ in }),
    "subscript-on-function": ("sin_2 x", { _ in }),
    "name-hides-function": ("max(x, y)", { $0.declaredNames = ["max"] }),
    "derivative-by-value": ("d/dx(x^2)", { $0.parameters["x"] = .integer(2) }),
    "bad-fold": ("sum(i, 1, x)", { _ in }),
    "bound-not-integer": ("sum(i, 1, 1.5, i x)", { _ in }),
    "bound-too-far": ("sum(i, 1, 10^16, i x)", { _ in }),
    "index-not-integer": ("sum(i, 1, 3, x[i/2])", { _ in }),
    "power-of-superscript": ("x²^3", { _ in }),
    "known-name": ("xi", { $0.declaredNames = ["x", "i"] }),
    "variable-before-bracket": ("sin(x)", { $0.declaredNames = ["sin"] }),
    "empty-range": ("sum(i, 5, 1, x^i)", { _ in }),
    "lost-backslash": ("\u{0C}rac{1}{2}x", { _ in }),
    "reversed-text": ("x\u{202E} + 2", { _ in }),
    "invisible-character": ("x\u{200B} + 2", { _ in }),
    "not-a-name": ("x^2", { $0.variables = ["2"] }),
    "named-twice": ("x^2", { $0.variables = ["x", "x"] }),
    "unused-value": ("x^2", { $0.parameters["a"] = .integer(2) }),
    "source-too-long": ("x + x + x + x", { $0.limits.sourceLength = 10 }),
    "nested-too-deep": ("((((x))))", { $0.limits.nesting = 3 }),
    "too-many-variables": ("sum(i, 1, 9, x[i])", { $0.limits.variables = 5 }),
    "too-many-terms": ("sum(i, 1, 9, x[i^2])", { $0.limits.expandedTerms = 5 }),
    "expression-too-large": ("g(t) = t^2 + t\ng(g(g(x)))", { $0.limits.expressionSize = 20 }),
    "number-too-long": ("1234567890123456789012345 x", { $0.limits.exactDigits = 20 }),
    "too-much-work": ("x + y + z", { $0.limits.work = 2 }),
  ]

  private static func said(about text: String, as id: String, in section: String) -> String? {
    var options = ReadingOptions()
    options.readsDecimalCommas = section == "Decimal commas"
    return said(about: text, as: id, options)
  }

  private static func said(about text: String, as id: String, _ options: ReadingOptions) -> String? {
    let diagnostics: [Diagnostic]
    do { diagnostics = try Reading.read(text, options: options).diagnostics } catch {
      diagnostics = error.diagnostics
    }
    guard let one = diagnostics.first(where: { $0.id == id }) else { return nil }
    return Diagnostic.render([one], in: SourceText(text)).plain
  }

  /// Where a number is wanted, as for the coordinate of a point.
  private static func saidAboutConstant() -> String? {
    do { _ = try Reading.constant("2a") } catch {
      return Diagnostic.render(error.diagnostics, in: error.source).plain
    }
    return nil
  }

  private static func example(of id: String) -> String? {
    if id == "not-constant" { return saidAboutConstant() }
    for row in GrammarTests.rows where row.says.contains(id) {
      let text = row.input.replacingOccurrences(of: "⏎", with: "\n")
      if let said = said(about: text, as: id, in: row.section) { return said }
    }
    guard let other = others[id] else { return nil }
    var options = ReadingOptions()
    other.change(&options)
    return said(about: other.text, as: id, options)
  }

  @Test func thePageShowsEveryKind() throws {
    var text = """
      # Messages

      Everything that can be said about a text: what it means, where, and what to write instead.

      ## Overview

      An error says why there is no reading; a note says that there is one, which may not be the one you meant. Notes are
      left out with `-q` and become errors with `--strict`. Each kind has a name that stays when its words change; programs
      find it as `id` in JSON.

      """
    var isInErrors: Bool?
    var missing: [String] = []
    for (id, isError) in try Self.ids() {
      if isInErrors != isError {
        text += isError ? "\n## Errors\n" : "\n## Notes\n"
        isInErrors = isError
      }
      guard let example = Self.example(of: id) else {
        missing.append(id)
        continue
      }
      text += "\n### \(id)\n\n```text\n\(example)\n```\n"
    }
    #expect(missing.isEmpty, "no example of \(missing)")
    if ProcessInfo.processInfo.environment["NABLA_RECORD"] == "1" {
      try Data(text.utf8).write(to: Self.page)
    } else {
      #expect(try String(contentsOf: Self.page, encoding: .utf8) == text)
    }
  }
}
