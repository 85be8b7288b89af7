extension Limbs {
  /// From so many words on, three products of half the size beat four (Karatsuba, Ofman 1962).
  private static let karatsubaFrom = 40

  static func multiply(_ a: [UInt], _ b: [UInt]) -> [UInt] {
    var result = multiply(a[...], b[...])
    trim(&result)
    return result
  }

  /// The product of two stretches of words, possibly with leading zeros.
  private static func multiply(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
    if a.count < b.count { return multiply(b, a) }
    if b.count < karatsubaFrom { return schoolbook(a, b) }
    if a.count >= 2 * b.count { return multiplyInPieces(a, b) }

    // (a₁B + a₀)(b₁B + b₀) with a₁b₀ + a₀b₁ = (a₁ + a₀)(b₁ + b₀) − a₁b₁ − a₀b₀.
    let half = (a.count + 1) / 2
    let (aLow, aHigh) = (a.prefix(half), a.dropFirst(half))
    let (bLow, bHigh) = (b.prefix(half), b.dropFirst(half))
    let low = multiply(aLow, bLow)
    let high = multiply(aHigh, bHigh)
    var aSum = Array(aLow)
    add(aHigh, to: &aSum, at: 0)
    var bSum = Array(bLow)
    add(bHigh, to: &bSum, at: 0)
    var middle = multiply(aSum[...], bSum[...])
    trim(&middle)
    subtract(trimmed(low), from: &middle)
    subtract(trimmed(high), from: &middle)

    var result = low
    result.append(contentsOf: repeatElement(0, count: max(0, 2 * half - low.count)))
    result.append(contentsOf: high)
    add(middle[...], to: &result, at: half)
    return result
  }

  /// A long factor is cut into pieces as long as the short one.
  private static func multiplyInPieces(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
    var result = [UInt](repeating: 0, count: a.count + b.count)
    var start = a.startIndex
    while start < a.endIndex {
      let end = min(start + b.count, a.endIndex)
      let piece = trimmed(multiply(a[start..<end], b))
      add(piece[...], to: &result, at: start - a.startIndex)
      start = end
    }
    return result
  }

  private static func trimmed(_ a: [UInt]) -> [UInt] {
    var result = a
    trim(&result)
    return result
  }

  private static func schoolbook(_ a: ArraySlice<UInt>, _ b: ArraySlice<UInt>) -> [UInt] {
    var result = [UInt](repeating: 0, count: a.count + b.count)
    var shift = 0
    for factor in b {
      var carry: UInt = 0
      var place = shift
      for word in a {
        let (high, low) = word.multipliedFullWidth(by: factor)
        let (sum, first) = low.addingReportingOverflow(result[place])
        let (total, second) = sum.addingReportingOverflow(carry)
        result[place] = total
        carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
        place += 1
      }
      result[place] = carry
      shift += 1
    }
    return result
  }
}
