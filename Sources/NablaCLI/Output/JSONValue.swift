import FoundationEssentials

/// A piece of JSON that is handed back as it came: the `id` of a request.
enum JSONValue: Codable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let box = try decoder.singleValueContainer()
    if box.decodeNil() {
      self = .null
    } else if let value = try? box.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? box.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? box.decode(Double.self) {
      self = .number(value)
    } else if let value = try? box.decode(String.self) {
      self = .text(value)
    } else if let value = try? box.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try box.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var box = encoder.singleValueContainer()
    switch self {
    case .null: try box.encodeNil()
    case .bool(let value): try box.encode(value)
    case .integer(let value): try box.encode(value)
    case .number(let value): try box.encode(JSONNumber(value))
    case .text(let value): try box.encode(value)
    case .list(let value): try box.encode(value)
    case .object(let value): try box.encode(value)
    }
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
      output.write(String(decoding: try encoder.encode(json), as: UTF8.self) + "\n")
    } catch {
      self.error("the answer has no JSON form: \(error)")
    }
  }
}
