/// Five letters for many lines and numbers that are too long to keep: a change of any bit gives others.
package struct Digest {
  private var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package init(_ text: String) { add(text) }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01b3
    value ^= value >> 29
  }

  package mutating func add(_ text: String) { for byte in text.utf8 { mix(UInt64(byte)) } }

  /// Numbers to the last bit; what is no number has no other bits.
  package mutating func add(_ numbers: some Sequence<Double>) {
    for x in numbers { mix(x.isNaN ? 1 : x.bitPattern) }
  }

  package var text: String {
    let digits = String(value % 60_466_176, radix: 36)
    return String(repeating: "0", count: 5 - digits.utf8.count) + digits
  }
}
