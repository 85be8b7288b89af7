/// A text with its lines: what diagnostics point into.
///
///     SourceText("x +\n y").place(of: 5)   // line 2, column 2
///
/// Offsets are UTF-8 bytes; a column counts characters from 1. An offset past the end is the end.
public struct SourceText: Hashable, Sendable {
  /// The text itself.
  public let text: String
  /// The offset of the first byte of every line.
  let lineStarts: [Int]
  /// The number of bytes.
  public let count: Int
  /// Whether it is one line of plain ASCII.
  let isPlain: Bool

  /// A text cut into lines at LF, CR, CR LF, and at the line breaks of Unicode.
  public init(_ text: String) {
    var text = text
    isPlain = text.withUTF8 { bytes in bytes.allSatisfy { $0 >= 0x20 && $0 < 0x80 } }
    self.text = text
    count = text.utf8.count
    lineStarts = isPlain ? [0] : SourceText.lineStarts(of: text)
  }

  private static func lineStarts(of text: String) -> [Int] {
    var starts = [0]
    var count = 0
    var afterReturn = false
    // The last three bytes, for U+0085, U+2028 and U+2029.
    var window: UInt32 = 0
    for byte in text.utf8 {
      count += 1
      if byte >= 0x20, byte < 0x80 {
        (window, afterReturn) = (0, false)
        continue
      }
      window = (window << 8 | UInt32(byte)) & 0xFF_FFFF
      if byte == 10, afterReturn {
        starts[starts.count - 1] = count
      } else if byte == 10 || byte == 13 || window == 0xE2_80A8 || window == 0xE2_80A9
        || window & 0xFFFF == 0xC285
      {
        starts.append(count)
      }
      afterReturn = byte == 13
    }
    return starts
  }

  /// A line and a column, both from 1.
  public struct Place: Hashable, Sendable {
    /// The number of the line.
    public var line: Int
    /// The number of the character in its line.
    public var column: Int
  }

  /// The place of an offset.
  public func place(of offset: Int) -> Place {
    let line = lineIndex(of: offset)
    let start = lineStarts[line]
    return Place(line: line + 1, column: slice(SourceSpan(start, max(start, offset))).count + 1)
  }

  /// The characters of a span; a cut inside a character moves to its beginning.
  public func slice(_ span: SourceSpan) -> Substring {
    text[index(span.start)..<index(span.end)]
  }

  /// The number of the line that an offset lies in, from 0.
  func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The span of a line without its line break.
  func lineSpan(_ line: Int) -> SourceSpan {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] : count
    let whole = slice(SourceSpan(start, end))
    for scalar in whole.unicodeScalars.reversed() {
      guard [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value) else { break }
      end -= UTF8.width(scalar)
    }
    return SourceSpan(start, end)
  }

  private func index(_ offset: Int) -> String.Index {
    let utf8 = text.utf8
    let index = utf8.index(utf8.startIndex, offsetBy: min(max(0, offset), count))
    return index.samePosition(in: text) == nil ? text.index(before: text.index(after: index)) : index
  }
}
