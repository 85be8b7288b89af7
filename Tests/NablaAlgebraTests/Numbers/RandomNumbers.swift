import NablaAlgebra
import NablaBasics

/// Integers and fractions of many sizes, with the words that make carries and borrows run far.
struct RandomNumbers {
  var random: SplitMix64

  init(start: UInt64) { random = SplitMix64(start: start) }

  /// An integer of at most so many pieces of 32 bits, of either sign.
  mutating func integer(pieces: Int = 12) -> Integer {
    var value: Integer = 0
    for _ in 0..<Int.random(in: 0...pieces, using: &random) { value = value * Self.base + piece() }
    return Bool.random(using: &random) ? value : -value
  }

  /// An integer that is not 0.
  mutating func nonzero(pieces: Int = 12) -> Integer {
    let value = integer(pieces: pieces)
    return value.isZero ? 1 : value
  }

  mutating func rational(pieces: Int = 5) -> Rational {
    Rational(integer(pieces: pieces), over: nonzero(pieces: pieces)) ?? 0
  }

  /// A word near one of the places where words end, or anywhere.
  mutating func word() -> Int {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: Int.max - Int.random(in: 0...3, using: &random)
    case 1: Int.min + Int.random(in: 0...3, using: &random)
    case 2: Int.random(in: -12...12, using: &random)
    case 3: Int.random(in: -5_000_000_000...5_000_000_000, using: &random)
    default: Int.random(in: Int.min...Int.max, using: &random)
    }
  }

  private static let base = Integer(2).power(32)

  private mutating func piece() -> Integer {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: 0
    case 1: 1
    case 2, 3: 0xFFFF_FFFF
    case 4: 0x8000_0000
    case 5: 0x7FFF_FFFF
    default: Integer(Int(UInt32.random(in: 0...UInt32.max, using: &random)))
    }
  }
}

/// The remainder of a decimal text modulo a small number, digit by digit: knows nothing of limbs.
func remainder(of text: String, modulo m: Int) -> Int {
  let size = text.utf8.drop { $0 == UInt8(ascii: "-") }.reduce(0) { ($0 * 10 + Int($1 - 48)) % m }
  return text.hasPrefix("-") ? (m - size) % m : size
}
