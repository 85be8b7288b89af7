/// Bytes that come in pieces: standard input, a file, or a text in a test.
///
///     let input = Input("x^2\ny^2\n")
///     try input.line(limit: 100)   // .line("x^2")
package final class Input {
  /// A line, or why there is none.
  package enum Line: Hashable, Sendable {
    /// The text without its line feed.
    case line(String)
    /// More bytes than allowed; they have been passed over.
    case tooLong
    /// Bytes that are no UTF-8, from this place of the line on.
    case notText(at: Int)
    /// There are no more lines.
    case end
  }

  private var waiting: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private let next: () throws(System.Failure) -> [UInt8]
  /// Whether bytes or the end can be read without waiting.
  private let isReady: () -> Bool
  /// Whether a person types.
  let isTerminal: Bool

  /// An input of the process, or an open file.
  init(descriptor: Int32) {
    isTerminal = System.isTerminal(descriptor)
    next = { () throws(System.Failure) in try System.read(1 << 16, from: descriptor) }
    isReady = { System.isReady(descriptor) }
  }

  /// An input that holds a text.
  package init(_ text: String) {
    var bytes: [UInt8] = Array(text.utf8)
    isTerminal = false
    isReady = { true }
    next = { () throws(System.Failure) in
      defer { bytes = [] }
      return bytes
    }
  }

  /// An input that holds bytes.
  package init(bytes: [UInt8]) {
    var bytes = bytes
    isTerminal = false
    isReady = { true }
    next = { () throws(System.Failure) in
      defer { bytes = [] }
      return bytes
    }
  }

  private func fill() throws(System.Failure) {
    let more = try next()
    isAtEnd = more.isEmpty
    if start > 0 {
      waiting.removeSubrange(..<start)
      start = 0
    }
    waiting += more
  }

  /// The bytes that come next, as they come; none at the end.
  func bytes() throws(System.Failure) -> [UInt8] {
    if start == waiting.count { try fill() }
    defer { start = waiting.count }
    return Array(waiting[start...])
  }

  /// The next line, of at most `limit` bytes; memory stays within the limit and one piece.
  package func line(limit: Int) throws -> Line {
    var looked = start
    var isTooLong = false
    while true {
      if let feed = waiting[looked...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = feed + 1 }
        return isTooLong || feed - start > limit ? .tooLong : Input.text(waiting[start..<feed])
      }
      if isAtEnd {
        guard start < waiting.count || isTooLong else { return .end }
        defer { start = waiting.count }
        return isTooLong || waiting.count - start > limit ? .tooLong : Input.text(waiting[start...])
      }
      if waiting.count - start > limit {
        isTooLong = true
        start = waiting.count
      }
      let seen = waiting.count - start
      try fill()
      looked = start + seen
    }
  }

  /// Whether more is at hand, or the end.
  var hasMore: Bool { start < waiting.count || isAtEnd || isReady() }

  /// The next bytes as they come; none at the end.
  func piece() throws(System.Failure) -> [UInt8] {
    if start == waiting.count, !isAtEnd { try fill() }
    defer { (waiting, start) = ([], 0) }
    return start == 0 ? waiting : Array(waiting[start...])
  }

  /// Everything, or nil where it is more than `limit` bytes.
  func everything(limit: Int) throws(System.Failure) -> [UInt8]? {
    while !isAtEnd {
      if waiting.count - start > limit { return nil }
      try fill()
    }
    return waiting.count - start > limit ? nil : Array(waiting[start...])
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> Line {
    let bytes = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    if let text = String(validating: bytes, as: UTF8.self) { return .line(text) }
    return .notText(at: firstBadByte(bytes))
  }

  /// How many bytes stand before the first one that is no UTF-8.
  static func firstBadByte(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var good = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): good += UTF8.width(scalar)
      case .emptyInput, .error: return good
      }
    }
  }
}
