import NablaBasics

extension Integer {
  /// The n-th root where it is an integer; a negative number has one for odd n only.
  ///
  ///     Integer(-27).exactRoot(3)   // -3
  ///     Integer(8).exactRoot(2)     // nil
  public func exactRoot(_ n: Int) -> Integer? {
    guard n >= 1, !isNegative || n & 1 == 1 else { return nil }
    if n == 1 || isZero || isOne { return self }
    if isNegative { return (-self).exactRoot(n).map { -$0 } }
    // 2^n is the least power beyond 1; the power of 2 in an n-th power is a multiple of n.
    if bitLength <= n || trailingZeroBitCount % n != 0 { return nil }
    let root = floorRoot(n)
    return root.power(n) == self ? root : nil
  }

  /// How often 2 divides this number, 0 for 0.
  var trailingZeroBitCount: Int {
    switch storage {
    case .word(let value): value == 0 ? 0 : value.trailingZeroBitCount
    case .positive(let limbs), .negative(let limbs): Limbs.trailingZeroBitCount(limbs)
    }
  }

  /// ⌊ⁿ√this⌋ of a positive number, n ≥ 2: Newton's method down from an estimate that is not too small.
  private func floorRoot(_ n: Int) -> Integer {
    // this = top · 2^shift, so the root is 2^((log₂ top + shift) / n).
    let shift = Swift.max(0, bitLength - 64)
    let logarithm = (Libm.log2(shiftedRight(by: shift).double) + Double(shift)) / Double(n)
    let exponent = Swift.max(0, Int(logarithm) - 60)
    let scaled = Libm.exp2(logarithm - Double(exponent)) * (1 + 1e-9)
    guard let start = Integer(exactly: scaled.rounded(.up)) else { return 1 }
    var root = (start + 1).shiftedLeft(by: exponent)
    while true {
      // x ← ((n − 1)x + a / x^(n−1)) / n falls until it is the floor.
      let quotient = quotientAndRemainder(dividingBy: root.power(n - 1))?.quotient ?? 0
      let sum = root * Integer(n - 1) + quotient
      let next = sum.quotientAndRemainder(dividingBy: Integer(n))?.quotient ?? 0
      if next >= root { return root }
      root = next
    }
  }

  /// This = outsideⁿ · inside, with what small prime factors and perfect powers bring out of an n-th root.
  ///
  /// The sign stays inside for even n and comes out for odd n; 0 is 0ⁿ · 1. Prime factors beyond the bound of
  /// trial division are found only where what is left is a perfect power.
  ///
  ///     Integer(8).extractingRoot(2)     // outside 2, inside 2: √8 = 2√2
  ///     Integer(-54).extractingRoot(3)   // outside -3, inside 2
  public func extractingRoot(_ n: Int) -> (outside: Integer, inside: Integer) {
    if n <= 1 || isZero { return (self, 1) }
    if isNegative {
      let (outside, inside) = (-self).extractingRoot(n)
      return n & 1 == 1 ? (-outside, inside) : (outside, -inside)
    }
    if bitLength <= n { return (1, self) }
    var (outside, inside, rest) = (Integer(1), Integer(1), self)
    var prime = 2
    let bound = small == nil ? 1_000 : 65_536
    while prime < bound, !rest.isBelow(prime, toThe: n) {
      let exponent = rest.removeFactor(prime)
      if exponent > 0 {
        outside = outside * Integer(prime).power(exponent / n)
        inside = inside * Integer(prime).power(exponent % n)
      }
      prime += prime == 2 ? 1 : 2
    }
    // What is left has no factor below `prime`: it may still be a power of something large.
    let degrees = rest.bitLength / Swift.max(1, Int.bitWidth - 1 - prime.leadingZeroBitCount)
    var k = Swift.min(degrees, Swift.max(n, rest.bitLength <= 4_096 ? 32 : 2))
    while k >= n {
      if let root = rest.exactRoot(k) {
        return (outside * root.power(k / n), inside * root.power(k % n))
      }
      k -= 1
    }
    return (outside, inside * rest)
  }

  /// Whether this positive number is below prime^n, so that no n-th power of a factor ≥ prime divides it.
  private func isBelow(_ prime: Int, toThe n: Int) -> Bool {
    guard let value = small else { return false }
    var power = 1
    for _ in 0..<n {
      let (product, overflow) = power.multipliedReportingOverflow(by: prime)
      if overflow || product > value { return true }
      power = product
    }
    return false
  }

  /// Divides a prime out as often as it goes and says how often.
  mutating func removeFactor(_ prime: Int) -> Int {
    if let value = small {
      if value % prime != 0 || value == 0 { return 0 }
      var (count, rest) = (0, value)
      while rest % prime == 0 { (count, rest) = (count + 1, rest / prime) }
      self = Integer(rest)
      return count
    }
    if prime == 2 {
      let count = trailingZeroBitCount
      self = shiftedRight(by: count)
      return count
    }
    if Limbs.remainder(limbs, dividingBy: prime.magnitude) != 0 { return 0 }
    // p, p², p⁴, … as long as they divide, then the rest of the exponent downward.
    var powers = [Integer(prime)]
    var count = 0
    while let (quotient, remainder) = quotientAndRemainder(dividingBy: powers[powers.count - 1]),
      remainder.isZero
    {
      self = quotient
      count += 1 << (powers.count - 1)
      powers.append(powers[powers.count - 1] * powers[powers.count - 1])
    }
    for level in powers.indices.reversed() {
      if let (quotient, remainder) = quotientAndRemainder(dividingBy: powers[level]), remainder.isZero {
        self = quotient
        count += 1 << level
      }
    }
    return count
  }
}
