import NablaAlgebra
import Testing

@Suite("Numbers as doubles")
struct NumberDoubleTests {
  @Test("an integer's double is the one its digits read to")
  func integers() {
    var numbers = RandomNumbers(start: 31)
    for pieces in [1, 2, 3, 4, 8, 31, 32, 33, 34] {
      for _ in 0..<60 {
        let value = numbers.integer(pieces: pieces)
        #expect(value.double == Double(value.description))
      }
    }
  }

  @Test("ties between neighbouring doubles go to the even one")
  func ties() {
    for shift in [0, 1, 9, 10, 11, 12, 64, 500, 960] {
      let unit = Integer(2).power(shift)
      for base in [
        4_503_599_627_370_496, 4_503_599_627_370_497, 9_007_199_254_740_990, 9_007_199_254_740_991,
      ] {
        for step: Integer in [-1, 0, 1] {
          let value = (Integer(base) * 2 + 1) * unit + step
          #expect(value.double == Double(value.description))
          #expect((-value).double == Double((-value).description))
        }
      }
    }
  }

  @Test("the largest double, what rounds to it, and what does not")
  func largest() {
    let greatest = Integer(2).power(1_024) - Integer(2).power(971)
    let halfway = Integer(2).power(1_024) - Integer(2).power(970)
    #expect(greatest.double == Double.greatestFiniteMagnitude)
    #expect((halfway - 1).double == Double.greatestFiniteMagnitude)
    #expect(halfway.double == .infinity && (-halfway).double == -.infinity)
    #expect(Integer(10).power(5_000).double == .infinity)
    #expect(Rational(halfway - 1).double == Double.greatestFiniteMagnitude)
    #expect(Rational(halfway * 3 - 1, over: 3)?.double == Double.greatestFiniteMagnitude)
    #expect(Rational(halfway * 3, over: 3)?.double == .infinity)
  }

  @Test("no double is nearer to a fraction than its own")
  func nearest() throws {
    var numbers = RandomNumbers(start: 32)
    for pieces in [2, 3, 4, 8, 30, 40] {
      for _ in 0..<80 {
        let value = numbers.rational(pieces: pieces)
        try expectNearest(value)
      }
    }
    // Down among the subnormal numbers, and past them.
    for power in [1_020, 1_022, 1_023, 1_050, 1_073, 1_074, 1_075, 1_076] {
      for top: Integer in [1, 2, 3, 5, 7, 9_007_199_254_740_991, 9_007_199_254_740_993] {
        let bottom = Integer(2).power(power) * 3
        try expectNearest(try #require(Rational(top, over: bottom)))
        try expectNearest(try #require(Rational(-top, over: bottom + 1)))
        try expectNearest(try #require(Rational(top, over: Integer(2).power(power))))
      }
    }
    for (top, bottom) in [(Int.max, Int.max - 1), (Int.min, 3), (1, Int.max), (Int.min, Int.max), (2, 3)] {
      try expectNearest(try #require(Rational(Integer(top), over: Integer(bottom))))
    }
  }

  private func expectNearest(_ value: Rational) throws {
    let double = value.double
    guard double.isFinite else {
      #expect(value.magnitude >= Rational(Integer(2).power(1_024) - Integer(2).power(970)))
      return
    }
    let error = (try #require(Rational(exactly: double)) - value).magnitude
    for neighbour in [double.nextUp, double.nextDown] where neighbour.isFinite {
      let other = (try #require(Rational(exactly: neighbour)) - value).magnitude
      #expect(error < other || (error == other && double.significandBitPattern & 1 == 0), "\(value)")
    }
  }

  @Test("a decimal's double is the one its text reads to")
  func decimals() throws {
    for text in [
      "0.1", "0.2", "0.3", "1e-3", "2.5e-5", "123456.789", "9007199254740993.5", "1e22", "1e23", "8.5e300",
      "4.9406564584124654e-320", "2.2250738585072011e-308", "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
    ] {
      #expect(try #require(Number(decimal: text)).double == Double(text), "\(text)")
      #expect(try #require(Number(decimal: "-" + text)).double == Double("-" + text), "\(text)")
    }
  }

  @Test("a double taken exactly gives itself back")
  func exactDoubles() throws {
    var numbers = RandomNumbers(start: 33)
    for _ in 0..<500 {
      let double = Double(bitPattern: numbers.random.next())
      guard double.isFinite else { continue }
      #expect(Rational(exactly: double)?.double == double)
      let integer = Integer(exactly: double)
      #expect((integer != nil) == (double == double.rounded()))
      #expect(integer == nil || integer?.double == double)
    }
    let rows: [(Double, String?)] = [
      (0, "0"), (-0.0, "0"), (1e20, "100000000000000000000"), (-9223372036854775808, "-9223372036854775808"),
      (9223372036854775808, "9223372036854775808"), (0.5, nil), (.infinity, nil), (.nan, nil),
    ]
    for (double, expected) in rows { #expect(Integer(exactly: double)?.description == expected) }
    #expect(Rational(exactly: 0.375) == Rational(3, over: 8) && Rational(exactly: -Double.infinity) == nil)
    let least = Rational(exactly: Double.leastNonzeroMagnitude)
    #expect(least == Rational(1, over: Integer(2).power(1_074)))
  }
}
