import NablaBasics

/// A line of JSON held against RFC 8259, with the keys of its object and the bytes of their values.
///
///     try JSONText("{\"id\": 1.0, \"formula\": \"x^2\"}").value(of: "id")   // "1.0", byte for byte
///
/// Refused are what other readers pass over in silence: a key that stands twice, a comma before a closing bracket,
/// a number that no double can hold.
struct JSONText {
  /// What is wrong, in words, and the byte it stands at.
  struct Trouble: Error, Hashable {
    var sentence: String
    var place: Int
  }

  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0
  /// What is wrong first; the members before it can be asked for all the same.
  private(set) var trouble: Trouble?
  /// The keys of the outermost object with the places of their values.
  private(set) var members: [(key: String, value: Range<Int>)] = []
  /// Whether the value of `id` is being read, which is handed back and never calculated with.
  private var isIdentity = false
  /// The deepest nesting of brackets.
  private static let deepest = 64

  init(_ text: String) {
    bytes = Array(text.utf8)
    do throws(Trouble) {
      skipBlanks()
      guard at(place) == UInt8(ascii: "{") else { throw trouble("the line is no JSON object") }
      try value()
      skipBlanks()
      if place < bytes.count { throw trouble("something follows the closing brace") }
    } catch {
      trouble = trouble ?? error
    }
  }

  /// The text of a value exactly as it stands; nil where there is no such key.
  func value(of key: String) -> String? {
    guard let member = members.first(where: { $0.key == key }) else { return nil }
    return String(decoding: bytes[member.value], as: UTF8.self)
  }

  // MARK: Grammar

  private mutating func value() throws(Trouble) {
    skipBlanks()
    switch at(place) {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: try word()
    }
  }

  private mutating func enter() throws(Trouble) {
    depth += 1
    if depth > JSONText.deepest { throw trouble("the request is nested more than \(JSONText.deepest) deep") }
    place += 1
  }

  private mutating func object() throws(Trouble) {
    try enter()
    let isOutermost = depth == 1
    var keys: Set<String> = []
    skipBlanks()
    var isFirst = true
    while at(place) != UInt8(ascii: "}") || !isFirst {
      skipBlanks()
      if at(place) == UInt8(ascii: "}") { throw trouble("a comma stands before the closing brace") }
      guard at(place) == UInt8(ascii: "\"") else { throw trouble("a key in double quotes is missing") }
      let start = place
      let key = try string()
      if !keys.insert(key).inserted {
        trouble = trouble ?? Trouble(sentence: "\"\(key)\" stands twice", place: start)
      }
      skipBlanks()
      guard at(place) == UInt8(ascii: ":") else {
        throw trouble("a colon is missing after the key \"\(key)\"")
      }
      place += 1
      skipBlanks()
      let first = place
      if isOutermost { isIdentity = key == "id" }
      try value()
      if isOutermost { members.append((key, first..<place)) }
      isFirst = false
      if try !takesComma(before: UInt8(ascii: "}")) { break }
    }
    place += 1
    depth -= 1
  }

  private mutating func array() throws(Trouble) {
    try enter()
    skipBlanks()
    var isFirst = true
    while at(place) != UInt8(ascii: "]") || !isFirst {
      skipBlanks()
      if at(place) == UInt8(ascii: "]") { throw trouble("a comma stands before the closing bracket") }
      try value()
      isFirst = false
      if try !takesComma(before: UInt8(ascii: "]")) { break }
    }
    place += 1
    depth -= 1
  }

  /// Whether a comma follows; otherwise the closing bracket must.
  private mutating func takesComma(before close: UInt8) throws(Trouble) -> Bool {
    skipBlanks()
    if at(place) == UInt8(ascii: ",") {
      place += 1
      return true
    }
    guard at(place) == close else {
      let sign = String(decoding: [close], as: UTF8.self)
      throw trouble(
        place < bytes.count ? "a comma or \(sign) is missing" : "the line ends before its \(sign)")
    }
    return false
  }

