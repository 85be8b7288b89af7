import NablaBasics
import Testing

@testable import Nabla

/// The reader of numbers against the standard library, which rounds correctly.
@Suite struct DecimalReaderTests {
  private func read(_ text: String, point: UInt8 = UInt8(ascii: ".")) -> (value: Double?, used: Int) {
    let bytes = Array(text.utf8) + [0x0A]
    return bytes.withUnsafeBufferPointer { bytes in
      PowersOfFive.table.withUnsafeBufferPointer { powers in
        guard let start = bytes.baseAddress, let table = powers.baseAddress else { return (nil, 0) }
        var place = start
        let value = DecimalReader(powers: table, point: point).read(at: &place)
        return (value, place - start)
      }
    }
  }

  struct Row: CustomTestStringConvertible, Sendable {
    var text: String
    var testDescription: String { text }
  }

  static let hard: [Row] = [
    "0", "-0", "1", "-1", "+7", "0.1", ".5", "5.", "1e22", "1e23", "1e-22", "1e-23", "9007199254740993",
    "9007199254740992.5", "9007199254740993.0", "4503599627370496.5", "4503599627370497.5",
    "0.000000000000000001",
    "1.7976931348623157", "2.2250738585072014e-5", "8.98846567431158e20", "123456789012345678",
    "9999999999999999999",
    "0.30000000000000004", "6929495644600919.5", "3.7455744005952583e15", "0000000000000000000000001.5",
    "7.2057594037927933e16", "1090544144181609348671888949248e-26", "1e-27", "1.0e55", "0.1e-5", "12.5e+3",
  ].map { Row(text: $0) }

  @Test(arguments: hard)
  func readsAsTheStandardLibrary(row: Row) throws {
    let (value, used) = read(row.text)
    let expected = try #require(Double(row.text))
    if let value {
      #expect(value.bitPattern == expected.bitPattern)
      #expect(used == row.text.utf8.count)
    } else {
      // Only what is long or far from 1 may be handed on.
      #expect(row.text.utf8.count { $0 >= 48 && $0 < 58 } > 19)
    }
  }

  @Test("Random numbers of every length and size")
  func random() throws {
    let start: UInt64 = 2021
    var random = SplitMix64(start: start)
    var direct = 0
    for _ in 0..<100_000 {
      let digits = Int.random(in: 1...19, using: &random)
      var text = Bool.random(using: &random) ? "-" : ""
      let point = Int.random(in: -1...digits, using: &random)
      for place in 0..<digits {
        if place == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
      }
      if Bool.random(using: &random) { text += "e\(Int.random(in: -30...30, using: &random))" }
      guard let expected = Double(text), let value = read(text).value else { continue }
      direct += 1
      #expect(value.bitPattern == expected.bitPattern, "\(text), start \(start)")
    }
    #expect(direct > 80_000)
  }

  @Test("The halves between two numbers go to the even one, and a digit more decides")
  func halves() throws {
    var random = SplitMix64(start: 7)
    for _ in 0..<20_000 {
      // A 54-bit odd number is exactly between two neighbours.
      let odd = ((1 << 53) + UInt64.random(in: 0..<(1 << 53), using: &random)) | 1
      for text in ["\(odd)", "\(odd).0", "\(odd)000e-3"] {
        guard let value = read(text).value else { continue }
        #expect(value == Double(text), "\(text)")
      }
    }
  }

  @Test("Shortest texts of random numbers read back", arguments: [-20, -8, 0, 8, 20])
  func roundTrip(power: Int) {
    var random = SplitMix64(start: 99)
    for _ in 0..<20_000 {
      let value =
        Double.random(in: -1...1, using: &random) * Double(sign: .plus, exponent: power * 3, significand: 1)
      guard let read = read("\(value)").value else { continue }
      #expect(read == value)
    }
  }

  @Test(arguments: ["", "-", "+", ".", "e5", "1e", "1e+", "abc", "-.e3", "12345678901234567890123"])
  func refuses(text: String) { #expect(read(text).value == nil) }

  @Test func readsDecimalCommas() {
    #expect(read("3,5;", point: UInt8(ascii: ",")).value == 3.5)
    #expect(read("3,5;", point: UInt8(ascii: ",")).used == 3)
  }
}
