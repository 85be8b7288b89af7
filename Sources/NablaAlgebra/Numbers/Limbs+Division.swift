extension Limbs {
  /// Divides in place and returns the remainder; the divisor is not zero.
  static func divide(_ a: inout [UInt], by divisor: UInt) -> UInt {
    var remainder: UInt = 0
    var place = a.count - 1
    while place >= 0 {
      (a[place], remainder) = divisor.dividingFullWidth((remainder, a[place]))
      place -= 1
    }
    trim(&a)
    return remainder
  }

  /// The remainder alone; the divisor is not zero.
  static func remainder(_ a: [UInt], dividingBy divisor: UInt) -> UInt {
    var remainder: UInt = 0
    for word in a.reversed() { remainder = divisor.dividingFullWidth((remainder, word)).remainder }
    return remainder
  }

  /// Quotient and remainder by a divisor that is not zero (Knuth, The Art of Computer Programming 2, 4.3.1 D).
  static func divide(_ a: [UInt], by b: [UInt]) -> (quotient: [UInt], remainder: [UInt]) {
    if compare(a, b) < 0 { return ([], a) }
    if b.count == 1 {
      var quotient = a
      let rest = divide(&quotient, by: b[0])
      return (quotient, rest == 0 ? [] : [rest])
    }
    let shift = b[b.count - 1].leadingZeroBitCount
    let divisor = shiftLeft(b, by: shift)
    var rest = shiftLeft(a, by: shift)
    if rest.count == a.count { rest.append(0) }
    let count = divisor.count
    let (top, next) = (divisor[count - 1], divisor[count - 2])
    var quotient = [UInt](repeating: 0, count: rest.count - count)
    var place = quotient.count - 1
    while place >= 0 {
      let guess = quotientWord(
        rest[place + count], rest[place + count - 1], rest[place + count - 2], top: top, next: next)
      let isTooLarge = subtract(divisor, times: guess, from: &rest, at: place)
      quotient[place] = isTooLarge ? guess &- 1 : guess
      place -= 1
    }
    trim(&quotient)
    trim(&rest)
    return (quotient, shiftRight(rest, by: shift))
  }

  /// The next word of a quotient from the three top words of the rest: right, or one too large.
  private static func quotientWord(_ r2: UInt, _ r1: UInt, _ r0: UInt, top: UInt, next: UInt) -> UInt {
    var guess: UInt
    var rest: UInt
    if r2 >= top {
      guess = UInt.max
      let (sum, overflow) = r1.addingReportingOverflow(top)
      if overflow { return guess }
      rest = sum
    } else {
      (guess, rest) = top.dividingFullWidth((r2, r1))
    }
    while true {
      let (high, low) = guess.multipliedFullWidth(by: next)
      if high < rest || (high == rest && low <= r0) { return guess }
      guess &-= 1
      let (sum, overflow) = rest.addingReportingOverflow(top)
      if overflow { return guess }
      rest = sum
    }
  }

  /// Takes divisor · factor away at a place; where that was once too often, gives it back and says so.
  private static func subtract(
    _ divisor: [UInt], times factor: UInt, from rest: inout [UInt], at shift: Int
  ) -> Bool {
    var carry: UInt = 0
    var place = shift
    for word in divisor {
      let (high, low) = word.multipliedFullWidth(by: factor)
      let (product, overflow) = low.addingReportingOverflow(carry)
      let (difference, borrow) = rest[place].subtractingReportingOverflow(product)
      rest[place] = difference
      carry = high &+ (overflow ? 1 : 0) &+ (borrow ? 1 : 0)
      place += 1
    }
    let (difference, borrow) = rest[place].subtractingReportingOverflow(carry)
    rest[place] = difference
    if !borrow { return false }
    var back: UInt = 0
    place = shift
    for word in divisor {
      let (sum, first) = rest[place].addingReportingOverflow(word)
      let (total, second) = sum.addingReportingOverflow(back)
      rest[place] = total
      back = first || second ? 1 : 0
      place += 1
    }
    rest[place] &+= back
    return true
  }
}
