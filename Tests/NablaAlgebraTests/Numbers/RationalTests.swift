import NablaAlgebra
import NablaBasics
import Testing

@Suite("Fractions")
struct RationalTests {
  /// A fraction of words near the edges or of long integers.
  private func random(_ numbers: inout RandomNumbers) -> Rational {
    switch Int.random(in: 0..<4, using: &numbers.random) {
    case 0: numbers.rational()
    case 1: Rational(Integer(numbers.word()))
    case 2:
      Rational(
        Integer(Int.random(in: -20...20, using: &numbers.random)),
        over: Integer(Int.random(in: 1...20, using: &numbers.random))) ?? 0
    default:
      Rational(Integer(numbers.word()), over: Integer(numbers.word() | 1)) ?? 0
    }
  }

  private func expectCanonical(_ value: Rational) {
    #expect(value.denominator > 0 && Integer.gcd(value.numerator, value.denominator).isOne)
    #expect(!value.isZero || value.denominator.isOne)
  }

  @Test("fractions obey the laws of a field and stay in lowest terms")
  func fieldLaws() throws {
    var numbers = RandomNumbers(start: 41)
    for _ in 0..<1_500 {
      let (a, b, c) = (random(&numbers), random(&numbers), random(&numbers))
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c) && (a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect((a - b) + b == a && (a - a).isZero && -(-a) == a)
      for value in [a, a + b, a - b, a * b, -a] { expectCanonical(value) }
      #expect((a < b) == ((b - a).signum > 0) && (a == b) == (a - b).isZero)
      if let quotient = a.divided(by: b) {
        #expect(quotient * b == a)
        expectCanonical(quotient)
      } else {
        #expect(b.isZero)
      }
      if let inverse = a.inverse { #expect((inverse * a).isOne) } else { #expect(a.isZero) }
      let floor = Rational(a.floor)
      #expect(floor <= a && a < floor + 1)
      #expect(a.magnitude.signum == abs(a.signum) && (a.magnitude == a || a.magnitude == -a))
    }
  }

  @Test("sums and products are those of the parts")
  func definitions() throws {
    var numbers = RandomNumbers(start: 42)
    for _ in 0..<800 {
      let (a, b) = (random(&numbers), random(&numbers))
      let below = a.denominator * b.denominator
      let sum = a.numerator * b.denominator + b.numerator * a.denominator
      #expect(a + b == Rational(sum, over: below))
      #expect(a * b == Rational(a.numerator * b.numerator, over: below))
      #expect((a < b) == (a.numerator * b.denominator < b.numerator * a.denominator))
    }
  }

  @Test("fractions as they are written")
  func rows() {
    let least = Integer(Int.min)
    let rows: [(Integer, Integer, String?)] = [
      (6, -4, "-3/2"), (-6, -4, "3/2"), (0, -7, "0"), (5, 1, "5"), (1, 0, nil), (0, 0, nil),
      (least, least, "1"),
      (least, -1, "9223372036854775808"), (1, least, "-1/9223372036854775808"),
      (least, 2, "-4611686018427387904"),
      (least, 6, "-4611686018427387904/3"),
    ]
    for (n, d, expected) in rows { #expect(Rational(n, over: d)?.description == expected) }
  }

  @Test("powers, their negatives, and nothing to the power nothing")
  func powers() throws {
    var numbers = RandomNumbers(start: 43)
    for _ in 0..<60 {
      let a = numbers.rational(pieces: 2)
      var product: Rational = 1
      for exponent in 0..<7 {
        #expect(a.power(exponent) == product)
        if !a.isZero { #expect(a.power(-exponent) == product.inverse) }
        product = product * a
      }
    }
    #expect(Rational(0).power(0) == 1 && Rational(0).power(-1) == nil && Rational(0).power(Int.min) == nil)
    #expect(
      Rational(2, over: 3)?.power(-2) == Rational(9, over: 4)
        && Rational(-2).power(-3) == Rational(-1, over: 8))
    #expect(
      Rational(1).power(Int.min) == 1 && Rational(-1).power(Int.max) == -1 && Rational(-1).power(Int.min) == 1
    )
  }

  @Test("digits that end, and digits that do not")
  func decimals() throws {
    let rows: [(Integer, Integer, String?)] = [
      (1, 8, "0.125"), (-3, 40, "-0.075"), (300_000, 1, "300000"), (1, 3, nil), (7, 30, nil), (0, 1, "0"),
      (Integer(10).power(100_000), 1, "1e100000"), (Integer(12) * Integer(10).power(30_000), 1, "1.2e30001"),
      (1, 1_000_000_000_000, "1e-12"), (-25, 10, "-2.5"), (123_456, 1_000, "123.456"), (10, 1, "10"),
      (Integer(10).power(100), 1, "1e100"), (15, Integer(10).power(30), "1.5e-29"),
      (1, 10_000_000_000, "1e-10"), (1, 1_000_000, "0.000001"), (64, 10_000_000_000, "6.4e-9"),
      (1_234_567_890_123_456, 1, "1234567890123456"), (123_456_789_012, 1_000_000_000_000, "0.123456789012"),
    ]
    for (n, d, expected) in rows {
      let value = try #require(Rational(n, over: d))
      #expect(value.decimalText == expected && value.terminates == (expected != nil))
    }
    #expect(Rational(1, over: Integer(10).power(900) * 7)?.terminates == false)
    #expect(Rational(1, over: Integer(2).power(30) * Integer(5).power(900))?.terminates == true)
  }

  @Test("equal values have equal hashes")
  func hashes() {
    var numbers = RandomNumbers(start: 44)
    for _ in 0..<200 {
      let (a, b) = (random(&numbers), random(&numbers))
      let again = a + b - b
      #expect(again.hashValue == a.hashValue)
      var (one, two) = (StableHash(), StableHash())
      a.combine(into: &one)
      again.combine(into: &two)
      #expect(one.value == two.value)
    }
  }
}
