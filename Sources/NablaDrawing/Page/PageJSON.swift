import NablaBasics

/// The few kinds of JSON that a page's model needs; nothing in it can end a script.
enum JSON {
  static func number(_ value: Double) -> String {
    value.isFinite ? NumberText.significant(value, digits: 10, minus: .ascii) : "null"
  }

  /// A number that is only shown, to more digits than that.
  static func shown(_ value: Double) -> String {
    value.isFinite ? NumberText.significant(value, digits: 8, minus: .ascii) : "null"
  }

  /// A number with all its digits.
  static func exact(_ value: Double) -> String { value.isFinite ? value.description : "null" }

  static func text(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "<": result += "\\u003c"
      case _ where scalar.value < 0x20:
        result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

  static func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { text($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }
}
