import NablaAlgebra
import Testing

@Suite("The text of integers")
struct IntegerTextTests {
  @Test("digits read back to the same integer at every size")
  func roundTrip() {
    var numbers = RandomNumbers(start: 11)
    for pieces in [1, 2, 3, 4, 20, 60, 130, 260] {
      for _ in 0..<20 {
        let a = numbers.integer(pieces: pieces)
        #expect(Integer(digits: a.description) == a)
      }
    }
  }

  @Test(
    "texts keep their digits",
    arguments: [1, 18, 19, 20, 37, 38, 39, 57, 76, 303, 304, 305, 607, 608, 609, 2_000])
  func digitsAreKept(count: Int) {
    for pattern in ["9", "1", "10", "1234567890", "5000000000000000000000000000"] {
      let text = String(String(repeating: pattern, count: count / pattern.utf8.count + 1).prefix(count))
      #expect(Integer(digits: text)?.description == text)
      #expect(Integer(digits: "-" + text)?.description == "-" + text)
      #expect(Integer(digits: "000" + text)?.description == text)
    }
    let power = Integer(10).power(count)
    #expect(power.description == "1" + String(repeating: "0", count: count))
    #expect((power - 1).description == String(repeating: "9", count: count))
  }

  @Test("a hundred thousand digits are read and written in the time of a test")
  func longText() {
    let text = String(repeating: "1234567890", count: 10_000)
    let value = Integer(digits: text)
    #expect(value?.description == text)
  }

  @Test("only ASCII digits with one minus in front are an integer")
  func texts() {
    let rows: [(String, String?)] = [
      ("0", "0"), ("-0", "0"), ("007", "7"), ("-12", "-12"), ("9223372036854775807", "9223372036854775807"),
      ("9223372036854775808", "9223372036854775808"), ("-9223372036854775808", "-9223372036854775808"),
      ("18446744073709551616", "18446744073709551616"), ("", nil), ("-", nil), ("--1", nil), ("+1", nil),
      ("1e5", nil), ("1.0", nil), (" 1", nil), ("1_000", nil), ("١٢", nil), ("−1", nil),
    ]
    for (text, expected) in rows { #expect(Integer(digits: text)?.description == expected, "\(text)") }
    #expect(Integer(digits: "x12".dropFirst()) == 12)
  }

  @Test("the digit count is the true one or one more")
  func digitCounts() {
    for count in 1...400 {
      let least = Integer(10).power(count - 1)
      #expect((count...(count + 1)).contains(least.decimalDigitCount))
      #expect((count...(count + 1)).contains((least * 10 - 1).decimalDigitCount))
    }
    #expect(Integer(0).decimalDigitCount == 1 && Integer(-999).decimalDigitCount == 3)
  }
}
