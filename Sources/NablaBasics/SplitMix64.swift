/// A small random number generator with a printable start (Steele, Lea, Flood 2014): the same start gives
/// the same numbers on every machine.
///
///     var random = SplitMix64(start: 7)
///     Double.random(in: 0..<1, using: &random)
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that begins at `start`.
  public init(start: UInt64) { state = start }

  /// A number of a range whose ends are numbers, also where its length is none, as from −10³⁰⁸ to 10³⁰⁸.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    guard !(range.upperBound - range.lowerBound).isFinite else {
      return Double.random(in: range, using: &self)
    }
    let share = Double.random(in: 0...1, using: &self)
    return (1 - share) * range.lowerBound + share * range.upperBound
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
