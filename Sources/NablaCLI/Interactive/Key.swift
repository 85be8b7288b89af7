/// What a person presses at a terminal.
package enum Key: Hashable, Sendable {
  /// Text to insert: one character, or what was pasted.
  case text(String)
  case enter, tab, backspace, delete
  case left, right, up, down, home, end, wordLeft, wordRight
  case cutToEnd, cutToStart, cutWord, paste, undo
  /// Ctrl-R: look back through the history.
  case search
  /// Ctrl-L: an empty screen.
  case clear
  /// Ctrl-C: give this line up.
  case cancel
  /// Ctrl-D: the end, where the line is empty.
  case endOfInput
  case escape
}

/// Makes keys out of the bytes that a terminal sends, in whatever pieces they come.
///
///     var keys = KeyDecoder()
///     keys.feed([0x1B, 0x5B, 0x44])   // [.left]
///
/// What is no known sequence is passed over whole; bytes that are no UTF-8 are dropped.
package struct KeyDecoder {
  private var waiting: [UInt8] = []
  private var isPasting = false
  private var pasted: [UInt8] = []
  /// The most bytes of one paste that are kept.
  private let limit: Int

  /// A decoder that keeps at most `limit` bytes of a paste.
  package init(limit: Int = 1 << 20) { self.limit = limit }

  /// The keys that are complete with these bytes.
  package mutating func feed(_ bytes: [UInt8]) -> [Key] {
    waiting += bytes
    var keys: [Key] = []
    var start = 0
    while start < waiting.count {
      let rest = waiting[start...]
      guard let length = isPasting ? pasteLength(rest) : KeyDecoder.length(rest) else { break }
      let piece = rest.prefix(length)
      start += length
      if let key = take(piece) { keys.append(key) }
    }
    waiting.removeFirst(start)
    return keys
  }

  private mutating func take(_ piece: ArraySlice<UInt8>) -> Key? {
    if isPasting {
      if Array(piece) == KeyDecoder.pasteEnd {
        isPasting = false
        defer { pasted = [] }
        return .text(KeyDecoder.lines(of: pasted))
      }
      if pasted.count < limit { pasted += piece }
      return nil
    }
    if Array(piece) == KeyDecoder.pasteStart {
      isPasting = true
      return nil
    }
    return KeyDecoder.key(piece)
  }

  private static let pasteStart: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  /// Pasted bytes as text: line ends as line feeds, none at the end.
  private static func lines(of bytes: [UInt8]) -> String {
    var text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing(
      "\r", with: "\n")
    while text.last == "\n" { text.removeLast() }
    return text
  }

  private func pasteLength(_ rest: ArraySlice<UInt8>) -> Int? {
    guard rest.first == 0x1B else { return rest.prefix { $0 != 0x1B }.count }
    let known = rest.prefix(KeyDecoder.pasteEnd.count)
    if KeyDecoder.pasteEnd.starts(with: known) {
      return known.count == KeyDecoder.pasteEnd.count ? known.count : nil
    }
    return 1
  }

  /// How many bytes the first key takes; nil where more are to come.
  private static func length(_ rest: ArraySlice<UInt8>) -> Int? {
    guard let first = rest.first else { return nil }
    if first == 0x1B { return sequenceLength(rest) }
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    return rest.count >= length ? length : nil
  }

  /// `ESC [ … letter`, `ESC O letter`, `ESC character`; an ESC that ends a piece is the key itself.
  private static func sequenceLength(_ rest: ArraySlice<UInt8>) -> Int? {
    let bytes = Array(rest.prefix(32))
    guard bytes.count > 1 else { return 1 }
    switch bytes[1] {
    case UInt8(ascii: "["):
      guard let last = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return bytes.count == 32 ? 32 : nil
      }
      return last + 1
    case UInt8(ascii: "O"): return bytes.count > 2 ? 3 : nil
    default: return 2
    }
  }

  private static func key(_ piece: ArraySlice<UInt8>) -> Key? {
    guard let first = piece.first else { return nil }
    if piece.count > 1, first == 0x1B {
      return sequences[String(decoding: piece.dropFirst(), as: UTF8.self)]
    }
    if let control = controls[first] { return control }
    guard first >= 0x20, first != 0x7F, let text = String(validating: piece, as: UTF8.self) else {
      return nil
    }
    return .text(text)
  }

  private static let controls: [UInt8: Key] = [
    0x01: .home, 0x02: .left, 0x03: .cancel, 0x04: .endOfInput, 0x05: .end, 0x06: .right, 0x08: .backspace,
    0x09: .tab, 0x0A: .enter, 0x0B: .cutToEnd, 0x0C: .clear, 0x0D: .enter, 0x0E: .down, 0x10: .up,
    0x12: .search, 0x15: .cutToStart, 0x17: .cutWord, 0x19: .paste, 0x1A: .undo, 0x1B: .escape, 0x1F: .undo,
    0x7F: .backspace,
  ]

  /// What stands after ESC.
  private static let sequences: [String: Key] = [
    "[A": .up, "[B": .down, "[C": .right, "[D": .left, "[H": .home, "[F": .end, "OA": .up, "OB": .down,
    "OC": .right, "OD": .left, "OH": .home, "OF": .end, "[1~": .home, "[4~": .end, "[7~": .home, "[8~": .end,
    "[3~": .delete, "[1;5C": .wordRight, "[1;5D": .wordLeft, "[1;3C": .wordRight, "[1;3D": .wordLeft,
    "b": .wordLeft, "f": .wordRight, "\u{7F}": .cutWord,
  ]
}
