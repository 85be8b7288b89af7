import FoundationEssentials
import NablaBasics
import NablaCLI

/// Every line of `eval --json-lines` gets one line of JSON: the answer or an error, with the identity of its request.
enum RequestLaw {
  /// What is wrong with the answer to a line; nil where the law holds.
  static func trouble(with text: String) -> String? {
    let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" })
      .filter { !$0.allSatisfy(\.isWhitespace) }
    let run = CommandRun(["eval", "--json-lines"], input: text)
    if run.exit != 0 { return "exit \(run.exit): \(run.remarks)" }
    let answers = run.answers.split(separator: "\n")
    if answers.count != lines.count { return "\(lines.count) lines, \(answers.count) answers" }
    for (line, answer) in zip(lines, answers) {
      guard let read = try? JSONDecoder().decode(Identity.self, from: Data(answer.utf8)) else {
        return "no JSON: \(answer.prefix(200))"
      }
      // A line that is no JSON may have an identity that nobody can see.
      if read.error?.id == "request.malformed" { continue }
      let asked = try? JSONDecoder().decode(Identity.self, from: Data(line.utf8))
      if let asked, asked.id != read.id { return "asked by \(asked), answered to \(read)" }
    }
    return nil
  }

  /// The part of a line that the law looks at.
  private struct Identity: Decodable {
    struct Trouble: Decodable { var id: String }
    enum CodingKeys: CodingKey { case id, error }

    let id: Int?
    let error: Trouble?

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      // Any JSON may be an identity; whole numbers are compared.
      id = try? members.decode(Int.self, forKey: .id)
      error = try? members.decode(Trouble.self, forKey: .error)
    }
  }

  /// One to three requests, sometimes damaged.
  static func text(start: UInt64) -> String {
    var lot = Lot(start: start)
    let requests = (0..<1 + lot.below(3)).map { _ in request(&lot, start) }
    let text = requests.joined(separator: "\n") + (lot.oneIn(4) ? "" : "\n")
    return lot.oneIn(2) ? lot.disturbed(text, with: words, changes: 1 + lot.below(3)) : text
  }

  private static func request(_ lot: inout Lot, _ start: UInt64) -> String {
    var formulas = TypedFormulas(start: start &+ UInt64(lot.below(1_000)))
    let formula = lot.oneIn(2) ? lot.one(of: Samples.formulas) : formulas.next().text
    var members = [#""formula":\#(quoted(formula))"#]
    if !lot.oneIn(6) { members.append(#""id":\#(lot.below(1_000))"#) }
    if lot.oneIn(2) {
      let points = (0..<lot.below(3)).map { _ in
        "[" + (0..<lot.below(4)).map { _ in lot.one(of: numbers) }.joined(separator: ",") + "]"
      }
      members.append(#""points":[\#(points.joined(separator: ","))]"#)
    }
    if lot.oneIn(4) { members.append(#""variables":["x","y"]"#) }
    if lot.oneIn(5) { members.append(#""parameters":{"a":\#(lot.one(of: numbers))}"#) }
    if lot.oneIn(2) { members.reverse() }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static let numbers = [
    "0", "1", "-2.5", "1e308", "-0", "1e-400", "0.1", "3", "1e400", "\"1\"", "null", "[1]",
  ]
  static let words = [
    "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "\\u202e", "null", "true", "1e999", "-",
    "\n", "\u{0}",
    "\"id\":1,", "\"id\":{\"a\":[1]},", "\"formula\":3,", "\u{FEFF}", "é", "{}", "[]", "[[[[[[[[", "\t",
  ]
}
