import Foundation
import NablaBasics
import Testing

@testable import NablaNotation

/// The tables of grammar.md, row by row.
struct GrammarTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var section: String
    var input: String
    var reading: String
    var says: [String]
    var testDescription: String { input }
  }

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let page: String =
    (try? String(contentsOf: root.appending(path: "grammar.md"), encoding: .utf8)) ?? ""

  /// The cells of a table line; `\|` is a bar.
  static func cells(_ line: Substring) -> [String] {
    let marked = line.replacingOccurrences(of: "\\|", with: "\u{1}")
    return marked.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
      $0.trimmingCharacters(in: .whitespaces).replacingOccurrences(of: "\u{1}", with: "|")
    }
  }

  static let rows: [Row] = {
    var rows: [Row] = []
    var section = ""
    var isTable = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("#") { section = String(line.drop { $0 == "#" || $0 == " " }) }
      let cells = cells(line)
      if !line.hasPrefix("|") {
        isTable = false
      } else if cells == ["input", "reading", "says"] {
        isTable = true
      } else if isTable, cells.count == 3, !cells[0].hasPrefix("---") {
        rows.append(
          Row(
            section: section, input: unquoted(cells[0]), reading: unquoted(cells[1]),
            says: cells[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }))
      }
    }
    return rows
  }()

  static func unquoted(_ cell: String) -> String {
    cell.hasPrefix("`") && cell.hasSuffix("`") && cell.count > 1 ? String(cell.dropFirst().dropLast()) : cell
  }

  /// What the parser makes of a text, as the page writes it.
  static func reading(of text: String, declaring declared: [String] = [], commas: Bool = false) -> (
    reading: String, says: [String]
  ) {
    var options = ReadingOptions()
    options.declaredNames = declared
    options.readsDecimalCommas = commas
    let parsed = Reading.parsed(text, options: options)
    if parsed.hasErrors {
      return ("—", parsed.diagnostics.filter { $0.severity == .error }.map(\.id))
    }
    guard let last = parsed.definitions.last else { return ("", []) }
    var head = ""
    if let name = last.name {
      head = name + (last.parameters.map { "(" + $0.joined(separator: ", ") + ")" } ?? "") + " = "
    }
    let body = SyntaxBuilder(last.body.tree).reading(Int32(last.body.index))
    return (head + body, parsed.diagnostics.map(\.id))
  }

  @Test(arguments: rows)
  func row(_ row: Row) {
    let text = row.input.replacingOccurrences(of: "⏎", with: "\n")
    let found = Self.reading(of: text, commas: row.section == "Decimal commas")
    #expect(found.reading == row.reading)
    #expect(found.says == row.says)
  }

  @Test func thePageHasItsTables() {
    #expect(Self.rows.count > 300)
    for predicate in ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)"] {
      let rows = Self.rows.filter { $0.section.hasPrefix(predicate) }
      #expect(rows.filter { !$0.says.isEmpty }.count >= 5, "\(predicate)")
      #expect(rows.filter { $0.says.isEmpty }.count >= 5, "\(predicate)")
    }
  }

  /// No function is known by a name that the page is silent about.
  @Test func everyOtherNameOfAFunctionHasARow() {
    let inputs = Self.rows.map(\.input)
    var others = 0
    for name in FunctionNames.names where FunctionNames.known(name)?.name != name {
      others += 1
      #expect(inputs.contains { $0.contains(name + "(") || $0.contains(name + " ") }, "\(name)")
    }
    #expect(others > 30)
  }

  @Test func rulesAreMethodsOfTheParser() throws {
    let folder = Self.root.appending(path: "Sources/NablaNotation/Reading")
    var code = ""
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasPrefix("Parser") {
      code += try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    let block = try #require(
      Self.page.components(separatedBy: "```ebnf\n").last?.components(separatedBy: "```").first)
    var rules = 0
    for line in block.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let name = line[..<equals].trimmingCharacters(in: .whitespaces)
      rules += 1
      #expect(code.contains("func \(name)(") || name == "text", "\(name)")
    }
    #expect(rules > 15)
  }

  @Test(arguments: [
    ("∨", 1), ("∧", 2), ("<", 4), ("<=", 4), ("≤", 4), (">", 4), (">=", 4), ("≥", 4), ("=", 4), ("==", 4),
    ("!=", 4),
    ("≠", 4), ("+", 5), ("-", 5), ("*", 6), ("/", 6),
  ])
  func operatorsStandOnTheirLevels(_ text: String, _ level: UInt8) throws {
    let characters = Characters(SourceText(text))
    var lexer = Lexer(characters)
    let token = try #require(lexer.tokens(from: 0, to: characters.count).first)
    #expect(Operator.spelled(by: token.kind)?.level.rawValue == level)
    let line = try #require(Self.page.split(separator: "\n").first { $0.hasPrefix("| \(level) |") })
    #expect(line.contains("`\(text)`"))
  }

  /// Readings that depend on what is declared.
  static let declared: [(declared: [String], input: String, reading: String, says: [String])] = [
    (["speed"], "2speed", "2·speed", []),
    (["width", "height"], "width height", "width·height", []),
    (["cost"], "cost", "cost", []),
    (["a", "b"], "ab", "a·b", []),
    (["a", "b", "c", "d"], "abcd", "a·b·c·d", []),
    (["x", "i"], "xi", "ξ", ["known-name"]),
    (["x", "i"], "xi(2)", "ξ·2", ["multiplied-bracket"]),
    (["e"], "2e + x e^2", "2·e + x·e²", []),
    (["e"], "2e+1", "2·e + 1", []),
    (["tau"], "tau(x+1)", "τ·(x + 1)", []),
    (["sin"], "sin(x)", "sin·x", ["variable-before-bracket"]),
    (["max"], "max(x, y)", "—", ["name-hides-function"]),
    (["t", "a", "x"], "tax*3", "t·a·x·3", []),
    (["i"], "i", "i", []),
    (["x_1"], "x1", "x₁", []),
    (["d"], "dy/dx", "(d·y/d)·x", ["implied-after-division"]),
    (["a"], "asinx", "arcsin(x)", ["inverse-hides-product"]),
    (["B"], "B x", "B·x", []),
    (["alpha"], "alphax", "α·x", []),
    (["t"], "cost", "cos(t)", []),
    (["X"], "X^2 + 3x", "X² + 3·x", []),
    (["rate_2"], "rate2", "rate₂", []),
    (["foo_bar"], "foo_bar", "foo_bar", []),
    (["k_BT"], "k_BT", "k_BT", []),
  ]

  @Test(arguments: declared.indices)
  func declaredNamesWin(_ index: Int) {
    let row = Self.declared[index]
    let found = Self.reading(of: row.input, declaring: row.declared)
    #expect(found.reading == row.reading, "\(row.input)")
    #expect(found.says == row.says, "\(row.input)")
  }
}
