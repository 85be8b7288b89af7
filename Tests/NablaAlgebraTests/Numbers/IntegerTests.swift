import NablaAlgebra
import NablaBasics
import Testing

@Suite("Integers")
struct IntegerTests {
  static let edges: [Int] = [
    Int.min, Int.min + 1, Int.min / 2, -4_294_967_296, -4_294_967_295, -10, -2, -1, 0, 1, 2, 3, 10,
    3_037_000_499, 3_037_000_500, 4_294_967_295, 4_294_967_296, Int.max / 2 + 1, Int.max - 1, Int.max,
  ]

  @Test("words: every operation agrees with arithmetic in 128 bits", arguments: edges)
  func edgesAgreeWith128Bits(x: Int) throws {
    for y in Self.edges { try expectAgreement(x, y) }
  }

  @Test("random words agree with arithmetic in 128 bits")
  func wordsAgreeWith128Bits() throws {
    var numbers = RandomNumbers(start: 1)
    for _ in 0..<2_000 { try expectAgreement(numbers.word(), numbers.word()) }
  }

  private func expectAgreement(_ x: Int, _ y: Int) throws {
    let (a, b) = (Integer(x), Integer(y))
    let (wideX, wideY) = (Int128(x), Int128(y))
    #expect((a + b).description == (wideX + wideY).description)
    #expect((a - b).description == (wideX - wideY).description)
    #expect((a * b).description == (wideX * wideY).description)
    #expect((-a).description == (-wideX).description)
    #expect(a.magnitude.description == wideX.magnitude.description)
    #expect((a < b) == (x < y) && (a == b) == (x == y))
    #expect(a.isOdd == (wideX & 1 == 1) && a.signum == x.signum() && a.isNegative == (x < 0))
    if y == 0 {
      #expect(a.quotientAndRemainder(dividingBy: b) == nil && a.floorDivided(by: b) == nil)
    } else {
      let (quotient, remainder) = try #require(a.quotientAndRemainder(dividingBy: b))
      #expect(quotient.description == (wideX / wideY).description)
      #expect(remainder.description == (wideX % wideY).description)
      let floor = wideX / wideY - (wideX % wideY != 0 && (x < 0) != (y < 0) ? 1 : 0)
      #expect(a.floorDivided(by: b)?.description == floor.description)
    }
    // The product taken apart again comes back through two-word division.
    if y != 0 { #expect((a * b).quotientAndRemainder(dividingBy: b)?.quotient == a) }
  }

  @Test("sum, product and order obey the laws of a ring at every size")
  func ringLaws() {
    var numbers = RandomNumbers(start: 2)
    for _ in 0..<400 {
      let (a, b, c) = (numbers.integer(), numbers.integer(), numbers.integer(pieces: 30))
      #expect(a + b == b + a && a * b == b * a)
      #expect((a + b) + c == a + (b + c))
      #expect((a * b) * c == a * (b * c))
      #expect(a * (b + c) == a * b + a * c)
      #expect(a - b == a + -b && (a - a).isZero && -(-a) == a)
      #expect(a * 1 == a && (a * 0).isZero && a + 0 == a)
      #expect((a < b) == (a + c < b + c) && (a < b) == (b - a > 0))
      #expect(a == b || a < b || b < a)
      #expect((a * b).signum == a.signum * b.signum)
      #expect((a == b) == (stableHash(a) == stableHash(b)))
      #expect(a.hashValue == (a + c - c).hashValue && stableHash(a) == stableHash(a + c - c))
    }
  }

  @Test("a result that fits in a word is one")
  func smallResultsAreWords() {
    var numbers = RandomNumbers(start: 3)
    for _ in 0..<500 {
      let (big, word) = (numbers.integer(), numbers.word())
      #expect((big + Integer(word) - big).small == word)
      #expect((-(-Integer(word))).small == word)
    }
    #expect((-Integer(Int.min)).small == nil && (-(-Integer(Int.min))).small == Int.min)
    #expect((Integer(Int.max) + 1).small == nil && (Integer(Int.max) + 1 - 1).small == Int.max)
  }

  @Test("dividend = quotient · divisor + remainder, the remainder smaller and with the dividend's sign")
  func divisionIdentity() throws {
    var numbers = RandomNumbers(start: 4)
    for _ in 0..<3_000 {
      let (a, b) = (numbers.integer(pieces: 24), numbers.nonzero(pieces: 14))
      let (quotient, remainder) = try #require(a.quotientAndRemainder(dividingBy: b))
      #expect(quotient * b + remainder == a)
      #expect(remainder.magnitude < b.magnitude)
      #expect(remainder.isZero || remainder.isNegative == a.isNegative)
      let floor = try #require(a.floorDivided(by: b))
      let rest = a - floor * b
      #expect(rest.isZero || (rest.isNegative == b.isNegative && rest.magnitude < b.magnitude))
    }
  }

  @Test(
    "long products agree with their remainders modulo small primes", arguments: [39, 41, 79, 81, 400, 1_100])
  func longProducts(pieces: Int) {
    var numbers = RandomNumbers(start: UInt64(pieces))
    for other in [1, 7, pieces / 2, pieces] {
      let (a, b) = (long(pieces, &numbers), long(other, &numbers))
      let (x, y, product) = (a.description, b.description, (a * b).description)
      for prime in [97, 65_521, 1_000_003] {
        let expected = remainder(of: x, modulo: prime) * remainder(of: y, modulo: prime) % prime
        #expect(remainder(of: product, modulo: prime) == expected)
      }
      #expect((a * b).quotientAndRemainder(dividingBy: b)?.quotient == a)
    }
  }

  /// An integer of exactly so many pieces of 32 bits.
  private func long(_ pieces: Int, _ numbers: inout RandomNumbers) -> Integer {
    let top = Integer(2).power(32 * pieces - 1)
    var value = top
    while value < top * 2 && value.bitLength < 32 * pieces + 1 {
      let next = numbers.nonzero(pieces: pieces).magnitude
      if next.bitLength < 32 * pieces { return top + next }
      value = value + 1
    }
    return top
  }

  @Test("greatest common divisors divide, and leave nothing common")
  func greatestCommonDivisors() throws {
    var numbers = RandomNumbers(start: 5)
    for _ in 0..<300 {
      let (a, b, c) = (numbers.nonzero(), numbers.nonzero(), numbers.nonzero())
      let divisor = Integer.gcd(a * c, b * c)
      #expect(divisor == Integer.gcd(b * c, -(a * c)) && !divisor.isNegative)
      #expect(divisor == Integer.gcd(a, b) * c.magnitude)
      let (x, restOfX) = try #require((a * c).quotientAndRemainder(dividingBy: divisor))
      let (y, restOfY) = try #require((b * c).quotientAndRemainder(dividingBy: divisor))
      #expect(restOfX.isZero && restOfY.isZero && Integer.gcd(x, y).isOne)
    }
    let rows: [(Integer, Integer, Integer)] = [
      (0, 0, 0), (0, -5, 5), (12, -18, 6), (1, 0, 1), (Integer(Int.min), 0, -Integer(Int.min)),
      (Integer(Int.min), Integer(Int.min), -Integer(Int.min)), (Integer(Int.min), 6, 2),
      (Integer(2).power(200), Integer(6).power(100), Integer(2).power(100)),
    ]
    for (a, b, expected) in rows { #expect(Integer.gcd(a, b) == expected) }
  }

  @Test("common divisors of long integers are found whole", arguments: [40, 150])
  func longGreatestCommonDivisors(pieces: Int) {
    var numbers = RandomNumbers(start: UInt64(pieces))
    for _ in 0..<15 {
      let (a, b) = (numbers.nonzero(pieces: pieces), numbers.nonzero(pieces: pieces))
      let (c, quotient) = (numbers.nonzero(pieces: pieces), numbers.integer(pieces: pieces))
      let divisor = Integer.gcd(a, b)
      #expect(Integer.gcd(a * c, b * c) == divisor * c.magnitude)
      #expect(Integer.gcd(a + quotient * b, b) == divisor)
      for x in [a, b] { #expect(x.quotientAndRemainder(dividingBy: divisor)?.remainder.isZero == true) }
    }
  }

  @Test("neighbouring Fibonacci numbers, Euclid's longest way, have no common divisor")
  func fibonacciNumbers() {
    var (a, b): (Integer, Integer) = (1, 1)
    for _ in 0..<3_000 { (a, b) = (b, a + b) }
    #expect(Integer.gcd(a, b).isOne)
    #expect(Integer.gcd(a * 9, b * 9) == 9 && Integer.gcd(a * b, b * b) == b)
  }

  @Test("powers are repeated products")
  func powers() {
    var numbers = RandomNumbers(start: 6)
    for _ in 0..<40 {
      let a = numbers.integer(pieces: 4)
      var product: Integer = 1
      for exponent in 0..<12 {
        #expect(a.power(exponent) == product)
        product = product * a
      }
    }
    #expect(
      Integer(-2).power(63).small == Int.min && Integer(-2).power(64).description == "18446744073709551616")
    #expect(
      Integer(-1).power(Int.max) == -1 && Integer(1).power(Int.max) == 1 && Integer(0).power(Int.max) == 0)
    #expect(Integer(10).power(30).description == "1" + String(repeating: "0", count: 30))
  }

  @Test("bit lengths bracket the magnitude")
  func bitLengths() {
    var numbers = RandomNumbers(start: 7)
    for _ in 0..<200 {
      let a = numbers.nonzero()
      #expect(a.magnitude < Integer(2).power(a.bitLength))
      #expect(a.magnitude >= Integer(2).power(a.bitLength - 1))
    }
    #expect(Integer(0).bitLength == 0 && Integer(Int.min).bitLength == Int.bitWidth)
  }
}

/// The hash that is the same in every process.
func stableHash(_ value: Integer) -> UInt64 {
  var hash = StableHash()
  value.combine(into: &hash)
  return hash.value
}
