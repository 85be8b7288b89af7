/// A hash that is the same in every process (Swift's own `Hasher` is seeded anew each time).
///
/// Each word is folded in with the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
public struct StableHash: Sendable {
  /// The hash of all words so far.
  public private(set) var value: UInt64

  /// A hash that starts from a tag.
  public init(_ tag: UInt64 = 0) { value = Self.mix(tag &+ 0x9E37_79B9_7F4A_7C15) }

  /// Folds in one word.
  public mutating func combine(_ word: UInt64) {
    value = Self.mix(value &* 0x9E37_79B9_7F4A_7C15 &+ word)
  }

  /// Folds in an integer.
  public mutating func combine(_ number: Int) { combine(UInt64(bitPattern: Int64(number))) }

  /// Folds in the bytes of a text and its length.
  public mutating func combine(_ text: String) {
    var word: UInt64 = 0
    var count = 0
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 {
        combine(word)
        word = 0
      }
    }
    combine(word)
    combine(count)
  }

  private static func mix(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
