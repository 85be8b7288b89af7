import FoundationEssentials

/// A piece of JSON that is handed back as it came, byte for byte: the `id` of a request.
struct JSONValue: Codable, Hashable {
  /// The bytes of the request; the line they came on has been checked.
  var text: String

  init(text: String) { self.text = text }

  /// Whatever it is: the text is filled in from the line itself.
  init(from decoder: any Decoder) { text = "null" }

  /// A stand-in that `Console.answer` puts the text in the place of.
  func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    try box.encode(JSONValue.mark + text)
  }

  private static let mark = "\u{1F}"

  /// A line of JSON with the text itself in the place of its stand-in.
  static func restored(in line: String) -> String {
    let head = "\"id\":\"\\u001f"
    guard let start = line.firstRange(of: head) else { return line }
    var end = start.upperBound
    while end < line.endIndex, line[end] != "\"" {
      end = line.index(end, offsetBy: line[end] == "\\" ? 2 : 1, limitedBy: line.endIndex) ?? line.endIndex
    }
    guard end < line.endIndex,
      let text = try? JSONDecoder().decode(
        String.self, from: Data("\"\(line[start.upperBound..<end])\"".utf8))
    else { return line }
    return line[..<start.lowerBound] + "\"id\":" + text + line[line.index(after: end)...]
  }
}

/// A number that JSON can hold: what is not finite becomes null.
struct JSONNumber: Encodable {
  let value: Double

  init(_ value: Double) { self.value = value }

  /// A list of numbers.
  static func list(_ values: [Double]) -> [JSONNumber] { values.map { JSONNumber($0) } }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    if value.isFinite { try box.encode(value) } else { try box.encodeNil() }
  }
}

extension Console {
  /// An answer as one line of JSON, its keys in alphabetical order.
  func answer(json: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      output.write(JSONValue.restored(in: String(decoding: try encoder.encode(json), as: UTF8.self)) + "\n")
    } catch {
      self.error("the answer has no JSON form: \(error)")
    }
  }
}
