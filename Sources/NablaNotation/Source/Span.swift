/// A stretch of the source text, in UTF-8 bytes from its beginning.
///
///     Span(3, 5).count   // 2
///
/// An empty span (`start == end`) is a place between two characters, such as the end of the text.
public struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  public var start: Int
  /// The offset after the last byte.
  public var end: Int

  /// The bytes from `start` up to, not including, `end`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The number of bytes.
  public var count: Int { end - start }

  /// The smallest span that holds both.
  public func joined(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}
