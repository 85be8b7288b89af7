/// A stretch of the source text, in UTF-8 bytes from its beginning.
///
///     SourceSpan(3, 5).count   // 2
///
/// An empty span (`start == end`) is a place between two characters, such as the end of the text.
public struct SourceSpan: Hashable, Sendable {
  // Half words, of which a long formula has very many: offsets end at 2³¹ − 1.
  private var low: Int32
  private var high: Int32

  /// The offset of the first byte.
  public var start: Int {
    get { Int(low) }
    set { low = Int32(clamping: newValue) }
  }

  /// The offset after the last byte.
  public var end: Int {
    get { Int(high) }
    set { high = Int32(clamping: newValue) }
  }

  /// The bytes from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    low = Int32(clamping: start)
    high = Int32(clamping: max(start, end))
  }

  /// The number of bytes.
  public var count: Int { end - start }

  /// The smallest span that holds both.
  public func joined(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}

/// What the reader calls it; outside of this package, where `Span` is Swift's own, the name is not seen.
package typealias Span = SourceSpan
