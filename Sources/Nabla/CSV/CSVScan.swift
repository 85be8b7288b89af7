/// A place in bytes of which the last row may be incomplete; one line feed more stands behind them.
struct CSVScan {
  var place: UnsafePointer<UInt8>
  /// Behind the last byte: there stands the line feed.
  let end: UnsafePointer<UInt8>
  /// Whether no more bytes will come, so that the line feed ends the last row.
  let isEnd: Bool
  let separator: UInt8
  /// Whether runs of spaces and tabs separate fields.
  let byBlanks: Bool

  @inline(__always)
  init(place: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, isEnd: Bool, separator: UInt8, byBlanks: Bool)
  {
    self.place = place
    self.end = end
    self.isEnd = isEnd
    self.separator = separator
    self.byBlanks = byBlanks
  }

  var byte: UInt8 { @inline(__always) get { place.pointee } }

  /// Whether what is being read may go on in bytes that are not there yet.
  var isIncomplete: Bool { @inline(__always) get { place >= end && !isEnd } }

  /// Whether a field ends here.
  var isAtFieldEnd: Bool {
    @inline(__always) get {
      let byte = place.pointee
      return byte == separator || byte == 0x0A || byte == 0x0D || (byBlanks && byte == 0x09)
    }
  }

  @inline(__always)
  mutating func skipBlanks() {
    while place.pointee == 0x20 || (place.pointee == 0x09 && separator != 0x09) { place += 1 }
  }

  /// Passes over blanks; whether the field ends there.
  @inline(__always)
  mutating func isAtFieldEndAfterBlanks() -> Bool {
    if isAtFieldEnd { return true }
    skipBlanks()
    return isAtFieldEnd
  }

  /// Passes over the end of a field that another one follows.
  @inline(__always)
  mutating func endsField() -> Bool {
    if byBlanks {
      skipBlanks()
      return place.pointee != 0x0A && place.pointee != 0x0D
    }
    guard place.pointee == separator, place < end else { return false }
    place += 1
    return true
  }

  /// Passes over the end of a row; false where it is not there yet.
  @inline(__always)
  mutating func endsRow() -> Bool {
    if place >= end { return isEnd }
    if place.pointee == 0x0D {
      if place + 1 >= end, !isEnd { return false }
      place += 1
      if place < end, place.pointee == 0x0A { place += 1 }
      return true
    }
    place += 1
    return true
  }

  /// Passes over an empty line or a comment; false, and the place unchanged, where a row stands or is incomplete.
  @inline(__always)
  mutating func skipEmptyLine() -> Bool {
    let first = place.pointee
    // Most rows begin with a digit or a sign.
    if first > UInt8(ascii: "#") || first == UInt8(ascii: "\"") { return false }
    let start = place
    while place.pointee == 0x20 || (place.pointee == 0x09 && separator != 0x09) { place += 1 }
    if place.pointee == UInt8(ascii: "#") {
      while place < end, place.pointee != 0x0A, place.pointee != 0x0D { place += 1 }
    } else if place.pointee != 0x0A, place.pointee != 0x0D {
      place = start
      return false
    }
    if endsRow() { return true }
    place = end
    return false
  }

  /// Passes over a field that nobody wants.
  @inline(__always)
  mutating func passField() {
    while !isAtFieldEnd { place += 1 }
  }

  /// The text up to the field's end, without the blanks around it.
  mutating func plainField() -> String {
    let start = place
    passField()
    var last = place
    while last > start, last[-1] == 0x20 || last[-1] == 0x09 { last -= 1 }
    return String(decoding: UnsafeBufferPointer(start: start, count: last - start), as: UTF8.self)
  }

  /// The text between quotes and the line ends in it; nil where its end is not there.
  mutating func quotedField() -> (text: String, lines: Int)? {
    var bytes: [UInt8] = []
    var lines = 0
    place += 1
    while place < end {
      if place.pointee == UInt8(ascii: "\"") {
        place += 1
        // At the end of the bytes a second quote may follow.
        if place >= end, !isEnd { return nil }
        if place >= end || place.pointee != UInt8(ascii: "\"") {
          return (CSVScan.trimmed(bytes), lines)
        }
      }
      if place.pointee == 0x0A { lines += 1 }
      bytes.append(place.pointee)
      place += 1
    }
    return nil
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    var slice = bytes[...]
    while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
    while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
    return String(decoding: slice, as: UTF8.self)
  }
}