  private mutating func string() throws(Trouble) -> String {
    place += 1
    var text: [UInt8] = []
    var half: UInt32?
    while true {
      guard place < bytes.count else { throw trouble("a text is never closed: its \" is missing") }
      let byte = bytes[place]
      if byte < 0x20 { throw trouble("a control character stands in a text: write it as an escape") }
      if byte == UInt8(ascii: "\\"), at(place + 1) == UInt8(ascii: "u") {
        let unit = try codeUnit()
        switch (half, unit) {
        case (nil, 0xD800...0xDBFF): half = unit
        case (let high?, 0xDC00...0xDFFF):
          append(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00), to: &text)
          half = nil
        case (nil, 0xDC00...0xDFFF), (_?, _): throw trouble("half of a surrogate pair stands in a text")
        default: append(unit, to: &text)
        }
        continue
      }
      if half != nil { throw trouble("half of a surrogate pair stands in a text") }
      place += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let escaped = JSONText.escapes[at(place)] else {
        place -= 1
        throw trouble("no such escape: a backslash of a formula is written \\\\")
      }
      text.append(escaped)
      place += 1
    }
  }

  private static let escapes: [UInt8: UInt8] = [
    UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
    UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
  ]

  private mutating func codeUnit() throws(Trouble) -> UInt32 {
    let digits = bytes[min(place + 2, bytes.count)..<min(place + 6, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ JSONText.isHexadecimal($0) }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw trouble("four hexadecimal digits belong after \\u") }
    place += 6
    return unit
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }

  private func append(_ value: UInt32, to text: inout [UInt8]) {
    if let scalar = Unicode.Scalar(value) { text += Array(String(Character(scalar)).utf8) }
  }

  private mutating func number() throws(Trouble) {
    let start = place
    if at(place) == UInt8(ascii: "-") { place += 1 }
    let whole = digits()
    if whole == 0 { throw trouble("a digit is missing after the minus") }
    if whole > 1, bytes[place - whole] == UInt8(ascii: "0") {
      throw Trouble(sentence: "a number begins with a needless 0", place: start)
    }
    if at(place) == UInt8(ascii: ".") {
      place += 1
      if digits() == 0 { throw trouble("a digit is missing after the decimal point") }
    }
    if at(place) | 0x20 == UInt8(ascii: "e") {
      place += 1
      if at(place) == UInt8(ascii: "+") || at(place) == UInt8(ascii: "-") { place += 1 }
      if digits() == 0 { throw trouble("the exponent of a number is missing") }
    }
    if isIdentity { return }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      let said = Trouble(sentence: "\(JSONText.short(text)) is too large for a number", place: start)
      trouble = trouble ?? said
      return
    }
    let hasDigit = text.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
    if value == 0, hasDigit {
      let sentence = "\(JSONText.short(text)) is too small for a number: it would be 0"
      trouble = trouble ?? Trouble(sentence: sentence, place: start)
    }
  }

  private static func short(_ text: String) -> String {
    text.utf8.count > 30 ? text.prefix(20) + "..." + text.suffix(6) : text
  }

  /// The number of digits from here on, which are passed.
  private mutating func digits() -> Int {
    let start = place
    while at(place).isDigit { place += 1 }
    return place - start
  }

  private mutating func word() throws(Trouble) {
    let start = place
    while (at(place) | 0x20) &- 97 < 26 { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    if word == "true" || word == "false" || word == "null" { return }
    place = start
    switch word {
    case "True", "False", "TRUE", "FALSE": throw trouble("\(word) is no JSON: write \(word.lowercased())")
    case "None", "nil", "undefined", "NULL": throw trouble("\(word) is no JSON: write null")
    case "NaN", "nan", "Infinity", "inf": throw trouble("\(word) is no JSON number")
    default: break
    }
    if at(place) == UInt8(ascii: "'") { throw trouble("JSON has texts in double quotes") }
    throw trouble(place < bytes.count ? "a value is missing" : "the line ends where a value is missing")
  }

  // MARK: Bytes

  private func at(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }

  private func trouble(_ sentence: String) -> Trouble { Trouble(sentence: sentence, place: place) }
}
