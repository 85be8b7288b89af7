extension Limbs {
  /// The greatest common divisor: many of Euclid's steps at once, read off the top words (Lehmer 1938; Knuth, The
  /// Art of Computer Programming 2, 4.5.2 L), in words once both fit.
  static func gcd(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var (x, y) = compare(a, b) >= 0 ? (a, b) : (b, a)
    while y.count > 1 {
      if let step = LehmerStep(x, y) {
        (x, y) = step.applied(to: x, y)
        if compare(x, y) < 0 { swap(&x, &y) }
      } else {
        (x, y) = (y, divide(x, by: y).remainder)
      }
    }
    guard let divisor = y.first else { return x }
    return [Integer.gcd(divisor, remainder(x, dividingBy: divisor))]
  }
}

/// Steps of Euclid's algorithm gathered into a matrix: (x, y) ← (a·x + b·y, c·x + d·y).
private struct LehmerStep {
  private var (a, b, c, d) = (1, 0, 0, 1)

  /// The steps that the top bits of x ≥ y decide whatever the lower bits are; nil where they decide none.
  init?(_ x: [UInt], _ y: [UInt]) {
    let shift = Limbs.bitLength(x) - (Int.bitWidth - 4)
    var top = Int(bitPattern: Limbs.shiftRight(x, by: shift).first ?? 0)
    var next = Int(bitPattern: Limbs.shiftRight(y, by: shift).first ?? 0)
    while next &+ c != 0, next &+ d != 0 {
      let quotient = (top &+ a) / (next &+ c)
      if quotient != (top &+ b) / (next &+ d) { break }
      (a, c) = (c, a &- quotient &* c)
      (b, d) = (d, b &- quotient &* d)
      (top, next) = (next, top &- quotient &* next)
    }
    if b == 0 { return nil }
  }

  func applied(to x: [UInt], _ y: [UInt]) -> (x: [UInt], y: [UInt]) {
    (Self.combined(x, a, y, b), Self.combined(x, c, y, d))
  }

  /// p·x + q·y, which is not negative, where one of p and q is negative or 0 and y is not longer than x.
  private static func combined(_ x: [UInt], _ p: Int, _ y: [UInt], _ q: Int) -> [UInt] {
    var result: [UInt] = []
    result.reserveCapacity(x.count)
    var (xCarry, yCarry, borrow): (UInt, UInt, UInt) = (0, 0, 0)
    for place in x.indices {
      let left = product(x[place], p.magnitude, &xCarry)
      let right = product(place < y.count ? y[place] : 0, q.magnitude, &yCarry)
      let (difference, first) = (p > 0 ? left : right).subtractingReportingOverflow(p > 0 ? right : left)
      let (total, second) = difference.subtractingReportingOverflow(borrow)
      result.append(total)
      borrow = first || second ? 1 : 0
    }
    Limbs.trim(&result)
    return result
  }

  private static func product(_ word: UInt, _ factor: UInt, _ carry: inout UInt) -> UInt {
    let (high, low) = word.multipliedFullWidth(by: factor)
    let (sum, overflow) = low.addingReportingOverflow(carry)
    carry = high &+ (overflow ? 1 : 0)
    return sum
  }
}
