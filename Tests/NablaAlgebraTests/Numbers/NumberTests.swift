import NablaAlgebra
import NablaBasics
import Testing

@Suite("Numbers as typed")
struct NumberTests {
  private func decimal(_ text: String) throws -> Number { try #require(Number(decimal: text), "\(text)") }

  private func fraction(_ n: Int, _ d: Int) throws -> Number {
    Number(try #require(Rational(Integer(n), over: Integer(d))))
  }

  @Test("texts of numbers")
  func texts() {
    let rows: [(String, String?, Bool)] = [
      ("0.1", "0.1", true), ("1e-3", "0.001", true), (".5", "0.5", true), ("5.", "5", true),
      ("3e5", "300000", true),
      ("5", "5", false), ("007", "7", false), ("-12", "-12", false), ("-0.50", "-0.5", true),
      ("1E+2", "100", true),
      ("0", "0", false), ("0.0", "0", true), ("-0", "0", false), ("0e999999999999999999999999", "0", true),
      ("1.50e1", "15", true), ("6.02e23", "6.02e23", true), ("1e-12", "1e-12", true), ("100", "100", false),
      ("1e999", "1e999", true), ("1e1000", nil, true), ("1e-999", "1e-999", true), ("1e-1000", nil, true),
      ("1e999999999", nil, true), ("1e-999999999", nil, true), ("1e9999999999999999999999999", nil, true),
      ("1e-9999999999999999999999999", nil, true), ("", nil, true), (".", nil, true), ("-", nil, true),
      ("1e", nil, true), ("1e+", nil, true), ("1.2.3", nil, true), ("e5", nil, true), (".e5", nil, true),
      ("1e5.5", nil, true), ("0x10", nil, true), ("1,5", nil, true), (" 1", nil, true), ("+1", nil, true),
      ("nan", nil, true), ("inf", nil, true), ("٣", nil, true),
    ]
    for (text, expected, isDecimal) in rows {
      let number = Number(decimal: text)
      #expect(number?.description == expected, "\(text)")
      if let number { #expect(number.isDecimal == isDecimal && number.isExact, "\(text)") }
    }
    let long = String(repeating: "7", count: 1_000)
    #expect(Number(decimal: long)?.description == long && Number(decimal: long + "7") == nil)
    #expect(Number(decimal: long + "7", maximumDigits: 1_001)?.isInteger == true)
    #expect(Number(decimal: "0." + String(repeating: "0", count: 2_000) + "1") == nil)
    #expect(
      Number(decimal: String(repeating: "0", count: 5_000) + "1.5" + String(repeating: "0", count: 5_000))?
        .description == "1.5")
  }

  @Test("decimals read back from their text")
  func roundTrip() throws {
    var numbers = RandomNumbers(start: 51)
    for _ in 0..<300 {
      let places = Int.random(in: 0...40, using: &numbers.random)
      let value = try #require(Rational(numbers.integer(pieces: 3), over: Integer(10).power(places)))
      let text = try #require(value.decimalText)
      #expect(Number(decimal: text)?.rational == value, "\(text)")
    }
  }

  @Test("exact with exact stays exact, decimals absorb what ends, approximations spread")
  func kinds() throws {
    let (tenth, fifth, three) = (try decimal("0.1"), try decimal("0.2"), Number(3))
    let third = try fraction(1, 3)
    let rows: [(Number?, String, Bool)] = [
      (tenth + fifth, "0.3", true), (tenth * 2, "0.2", true), (tenth.divided(by: three), "1/30", false),
      (tenth * third, "1/30", false), (tenth * third * three, "1/10", false), (tenth - fifth, "-0.1", true),
      (Number.half + tenth, "0.6", true), (Number.half + third, "5/6", false), (tenth + 1, "1.1", true),
      (fifth.divided(by: tenth), "2", true), (Number(1).divided(by: fifth), "5", true),
      (-tenth, "-0.1", true),
      (tenth.power(2), "0.01", true), (tenth.power(-2), "100", true), (Number(2).power(-2), "1/4", false),
      (try decimal("0.3").power(-1), "10/3", false), (Number(4).power(try decimal("0.5")), "2", true),
      (tenth.magnitude, "0.1", true), ((-tenth).magnitude, "0.1", true),
    ]
    for (number, text, isDecimal) in rows {
      #expect(
        number?.description == text && number?.isDecimal == isDecimal && number?.isExact == true, "\(text)")
    }
    let about = Number(approximate: 2.5)
    for number in [
      about + 1, Number(1) - about, about * tenth, try #require(about.divided(by: third)), -about,
    ] {
      #expect(!number.isExact && number.rational == nil && !number.isInteger && number.small == nil)
    }
    #expect((about * tenth).double == 0.25 && (-about).isNegative && about.decimalText == "2.5")
    #expect(about.description == "≈2.5" && Number(approximate: 0).divided(by: 1)?.isZero == true)
  }

  @Test("nothing is divided by 0 of any kind")
  func zeroDivisors() throws {
    for zero in [Number.zero, try decimal("0.0"), Number(approximate: 0), Number(approximate: -0.0)] {
      #expect(zero.isZero && Number(1).divided(by: zero) == nil && zero.divided(by: zero) == nil)
      #expect(Number(approximate: 1).divided(by: zero) == nil && zero.power(-1) == nil)
    }
  }

  @Test("powers that are numbers, and powers that are not")
  func powers() throws {
    let huge = Number(10_000_000_000)
    let rows: [(Number, Number, String?)] = [
      (4, .half, "2"), (8, try fraction(2, 3), "4"), (-8, try fraction(1, 3), "-2"),
      (-8, try fraction(2, 3), "4"),
      (-8, try fraction(-1, 3), "-1/2"), (-4, .half, nil), (2, .half, nil), (0, 0, "1"), (0, 3, "0"),
      (0, -1, nil),
      (0, .half, "0"), (1, huge, "1"), (-1, huge, "1"), (-1, huge + 1, "-1"), (-1, try fraction(1, 3), "-1"),
      (-1, .half, nil), (2, huge, nil), (2, -huge, nil), (huge, huge, nil),
      (2, 3_321, Integer(2).power(3_321).description),
      (2, 3_322, nil), (2, -3_322, nil), (10, 999, Integer(10).power(999).description), (10, 1_000, nil),
      (2, Number(Integer(10).power(40)), nil), (-1, Number(Integer(10).power(40)), "1"),
      (0, Number(Integer(10).power(40)), "0"),
      (try fraction(4, 9), .half, "2/3"), (try fraction(4, 9), -.half, "3/2"),
      (try fraction(2, 9), .half, nil),
      (1, Number(try #require(Rational(1, over: Integer(10).power(40)))), "1"), (5, 0, "1"),
      (2, Number(try #require(Rational(1, over: Integer(10).power(40)))), nil), (-1, 0, "1"),
      (2, 62, "4611686018427387904"),
      (2, Number(Int.min), nil), (1, Number(Int.min), "1"), (-1, Number(Int.min), "1"),
      (Number(Int.min), 1, "\(Int.min)"),
    ]
    for (base, exponent, expected) in rows {
      #expect(base.power(exponent)?.description == expected, "\(base)^\(exponent)")
    }
    #expect(Number(2).power(64, maximumDigits: 19) == nil && Number(2).power(64, maximumDigits: 20) != nil)
  }

  @Test("a first power is the number itself, however long")
  func firstPowers() {
    let long = Number(Integer(10).power(2_000))
    #expect(long.power(1) == long && long.power(2) == nil && long.power(0) == 1)
  }

  @Test("powers with an approximation in them are approximate")
  func approximatePowers() throws {
    #expect(
      Number(approximate: 2).power(10)?.double == 1_024 && Number(approximate: 2).power(10)?.isExact == false)
    #expect(Number(approximate: -8).power(try fraction(1, 3))?.double == -2)
    #expect(Number(approximate: -8).power(.half) == nil && Number(2).power(Number(approximate: .nan)) == nil)
  }

  @Test("equality is of kind and value, the same value is of value alone")
  func equality() throws {
    let (half, typed, about) = (Number.half, try decimal("0.5"), Number(approximate: 0.5))
    #expect(half != typed && typed != about && half != about)
    #expect(half.hasSameValue(as: typed) && typed.hasSameValue(as: about) && about.hasSameValue(as: half))
    #expect(half < typed && typed < about && half < about && !(about < half))
    let (tenth, aboutTenth) = (try decimal("0.1"), Number(approximate: 0.1))
    #expect(aboutTenth > tenth && !aboutTenth.hasSameValue(as: tenth))
    #expect(Number(approximate: .nan) == Number(approximate: -.nan))
    #expect(Number(approximate: -0.0) == Number(approximate: 0))
    let (longer, powered) = (try decimal("0.50"), try decimal("5e-1"))
    #expect(longer == typed && powered == typed && typed.hashValue == powered.hashValue)
  }

  @Test("the order is total: sorting numbers of all kinds has one outcome")
  func order() throws {
    let sorted: [Number] = [
      Number(approximate: -.infinity), Number(-Integer(10).power(400)), Number(Int.min),
      Number(approximate: -1.5),
      -1, try decimal("-1.0"), Number(approximate: -1), 0, try decimal("0."), Number(approximate: 0),
      try decimal("0.1"),
      Number(approximate: 0.1), try fraction(1, 3), .half, 1, Number(Int.max),
      Number(approximate: 9223372036854775808),
      Number(Integer(10).power(400)), Number(approximate: .infinity), Number(approximate: .nan),
    ]
    for (i, a) in sorted.enumerated() {
      for (j, b) in sorted.enumerated() {
        #expect((a < b) == (i < j) && (a == b) == (i == j), "\(a) and \(b)")
      }
    }
    var random = SplitMix64(start: 52)
    #expect(sorted.shuffled(using: &random).sorted() == sorted)
  }

  @Test("a stable hash tells kind and value")
  func hashes() throws {
    func hash(_ number: Number) -> UInt64 {
      var hash = StableHash()
      number.combine(into: &hash)
      return hash.value
    }
    let (typed, longer, halved) = (try decimal("0.5"), try decimal("0.50"), try fraction(2, 4))
    #expect(hash(longer) == hash(typed) && hash(.half) == hash(halved))
    let all = [
      Number.half, try decimal("0.5"), Number(approximate: 0.5), 1, 2, -1, Number(Integer(2).power(64)),
    ]
    #expect(Set(all.map(hash)).count == all.count)
  }

  @Test("questions a printer and a simplifier ask")
  func questions() throws {
    let (one, two, tiny, part) = (
      try decimal("1.0"), try decimal("2.0"), try decimal("1e-12"), try decimal("0.4")
    )
    #expect(Number.one.isOne && one.isOne && Number.minusOne.isMinusOne && !Number.half.isOne)
    #expect(two.small == 2 && Number.half.small == nil && Number(Integer(2).power(64)).small == nil)
    #expect(Number.half.numerator == 1 && Number.half.denominator == 2 && part.denominator == 5)
    #expect(Number.half.decimalText == nil && tiny.decimalText == "1e-12")
    #expect(Number(approximate: .infinity).decimalText == nil)
    #expect(Number(7).isInteger && two.isInteger && !Number.half.isInteger)
  }
}
