/// Arithmetic on magnitudes: little-endian machine words, no leading zero words, zero has none.
///
///     Limbs.add([UInt.max], [1])   // [0, 1]
enum Limbs {
  static func trim(_ a: inout [UInt]) {
    while a.last == 0 { a.removeLast() }
  }

  static func bitLength(_ a: [UInt]) -> Int {
    guard let top = a.last else { return 0 }
    return a.count * UInt.bitWidth - top.leadingZeroBitCount
  }

  /// Negative, zero or positive as a < b, a = b, a > b.
  static func compare(_ a: [UInt], _ b: [UInt]) -> Int {
    if a.count != b.count { return a.count < b.count ? -1 : 1 }
    var place = a.count - 1
    while place >= 0 {
      if a[place] != b[place] { return a[place] < b[place] ? -1 : 1 }
      place -= 1
    }
    return 0
  }

  static func add(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    if a.count < b.count { return add(b, a) }
    var result = a
    add(b[...], to: &result, at: 0)
    return result
  }

  /// Adds b shifted up by so many words; the result grows where it must.
  static func add(_ b: ArraySlice<UInt>, to result: inout [UInt], at shift: Int) {
    var place = shift
    var carry: UInt = 0
    for word in b {
      if place == result.count { result.append(0) }
      let (sum, first) = result[place].addingReportingOverflow(word)
      let (total, second) = sum.addingReportingOverflow(carry)
      result[place] = total
      carry = first || second ? 1 : 0
      place += 1
    }
    while carry != 0 {
      if place == result.count {
        result.append(1)
        return
      }
      let (sum, overflow) = result[place].addingReportingOverflow(1)
      result[place] = sum
      carry = overflow ? 1 : 0
      place += 1
    }
  }

  /// a − b where a ≥ b.
  static func subtract(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var result = a
    subtract(b, from: &result)
    return result
  }

  /// Takes away b, which is at most the result.
  static func subtract(_ b: [UInt], from result: inout [UInt]) {
    var borrow: UInt = 0
    var place = 0
    while place < b.count || (borrow != 0 && place < result.count) {
      let word = place < b.count ? b[place] : 0
      let (difference, first) = result[place].subtractingReportingOverflow(word)
      let (total, second) = difference.subtractingReportingOverflow(borrow)
      result[place] = total
      borrow = first || second ? 1 : 0
      place += 1
    }
    trim(&result)
  }

  /// result · factor + addend, in place.
  static func multiply(_ result: inout [UInt], by factor: UInt, adding addend: UInt = 0) {
    var carry = addend
    for place in result.indices {
      let (high, low) = result[place].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      result[place] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    if carry != 0 { result.append(carry) }
    trim(&result)
  }

  static func shiftLeft(_ a: [UInt], by bits: Int) -> [UInt] {
    if a.isEmpty { return [] }
    let (words, rest) = bits.quotientAndRemainder(dividingBy: UInt.bitWidth)
    var result = [UInt](repeating: 0, count: words)
    result.reserveCapacity(words + a.count + 1)
    if rest == 0 { return result + a }
    var carry: UInt = 0
    for word in a {
      result.append(word &<< UInt(rest) | carry)
      carry = word &>> UInt(UInt.bitWidth - rest)
    }
    if carry != 0 { result.append(carry) }
    return result
  }

  static func shiftRight(_ a: [UInt], by bits: Int) -> [UInt] {
    let (words, rest) = bits.quotientAndRemainder(dividingBy: UInt.bitWidth)
    if words >= a.count { return [] }
    if rest == 0 { return Array(a[words...]) }
    var result: [UInt] = []
    result.reserveCapacity(a.count - words)
    for place in words..<a.count {
      let above = place + 1 < a.count ? a[place + 1] &<< UInt(UInt.bitWidth - rest) : 0
      result.append(a[place] &>> UInt(rest) | above)
    }
    trim(&result)
    return result
  }

  static func trailingZeroBitCount(_ a: [UInt]) -> Int {
    guard let place = a.firstIndex(where: { $0 != 0 }) else { return 0 }
    return place * UInt.bitWidth + a[place].trailingZeroBitCount
  }
}
