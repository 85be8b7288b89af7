import NablaAlgebra
import Testing

@Suite("Roots of integers")
struct IntegerRootTests {
  @Test("the root of a power is the base, and its neighbours have none")
  func rootsOfPowers() {
    var numbers = RandomNumbers(start: 21)
    for n in [2, 3, 4, 5, 7, 10, 31, 64, 101] {
      for _ in 0..<15 {
        let base = numbers.integer(pieces: n > 8 ? 2 : 9)
        let power = base.power(n)
        #expect(power.exactRoot(n) == (n % 2 == 0 ? base.magnitude : base))
        if base.magnitude > 1 {
          #expect((power + 1).exactRoot(n) == nil && (power - 1).exactRoot(n) == nil)
        }
      }
    }
  }

  @Test("every small integer has the roots it has")
  func smallRoots() {
    for n in 2...9 {
      var powers: [Int: Int] = [:]
      for base in 0...64 {
        let (power, overflow) = (0..<n).reduce((1, false)) { total, _ in
          let (product, overflow) = total.0.multipliedReportingOverflow(by: base)
          return (product, total.1 || overflow)
        }
        if !overflow { powers[power] = base }
      }
      for value in 0...4_000 {
        let (root, negative) = (Integer(value).exactRoot(n), Integer(-value).exactRoot(n))
        #expect(root?.small == powers[value])
        #expect(negative?.small == (value == 0 ? 0 : n % 2 == 0 ? nil : powers[value].map { -$0 }))
      }
    }
  }

  @Test("edges of roots")
  func edges() {
    #expect(Integer(7).exactRoot(1) == 7 && Integer(7).exactRoot(0) == nil && Integer(8).exactRoot(-3) == nil)
    #expect(Integer(Int.min).exactRoot(63) == -2 && Integer(Int.min).exactRoot(2) == nil)
    #expect(Integer(Int.max).exactRoot(2) == nil && Integer(2).exactRoot(Int.max) == nil)
    #expect(Integer(-1).exactRoot(Int.max) == -1 && Integer(-1).exactRoot(2) == nil)
    #expect(Integer(9_223_372_030_926_249_001).exactRoot(2) == 3_037_000_499)
    #expect(Integer(10).power(3_000).exactRoot(1_000) == 1_000)
    #expect(Integer(3).power(4_000).exactRoot(2_000) == 9)
  }

  @Test("what comes out of a root, to its power, times what stays, is the number")
  func extraction() {
    var numbers = RandomNumbers(start: 22)
    for n in 1...6 {
      for _ in 0..<40 {
        let value = numbers.integer(pieces: 3)
        let (outside, inside) = value.extractingRoot(n)
        #expect(outside.power(n) * inside == value)
        if n % 2 == 0, n > 1 { #expect(!outside.isNegative) }
      }
    }
  }

  @Test("no square above 1 is left inside a square root")
  func squaresComeOut() {
    for value in 1...3_000 {
      let (outside, inside) = Integer(value).extractingRoot(2)
      guard let square = outside.small, let rest = inside.small else { continue }
      #expect(square * square * rest == value)
      for root in 2...60 where root * root <= rest { #expect(rest % (root * root) != 0) }
    }
  }

  @Test("the root of a very long number is taken apart in the time of a test")
  func longExtraction() {
    let value = Integer(10).power(6_001) + 21
    let (outside, inside) = value.extractingRoot(2)
    #expect(outside * outside * inside == value)
    let power = Integer(7).power(5_001)
    #expect(power.extractingRoot(3).inside == 1 && power.extractingRoot(2).inside == 7)
  }

  @Test("roots by name")
  func rows() {
    let prime: Integer = 1_000_000_007
    let rows: [(Integer, Int, Integer, Integer)] = [
      (8, 2, 2, 2), (72, 2, 6, 2), (7, 2, 1, 7), (1, 2, 1, 1), (0, 2, 0, 1), (-8, 2, 2, -2), (-54, 3, -3, 2),
      (prime * prime, 2, prime, 1), (prime * prime * prime, 2, prime, prime),
      (prime.power(4) * 12, 2, prime.power(2) * 2, 3),
      (prime.power(5), 3, prime, prime.power(2)), (Integer(3).power(20_001), 2, Integer(3).power(10_000), 3),
      (Integer(Int.min), 2, 2_147_483_648, -2), (48, 4, 2, 3), (5, 1, 5, 1),
    ]
    for (value, n, outside, inside) in rows {
      let parts = value.extractingRoot(n)
      #expect(parts.outside == outside && parts.inside == inside, "root \(n) of \(value)")
    }
  }
}
